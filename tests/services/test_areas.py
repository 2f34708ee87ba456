"""Life areas over the real store: how much each matters, and how much of it a week had."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.domain.errors import Refused
from tests.services.clock import Watch, coach_at


def test_areas_are_rated_by_the_week_and_undone(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    areas = coach.areas
    assert (areas.importance(), areas.lived(areas.week())) == ({}, {})
    assert areas.week() == date(2026, 11, 23)
    areas.set_importance("family", 9)
    areas.set_importance("fun", 0)
    areas.set_lived("family", areas.week(), 2)
    again = coach_at(tmp_path, watch).areas
    assert again.importance() == {"family": 9, "fun": 0}
    assert again.lived(again.week()) == {"family": 2}
    assert again.lived(again.week() - timedelta(days=7)) == {}, "another week is not known"
    areas.set_importance("family", 10)
    assert coach.undo.undo() == "Undone: rated how much “Family” matters."
    assert areas.importance()["family"] == 9
    areas.set_importance("fun", None)
    areas.set_lived("family", areas.week(), None)
    assert (areas.importance(), areas.lived(areas.week())) == ({"family": 9}, {})
    coach.undo.undo()
    assert areas.lived(areas.week()) == {"family": 2}
    areas.set_importance("fun", 3)
    assert areas.importance()["fun"] == 3, "what was taken away can be given again"
    with pytest.raises(Refused):
        areas.set_importance("moon", 3)
    with pytest.raises(Refused):
        areas.set_lived("family", areas.week(), 11)


def test_ten_is_one_step_for_undo(coach: Coach) -> None:
    """It is typed as 1 and 0, each of which is saved at once."""
    areas, week = coach.areas, coach.areas.week()
    areas.set_importance("family", 7)
    areas.set_importance("family", 1)
    areas.set_importance("family", 10, instead=True)
    coach.undo.undo()
    assert areas.importance() == {"family": 7}
    coach.undo.redo()
    assert areas.importance() == {"family": 10}
    areas.set_lived("family", week, 1)
    areas.set_lived("family", week, 10, instead=True)
    coach.undo.undo()
    assert (areas.importance(), areas.lived(week)) == ({"family": 10}, {})
    areas.set_lived("fun", week, 10, instead=True)
    assert areas.importance() == {"family": 10}, "another number is left alone"


def test_the_week_begins_when_the_settings_say(tmp_path: Path, watch: Watch) -> None:
    watch.now -= timedelta(days=1)
    assert coach_at(tmp_path, watch, 'week_starts = "saturday"\n').areas.week() == date(2026, 11, 21)
