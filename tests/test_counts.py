"""What is counted is asserted: fsyncs of a save, and bytes and wake-ups of a screen. Times never are."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.domain.days import day_of
from coach.paths import Paths
from coach.storage.store import Store
from tests.bench.history import write_history
from tests.bench.measure import press_keys, watch
from tests.bench.screen_rows import TODAY_READY
from tests.bench.setting import python
from tests.bench.storage_trial import count_syncs
from tests.bench.stores import CoachStore
from tests.sources import ROOT
from tests.terminal import Terminal

FLOOR_BYTES_A_KEY = 5661
"""Of the floor at 80x24; it is the same on every machine."""


@pytest.fixture
def syncs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    import os

    monkeypatch.setattr(os, "fsync", os.fsync)  # so that it is put back afterwards
    return count_syncs()


def test_a_save_is_one_fsync(tmp_path: Path, syncs: list[int]) -> None:
    store = CoachStore(tmp_path)
    record = store.insert(1)  # the first makes files and folders
    del syncs[:]
    store.insert(2)
    assert len(syncs) == 1
    store.update(record, 3)
    assert len(syncs) == 2


def test_building_a_store_touches_nothing(tmp_path: Path) -> None:
    Store(Paths(str(tmp_path)), lambda: datetime.now(UTC))
    assert list(tmp_path.iterdir()) == []


def test_a_resting_screen_is_silent_and_a_key_repaints_two_lines(tmp_path: Path) -> None:
    write_history(Paths(str(tmp_path)), 1, today=day_of(datetime.now()))
    with Terminal(python("-m", "coach"), home=tmp_path, cwd=ROOT) as terminal:
        terminal.wait_for(TODAY_READY, timeout=30)
        terminal.rest(1.0)
        keys = press_keys(terminal, ("down", "up"), 6)
        assert keys["key_bytes"] <= 0.25 * FLOOR_BYTES_A_KEY
        terminal.rest(0.5)
        quiet = [watch(terminal, 1.5) for _ in range(2)]
        assert min(one["idle_bytes"] for one in quiet) == 0  # the clock of the header may tick once
        assert min(one["idle_wakeups"] for one in quiet) <= 12
        terminal.press("q")
        assert terminal.wait_exit() == 0
