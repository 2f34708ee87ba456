"""The chosen way first, the next where nobody took it, and a word about that once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from coach.domain.settings import Notify
from coach.paths import Paths
from coach.services import notify
from coach.services.notify import ORDER, Notices
from coach.services.settings import SettingsService

CHOICES: tuple[Notify, ...] = get_args(Notify)


class Ways:
    """Channels that take what `taking` names, and keep what was tried."""

    def __init__(self) -> None:
        self.taking: set[str] = set()
        self.tried: list[str] = []

    def channel(self, name: Notify) -> _Way:
        return _Way(name, self)


class _Way:
    def __init__(self, name: str, ways: Ways) -> None:
        self.name, self._ways = name, ways

    def send(self, text: str) -> bool:
        self._ways.tried.append(self.name)
        return self.name in self._ways.taking


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ways]:
    ways = Ways()
    monkeypatch.setattr(notify, "channel", ways.channel)
    yield ways


def notices(home: Path, chosen: Notify = "auto") -> Notices:
    """As another process builds them."""
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(f'notify = "{chosen}"\n')
    paths = Paths(str(home))
    return Notices(SettingsService(paths), paths.state)


@pytest.mark.parametrize("chosen", CHOICES)
def test_the_chosen_one_is_asked_first_and_then_the_others(tmp_path: Path, ways: Ways, chosen: Notify) -> None:
    told = notices(tmp_path, chosen)
    assert not told.send("x")
    assert ways.tried == list(ORDER[chosen])
    assert ways.tried[:1] == {"auto": ["desktop"], "none": []}.get(chosen, [chosen])
    assert told.is_off is (chosen == "none")
    ways.taking, ways.tried = {*CHOICES}, []
    assert told.send("x") is (chosen != "none")
    assert len(ways.tried) <= 1, "what was taken is told once"
    assert not told.trouble


def test_every_name_has_its_channel() -> None:
    assert {name: notify.channel(name).name for name in CHOICES if name not in ("auto", "none")} == {
        name: name for name in CHOICES if name not in ("auto", "none")
    }


def test_another_way_than_the_chosen_is_news_once(tmp_path: Path, ways: Ways) -> None:
    ways.taking = {"bell"}
    news = []
    for _ in range(3):
        told = notices(tmp_path, "osc9")
        assert told.send("x")
        assert "osc9" in told.trouble
        assert "the bell" in told.trouble
        news.append(told.is_news)
    assert news == [True, False, False]
    ways.taking = {"osc9"}
    told = notices(tmp_path, "osc9")
    assert told.send("x")
    assert (told.trouble, told.is_news) == ("", False)
    ways.taking = set()
    told = notices(tmp_path, "osc9")
    assert not told.send("x")
    assert told.is_news, "another trouble is news, and so is one that comes back"
    assert "stays due" in told.trouble


def test_what_a_timer_said_to_nobody_is_said_in_the_program_once(tmp_path: Path, ways: Ways) -> None:
    assert notices(tmp_path).unseen_trouble() == ""
    notices(tmp_path).send("x")
    said = notices(tmp_path).unseen_trouble()
    assert "the desktop and the bell" in said
    notices(tmp_path).send("x")
    assert notices(tmp_path).unseen_trouble() == ""
    ways.taking = {"bell"}
    notices(tmp_path).send("x")
    assert "came through the bell" in notices(tmp_path).unseen_trouble()


@pytest.mark.parametrize("written", [b"", b"\xff\x00", b"desktop", b"nonsense [/x] -", b"x" * 5000])
def test_a_strange_file_says_nothing(tmp_path: Path, ways: Ways, written: bytes) -> None:
    told = notices(tmp_path)
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "notify").write_bytes(written)
    assert told.unseen_trouble() == ""
    ways.taking = {"desktop"}
    assert told.send("x")


def test_a_disk_that_takes_nothing_stops_no_notice(tmp_path: Path, ways: Ways) -> None:
    (tmp_path / "state").write_text("not a folder")
    ways.taking = {"bell"}
    assert notices(tmp_path).send("x")
