"""What Today shows, read once in the store thread, and the words that are said about it in more than one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from coach.domain.day_view import DayView
from coach.domain.days import show_day, show_minutes, show_time
from coach.domain.entries import Mood
from coach.domain.goals import Goal
from coach.domain.items import Item
from coach.ui.day_words import waiting_words, yesterday_words

if TYPE_CHECKING:
    from coach.bootstrap import Coach
    from coach.domain.habits import HabitView


@dataclass(frozen=True, slots=True)
class TodayView:
    """One day and what stands beside it."""

    day: DayView
    today: date
    clock: int
    goal: Goal | None
    mood: Mood | None
    leftovers: int
    """What earlier days left open; 0 once it was looked at today."""
    later: int
    habits: tuple[HabitView, ...] = ()
    """Of the day shown."""
    yesterday: str = ""
    """What went well yesterday, said quietly at the beginning."""


def fetch(coach: Coach, day: date | None, before: TodayView | None = None) -> TodayView:
    """The view of a day (None is today); runs in the store thread. `before` is what was shown until now."""
    with coach.items.holding():
        return _fetch(coach, coach.items.today(), day, before)


def _fetch(coach: Coach, today: date, day: date | None, before: TodayView | None) -> TodayView:
    shown = day or today
    moods = coach.moods.of_day(today)
    view = coach.items.view(shown)
    coach.status.write(view if shown == today else None)
    return TodayView(
        view,
        today,
        coach.settings.now.clock,
        next((goal for goal in coach.goals.active() if goal.next_step() is not None), None),
        moods[-1] if moods else None,
        len(coach.items.leftovers()) if coach.days.asks_about_leftovers() else 0,
        len(coach.items.later()),
        coach.habits.view(shown),
        _yesterday(coach, shown, today, before),
    )


def _yesterday(coach: Coach, shown: date, today: date, before: TodayView | None) -> str:
    """Beside today only; it is another day to be read, so it is read when today comes onto the screen."""
    if shown != today:
        return ""
    if before is not None and (before.today, before.day.day) == (today, shown):
        return before.yesterday
    return yesterday_words(coach.days.done_yesterday())


def planned_words(item: Item, today: date) -> str:
    """Where something is that is not on the day shown."""
    if item.day is None:
        return "waits for later. l shows it."
    if item.rule is None:
        others = " The others stay." if item.of else ""
        return f"is planned for {show_day(item.day, today)}.{others}"
    from coach.domain.occurrences import rule_of
    from coach.domain.repeat import next_day

    coming = next_day(rule_of(item), item.day, today)
    return f"comes next {show_day(coming, today)}." if coming else "has nothing more to come."


def waiting_lines(view: TodayView) -> list[tuple[str, str]]:
    """What waits, and beside the first the key that shows it."""
    return [(words, "" if place else "l look") for place, words in enumerate(waiting_words(view.leftovers, view.later))]


def now_words(view: TodayView) -> tuple[str, str]:
    """The present thing in one line, and how long it lasts, for a narrow screen."""
    day = view.day
    if day.present and day.present.item.start:
        left = show_minutes(day.present.minutes_left)
        return f"NOW  {show_time(day.present.item.start, view.clock)} {day.present.item.title}", f"{left} left"
    if day.next_up and day.next_up.start:
        return f"NEXT  {show_time(day.next_up.start, view.clock)} {day.next_up.title}", ""
    return "", ""
