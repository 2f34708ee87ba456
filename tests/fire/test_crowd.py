"""Several writers at once, and one that stops with the lock in its hand: small, but with everything in it."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fire import crowd, stopped
from tests.storage.homes import NOVEMBER, START, Clock, edit, open_store, put, visible
from tests.storage.test_trouble import impatient, lock_held_elsewhere


def test_four_at_once_lose_nothing_of_each_other(tmp_path: Path) -> None:
    outcome = crowd.four_at_once(tmp_path, 0.4)
    assert outcome.held, outcome.told()
    assert outcome.figures == "400 of 400 changes there"


def test_nobody_waits_for_a_writer_that_was_stopped(tmp_path: Path) -> None:
    outcome = stopped.stopped_holder(tmp_path, 0.1)
    assert outcome.held, outcome.told()


@pytest.mark.parametrize("one_shot", [False, True], ids=["an open screen", "a command"])
@pytest.mark.parametrize("waited", [False, True], ids=["after a line", "after one that waits"])
def test_a_change_that_waits_comes_after_what_was_there_before_it(tmp_path: Path, one_shot: bool, waited: bool) -> None:
    """Though the clock of whoever wrote that was ahead, and this one had not looked since."""
    put(open_store(tmp_path), "items", "2611-a", n=1)
    behind = impatient(open_store(tmp_path, Clock(START - timedelta(hours=1))))
    if not one_shot:
        visible(behind)
    ahead = impatient(open_store(tmp_path, Clock(START + timedelta(hours=1))))
    with lock_held_elsewhere(tmp_path) if waited else nullcontext():
        edit(ahead, "items", "2611-a", n=2)
    with lock_held_elsewhere(tmp_path):
        behind.append("Later", NOVEMBER, [("items", "2611-a", {"n": 3})])
    for reader in (behind, ahead, open_store(tmp_path)):
        reader.catch_up()
        assert visible(reader)["items"] == {"2611-a": {"n": 3}}


def test_the_line_written_last_is_the_latest_though_one_waited_longer_than_others(tmp_path: Path) -> None:
    """Also when a power cut brought back what had been taken in already."""
    put(open_store(tmp_path), "items", "2611-a", n=1)
    with lock_held_elsewhere(tmp_path):
        waits = impatient(open_store(tmp_path, Clock(START + timedelta(days=1))))
        edit(waits, "items", "2611-a", n="waited")
    ((path, data),) = [(path, path.read_bytes()) for path in (tmp_path / "state" / "spool").iterdir()]
    edit(open_store(tmp_path, Clock(START + timedelta(days=2))), "items", "2611-a", n="newer")
    path.write_bytes(data)
    open_store(tmp_path, Clock(START)).append("Later", NOVEMBER, [("items", "2611-a", {"n": "last"})])
    assert visible(open_store(tmp_path))["items"] == {"2611-a": {"n": "last"}}
