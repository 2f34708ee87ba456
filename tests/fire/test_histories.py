"""A small share of the histories of undo and redo."""

from __future__ import annotations

from pathlib import Path

from tests.fire.histories import undo_and_redo


def test_undo_over_random_histories(tmp_path: Path) -> None:
    outcome = undo_and_redo(tmp_path, 0.035)
    assert outcome.held, outcome.told()
