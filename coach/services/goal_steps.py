"""Keeps the steps of goals: their words, their order, what is ticked, and a step put on a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from coach.domain.errors import NotFound
from coach.domain.goals import Goal, Step
from coach.domain.items import Item
from coach.domain.planner import shifted
from coach.domain.step_lengths import split_length
from coach.domain.step_lines import read_steps
from coach.domain.text import one_line
from coach.storage.ids import PLAN, month_book, ulid
from coach.storage.records import Records
from coach.storage.store import Store


class GoalSteps:
    """Steps in the person's order; a step on a day is ticked with it."""

    def __init__(self, store: Store, goals: Records[Goal], now: Callable[[], datetime]) -> None:
        self._store, self._goals, self._now = store, goals, now
        self._items = Records(store, "items", Item)

    def add(self, goal: str, text: str) -> int:
        """One step for each line that says something; how many were added."""
        found = self._goal(goal)
        last = max((step.order for step in found.steps.values()), default=0.0)
        new = read_goal_steps(text, last)
        if new:
            self._put("Added steps to", replace(found, steps={**found.steps, **new}))
        return len(new)

    def edit(self, goal: str, step: str, line: str) -> None:
        """Its words and, behind them, how long it takes; a line without a length takes that away."""
        title, minutes = split_length(one_line(line))
        self._with_step("Changed a step of", goal, step, title=title, minutes=minutes)

    def remove(self, goal: str, step: str) -> None:
        found = self._goal(goal)
        steps = {key: one for key, one in found.steps.items() if key != step}
        self._put("Deleted a step of", replace(found, steps=steps))

    def tick(self, goal: str, step: str, *, done: bool) -> None:
        self._with_step("Ticked a step of" if done else "Opened a step of", goal, step, done=done)

    def tick_within(self, goal: str, step: str, *, done: bool) -> None:
        """Ticks a step as part of a change that is already open; a goal or step deleted since is passed over."""
        found = self._goals.get(goal)
        if found and step in found.steps:
            self._goals.put(replace(found, steps={**found.steps, step: replace(found.steps[step], done=done)}))

    def shift(self, goal: str, step: str, by: Literal[-1, 1]) -> bool:
        found = self._goal(goal)
        keys = [key for key, _ in found.in_order()]
        orders = shifted([found.steps[key].order for key in keys], keys.index(step), by) if step in keys else {}
        moved = {keys[place]: replace(found.steps[keys[place]], order=order) for place, order in orders.items()}
        if moved:
            self._put("Moved a step of", replace(found, steps={**found.steps, **moved}))
        return bool(moved)

    def put_on_day(self, goal: str, step: str, day: date) -> Item:
        """An item for a step; ticking it there ticks it here."""
        found = self._goal(goal)
        if (one := found.steps.get(step)) is None:
            raise NotFound("That step is not there any more.")
        item = Item(
            self._store.new_id(month_book(day)),
            one.title,
            day,
            minutes=one.minutes,
            order=self._last_order(day),
            goal=goal,
            step=step,
            area=found.area,
            made=self._now(),
        )
        with self._store.change(f"Put “{one.title}” on a day"):
            self._items.put(item)
        return item

    def _last_order(self, day: date) -> float:
        """Below what is on the day, and below whatever may come there as often as it repeats."""
        items = [*self._items.of_day(day), *self._items.all(PLAN)]
        return max((item.order for item in items), default=0.0) + 1

    def _with_step(self, label: str, goal: str, step: str, **changes: object) -> None:
        found = self._goal(goal)
        if step not in found.steps:
            raise NotFound("That step is not there any more.")
        changed = replace(found.steps[step], **changes)  # type: ignore[arg-type]  # checked by Step itself
        self._put(label, replace(found, steps={**found.steps, step: changed}))

    def _goal(self, goal: str) -> Goal:
        if (found := self._goals.get(goal)) is None:
            raise NotFound("That goal is not there any more.")
        return found

    def _put(self, label: str, goal: Goal) -> None:
        with self._store.change(f"{label} “{goal.title}”"):
            self._goals.put(goal)


def read_goal_steps(text: str, last: float = 0.0) -> dict[str, Step]:
    """Each line a step, with its length when it says one, from this place on; a ticked one is done."""
    made: dict[str, Step] = {}
    for place, line in enumerate(read_steps(text), 1):
        title, minutes = split_length(line.title)
        made[ulid()] = Step(title, last + place, line.done, minutes)
    return made
