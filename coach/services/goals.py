"""Keeps goals moving: their steps, their order, and a step put on a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from coach.domain.errors import NotFound
from coach.domain.goals import Goal, Step
from coach.domain.items import Item
from coach.domain.planner import shifted
from coach.domain.text import one_line
from coach.storage.ids import PLAN, month_book, ulid
from coach.storage.records import Records
from coach.storage.store import Store

_SIGN = re.compile(r"(?:[-*+](?: |$)|• ?)?(?:\d{1,3}[.)](?: |$))?(?:\[(?P<box>[ xX]?)\](?!\() ?)?")
"""Signs of lists and of ticked boxes; "[x](" is a link."""


class Goals:
    """All goals, in the person's order."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now
        self._goals = Records(store, "goals", Goal)
        self._items = Records(store, "items", Item)

    def all(self) -> tuple[Goal, ...]:
        return tuple(sorted(self._goals.all(PLAN), key=lambda goal: (goal.order, goal.id)))

    def get(self, goal: str) -> Goal:
        if (found := self._goals.get(goal)) is None:
            raise NotFound("That goal is not there any more.")
        return found

    def add(self, title: str, steps: str = "") -> Goal:
        """A goal; each line of `steps` becomes a step."""
        order = max((goal.order for goal in self.all()), default=0.0) + 1
        goal = Goal(self._store.new_id(PLAN), one_line(title), order, made=self._now(), steps=_steps(steps, 0.0))
        self._put("Added", goal)
        return goal

    def rename(self, goal: str, title: str) -> None:
        self._put("Changed", replace(self.get(goal), title=one_line(title)))

    def remove(self, goal: str) -> Goal:
        found = self.get(goal)
        with self._store.change(f"Deleted “{found.title}”"):
            self._goals.remove(goal)
        return found

    def finish(self, goal: str, *, done: bool = True) -> None:
        """Reached; it stays in the list, and can be opened again."""
        self._put("Reached" if done else "Opened again", replace(self.get(goal), done=self._now() if done else None))

    def shift(self, goal: str, by: Literal[-1, 1]) -> bool:
        goals = self.all()
        index = next((index for index, one in enumerate(goals) if one.id == goal), -1)
        if index < 0 or not (orders := shifted([one.order for one in goals], index, by)):
            return False
        with self._store.change(f"Moved “{goals[index].title}”"):
            for place, order in orders.items():
                self._goals.put(replace(goals[place], order=order))
        return True

    def add_steps(self, goal: str, text: str) -> int:
        """One step for each line that says something; how many were added."""
        found = self.get(goal)
        last = max((step.order for step in found.steps.values()), default=0.0)
        new = _steps(text, last)
        if new:
            self._put("Added steps to", replace(found, steps={**found.steps, **new}))
        return len(new)

    def edit_step(self, goal: str, step: str, title: str) -> None:
        self._with_step("Changed a step of", goal, step, title=one_line(title))

    def remove_step(self, goal: str, step: str) -> None:
        found = self.get(goal)
        steps = {key: one for key, one in found.steps.items() if key != step}
        self._put("Deleted a step of", replace(found, steps=steps))

    def tick(self, goal: str, step: str, *, done: bool) -> None:
        self._with_step("Ticked a step of" if done else "Opened a step of", goal, step, done=done)

    def tick_within(self, goal: str, step: str, *, done: bool) -> None:
        """Ticks a step as part of a change that is already open; a goal or step deleted since is passed over."""
        found = self._goals.get(goal)
        if found and step in found.steps:
            self._goals.put(replace(found, steps={**found.steps, step: replace(found.steps[step], done=done)}))

    def shift_step(self, goal: str, step: str, by: Literal[-1, 1]) -> bool:
        found = self.get(goal)
        keys = [key for key, _ in found.in_order()]
        orders = shifted([found.steps[key].order for key in keys], keys.index(step), by) if step in keys else {}
        moved = {keys[place]: replace(found.steps[keys[place]], order=order) for place, order in orders.items()}
        if moved:
            self._put("Moved a step of", replace(found, steps={**found.steps, **moved}))
        return bool(moved)

    def put_on_day(self, goal: str, step: str, day: date) -> Item:
        """An item for a step; ticking it there ticks it here."""
        one = self.get(goal).steps.get(step)
        if one is None:
            raise NotFound("That step is not there any more.")
        item = Item(
            self._store.new_id(month_book(day)),
            one.title,
            day,
            minutes=one.minutes,
            order=self._now().timestamp(),
            goal=goal,
            step=step,
            made=self._now(),
        )
        with self._store.change(f"Put “{one.title}” on a day"):
            self._items.put(item)
        return item

    def _with_step(self, label: str, goal: str, step: str, **changes: object) -> None:
        found = self.get(goal)
        if step not in found.steps:
            raise NotFound("That step is not there any more.")
        changed = replace(found.steps[step], **changes)  # type: ignore[arg-type]  # checked by Step itself
        self._put(label, replace(found, steps={**found.steps, step: changed}))

    def _put(self, label: str, goal: Goal) -> None:
        with self._store.change(f"{label} “{goal.title}”"):
            self._goals.put(goal)


def _steps(text: str, last: float) -> dict[str, Step]:
    """Each line a step; list signs such as "- ", "[x] " or "2. " in front are left out, and a ticked one is done."""
    lines = [_without_sign(one_line(line)) for line in text.splitlines()[:200]]
    titled = [(title, done) for title, done in lines if title]
    return {ulid(): Step(title, last + place, done=done) for place, (title, done) in enumerate(titled, 1)}


def _without_sign(line: str) -> tuple[str, bool]:
    """What the line says, and whether the box in front of it is ticked."""
    found = _SIGN.match(line)
    return (line[found.end() :], found["box"] in ("x", "X")) if found else (line, False)
