"""A day ready to be drawn: its sections and lines, the thing going on now, and what is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coach.domain.days import Part
from coach.domain.gaps import Gap
from coach.domain.items import Item, Mark, State
from coach.domain.shapes import ShapeKind


@dataclass(frozen=True, slots=True)
class Line:
    """One item on its day, with its time and length in words ("" when it has none)."""

    item: Item
    state: State
    time: str = ""
    length: str = ""
    part: Part = "any"
    """The part of the day it belongs to, also where it stands first."""
    mark: Mark | None = None
    by_shape: bool = False
    """Excused by the kind of day and by nobody's word: one key ticks it, and nothing is written until then."""
    follows: str = ""
    """What it comes after, whether that is on the day or not."""
    overlaps: bool = False
    """Whether something before it still lasts when it begins."""

    @property
    def reason(self) -> str:
        """Why it was excused, if the person said."""
        return self.mark.reason if self.mark else ""

    @property
    def noted(self) -> bool:
        return bool(self.mark and self.mark.note)

    @property
    def steps_done(self) -> int:
        ticked = self.mark.steps if self.mark else {}
        return sum(ticked.get(step, False) for step in self.item.steps)

    @property
    def steps_total(self) -> int:
        return len(self.item.steps)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the day that has something in it; None is what stands first, whatever its part."""

    part: Part | None
    name: str
    lines: tuple[Line | Gap, ...]

    @property
    def things(self) -> tuple[Line, ...]:
        """Without the free room."""
        return tuple(line for line in self.lines if isinstance(line, Line))


@dataclass(frozen=True, slots=True)
class Present:
    """The item going on now."""

    item: Item
    minutes_left: int
    fraction: float
    """How much of it has passed, 0 to 1."""


@dataclass(frozen=True, slots=True)
class DayView:
    """A day, ready to be drawn."""

    day: date
    sections: tuple[Section, ...]
    done: int
    total: int
    present: Present | None
    next_up: Item | None
    shape: ShapeKind = "usual"

    @property
    def lines(self) -> tuple[Line, ...]:
        """All its things as they stand, without the free room."""
        return tuple(line for section in self.sections for line in section.things)
