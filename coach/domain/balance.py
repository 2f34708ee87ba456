"""How a week divides among the areas of a life: what is planned and done in each, and one sentence that suggests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coach.domain.areas import AREAS
from coach.domain.day_view import DayView, Line
from coach.domain.habits import HabitView
from coach.domain.items import Item
from coach.domain.planner import UNCOUNTED

ENOUGH = 3
"""Things with an area below which there is nothing to say."""
UNSAID = ""
"""The area of what nobody gave one."""
_DONE = frozenset({"done", "part"})


@dataclass(frozen=True, slots=True)
class Share:
    """What one area has in a week."""

    area: str
    planned: int = 0
    """Things, whatever became of them."""
    done: int = 0
    minutes: int = 0
    """Of those that have a length."""


@dataclass(frozen=True, slots=True)
class Balance:
    """The areas that have something, the fullest first; what is planned without one stands apart."""

    shares: tuple[Share, ...] = ()
    unsaid: Share = Share(UNSAID)
    sentence: str = ""
    """Empty when too little is known to say anything."""


def balance(
    views: Iterable[DayView],
    goals: Mapping[str, str],
    others: Iterable[Share] = (),
    cared: Sequence[str] = (),
    *,
    over: bool = False,
) -> Balance:
    """The balance of some days.

    `goals` says the area of each goal by its id, `others` what is counted elsewhere, as habits are; `cared` are the
    areas that matter to the person, most first: only they are named when they have nothing. `over` is for a week gone.
    """
    found: dict[str, Share] = {}
    for share in (*(_share(line, goals) for view in views for line in _lines(view)), *others):
        if not share.planned:
            continue
        found[share.area] = _sum(found.get(share.area, Share(share.area)), share)
    unsaid = found.pop(UNSAID, Share(UNSAID))
    shares = tuple(sorted(found.values(), key=lambda share: (-share.planned, list(AREAS).index(share.area))))
    return Balance(shares, unsaid, _sentence(shares, unsaid, cared, over=over))


def area_of(item: Item, goals: Mapping[str, str]) -> str:
    """Its own, else its goal's, else that of a tag which names one, else none."""
    named = (item.area, goals.get(item.goal or "", ""), *(tag.casefold() for tag in item.tags))
    return next((area for area in named if area in AREAS), UNSAID)


def habit_share(views: Iterable[HabitView], area: str) -> Share:
    """What a habit adds: the days it is asked for, or of so many days in a week as many as that comes to."""
    asked, done = 0.0, 0
    for view in views:
        above = view.habit.kind == "reduce" and view.state == "part"
        done += view.state in _DONE and not above
        if view.due and view.target is not None and view.state not in UNCOUNTED:
            asked += 1 if view.target.per == 1 else view.target.rate
    return Share(area, max(done, round(asked)), done)


def _lines(view: DayView) -> Iterable[Line]:
    """Each thing once, without what is no longer asked for."""
    return {line.item.id: line for line in view.lines if line.state not in UNCOUNTED}.values()


def _share(line: Line, goals: Mapping[str, str]) -> Share:
    return Share(area_of(line.item, goals), 1, int(line.state in _DONE), line.item.minutes or 0)


def _sum(one: Share, other: Share) -> Share:
    return replace(
        one,
        planned=one.planned + other.planned,
        done=one.done + other.done,
        minutes=one.minutes + other.minutes,
    )


def _sentence(shares: Sequence[Share], unsaid: Share, cared: Sequence[str], *, over: bool) -> str:
    """ "Most of this week is Work; Friends has nothing yet." """
    total = sum(share.planned for share in shares)
    if total < ENOUGH:
        return ""
    parts = []
    if shares[0].planned * 2 > total + unsaid.planned:
        parts.append(f"Most of {'that week was' if over else 'this week is'} {AREAS[shares[0].area]}")
    here = {share.area for share in shares}
    if quiet := next((area for area in cared if area in AREAS and area not in here), ""):
        parts.append(f"{AREAS[quiet]} {'had nothing' if over else 'has nothing yet'}")
    return "; ".join(parts) + "." if parts else ""
