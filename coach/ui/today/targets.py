"""What the rows of a day stand for: lines, steps inside them, free room and habits, found again by their keys."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.domain.items import Item, RoutineStep, State
from coach.domain.planner import DayView, Gap, Line

if TYPE_CHECKING:
    from coach.domain.habits import HabitView


@dataclass(frozen=True, slots=True)
class StepPlace:
    """One step of a routine on a day."""

    line: Line
    key: str
    step: RoutineStep
    ticked: bool


if TYPE_CHECKING:
    Target = Line | StepPlace | Gap | HabitView
    """What a key of Today can be meant for."""


def lines_of(day: DayView) -> Iterator[Line]:
    """All lines of a day, from its first."""
    for section in day.sections:
        yield from (line for line in section.lines if isinstance(line, Line))


def gap_key(gap: Gap) -> str:
    return f"gap {gap.start:%H%M}"


def step_key(item: Item, step: str) -> str:
    return f"{item.id} {step}"


def step_places(line: Line, saving: Mapping[str, State]) -> list[StepPlace]:
    """The steps as they stand on the screen, what is still being saved included."""
    marked = line.mark.steps if line.mark else {}
    whole = saving.get(line.item.id)
    found = []
    for key, step in line.item.in_order():
        state = saving.get(step_key(line.item, key), whole if whole in ("done", "open") else None)
        ticked = state == "done" if state else marked.get(key, False)
        found.append(StepPlace(line, key, step, ticked))
    return found


def state_of(line: Line, saving: Mapping[str, State]) -> State:
    """As it stands on the screen: a routine that was begun is as its steps are now, also while one is being saved."""
    if line.item.id in saving:
        return saving[line.item.id]
    begun = line.state == "part" and bool(line.item.steps)
    if begun or any(step_key(line.item, key) in saving for key in line.item.steps):
        ticked = [place.ticked for place in step_places(line, saving)]
        return "done" if all(ticked) else "part" if any(ticked) else "open"
    return line.state


def targets_of(
    day: DayView, habits: Collection[HabitView], opened: Collection[str], saving: Mapping[str, State]
) -> dict[str, Target]:
    """What each row stands for, by its key; steps only of what is unfolded."""
    found: dict[str, Target] = {f"habit:{view.habit.id}": view for view in habits}
    for section in day.sections:
        for line in section.lines:
            if isinstance(line, Gap):
                found[gap_key(line)] = line
                continue
            found[line.item.id] = line
            if line.item.id in opened:
                found |= {step_key(line.item, place.key): place for place in step_places(line, saving)}
    return found
