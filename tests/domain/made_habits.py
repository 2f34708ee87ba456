"""Habits and their days for the tests: days are written as letters, oldest first, and end today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from coach.domain.habit_days import HabitDays
from coach.domain.habits import Habit, HabitKind, Target

TODAY = date(2026, 11, 23)  # a Monday
LONG_AGO = date(2020, 1, 1)


def habit(target: Target | None = None, kind: HabitKind = "build", **fields: Any) -> Habit:
    """One that was begun long ago and asks for the same ever since."""
    targets = {} if target is None else {LONG_AGO.isoformat(): target}
    return Habit("p-h", "Walk", kind, targets=targets, **{"made": LONG_AGO, **fields})


def days(marks: str, amounts: Mapping[int, float] | None = None, shapes: str = "", here: str = "") -> HabitDays:
    """The days up to today; amounts by how many days ago."""
    noted = {TODAY - timedelta(days=back): amount for back, amount in (amounts or {}).items()}
    return HabitDays(TODAY - timedelta(days=len(marks) - 1), marks, noted, shapes, here)


def counted(amounts: Sequence[float | None], marks: str = "", shapes: str = "") -> HabitDays:
    """Days with so much each, oldest first, or None."""
    marks = marks or "." * len(amounts)
    noted = {len(marks) - 1 - place: one for place, one in enumerate(amounts[: len(marks)]) if one is not None}
    return days(marks, noted, shapes)
