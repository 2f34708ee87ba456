"""Changes what repeats: one time of it, this one and those that follow, or all that are still to come.

What was stays as it was: a change of the days or times cuts the series in two, and the part before is left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from coach.domain.days import DAY_START
from coach.domain.errors import NotFound, Refused
from coach.domain.items import SETTLED, Item, Mark
from coach.domain.occurrences import begun_on, ended_before, name_of, occurrence, rule_of, slots
from coach.services.agenda import Agenda, repeats
from coach.services.carrying import Carrying
from coach.services.marks import Marks
from coach.services.pins import Pins
from coach.storage.ids import PLAN, mark_id, month_book
from coach.storage.store import Store

if TYPE_CHECKING:
    from coach.domain.quickadd import Reading

Scope = Literal["this", "following", "all"]
"""One time; that one and what comes after it; everything still to come."""


class Series:
    """Repeating items. A reference is the id of a series or of one time of it."""

    def __init__(
        self,
        store: Store,
        agenda: Agenda,
        marks: Marks,
        pins: Pins,
        today: Callable[[], date],
        now: Callable[[], datetime],
    ) -> None:
        self._store, self._agenda, self._marks, self._pins = store, agenda, marks, pins
        self._today, self._now = today, now
        self._carrying = Carrying(store, agenda)

    def of(self, ref: str) -> Item:
        """The series itself; NotFound when the reference is of nothing that repeats."""
        found = self._agenda.get(ref)
        series = self._agenda.get(found.of) if found.of else found
        if not repeats(series):
            raise NotFound(f"“{found.title}” does not repeat.")
        return series

    def line(self, ref: str, scope: Scope, day_start: time = DAY_START) -> str:
        """The line to edit: of this one time, or with its repetition."""
        from coach.domain.quickadd import line_of

        if scope == "this":
            return line_of(self._agenda.get(ref), self._today(), day_start)
        series = self.of(ref)
        begun = begun_on(series, self._cut(ref)) if scope == "following" else series
        return line_of(begun or series, day_start=day_start)

    def change(self, ref: str, reading: Reading, scope: Scope) -> Item:
        """What it is from now on: the changed time, the series, or the one thing it became."""
        found = self._agenda.get(ref)
        self._pins.check_line(reading, found, self._today())
        if scope == "this" and found.of:
            return self._change_one(found, reading)
        series = self.of(ref)
        if scope == "all" and reading.rule and _same_days(series, reading):
            changed = _with(series, reading)
            if changed.leads != series.leads:
                changed = replace(changed, made=self._now())  # nor does what is past before its start
            with self._store.change(f"Changed “{changed.title}”"):
                self._carrying.to_other(series, changed, min(found.on or self._today(), self._today()))
                self._agenda.items.put(changed)
            return changed
        cut = self._cut(ref if scope == "following" else series.id)
        if cut < self._today() <= (reading.day or self._today()):
            cut = self._today()  # "from" was taken out of the line: the days until now stay
        return self._change_from(series, cut, reading, found)

    def move(self, time: Item, day: date | None, order: float) -> Item:
        """One time to another day, or to the Later list."""
        return self.put_one(
            f"Moved “{time.title}”",
            replace(time, day=day, start=time.start if day else None, order=order, made=self._now()),
        )

    def drop(self, ref: str) -> Item:
        """One time does not take place; the others do."""
        found = self._agenda.get(ref)
        if not (name := name_of(found)):
            raise Refused(f"“{found.title}” is all of it, not one time. Say which, by the id coach today --json shows.")
        before = self._agenda.marks.get(mark_id(name.of, name.on, name.slot))
        mark = before or Mark(name.of, name.on, "open", slot=name.slot)
        with self._store.change(f"Dropped “{found.title}”"):
            self._agenda.marks.put(replace(mark, state="dropped", at=self._now(), reason=""))
        return found

    def end(self, ref: str) -> Item:
        """Nothing more from this time on (of a series: from today on); what was stays."""
        series, cut = self.of(ref), self._cut(ref)
        with self._store.change(f"Ended “{series.title}”"):
            self._keep(ended_before(series, cut), series)
        return series

    def remove(self, ref: str) -> Item:
        """All of it; its marks stay, so undo brings everything back."""
        series = self.of(ref)
        with self._store.change(f"Deleted “{series.title}”"):
            self._agenda.items.remove(series.id)
        return series

    def make(self, item: Item, reading: Reading) -> Item:
        """One thing becomes a series; what was said of it goes to its first time, unless it was done before that."""
        new = _with(replace(item, id=self._store.new_id(PLAN), on=None, made=self._now()), reading)
        with self._store.change(f"Changed “{new.title}”"):
            self._agenda.items.put(new)
            if self._carrying.to_first(item, new):
                self._agenda.items.remove(item.id)
        return new

    def _cut(self, ref: str) -> date:
        """The day from which a change counts; of all times tomorrow, when today's is already done with."""
        found, today = self._agenda.get(ref), self._today()
        if name := name_of(found):
            return name.on
        marks = (self._agenda.marks.get(mark_id(found.id, today, slot)) for slot, _ in slots(found))
        return today + timedelta(days=any(mark is not None and mark.state in SETTLED for mark in marks))

    def _change_one(self, found: Item, reading: Reading) -> Item:
        if reading.rule:
            raise Refused("One time of it has one day and one time. Change this and all that follow instead.")
        changed = replace(_with(found, reading), rule=None, starts=())
        if (changed.day, changed.start, changed.leads) != (found.day, found.start, found.leads):
            changed = replace(changed, made=self._now())  # what is past at its new time does not prompt
        return self.put_one(f"Changed “{changed.title}”", changed)

    def put_one(self, label: str, changed: Item) -> Item:
        """One time of it; as the rule gives it, it needs no record, and a change of all times reaches it again."""
        name = name_of(changed)
        with self._store.change(label):
            self._marks.bring(self._agenda.get(changed.id), changed)
            if name and changed == occurrence(self.of(changed.id), name):
                self._agenda.items.remove(changed.id)
            else:
                self._agenda.items.put(changed)
        return changed

    def _change_from(self, series: Item, cut: date, reading: Reading, found: Item) -> Item:
        """The old series ends before a day, and what was read takes its place, in one change."""
        new = _with(replace(series, made=self._now()), reading)
        old = ended_before(series, cut)
        if reading.rule is None or new.day is None:
            book = month_book(new.day) if new.day else PLAN
            new = replace(new, id=self._store.new_id(book), rule=None, starts=())
        else:
            new = begun_on(new, cut) or new
            if old is not None:
                new = replace(new, id=self._store.new_id(PLAN))
        with self._store.change(f"Changed “{new.title}”"):
            meant = name_of(found)
            new = self._carrying.to_other(series, new, cut, meant if meant and meant.on >= cut else None)
            if new.id != series.id:
                self._keep(old, series)
            self._agenda.items.put(new)
        return new

    def _keep(self, left: Item | None, series: Item) -> None:
        if left is None:
            self._agenda.items.remove(series.id)
        else:
            self._agenda.items.put(left)


def _with(item: Item, reading: Reading) -> Item:
    """The item as the line says it; what a line cannot say stays."""
    return replace(
        item,
        title=reading.title,
        day=reading.day,
        start=reading.start,
        minutes=reading.minutes,
        rule=reading.rule,
        part=reading.part or item.part,
        starts=reading.starts,
        place=reading.place,
        tags=reading.tags,
        pinned=reading.pinned,
        follows=reading.follows,
        area=item.area if reading.area is None else reading.area,
        leads=reading.leads,
        silent=reading.silent,
    )


def _same_days(series: Item, reading: Reading) -> bool:
    """Whether only words changed, so that the days before may change with them."""
    same = (reading.day, reading.start, reading.starts) == (series.day, series.start, series.starts)
    return same and reading.rule == str(rule_of(series))
