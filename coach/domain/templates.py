"""Templates: the lines of a day to be used again, and the three essentials of a low-energy one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Literal

from coach.domain.days import Part
from coach.domain.errors import Refused
from coach.domain.items import Item, RoutineStep
from coach.domain.step_lengths import check_minutes
from coach.domain.text import title_key

TemplateKind = Literal["usual", "low"]
ESSENTIALS = 3
"""Lines of a low-energy day: more would be a day like any other."""
MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """What a day gets from a template."""

    title: str
    order: float = 0.0
    start: time | None = None
    minutes: int | None = None
    part: Part | None = None
    follows: str = ""
    place: str = ""
    tags: tuple[str, ...] = ()
    area: str = ""
    pinned: bool = False
    leads: tuple[int, ...] = ()
    silent: bool = False
    steps: dict[str, RoutineStep] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise Refused("A line of a template needs a few words.")
        check_minutes(self.minutes)


@dataclass(frozen=True, slots=True)
class Template:
    """Lines that fill a day in one go."""

    id: str
    title: str
    kind: TemplateKind = "usual"
    weekdays: tuple[int, ...] = ()
    """The days of the week it is usual on, Monday is 0."""
    made: datetime | None = None
    lines: dict[str, TemplateLine] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise Refused("A template needs a name, for example: Weekday")
        if any(not 0 <= day <= 6 for day in self.weekdays):
            raise Refused("Days of a template go from 0 (Monday) to 6 (Sunday).")

    def in_order(self) -> tuple[tuple[str, TemplateLine], ...]:
        """The lines with their ids: those with a time first, as on a day."""
        return tuple(sorted(self.lines.items(), key=lambda pair: (*_place(pair[1]), pair[0])))


LOW = Template(
    "p-t:low",
    "Low-energy day",
    "low",
    lines={
        "food": TemplateLine("Eat and drink something", 1.0),
        "people": TemplateLine("A few words with somebody", 2.0),
        "bed": TemplateLine("To bed at a set time", 3.0, part="evening"),
    },
)
"""What ships with coach; a person's own three take its place, under the same id on every device."""


def line_from(item: Item, order: float) -> TemplateLine:
    """What of an item is the same on another day."""
    return TemplateLine(
        item.title,
        order,
        item.start,
        item.minutes,
        item.part,
        item.follows,
        item.place,
        item.tags,
        item.area,
        item.pinned,
        item.leads,
        item.silent,
        dict(item.steps),
    )


def key_of(thing: Item | TemplateLine) -> tuple[str, time | None]:
    """Two things with the same one are the same thing on a day."""
    return (title_key(thing.title), thing.start)


def _place(line: TemplateLine) -> tuple[bool, time, float]:
    return (line.start is None, line.start or time(0), line.order)
