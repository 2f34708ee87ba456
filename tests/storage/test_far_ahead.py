"""A line with a reading far ahead, or one that nothing can follow, stops nobody from writing, and is told of."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from coach.bootstrap import build
from coach.paths import Paths
from coach.services.clocks import clocks_ahead
from coach.storage import ids, log
from coach.storage.clock import LATEST_MS
from coach.storage.log import Change
from tests.fire.stage import lock_held
from tests.storage.homes import START, Clock, edit, open_store, put, visible, write_lines

NOW = int(START.timestamp() * 1000)
DAY = 86_400_000
THEIRS = ("goals", "p-theirs", {"title": "x"})
LAST = [(LATEST_MS - 2, 0xFFFE), (LATEST_MS - 2, 0xFFFF), (LATEST_MS - 1, 0), (LATEST_MS - 1, 0xFFFF)]


def line(ms: int, counter: int = 0, change_id: str = "") -> Change:
    return Change(f"{ms:012x}-{counter:04x}-zz", change_id or f"c{ms}", (THEIRS,))


def made(ms: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a change made then."""
    with monkeypatch.context() as patch:
        patch.setattr(ids, "_last", (0, 0))
        patch.setattr("coach.storage.ids.time.time_ns", lambda: ms * 1_000_000)
        return ids.ulid()


def told(home: Path) -> list[str]:
    return list(clocks_ahead(Paths(str(home)), START))


@pytest.mark.parametrize(("ms", "counter"), LAST)
def test_no_line_of_another_device_stops_writing(tmp_path: Path, ms: int, counter: int) -> None:
    put(open_store(tmp_path), "goals", "p-mine", n=0)
    write_lines(tmp_path, "zz", "plan", line(ms, counter))
    for number in (1, 2, 3):
        store = open_store(tmp_path)
        edit(store, "goals", "p-mine", n=number)
        edit(store, "goals", "p-mine", n=number * 10)
        for reader in (store, open_store(tmp_path)):
            assert visible(reader, "plan")["goals"]["p-mine"] == {"n": number * 10}
    assert all(found.why == "clock" for found in open_store(tmp_path).unread().values())


@pytest.mark.parametrize(("ms", "counter"), LAST)
def test_nor_does_one_that_waits_or_stands_in_our_own_log(tmp_path: Path, ms: int, counter: int) -> None:
    store = open_store(tmp_path)
    put(store, "goals", "p-mine", n=0)
    write_lines(tmp_path, store.appender.device, "plan", line(ms, counter))
    (tmp_path / "state" / "spool").mkdir()
    (tmp_path / "state" / "spool" / "x.rec").write_bytes(log.encode(line(ms, counter, "waited")))
    store = open_store(tmp_path)
    store.appender.lock._patience = -1.0
    with lock_held(tmp_path):
        put(store, "goals", "p-mine", n=1)
    put(open_store(tmp_path), "goals", "p-mine", n=2)
    assert visible(open_store(tmp_path), "plan")["goals"]["p-mine"] == {"n": 2}


def test_a_reading_ahead_is_followed_and_told(tmp_path: Path) -> None:
    put(open_store(tmp_path), "goals", "p-mine", n=0)
    write_lines(tmp_path, "zz", "plan", line(NOW + 400 * DAY + DAY // 2))
    edit(open_store(tmp_path), "goals", "p-theirs", title="mine")
    assert visible(open_store(tmp_path), "plan")["goals"]["p-theirs"] == {"title": "mine"}
    [sentence] = told(tmp_path)
    assert sentence in build(Paths(str(tmp_path)), Clock()).doctor.check()["notes"]
    assert sentence.startswith(
        "The clock of the device zz is 400 days ahead of this computer's. Set the one that is wrong"
    )


def test_who_follows_a_reading_ahead_is_not_blamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_lines(tmp_path, "zz", "plan", line(NOW + 3 * DAY, 0, made(NOW + 3 * DAY, monkeypatch)))
    write_lines(tmp_path, "yy", "plan", line(NOW + 3 * DAY, 1, made(NOW, monkeypatch)))
    [sentence] = told(tmp_path)
    assert "device zz is 3 days ahead" in sentence


def test_a_clock_that_was_set_since_is_not_told_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_lines(tmp_path, "zz", "2026-11", line(NOW + 3 * DAY, 0, made(NOW + 3 * DAY, monkeypatch)))
    assert len(told(tmp_path)) == 1
    write_lines(tmp_path, "zz", "plan", line(NOW + 3 * DAY, 1, made(NOW, monkeypatch)))
    assert told(tmp_path) == []


def test_half_a_day_and_our_own_lines_are_nothing_to_tell(tmp_path: Path) -> None:
    put(open_store(tmp_path, Clock(START + timedelta(days=9))), "goals", "p-mine", n=0)
    write_lines(tmp_path, "zz", "plan", line(NOW + DAY // 2))
    write_lines(tmp_path, "yy", "plan", line(LATEST_MS))
    (tmp_path / "data" / "books" / "empty").mkdir()
    assert told(tmp_path) == []
