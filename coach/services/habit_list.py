"""Keeps the habits themselves: their words, their order, their targets from a day on, and their pauses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from coach.domain.days import day_of, show_day
from coach.domain.errors import Ambiguous, NotFound, Refused
from coach.domain.habits import DAILY, LONGEST_UNIT, Habit, HabitKind, Pause, Target, asking, check_habit
from coach.domain.planner import shifted
from coach.domain.text import one_line
from coach.services.settings import SettingsService
from coach.storage.ids import PLAN, month_book, ulid
from coach.storage.records import Records
from coach.storage.store import Store

_LINES = {"title": 500, "tiny": 500, "unit": LONGEST_UNIT}
"""Fields of one line, and how long they may be."""
_CHANGED = frozenset({"title", "unit", "tiny", "area", "run", "remind"})
"""Fields that `change` may set: the others have a way of their own."""


class HabitList:
    """All habits, in the person's order; one that is not wanted for a while is archived."""

    def __init__(self, store: Store, settings: SettingsService, now: Callable[[], datetime]) -> None:
        self._store, self._settings, self._now = store, settings, now
        self._habits = Records(store, "habits", Habit)

    def today(self) -> date:
        """The logical day it is now."""
        return day_of(self._now(), self._settings.now.day_start)

    def all(self, *, archived: bool = False) -> tuple[Habit, ...]:
        """Those there are now, or those that were archived."""
        found = (habit for habit in self._habits.all(PLAN) if (habit.archived is not None) == archived)
        return tuple(sorted(found, key=lambda habit: (habit.order, habit.id)))

    def get(self, habit: str) -> Habit:
        if (found := self._habits.get(habit)) is None:
            raise NotFound("That habit is not there any more. coach habits shows what is.")
        return found

    def find(self, words: str, day: date) -> Habit:
        """By id or words of the title, whatever the day; NotFound or Ambiguous otherwise."""
        if found := self._habits.get(words):
            return found
        habits = self.all()
        matches = [one for one in habits if len(words) > 4 and one.id.startswith(words)]
        matches = matches or [one for one in habits if words.casefold() == one.title.casefold()]
        matches = matches or [one for one in habits if words.casefold() in one.title.casefold()]
        if not matches:
            raise NotFound(f"No habit is called {words!r}. coach habits lists what there is.")
        if len(matches) > 1:
            listed = "\n".join(f"  {one.id}  {one.title}" for one in matches)
            raise Ambiguous(f"More than one habit fits {words!r}. Say which, by its id:\n{listed}")
        return matches[0]

    def add(self, title: str, kind: HabitKind = "build", target: Target | None = None, **fields: Any) -> Habit:
        """A habit that begins today; without a target it is asked for every day, and one to avoid never."""
        today = self.today()
        order = max((habit.order for habit in (*self.all(), *self.all(archived=True))), default=0.0) + 1
        targets = {} if kind == "avoid" and target is None else {today.isoformat(): target or DAILY}
        made = Habit(self._store.new_id(PLAN), one_line(title), kind, order, made=today, targets=targets)
        return self._put("Added", self._asking_anew(_with(made, fields)))

    def change(self, habit: str, target: Target | None = None, day: date | None = None, **fields: Any) -> Habit:
        """Its words, and what is asked for from a day on, today unless said, where that is something else."""
        found = before = self.get(habit)
        day = day or self.today()
        month_book(day)  # refused here, where it can still be typed again
        if target is not None and target != found.target_on(day):
            found = asking(found, day, target)
        changed = _with(found, fields)
        same = (changed.targets, changed.remind) == (before.targets, before.remind)
        return self._put("Changed", changed if same else self._asking_anew(changed))

    def steps_down(self, habit: str, steps: Iterable[tuple[date, float]]) -> Habit:
        """Of something to reduce: at most so much from each of these days on, in place of what was to come."""
        found = self.get(habit)
        if found.kind != "reduce":
            raise Refused(f"“{found.title}” is nothing to reduce, so there are no steps down.")
        today = self.today()
        before = found.target_on(today)
        new = {day.isoformat(): replace(before, amount=amount) for day, amount in steps}
        kept = {first: one for first, one in found.targets.items() if first <= today.isoformat()}
        return self._put("Changed the target of", replace(found, targets={**kept, **new}))

    def remove(self, habit: str) -> Habit:
        """What was said of its days stays where it is, so that undo brings all of it back."""
        found = self.get(habit)
        with self._store.change(f"Deleted “{found.title}”"):
            self._habits.remove(habit)
        return found

    def archive(self, habit: str, *, back: bool = False) -> Habit:
        """Out of sight, with all its days; and back again, after what was a pause."""
        found = self.get(habit)
        if not back:
            return self._put("Archived", replace(found, archived=self._now()))
        away, pauses = found.archived or self._now(), found.pauses
        first, last = day_of(away, self._settings.now.day_start), self.today() - timedelta(days=1)
        if first <= last:
            pauses = {**pauses, ulid(): Pause(first, last)}
        return self._put("Brought back", self._asking_anew(replace(found, archived=None, pauses=pauses)))

    def shift(self, habit: str, by: Literal[-1, 1]) -> bool:
        """One place up or down; False where there is none."""
        habits = self.all()
        index = next((index for index, one in enumerate(habits) if one.id == habit), -1)
        if index < 0 or not (orders := shifted([one.order for one in habits], index, by)):
            return False
        with self._store.change(f"Moved “{habits[index].title}”"):
            for place, order in orders.items():
                self._habits.put(replace(habits[place], order=order))
        return True

    def pause(self, habit: str, first: date, last: date | None = None) -> Habit:
        """Nothing is asked on these days, and nothing is counted against it; without a last day, until it goes on."""
        found = self.get(habit)
        if last is None and found.paused_on(first):
            raise Refused(f"“{found.title}” is paused on {show_day(first)} already.")
        return self._put("Paused", replace(found, pauses={**found.pauses, ulid(): Pause(first, last)}))

    def resume(self, habit: str, day: date) -> Habit:
        """It goes on with a day: a pause ends on the day before, and one that began only then never was."""
        found = self.get(habit)
        ended = {
            key: replace(pause, last=day - timedelta(days=1)) if pause.covers(day) else pause
            for key, pause in found.pauses.items()
            if not (pause.covers(day) and pause.first == day)
        }
        if ended == found.pauses:
            return found
        return self._put("Went on with", self._asking_anew(replace(found, pauses=ended)))

    def _asking_anew(self, habit: Habit) -> Habit:
        """Its times count from now on: what is past today does not come."""
        return replace(habit, remind_set=self._now() if habit.remind else None)

    def _put(self, label: str, habit: Habit) -> Habit:
        check_habit(habit)
        with self._store.change(f"{label} “{habit.title}”"):
            self._habits.put(habit)
        return habit


def _with(habit: Habit, fields: dict[str, Any]) -> Habit:
    if unknown := fields.keys() - _CHANGED:
        raise ValueError(f"{sorted(unknown)[0]!r} is not changed so")
    lines = {name: one_line(fields[name], longest) for name, longest in _LINES.items() if name in fields}
    return replace(habit, **{**fields, **lines})
