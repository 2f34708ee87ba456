"""What the rows of a day stand for: lines, steps inside them, free room and habits, found again by their keys."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.domain.day_view import DayView, Line, Section
from coach.domain.gaps import Gap
from coach.domain.items import Item, RoutineStep, State

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
    Target = Line | StepPlace | Gap | HabitView | Section
    """What a key of Today can be meant for."""


def gap_key(gap: Gap) -> str:
    return f"gap {gap.start:%H%M}"


def section_key(section: Section) -> str:
    return f"part {section.part or 'first'}"


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
    """As it stands on the screen: while a step is being saved, a routine is as its steps will be."""
    if line.item.id in saving:
        return saving[line.item.id]
    if any(step_key(line.item, key) in saving for key in line.item.steps):
        ticked = [place.ticked for place in step_places(line, saving)]
        return "done" if all(ticked) else "part" if any(ticked) else "open"
    return line.state


def targets_of(
    day: DayView, habits: Collection[HabitView], opened: Collection[str], saving: Mapping[str, State]
) -> dict[str, Target]:
    """What each row stands for, by its key; steps only of what is unfolded."""
    found: dict[str, Target] = {}
    if habits:
        from coach.ui.habits.view import habit_key

        found |= {habit_key(view.habit.id): view for view in habits}
    for section in day.sections:
        found[section_key(section)] = section
        for line in section.lines:
            if isinstance(line, Gap):
                found[gap_key(line)] = line
                continue
            found[line.item.id] = line
            if line.item.id in opened:
                found |= {step_key(line.item, place.key): place for place in step_places(line, saving)}
    return found
