"""How goals are laid out in rows, and which goal and step a row stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coach.domain.days import show_minutes
from coach.domain.goals import Goal, Step
from coach.ui.glyphs import Glyphs
from coach.ui.widgets.lines import Row

INDENT = 4
"""Steps stand under the first letter of their goal."""


def goal_rows(goals: Sequence[Goal], opened: str, glyphs: Glyphs, *, airy: bool) -> list[Row]:
    """One calm list; the open goal shows its steps, every other one only the next. `airy` sets goals apart."""
    rows: list[Row] = []
    for goal in goals:
        rows += [Row("", kind="gap")] if airy else []
        rows.append(_goal_row(goal, glyphs, is_open=goal.id == opened))
        rows += _steps(goal, glyphs) if goal.id == opened else _next(goal)
    return rows


def place_of(key: str) -> tuple[str, str]:
    """The goal and, for a step's row, the step."""
    goal, _, step = key.partition(" ")
    return goal, step


def step_key(goal: str, step: str) -> str:
    return f"{goal} {step}"


def _goal_row(goal: Goal, glyphs: Glyphs, *, is_open: bool) -> Row:
    done, total = goal.progress()
    right = "reached" if goal.done else f"{done} of {total}" if total else ""
    mark = glyphs.box("done" if goal.done else "open")
    return Row(goal.title, goal.id, mark=mark, right=right, done=goal.done is not None, strong=is_open)


def _steps(goal: Goal, glyphs: Glyphs) -> Iterator[Row]:
    if not goal.steps:
        yield Row("No steps yet. a adds them.", kind="note", indent=INDENT)
    for key, step in goal.in_order():
        mark = glyphs.box("done" if step.done else "open")
        yield Row(
            step.title,
            step_key(goal.id, key),
            mark=mark,
            right=_length(step),
            indent=INDENT,
            done=step.done,
        )


def _next(goal: Goal) -> Iterator[Row]:
    found = None if goal.done else goal.next_step()
    if found is not None:
        yield Row(found[1].title, kind="note", time="next", right=_length(found[1]), indent=INDENT)


def _length(step: Step) -> str:
    return show_minutes(step.minutes) if step.minutes else ""
