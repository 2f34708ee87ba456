"""Keeps the steps of routines: of one thing its own, of what repeats those of all its times."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from coach.domain.errors import NotFound, Refused
from coach.domain.items import Item, RoutineStep
from coach.domain.planner import shifted
from coach.domain.step_lengths import split_length
from coach.domain.step_lines import read_steps
from coach.domain.text import one_line
from coach.services.agenda import Agenda
from coach.storage.ids import ulid
from coach.storage.store import Store

MOST = 100
"""Steps of one routine: more is a list that nobody finishes."""


class Routines:
    """A reference is the id of an item, of a series or of one time of it; what is ticked is said by marks."""

    def __init__(self, store: Store, agenda: Agenda) -> None:
        self._store, self._agenda = store, agenda

    def add_steps(self, ref: str, text: str) -> int:
        """One step for each line that says something; how many were added."""
        owner = self._owner(ref)
        read = [split_length(step.title) for step in read_steps(text)]
        if len(owner.steps) + len(read) > MOST:
            raise Refused(f"A routine holds {MOST} steps; “{owner.title}” would have more. Take some away for now.")
        last = max((step.order for step in owner.steps.values()), default=0.0)
        new = {ulid(): RoutineStep(title, last + place, minutes) for place, (title, minutes) in enumerate(read, 1)}
        if new:
            self._put("Added steps to", replace(owner, steps={**owner.steps, **new}))
        return len(new)

    def edit_step(self, ref: str, step: str, line: str) -> None:
        """Its words and its length; what is ticked stays ticked."""
        owner, before = self._found(ref, step)
        title, minutes = split_length(one_line(line))
        changed = replace(before, title=title, minutes=minutes)
        self._put("Changed a step of", replace(owner, steps={**owner.steps, step: changed}))

    def remove_step(self, ref: str, step: str) -> str:
        """Its words, for saying what is gone."""
        owner, before = self._found(ref, step)
        left = {key: one for key, one in owner.steps.items() if key != step}
        self._put("Deleted a step of", replace(owner, steps=left))
        return before.title

    def shift_step(self, ref: str, step: str, by: Literal[-1, 1]) -> bool:
        """One place up or down; False where there is no place."""
        owner, _ = self._found(ref, step)
        keys = [key for key, _ in owner.in_order()]
        orders = shifted([owner.steps[key].order for key in keys], keys.index(step), by)
        moved = {keys[place]: replace(owner.steps[keys[place]], order=order) for place, order in orders.items()}
        if moved:
            self._put("Moved a step of", replace(owner, steps={**owner.steps, **moved}))
        return bool(moved)

    def _owner(self, ref: str) -> Item:
        """The record that keeps the steps: a time changed by hand has its own, any other those of its series."""
        found = self._agenda.get(ref)
        if found.of is None or self._agenda.items.get(ref) is not None:
            return found
        return self._agenda.get(found.of)

    def _found(self, ref: str, step: str) -> tuple[Item, RoutineStep]:
        owner = self._owner(ref)
        if step not in owner.steps:
            raise NotFound("That step is not there any more.")
        return owner, owner.steps[step]

    def _put(self, label: str, owner: Item) -> None:
        with self._store.change(f"{label} “{owner.title}”"):
            self._agenda.items.put(owner)
