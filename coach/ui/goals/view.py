"""How goals are laid out in rows, and what each of these rows stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from coach.domain.areas import AREAS
from coach.domain.days import show_day, show_minutes
from coach.domain.goals import TRIES, Goal, Rung, Step
from coach.ui.glyphs import Glyphs
from coach.ui.habits.view import KEY
from coach.ui.text import wrapped
from coach.ui.widgets.lines import MARGIN, Row

INDENT = 4
"""Steps stand under the first letter of their goal."""
LABEL = 9
"""Cells of the quiet word in front of what was said of a goal, where there is room to align them."""
LINES, FEW_LINES = 3, 2
"""Lines that a long answer takes at most, the fewer where lines are dear; Enter shows all of it."""
ALIGNED_FROM = 60
EXAMPLE = "example"
FIELDS = {
    "why": "why",
    "obstacle": "obstacle",
    "helper": "helper",
    "review": "review day",
    "area": "area",
    "levels": "how far",
    "ladder": "ladder",
}
"""What can be said of a goal besides its steps, and what the row that offers it calls that."""

Kind = Literal["", "goal", "step", "goal-field", "goal-rung", "habit", "example"]


class Place(NamedTuple):
    """What a row stands for: the goal or habit, and the step, field or rung of it."""

    kind: Kind
    id: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows, and how much room there is."""

    goals: Sequence[Goal]
    opened: str
    """The id of the goal that is unfolded."""
    today: date
    glyphs: Glyphs
    width: int = 80
    airy: bool = True
    """Whether goals are set apart."""


def place_of(key: str) -> Place:
    """A row's key taken apart: "<goal>", "<goal> <step>", "goal-field:<goal>:<name>", "habit:<id>"."""
    kinds: tuple[Kind, ...] = ("goal-field", "goal-rung")
    for kind in kinds:
        if key.startswith(f"{kind}:"):
            goal, _, name = key.removeprefix(f"{kind}:").rpartition(":")
            return Place(kind, goal, name)
    if key.startswith(KEY):
        return Place("habit", key.removeprefix(KEY))
    if key in ("", EXAMPLE):
        return Place("example" if key else "", "")
    goal, _, step = key.partition(" ")
    return Place("step" if step else "goal", goal, step)


def field_key(goal: str, name: str) -> str:
    return f"goal-field:{goal}:{name}"


def rung_key(goal: str, rung: str) -> str:
    return f"goal-rung:{goal}:{rung}"


def page_rows(shown: Shown) -> list[Row]:
    """Goals that are on with their next step; below them those that wait, and those that are reached."""
    waiting = [goal for goal in shown.goals if goal.resting and not goal.done]
    reached = [goal for goal in shown.goals if goal.done]
    rows = goal_rows([goal for goal in shown.goals if goal.is_active], shown)
    for name, goals in (("Waiting", waiting), ("Reached", reached)):
        if goals:
            rows += [Row("", kind="gap"), Row(name, kind="heading"), *goal_rows(goals, shown, apart=False)]
    return rows or [Row("", kind="gap"), Row("Begin from an example", EXAMPLE)]


def goal_rows(goals: Sequence[Goal], shown: Shown, *, apart: bool = True) -> list[Row]:
    """One calm list; the goal that is open tells all that was said of it, any other that is on only its next step."""
    rows: list[Row] = []
    for goal in goals:
        rows += [Row("", kind="gap")] if apart and shown.airy else []
        rows.append(_goal_row(goal, shown))
        rows += _Unfolded(goal, shown).rows() if goal.id == shown.opened else _folded(goal, shown)
    return rows


def empty_fields(goal: Goal) -> list[str]:
    """What nothing was said of yet, in the order it is offered."""
    said = {
        "why": goal.why,
        "obstacle": goal.obstacle,
        "helper": goal.helper,
        "review": goal.review,
        "area": goal.area,
        "levels": goal.levels or goal.level is not None,
        "ladder": goal.ladder,
    }
    return [name for name in FIELDS if not said[name]]


def _goal_row(goal: Goal, shown: Shown) -> Row:
    done, total = goal.progress()
    mark = shown.glyphs.box("done" if goal.done else "open")
    is_open = goal.id == shown.opened
    right = f"{done} of {total}" if total else ""
    return Row(goal.title, goal.id, mark=mark, right=right, done=goal.done is not None, strong=is_open)


def _folded(goal: Goal, shown: Shown) -> Iterator[Row]:
    found = goal.next_step()
    if goal.is_active and found is not None:
        yield Row(found[1].title, kind="note", time="next", right=_length(found[1]), indent=INDENT)
    if goal.is_active and goal.review is not None and goal.review <= shown.today:
        yield Row(_review(goal.review, shown.today), kind="note", time="look back", indent=INDENT)


