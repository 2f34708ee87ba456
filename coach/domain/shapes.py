"""What kind of day it is: as usual, with little energy, or one on which everything is excused."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

ShapeKind = Literal["usual", "low", "sick", "away"]
EXCUSING: frozenset[ShapeKind] = frozenset({"low", "sick", "away"})
"""Kinds of day on which what is not marked is excused: it can still be ticked, and counts against nothing."""


@dataclass(frozen=True, slots=True)
class DayShape:
    """A day's kind, and what was seen and asked on it."""

    day: date
    kind: ShapeKind = "usual"
    essentials: dict[str, bool] = field(default_factory=dict)
    """On a low-energy day, the items that stay, by id."""
    leftovers_seen: datetime | None = None
    """What earlier days left open is asked about once a day."""
    seen: datetime | None = None
    """When the person first looked at coach on this day."""
