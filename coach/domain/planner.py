"""How a day looks at a moment: its parts and lines, the thing going on now, what is next, and where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from coach.domain.anchors import below_their_anchors
from coach.domain.day_view import DayView, Line, Present, Section
from coach.domain.days import DAY_START, PART_NAMES, PARTS, Part, part_of, show_minutes, show_time
from coach.domain.gaps import Gap, free_room, overlapping, span
from coach.domain.items import SETTLED, Item, Mark, State, is_settled
from coach.domain.shapes import EXCUSING, DayShape

LEFTOVER_DAYS = 14
MOST_FIRST = 3
"""Pinned things that stand before all else."""
FIRST = "First"
UNCOUNTED: frozenset[State] = frozenset({"dropped", "moved", "excused"})
"""States that take an item out of the day's total: nobody is asked for them any more."""
_GONE: frozenset[State] = frozenset({"dropped", "moved"})
_UNSAID: frozenset[State] = frozenset({"open", "unknown"})
_Place = tuple[int, time]


def plan_day(
    day: date,
    items: Iterable[Item],
    marks: Mapping[str, Mark],
    now: datetime,
    today: date,
    day_start: time = DAY_START,
    clock: int = 24,
    shape: DayShape | None = None,
) -> DayView:
    """The view of one day; `now` is local, `today` the logical day, `marks` this day's marks by item id."""
    shape, now = shape or DayShape(day), now.replace(tzinfo=None)
    planned = sorted((item for item in items if item.day == day), key=lambda item: _place(item, day_start))
    shape = _of_three(shape, planned)
    states = {item.id: _state(item, marks.get(item.id), shape) for item in planned}
    timed = [item for item in planned if item.start is not None]
    taken = [item for item in timed if states[item.id] not in _GONE]
    open_items = [item for item in timed if not is_settled(item, states[item.id])]
    clashing = overlapping(open_items, day, day_start) if day >= today else set()
    room = day >= today and shape.kind not in EXCUSING  # a day that asks for nothing is not to be filled
    gaps = free_room(taken, day, now if day == today else None, day_start, clock) if room else []
    lines = _lines(planned, marks, states, clashing, day_start, clock)
    return DayView(
        day,
        _sections(lines, gaps, shape, day_start),
        done=sum(state in ("done", "part") for state in states.values()),
        total=sum(state not in UNCOUNTED for state in states.values()),
        present=_present(open_items, now, day_start) if day == today else None,
        next_up=_next_up(open_items, now, day_start) if day == today else None,
        shape=shape.kind,
    )


def leftovers(
    today: date,
    items: Iterable[Item],
    marks: Mapping[str, Mark],
    shapes: Mapping[date, DayShape] = MappingProxyType({}),
    away: int = 0,
) -> tuple[Item, ...]:
    """What earlier days left open, oldest first, looking back two weeks, and as many days as nobody was here."""
    first = today - timedelta(days=LEFTOVER_DAYS + away)
    found = []
    for item in items:
        if item.day is None or not first <= item.day < today:
            continue
        if left_open(item, marks.get(item.id), shapes.get(item.day) or DayShape(item.day)):
            found.append((item.day, _place(item, DAY_START), item))
    return tuple(item for _, _, item in sorted(found, key=lambda entry: entry[:2]))


def left_open(item: Item, mark: Mark | None, shape: DayShape) -> bool:
    """Whether it still waits: a day that excuses it only puts it off, and what was begun is not yet done.

    What a low-energy day brought along was for that day.
    """
    return (mark is None or not is_settled(item, mark.state)) and item.id not in shape.brought


def shifted(orders: Sequence[float], index: int, by: int) -> dict[int, float]:
    """New orders, by index, that move one of a list one place: two neighbours swap theirs; equal ones are numbered."""
    other = index + by
    if not 0 <= other < len(orders):
        return {}
    if len(set(orders)) == len(orders):
        return {index: orders[other], other: orders[index]}
    places = {place: float(place + 1) for place in range(len(orders))}
    return places | {index: places[other], other: places[index]}


