"""A small share of the damage trials, and that they go red when there is something to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.storage import writer
from tests.fire.damage import FILES, KINDS, any_file
from tests.fire.gap import before_the_second_copy


def test_each_kind_of_damage_to_each_kind_of_file(tmp_path: Path) -> None:
    outcome = any_file(tmp_path, len(KINDS) * len(FILES) / 1_000)
    assert outcome.held, outcome.told()


def test_how_long_a_change_has_one_copy(tmp_path: Path) -> None:
    outcome = before_the_second_copy(tmp_path, 0.02)
    assert outcome.held, outcome.told()


def test_a_second_copy_that_is_synced_too_late_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The trial reads what was promised from the writer once, at its start."""
    real = writer.Writer._run

    def late(self: writer.Writer) -> None:
        monkeypatch.setattr(writer, "MIRROR_AFTER", 3.0)
        real(self)

    monkeypatch.setattr(writer.Writer, "_run", late)
    outcome = before_the_second_copy(tmp_path, 0.02)
    assert any("one copy" in trouble for trouble in outcome.bad), outcome.figures
