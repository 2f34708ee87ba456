"""What can prompt: each part of the program that wants to says here what it asks, and decides nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Protocol

from coach.domain.asks import Ask
from coach.domain.day_view import Line
from coach.domain.days import moment_of, show_minutes, show_time
from coach.domain.habit_times import is_answered, why_asked
from coach.domain.items import is_settled
from coach.services.goals import Goals
from coach.services.habits import Habits
from coach.services.items import Items
from coach.services.quiet import limits_of
from coach.services.settings import SettingsService

REVIEW_AT = time(9)
"""When a goal asks to be looked back at, on its day."""


class Source(Protocol):
    """Register one in `bootstrap`, beside the others."""

    def asks(self, first: date, last: date) -> Iterable[Ask]:
        """All that may come on these local dates: where it is asked again, asks of the day before them too, and of the
        day after where it comes before its time.

        Each key is asked once; what is settled or paused is asked too, and marked so; reading must not write.
        """


class Starts:
    """Whatever on the day has a start prompts at it."""

    def __init__(self, items: Items, settings: SettingsService) -> None:
        self._items, self._settings = items, settings

    def asks(self, first: date, last: date) -> Iterator[Ask]:
        """The night before the first date belongs to the day before it; of the day after, what comes before its start.

        What the person wants to be told beforehand comes when they said, whatever else of a day is switched off.
        """
        settings = self._settings.now
        limits = limits_of(settings)
        for view in self._items.views(first - timedelta(days=1), last + timedelta(days=1)):
            for line in view.lines:
                item = line.item
                if item.day is None or item.start is None or item.silent:
                    continue
                at, starts = moment_of(item.day, item.start, settings.day_start), show_time(item.start, settings.clock)
                for lead in (*item.leads, 0):
                    if not first <= at.date() <= last + timedelta(days=1 if lead else 0):
                        continue
                    yield Ask(
                        item.of or item.id,
                        item.title,
                        at,
                        "item",
                        lead,
                        item.made,
                        through_quiet=bool(lead) or limits.in_hours(item.start),
                        settled=_is_settled(line),
                        paused=not (settings.reminders or lead),
                        why=f"{show_minutes(lead)} before {starts}" if lead else f"starts at {starts}",
                        day=view.day,
                        ref=item.id,
                    )


class HabitTimes:
    """A habit with times of its own asks at them on its days, until somebody says how the day was."""

    def __init__(self, habits: Habits, settings: SettingsService) -> None:
        self._habits, self._settings = habits, settings

    def asks(self, first: date, last: date) -> Iterator[Ask]:
        """The night before the first date belongs to the day before it; where none has times, no month is read."""
        asking = [habit.id for habit in self._habits.all() if habit.remind]
        if not asking:
            return
        settings = self._settings.now
        limits = limits_of(settings)
        days = first - timedelta(days=1), last
        for views in self._habits.between(*days, asking).values():
            for number, view in enumerate(views):
                habit, day = view.habit, days[0] + timedelta(days=number)
                answered = is_answered(view)
                if not (view.due or answered or (habit.kind == "reduce" and not habit.paused_on(day))):
                    continue
                for start in habit.remind:
                    at = moment_of(day, start, settings.day_start)
                    if first <= at.date() <= last:
                        yield Ask(
                            habit.id,
                            habit.title,
                            at,
                            "habit",
                            made=habit.remind_set,
                            through_quiet=limits.in_hours(start),
                            settled=answered,
                            why=why_asked(view),
                            day=day,
                        )


class Reviews:
    """A goal asks to be looked back at on the day the person chose; the hour is the program's own, so it waits."""

    def __init__(self, goals: Goals) -> None:
        self._goals = goals

    def asks(self, first: date, last: date) -> Iterator[Ask]:
        for goal in self._goals.all():
            if goal.review is not None and first <= goal.review <= last:
                yield Ask(
                    goal.id,
                    f"Look back at: {goal.title}",
                    datetime.combine(goal.review, REVIEW_AT),
                    "review",
                    made=goal.review_set,
                    own=False,
                    settled=not goal.is_active,
                    why="the day to look back at a goal",
                )


def _is_settled(line: Line) -> bool:
    """Whether nothing is to be said of it.

    A day of rest silences what repeats, but no appointment: that is missed once and for all.
    """
    if line.by_shape and line.item.of is None:
        return False
    return is_settled(line.item, line.state)
