"""A week at a glance: its days as they are planned, and how they divide among the areas of a life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from coach.domain.areas import AREAS
from coach.domain.balance import Balance, Share, balance, habit_share
from coach.domain.day_view import DayView
from coach.domain.days import first_of_week
from coach.services.areas import Areas
from coach.services.goals import Goals
from coach.services.habits import Habits
from coach.services.items import Items
from coach.services.settings import SettingsService
from coach.storage.ids import month_book

MATTERS = 5
"""From this importance on, 0 to 10, an area is named when a week has nothing of it."""


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days in a row."""

    days: tuple[DayView, ...]
    balance: Balance
    today: date
    day_start: time

    @property
    def first(self) -> date:
        return self.days[0].day

    @property
    def last(self) -> date:
        return self.days[-1].day


class Weeks:
    """Weeks begin on the day the settings say."""

    def __init__(self, items: Items, goals: Goals, habits: Habits, areas: Areas, settings: SettingsService) -> None:
        self._items, self._goals, self._habits, self._areas = items, goals, habits, areas
        self._settings = settings

    def view(self, day: date) -> Week:
        """The week a day is in, read once."""
        month_book(day)  # refuses what is outside the years there are
        settings, today = self._settings.now, self._items.today()
        first = first_of_week(day, settings.week_starts)
        last = first + timedelta(days=6)
        days, areas = self._items.views(first, last), {goal.id: goal.area for goal in self._goals.all()}
        habits = self._shares(first, last)
        found = balance(days, areas, habits, self._cared(), over=last < today)
        return Week(days, found, today, settings.day_start)

    def _shares(self, first: date, last: date) -> list[Share]:
        """Of the habits that belong to an area."""
        areas = {habit.id: habit.area for habit in self._habits.all()}
        if not any(area in AREAS for area in areas.values()):
            return []
        views = self._habits.between(first, last)
        return [habit_share(views[habit], area) for habit, area in areas.items() if area in AREAS]

    def _cared(self) -> list[str]:
        """Areas that matter to the person: those rated, the most first, then those of goals that are on."""
        rated = self._areas.importance()
        most = sorted((area for area in rated if rated[area] >= MATTERS), key=lambda area: -rated[area])
        return [*most, *(goal.area for goal in self._goals.active())]
