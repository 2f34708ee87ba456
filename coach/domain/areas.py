"""The areas of a life that goals, habits and plans belong to, and how much each matters and is lived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coach.domain.errors import Refused
from coach.domain.scale import check_scale

AREAS: dict[str, str] = {
    "health": "Health and body",
    "family": "Family",
    "partner": "Partner",
    "parenting": "Children",
    "friends": "Friends",
    "work": "Work",
    "learning": "School and learning",
    "fun": "Rest and fun",
    "community": "Community",
    "spirit": "Meaning and spirit",
    "home": "Home",
    "money": "Money and papers",
}
"""Name to the words shown; the twelve areas of the values worksheets (clinical.md 4.6)."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a person gave an area: how much it matters (no day), or how much it was lived in the week of a day."""

    area: str
    value: int
    """0 to 10."""
    day: date | None = None
    """The first day of that week."""

    def __post_init__(self) -> None:
        check_scale(self.value, AREAS.get(self.area, "An area"))


def check_area(area: str) -> str:
    """The area, or none at all; Refused for any other word."""
    if area and area not in AREAS:
        raise Refused(f"There is no area {area!r}. There are: {', '.join(AREAS)}.")
    return area


@dataclass(frozen=True, slots=True)
class Apart:
    """An area that matters more than it was lived."""

    area: str
    importance: int
    lived: int

    @property
    def sentence(self) -> str:
        return f"{AREAS[self.area]} matters {self.importance} and had {self.lived} this week."


def largest_gap(importance: Mapping[str, int], lived: Mapping[str, int]) -> Apart | None:
    """The area furthest behind what it matters; what was not said counts as not known, so it is left out.

    Of two as far behind, the one that matters more.
    """
    known = [Apart(area, importance[area], lived[area]) for area in AREAS if area in importance and area in lived]
    behind = [one for one in known if one.importance > one.lived]
    return max(behind, key=lambda one: (one.importance - one.lived, one.importance), default=None)
