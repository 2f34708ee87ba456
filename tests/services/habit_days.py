"""What coach says of a habit on a day, for the tests."""

from __future__ import annotations

from datetime import date

from coach.bootstrap import Coach
from coach.domain.habits import Habit, HabitView
from tests.services.clock import TODAY


def view(coach: Coach, habit: Habit, day: date = TODAY) -> HabitView:
    return next(one for one in coach.habits.view(day) if one.habit.id == habit.id)


def said(coach: Coach, habit: Habit, day: date = TODAY) -> tuple[str, float | None]:
    """The state and the amount."""
    found = view(coach, habit, day)
    return found.state, found.amount
