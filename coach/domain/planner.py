"""How a day looks at a moment: its parts and lines, the thing going on now, what is next, and where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from coach.domain.days import DAY_START, PART_NAMES, PARTS, Part, moment_of, part_of, show_minutes, show_time
from coach.domain.items import SETTLED, Item, Mark, State

USUAL_MINUTES = 30
"""How long something without a length is taken to last."""
WAKING, SLEEPING = time(7), time(22)
ROOMY = timedelta(hours=2)
"""Only more than this is called free."""
LEFTOVER_DAYS = 14
UNCOUNTED: frozenset[State] = frozenset({"dropped", "moved", "excused"})
"""States that take an item out of the day's total: nobody is asked for them any more."""
_GONE: frozenset[State] = frozenset({"dropped", "moved"})


@dataclass(frozen=True, slots=True)
class Line:
    """One item on its day, with its time and length in words ("" when it has none)."""

    item: Item
    state: State
    time: str = ""
    length: str = ""
    reason: str = ""
    """Why it was excused, if the person said."""


@dataclass(frozen=True, slots=True)
class Gap:
    """More than two waking hours without anything planned."""

    start: time
    minutes: int
    time: str
    length: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the day that has something in it."""

    part: Part
    name: str
    lines: tuple[Line | Gap, ...]


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


def plan_day(
    day: date,
    items: Iterable[Item],
    marks: Mapping[str, Mark],
    now: datetime,
    today: date,
    day_start: time = DAY_START,
    clock: int = 24,
) -> DayView:
    """The view of one day; `now` is local, `today` the logical day, `marks` this day's marks by item id."""
    lines = [_line(item, marks.get(item.id), clock) for item in items if item.day == day]
    lines.sort(key=lambda line: _place(line.item, day_start))
    now = now.replace(tzinfo=None)
    gaps = _gaps(lines, day, now if day == today else None, day_start, clock) if day >= today else []
    states = [line.state for line in lines]
    open_items = [line.item for line in lines if line.item.start is not None and line.state not in SETTLED]
    return DayView(
        day,
        _sections(lines, gaps, day_start),
        done=sum(state in ("done", "part") for state in states),
        total=sum(state not in UNCOUNTED for state in states),
        present=_present(open_items, now, day_start) if day == today else None,
        next_up=_next_up(open_items, now, day_start) if day == today else None,
    )


def leftovers(today: date, items: Iterable[Item], marks: Mapping[str, Mark]) -> tuple[Item, ...]:
    """What earlier days left open, oldest first, looking back two weeks."""
    first = today - timedelta(days=LEFTOVER_DAYS)
    found = [
        (item.day, _place(item, DAY_START), item)
        for item in items
        if item.day is not None and first <= item.day < today and _state(marks.get(item.id)) not in SETTLED
    ]
    return tuple(item for _, _, item in sorted(found, key=lambda entry: entry[:2]))


def shifted(orders: Sequence[float], index: int, by: int) -> dict[int, float]:
    """New orders, by index, that move one of a list one place: two neighbours swap theirs; equal ones are numbered."""
    other = index + by
    if not 0 <= other < len(orders):
        return {}
    if len(set(orders)) == len(orders):
        return {index: orders[other], other: orders[index]}
    places = {place: float(place + 1) for place in range(len(orders))}
    return places | {index: places[other], other: places[index]}


def _line(item: Item, mark: Mark | None, clock: int) -> Line:
    return Line(
        item,
        _state(mark),
        show_time(item.start, clock) if item.start else "",
        show_minutes(item.minutes) if item.minutes else "",
        mark.reason if mark is not None else "",
    )


def _state(mark: Mark | None) -> State:
    return mark.state if mark is not None else "open"


def _place(item: Item, day_start: time) -> tuple[bool, bool, time, float, str]:
    """Times first, those before `day_start` last among them, then whatever has no time."""
    start = item.start
    return (start is None, start is not None and start < day_start, start or time(0), item.order, item.id)


def _sections(lines: list[Line], gaps: list[Gap], day_start: time) -> tuple[Section, ...]:
    found = []
    for part in PARTS:
        rows: list[tuple[int, time, bool, Line | Gap]] = []
        for line in lines:
            if _part(line.item, day_start) == part:
                start = line.item.start
                rank = 2 if start is None else int(start < day_start)  # by time, then the night, then the rest
                rows.append((rank, start or time(0), False, line))
        rows += [(0, gap.start, True, gap) for gap in gaps if part_of(gap.start, day_start) == part]
        if rows:
            rows.sort(key=lambda row: row[:3])  # stable: lines of one time keep their order
            found.append(Section(part, PART_NAMES[part], tuple(row[3] for row in rows)))
    return tuple(found)


def _part(item: Item, day_start: time) -> Part:
    return item.part if item.start is None and item.part else part_of(item.start, day_start)


def _span(item: Item, day: date, day_start: time) -> tuple[datetime, datetime]:
    start = moment_of(day, item.start or time(0), day_start)
    return start, start + timedelta(minutes=item.minutes or USUAL_MINUTES)


def _present(items: list[Item], now: datetime, day_start: time) -> Present | None:
    """Of the open items that have begun and not ended, the one that began last."""
    for item in reversed(items):
        start, end = _span(item, item.day or now.date(), day_start)
        if start <= now < end:
            return Present(item, -(-(end - now) // timedelta(minutes=1)), (now - start) / (end - start))
    return None


def _next_up(items: list[Item], now: datetime, day_start: time) -> Item | None:
    return next((item for item in items if _span(item, item.day or now.date(), day_start)[0] > now), None)


def _gaps(lines: list[Line], day: date, now: datetime | None, day_start: time, clock: int) -> list[Gap]:
    """Room between timed items, within waking hours; with `now` given, only what is still to come of it."""
    spans = [_span(line.item, day, day_start) for line in lines if line.item.start and line.state not in _GONE]
    earliest, latest = datetime.combine(day, WAKING), datetime.combine(day, SLEEPING)
    if now is not None:
        earliest = max(earliest, _next_quarter(now))
    found = []
    reached: datetime | None = None
    for start, end in spans:
        if reached is not None:
            opens, closes = max(reached, earliest), min(start, latest)
            if closes - opens > ROOMY:
                minutes = (closes - opens) // timedelta(minutes=1)
                found.append(
                    Gap(opens.time(), minutes, show_time(opens.time(), clock), f"{show_minutes(minutes)} free")
                )
        reached = end if reached is None else max(reached, end)
    return found


def _next_quarter(now: datetime) -> datetime:
    """The next quarter of an hour, so that a gap already begun does not change its line every minute."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    return hour + timedelta(minutes=15) * -(-(now - hour) // timedelta(minutes=15))