def _length(step: Step) -> str:
    return show_minutes(step.minutes) if step.minutes else ""


def _review(review: date, today: date) -> str:
    """A day that has passed is still a good day to look back, whenever there is one."""
    day = show_day(review, today, short=True)
    return day if review >= today else f"since {day}, whenever you like"


@dataclass(frozen=True, slots=True)
class _Unfolded:
    """The rows of the goal that is open: only what something was said of, and one that offers the rest."""

    goal: Goal
    shown: Shown

    def rows(self) -> Iterator[Row]:
        goal = self.goal
        if goal.resting and not goal.done:
            yield Row("Take it on now", field_key(goal.id, "take-on"), indent=INDENT)
        yield from self._said("why", "why", goal.why)
        yield from self._steps()
        told = [*self._plan(), *self._how_far(), *self._ladder()]
        yield from [Row("", kind="gap")] if told and self.shown.airy else []
        yield from told
        yield self._more()

    def _plan(self) -> Iterator[Row]:
        """What was thought of beforehand: an if-then, who helps, when to look back."""
        goal = self.goal
        if goal.obstacle:
            then = f"{goal.obstacle}, then I {goal.answer}" if goal.answer else goal.obstacle
            yield from self._said("obstacle", "if", then, right="" if goal.answer else "and then?")
        yield from self._said("helper", "helper", goal.helper)
        yield from self._said("review", "look back", _review(goal.review, self.shown.today) if goal.review else "")
        yield from self._said("area", "area", AREAS.get(goal.area, goal.area))

    def _steps(self) -> Iterator[Row]:
        goal = self.goal
        if not goal.steps:
            yield Row("No steps yet. a adds them.", kind="note", indent=INDENT)
        following = (goal.next_step() or ("",))[0]
        for key, step in goal.in_order():
            mark, where = self.shown.glyphs.box("done" if step.done else "open"), f"{goal.id} {key}"
            yield Row(step.title, where, mark=mark, right=_length(step), indent=INDENT, done=step.done)
            if key == following and goal.next_is_large() and not goal.done:
                yield Row("Is there a smaller first step?", kind="note", indent=INDENT * 2)

    def _how_far(self) -> Iterator[Row]:
        goal = self.goal
        if goal.level is not None:
            meant = goal.levels.get(str(goal.level), "")
            yield from self._said("levels", "how far", f"{goal.how_far()}: {meant}" if meant else goal.how_far())
        elif goal.levels:
            yield from self._said("levels", "how far", "Space says how far it is now")

    def _ladder(self) -> Iterator[Row]:
        present = self.goal.present_rung()
        if self.goal.ladder:
            yield Row("From easy to hard", kind="note", indent=INDENT)
        for key, rung in self.goal.rungs():
            state = "done" if rung.done else "part" if rung.tries else "open"
            yield Row(
                rung.title,
                rung_key(self.goal.id, key),
                mark=self.shown.glyphs.box(state),
                right=_tries(rung),
                indent=INDENT,
                done=rung.done,
                strong=present is not None and key == present[0],
            )

    def _more(self) -> Row:
        names = [FIELDS[name] for name in empty_fields(self.goal)]
        listed = ", ".join(names[:4]) + (" ..." if len(names) > 4 else "")
        return Row(f"More: {listed}" if names else "More", field_key(self.goal.id, "more"), indent=INDENT, done=True)

    def _said(self, name: str, label: str, text: str, right: str = "") -> Iterator[Row]:
        """A quiet word and what was said, in a few lines when it is long; nothing where nothing was said."""
        if not text:
            return
        aligned = self.shown.width >= ALIGNED_FROM
        time = label.ljust(LABEL) if aligned else label
        left = INDENT * 2 + len(time) + (2 if aligned else 1)
        room = max(10, min(self.shown.width, 96) - MARGIN - left - 1)
        most = LINES if self.shown.airy else FEW_LINES
        first, *rest = wrapped(text, room, most)
        yield Row(first, field_key(self.goal.id, name), time=time, right=right, indent=INDENT)
        for line in rest:
            yield Row(line, kind="note", indent=left)


def _tries(rung: Rung) -> str:
    """How hard it seemed, and how often it was tried on the way to the next one."""
    hard = f"difficulty {rung.difficulty}" if rung.difficulty is not None else ""
    tries = f"{rung.tries} of {TRIES} tries" if rung.tries and not rung.done else ""
    return ", ".join(filter(None, (hard, tries)))
