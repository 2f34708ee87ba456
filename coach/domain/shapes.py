"""What kind of day it is: as usual, with little energy, or one on which everything is excused."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from coach.domain.templates import TemplateLine

ShapeKind = Literal["usual", "low", "sick", "away"]
EXCUSING: frozenset[ShapeKind] = frozenset({"low", "sick", "away"})
"""Kinds of day on which what is not marked is excused: it can still be ticked, and counts against nothing."""
SHAPE_WORDS: dict[ShapeKind, str] = {"usual": "", "low": "low-energy day", "sick": "sick", "away": "away"}
"""Said beside a day; a usual one needs no word."""
KIND_WORDS: dict[ShapeKind, str] = {
    "usual": "a usual day",
    "low": "a low-energy day",
    "sick": "a sick day",
    "away": "a day away",
}
STILL_REMIND = "Of what it excuses, only single things with a time remind."
"""An appointment is missed once and for all; what repeats is silent, and that is said."""


@dataclass(frozen=True, slots=True)
class DayShape:
    """A day's kind, and what was seen and asked on it."""

    day: date
    kind: ShapeKind = "usual"
    essentials: dict[str, bool] = field(default_factory=dict)
    """On a low-energy day, the items that stay, by id."""
    brought: dict[str, TemplateLine] = field(default_factory=dict)
    """What a low-energy day put here, by the id it has and as it was then: untouched it goes with it."""
    leftovers_seen: datetime | None = None
    """What earlier days left open is asked about once a day."""
    seen: datetime | None = None
    """When the person first looked at coach on this day."""
    away: int = 0
    """How many whole days before it nobody was here: what they left open is asked about as well."""

    def stays(self, item: str) -> bool:
        """Whether it is one of the essentials of a low-energy day."""
        return self.kind == "low" and self.essentials.get(item, False)

    def excuses(self, item: str) -> bool:
        """Whether the kind of day lets go of something of which nothing was said."""
        return self.kind in EXCUSING and not self.stays(item)