def _lines(
    planned: Sequence[Item],
    marks: Mapping[str, Mark],
    states: Mapping[str, State],
    clashing: set[str],
    day_start: time,
    clock: int,
) -> list[tuple[_Place, Line]]:
    """Every line with the place on the day that it has, or shares with what it follows."""
    found = []
    for place, root in below_their_anchors(planned).items():
        item, where = planned[place], planned[root]
        mark = marks.get(item.id)
        line = Line(
            item,
            states[item.id],
            show_time(item.start, clock) if item.start else "",
            show_minutes(item.minutes) if item.minutes else "",
            _part(where, day_start),
            mark,
            by_shape=states[item.id] == "excused" and (mark is None or mark.state != "excused"),
            follows=item.follows if item.start is None else "",
            overlaps=item.id in clashing,
        )
        found.append((_row_place(where.start, day_start), line))
    return found


def _of_three(shape: DayShape, planned: Sequence[Item]) -> DayShape:
    """A low-energy day asks for three things, also where two devices chose three each: the pinned ones, then the first.

    Whatever became of them, so that the three of a day stay the same.
    """
    if shape.kind != "low":
        return shape
    asked = sorted((item for item in planned if shape.stays(item.id)), key=lambda item: not item.pinned)
    return replace(shape, essentials={item.id: True for item in asked[:MOST_FIRST]})


def _state(item: Item, mark: Mark | None, shape: DayShape) -> State:
    """What was said of it; where nothing was, the kind of day may excuse it."""
    said = mark.state if mark is not None else "open"
    return "excused" if said in _UNSAID and shape.excuses(item.id) else said


def _place(item: Item, day_start: time) -> tuple[tuple[int, time], float, str]:
    return (_row_place(item.start, day_start), item.order, item.id)


def _row_place(start: time | None, day_start: time) -> _Place:
    """Times first, those before `day_start` last among them, then whatever has no time."""
    return (2, time(0)) if start is None else (int(start < day_start), start)


def _sections(
    lines: list[tuple[_Place, Line]], gaps: list[Gap], shape: DayShape, day_start: time
) -> tuple[Section, ...]:
    first = _first([line for _, line in lines], shape)
    found = [Section(None, FIRST, first)] if first else []
    stand_first = {line.item.id for line in first}
    for part in PARTS:
        rows: list[tuple[_Place, bool, Line | Gap]] = [
            (place, False, line) for place, line in lines if line.part == part and line.item.id not in stand_first
        ]
        rows += [((0, gap.start), True, gap) for gap in gaps if part_of(gap.start, day_start) == part]
        if rows:
            rows.sort(key=lambda row: row[:2])  # stable: lines of one time keep their order
            found.append(Section(part, PART_NAMES[part], tuple(row[2] for row in rows)))
    return tuple(found)


def _first(lines: list[Line], shape: DayShape) -> tuple[Line, ...]:
    """What is pinned, or on a low-energy day its essentials: at most three, open ones before those that are done."""
    asked = [line for line in lines if line.state not in UNCOUNTED]
    wanted = [line for line in asked if (shape.stays(line.item.id) if shape.kind == "low" else line.item.pinned)]
    chosen = {line.item.id for line in sorted(wanted, key=lambda line: line.state in SETTLED)[:MOST_FIRST]}
    return tuple(line for line in wanted if line.item.id in chosen)


def _part(item: Item, day_start: time) -> Part:
    return item.part if item.start is None and item.part else part_of(item.start, day_start)


def _present(items: list[Item], now: datetime, day_start: time) -> Present | None:
    """Of the open items that have begun and not ended, the one that began last."""
    for item in reversed(items):
        start, end = span(item, item.day or now.date(), day_start)
        if start <= now < end:
            return Present(item, -(-(end - now) // timedelta(minutes=1)), (now - start) / (end - start))
    return None


def _next_up(items: list[Item], now: datetime, day_start: time) -> Item | None:
    return next((item for item in items if span(item, item.day or now.date(), day_start)[0] > now), None)
