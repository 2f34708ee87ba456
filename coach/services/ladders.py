"""Keeps the ladder of a goal: rungs from easy to hard, the tries on them, and going down again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from coach.domain.errors import NotFound, Refused
from coach.domain.goals import MOST_RUNGS, Goal, Rung
from coach.domain.planner import shifted
from coach.domain.step_lines import read_steps
from coach.domain.text import one_line
from coach.storage.ids import ulid
from coach.storage.records import Records
from coach.storage.store import Store

_HARD = re.compile(r"(?P<title>.*\S)\s+(?P<hard>10|\d)(?:\s?/\s?10)?", re.ASCII)
"""How hard a rung seems stands behind its words: "say hello 2"."""


class Ladders:
    """Rungs of goals, lowest first."""

    def __init__(self, store: Store, goals: Records[Goal]) -> None:
        self._store, self._goals = store, goals

    def add(self, goal: str, text: str) -> int:
        """One rung for each line that says something, 0 to 10 behind it being how hard it seems; how many were added.

        Refused for more rungs than a ladder has.
        """
        found = self._goal(goal)
        lines = [line.title for line in read_steps(text)]
        if len(found.ladder) + len(lines) > MOST_RUNGS:
            raise Refused(f"A ladder has up to {MOST_RUNGS} rungs; this would make more. Take some away for now.")
        last = max((rung.order for rung in found.ladder.values()), default=0.0)
        rungs = [(_split(line), last + place) for place, line in enumerate(lines, 1)]
        new = {ulid(): Rung(title, order, hard) for (title, hard), order in rungs}
        if new:
            self._put("Added rungs to", replace(found, ladder={**found.ladder, **new}))
        return len(new)

    def edit(self, goal: str, rung: str, line: str) -> None:
        title, difficulty = _split(one_line(line))
        found, before = self._found(goal, rung)
        self._put_rung("Changed a rung of", found, rung, replace(before, title=title, difficulty=difficulty))

    def mark(self, goal: str, rung: str) -> Rung:
        """One try done; a rung that is done becomes the present one again."""
        found, before = self._found(goal, rung)
        after = before.again() if before.done else before.tried()
        self._put_rung("Went back to a rung of" if before.done else "Tried a rung of", found, rung, after)
        return after

    def remove(self, goal: str, rung: str) -> None:
        found, _ = self._found(goal, rung)
        left = {key: one for key, one in found.ladder.items() if key != rung}
        self._put("Deleted a rung of", replace(found, ladder=left))

    def shift(self, goal: str, rung: str, by: Literal[-1, 1]) -> bool:
        """One place on or back; False where there is no place."""
        found, _ = self._found(goal, rung)
        keys = [key for key, _ in found.rungs()]
        orders = shifted([found.ladder[key].order for key in keys], keys.index(rung), by)
        moved = {keys[place]: replace(found.ladder[keys[place]], order=order) for place, order in orders.items()}
        if moved:
            self._put("Moved a rung of", replace(found, ladder={**found.ladder, **moved}))
        return bool(moved)

    def _goal(self, goal: str) -> Goal:
        if (found := self._goals.get(goal)) is None:
            raise NotFound("That goal is not there any more.")
        return found

    def _found(self, goal: str, rung: str) -> tuple[Goal, Rung]:
        found = self._goal(goal)
        if rung not in found.ladder:
            raise NotFound("That rung is not there any more.")
        return found, found.ladder[rung]

    def _put_rung(self, label: str, goal: Goal, key: str, rung: Rung) -> None:
        self._put(label, replace(goal, ladder={**goal.ladder, key: rung}))

    def _put(self, label: str, goal: Goal) -> None:
        with self._store.change(f"{label} “{goal.title}”"):
            self._goals.put(goal)


def rung_line(rung: Rung) -> str:
    """The line that reads back as the same rung."""
    return rung.title if rung.difficulty is None else f"{rung.title} {rung.difficulty}"


def _split(line: str) -> tuple[str, int | None]:
    """The words, and how hard they say it seems."""
    found = _HARD.fullmatch(line)
    return (found["title"], int(found["hard"])) if found else (line, None)
