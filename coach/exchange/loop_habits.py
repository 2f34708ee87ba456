"""Turns what the tracker Loop keeps of habits into the records of ours."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Any, cast

from coach.codec import encode
from coach.domain.errors import Refused
from coach.domain.habit_days import state_of_amount
from coach.domain.habits import (
    DAILY,
    LONGEST_PERIOD,
    LONGEST_UNIT,
    Habit,
    Target,
    check_habit,
    counted_days,
    show_target,
)
from coach.domain.items import MOST, Mark, State
from coach.domain.text import LONGEST, clean, one_line
from coach.exchange.left_out import LeftOut
from coach.storage.fold import Fields
from coach.storage.ids import mark_id
from coach.storage.log import Operation

MOST_HABITS = 1_000
MOST_DAYS = 400_000
"""Of all habits together: forty of them, marked every day for twenty years, come to three quarters of it."""
YES, AUTO, NO, UNKNOWN = 2, 1, 0, -1
SKIPPED = (3, -3)
MONTHLY = (30, 31)
THOUSANDTHS = 1000
"""How the tracker keeps an amount, as a whole number."""
EXPORT_AGAIN = "Export it again in the tracker. Nothing was taken in."
_CHANGE = "Change it in the tracker, and export it again. Nothing was taken in."
_STATES: Mapping[int, State] = {YES: "done", NO: "missed", SKIPPED[0]: "excused", SKIPPED[1]: "excused"}


@dataclass(frozen=True, slots=True)
class Said:
    """One day of a habit."""

    day: date
    value: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tracked:
    """A habit as the tracker keeps it."""

    where: str
    """Where it stands, for a sentence."""
    title: str
    times: int
    per: int
    said: tuple[Said, ...]
    counted: bool = False
    unit: str = ""
    amount: float = 0.0
    """At least so much of something counted; 0 asks for nothing."""
    at_most: bool = False
    archived: bool = False
    words: bool = False
    """Whether it has a question or a description."""
    reminder: bool = False

    def __post_init__(self) -> None:
        if self.times < 1 or self.per < 1:
            often = f"{self.times} times in {counted_days(self.per)}"
            raise Refused(f"{self.where}: {often} is nothing that can be asked for. {_CHANGE}")
        if not 0 <= self.amount <= MOST:
            raise Refused(f"{self.where}: {self.amount:g} is not between 0 and {MOST:,}. {_CHANGE}")

    @property
    def asked(self) -> str:
        """ "3 times in 7 days", "60 km in 400 days": in words."""
        times = "once" if self.times == 1 else f"{self.times} times"
        return f"{f'{self.amount:g} {self.short_unit}'.rstrip() if self.counted else times} in {counted_days(self.per)}"

    @property
    def short_unit(self) -> str:
        return one_line(self.unit, LONGEST_UNIT) if self.counted else ""


def records_of(
    tracked: Iterable[Tracked], here: Mapping[str, Fields], now: datetime, today: date, left: LeftOut
) -> list[Operation]:
    """The habits and their marks. One that is here already stays as it is, so of that one only days are added."""
    operations: list[Operation] = []
    names: Counter[str] = Counter()
    order = max((found["order"] for found in here.values() if _is_number(found.get("order"))), default=0.0)
    for number, one in enumerate(tracked, 1):
        title = one_line(one.title) or f"Habit {number}"
        names[title.casefold()] += 1
        record = _id_of(title, names[title.casefold()])
        target = _target(one, title, left)
        marks = list(_marks(one, record, target or DAILY, today, left))
        for why, lost in (("words", one.words), ("reminder", one.reminder), ("colour", True)):
            left.count(why, lost)
        kept = here.get(record)
        habit = kept or _plain(_habit(one, record, title, target, marks, order + number, now, today))
        operations.append(("habits", record, habit))
        operations += [("marks", mark_id(mark.subject, mark.day), _plain(mark)) for mark in marks]
    return operations


def _id_of(title: str, nth: int) -> str:
    """The same for the same habit in every file of the tracker; only its newer database has ids of its own."""
    return f"p-loop-{hashlib.sha256(f'{title.casefold()}/{nth}'.encode()).hexdigest()[:20]}"


def _habit(
    one: Tracked,
    record: str,
    title: str,
    target: Target | None,
    marks: list[Mark],
    order: float,
    now: datetime,
    today: date,
) -> Habit:
    """It begins with the first day of which something was said."""
    made = min((mark.day for mark in marks if mark.state != "open"), default=today)
    habit = Habit(
        record,
        title,
        "reduce" if one.counted and one.at_most else "build",
        order,
        unit=one.short_unit or ("times" if one.counted and target is None else ""),
        made=made,
        targets={} if target is None else {made.isoformat(): target},
        archived=now if one.archived else None,
    )
    return check_habit(habit)


def _target(one: Tracked, title: str, left: LeftOut) -> Target | None:
    """What is asked for; None where it is counted and any amount will do."""
    per = 30 if one.per in MONTHLY else min(one.per, LONGEST_PERIOD)
    times = max(1, round(one.times * per / one.per))
    target = Target(times=times, per=per) if times < per else DAILY
    if one.counted and not (one.amount or one.at_most):
        left.tell(f"“{title}” does not say how much is asked for: any amount is done here.")
        return None
    if one.counted:
        target = Target(per=per, amount=one.amount)
    elif one.times > one.per:
        left.tell(f"“{title}” asks for {one.asked}, more than once a day: here every day.")
    if one.per > LONGEST_PERIOD and one.times < one.per:
        left.tell(f"“{title}” asks for {one.asked}: here {show_target(target, one.short_unit)}.")
    return target


def _marks(one: Tracked, record: str, target: Target, today: date, left: LeftOut) -> Iterator[Mark]:
    """What was said of its days, from the first one on."""
    days = _days(one, left)
    state_of = _Amounts(one, target, days.values()) if one.counted else None
    for said in days.values():
        state, amount = _STATES.get(said.value), None
        if state_of is not None and said.value not in (*SKIPPED, UNKNOWN) and said.value >= 0:
            state, amount = state_of(said), said.value / THOUSANDTHS
        if state is None and said.value not in (AUTO, UNKNOWN):
            left.count("odd")
        elif amount is not None and amount > MOST:
            left.count("large")
        elif state in ("done", "part", "missed") and said.day > today + timedelta(days=1):
            left.count("coming")
        elif state is None and not said.note.strip():
            left.count("silent")
        else:
            left.count("cut", len(said.note) > LONGEST)
            yield Mark(record, said.day, state or "open", amount=amount, note=clean(said.note).strip())


def _days(one: Tracked, left: LeftOut) -> dict[date, Said]:
    days: dict[date, Said] = {}
    for said in one.said:
        if not 2000 <= said.day.year <= 2099:
            left.count("far")
        elif said.day in days:
            left.count("twice")
        else:
            days[said.day] = said
    return dict(sorted(days.items()))


class _Amounts:
    """What an amount comes to, with those of the days before it in its period."""

    def __init__(self, one: Tracked, target: Target, said: Iterable[Said]) -> None:
        self._kind = "reduce" if one.at_most else "build"
        self._target = target
        counting = [(known.day, known.value) for known in said if known.value > 0 and known.value not in SKIPPED]
        self._days = [day for day, _ in counting]
        self._sums = [0, *accumulate(value for _, value in counting)]

    def __call__(self, said: Said) -> State:
        first = bisect_left(self._days, said.day - timedelta(days=self._target.per - 1))
        before = self._sums[bisect_left(self._days, said.day)] - self._sums[first]
        return state_of_amount(self._kind, self._target, said.value / THOUSANDTHS, before / THOUSANDTHS)


def _plain(record: Habit | Mark) -> Fields:
    """The fields that say something, as they are kept: a default is not written."""
    described = ((field, getattr(record, field.name)) for field in fields(record) if field.name != "id")
    return {field.name: encode(value) for field, value in described if value != _default(field)}


def _default(field: Any) -> Any:
    return field.default if field.default_factory is MISSING else cast("Any", field.default_factory)()


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
