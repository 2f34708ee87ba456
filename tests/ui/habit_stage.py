"""Habits at a moment of one's choosing, and the way to them on the screen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from textual.pilot import Pilot

from coach.domain.habits import Habit, HabitView
from coach.ui.app import CoachApp
from tests.ui.stage import MORNING, home
from tests.ui.started import until, until_shown

Run = Pilot[int]
TODAY = MORNING.date()


def start(path: Path, config: str = "") -> CoachApp:
    return CoachApp(home(path, config, now=lambda: MORNING))


def habits(app: CoachApp) -> list[Habit]:
    return list(app.coach.habits.all())


def named(app: CoachApp, title: str, day: date = TODAY) -> HabitView:
    return next(view for view in app.coach.habits.view(day) if view.habit.title == title)


async def among_habits(app: CoachApp, pilot: Run) -> None:
    """In the place of the goals, the cursor among the habits."""
    await pilot.pause()
    await pilot.press("2")
    await until_shown(pilot, "Habits")
    await pilot.press("h")


async def on(pilot: Run, kind: type) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, kind))
