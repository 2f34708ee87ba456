"""Settings are kept at once, refused with a sentence, and never cost a person their file."""

from __future__ import annotations

import errno
from datetime import time
from pathlib import Path

import pytest

from coach.domain.errors import NotSaved, Refused
from coach.paths import Paths
from coach.services.settings import SettingsService
from coach.storage import disk


def settings(home: Path) -> SettingsService:
    return SettingsService(Paths(str(home)))


def test_a_change_is_there_at_the_next_start(tmp_path: Path) -> None:
    one = settings(tmp_path)
    assert one.is_first_run()
    one.change(theme="paper", day_start=time(5, 30), clock=12, keys={"breathe": "f5"})
    one.open_room("urges")
    one.open_room("urges")
    again = settings(tmp_path)
    assert (again.now, again.problems) == (one.now, [])
    assert (again.now.theme, again.now.rooms, again.now.keys) == ("paper", ("urges",), {"breathe": "f5"})
    assert not again.is_first_run()


def test_a_value_that_cannot_be_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    one = settings(tmp_path)
    for changes, sentence in (({"day_start": time(13)}, "not before 12:00"), ({"country": "ireland"}, "two capital")):
        with pytest.raises(Refused, match=sentence):
            one.change(**changes)
    assert not (tmp_path / "config.toml").exists()
    assert one.now == settings(tmp_path).now


@pytest.mark.parametrize("broken", [b'theme = "dusk\n', b"# \xff\n", b"a = 1\n" + b"#" * 300_000])
def test_a_file_that_cannot_be_read_is_never_written_over(tmp_path: Path, broken: bytes) -> None:
    config = tmp_path / "config.toml"
    config.write_bytes(broken)
    one = settings(tmp_path)
    assert one.now.theme == "dusk"
    assert len(one.problems) == 1
    assert str(config) in one.problems[0]
    with pytest.raises(NotSaved, match="Mend or delete that file first"):
        one.change(theme="paper")
    assert config.read_bytes() == broken
    assert one.now.theme == "dusk"


def test_a_full_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    one = settings(tmp_path)
    monkeypatch.setattr(disk, "replace", refuse)
    with pytest.raises(NotSaved, match="full"):
        one.change(theme="paper")
    assert one.now.theme == "dusk"
