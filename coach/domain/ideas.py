"""Ideas for a free hour: small things to do by area, in three sizes, and which of them fit a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from zlib import crc32

from coach.domain.areas import check_area
from coach.domain.errors import Refused
from coach.domain.text import title_key

Tier = Literal["5", "30", "admin"]
TIERS: dict[Tier, int] = {"5": 5, "30": 30, "admin": 15}
"""How many minutes each is put on a day with; of papers and offices, the first quarter of an hour."""
TIER_NAMES: dict[Tier, str] = {"5": "5 minutes", "30": "30 minutes", "admin": "a quarter of an hour"}
MOST = 9
"""Offered at once: each has a digit."""
MOST_NEW = 3
"""New things suggested in the first week, what was taken up already included."""
LIKED = 5
"""From this number on, 0 to 10, something is offered again, before what is new; below it only among all of them."""
LONGEST_TITLE, MOST_IN_A_LIST = 80, 40


@dataclass(frozen=True, slots=True)
class Idea:
    """One small thing to do."""

    id: str
    title: str
    area: str
    """The life area it belongs to, by its name in `areas`."""
    minutes: int
    tier: Tier
    group: str = ""
    """The heading it stands under."""


@dataclass(frozen=True, slots=True)
class Activities:
    """A file of ideas for one area: some for five minutes, some for thirty, some about papers and offices."""

    id: str
    title: str
    area: str
    five: tuple[str, ...] = ()
    thirty: tuple[str, ...] = ()
    admin: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.id or not self.title.strip():
            raise Refused("a file of activities needs an id and a title")
        check_area(self.area)
        lists = {"five": self.five, "thirty": self.thirty, "admin": self.admin}
        if not any(lists.values()):
            raise Refused("it holds no activity; give some as five, thirty or admin")
        for name, titles in lists.items():
            if len(titles) > MOST_IN_A_LIST:
                raise Refused(f"{name}: more than {MOST_IN_A_LIST} is too much to choose from")
            for number, title in enumerate(titles):
                if not title.strip() or "\n" in title or len(title) > LONGEST_TITLE:
                    raise Refused(f"{name}[{number}]: give one line of at most {LONGEST_TITLE} characters")

    def ideas(self) -> tuple[Idea, ...]:
        """All of them, the smallest first."""
        lists: tuple[tuple[Tier, tuple[str, ...]], ...] = (
            ("5", self.five),
            ("30", self.thirty),
            ("admin", self.admin),
        )
        return tuple(
            Idea(f"{self.id}-{tier}-{number}", " ".join(title.split()), self.area, TIERS[tier], tier, self.title)
            for tier, titles in lists
            for number, title in enumerate(titles, 1)
        )


def fitting(
    ideas: Sequence[Idea],
    day: date,
    minutes: int | None = None,
    *,
    liked: Mapping[str, float] | None = None,
    planned: Collection[str] = (),
    most_new: int = MOST,
) -> tuple[Idea, ...]:
    """At most nine that fit into the minutes: first what was liked before, then new ones from all groups in turn.

    The choice hangs on the day alone, so it does not change under the eye; what was chosen and is on the day by now
    leaves its place empty. `planned` are the titles of the day, `liked` what pleasure others gave, each by `title_key`.
    """
    known = liked or {}
    able = [one for one in ideas if one.tier != "admin" and (minutes is None or one.minutes <= minutes)]
    again = [one for one in able if known.get(title_key(one.title), 0) >= LIKED]
    again.sort(key=lambda one: (-known[title_key(one.title)], _chance(day, one.id)))
    again = again[: MOST // 2]
    new = [one for one in able if title_key(one.title) not in known]
    new = _varied(new, day, min(most_new, MOST - len(again)))
    offered = (*again, *sorted(new, key=lambda one: one.minutes))
    return tuple(one for one in offered if title_key(one.title) not in planned)


def _varied(ideas: Sequence[Idea], day: date, most: int) -> list[Idea]:
    """One of each group in turn, the two sizes turn about."""
    groups: dict[str, list[Idea]] = {}
    for one in sorted(ideas, key=lambda one: _chance(day, one.id)):
        groups.setdefault(one.group, []).append(one)
    order = sorted(groups.values(), key=lambda group: _chance(day, group[0].group))
    found: list[Idea] = []
    turn = 0
    while len(found) < most and any(order):
        for place, group in enumerate(order):
            if group and len(found) < most:
                found.append(_take(group, "5" if (place + turn) % 2 == 0 else "30"))
        turn += 1
    return found


def _take(group: list[Idea], tier: Tier) -> Idea:
    """The first of that size, or of the other where there is none left."""
    one = next((one for one in group if one.tier == tier), group[0])
    group.remove(one)
    return one


def _chance(day: date, words: str) -> int:
    """A number that is the same all day, and another tomorrow."""
    return crc32(f"{day.isoformat()} {words}".encode())
