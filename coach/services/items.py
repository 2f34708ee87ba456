"""Plans the day: items and the marks that say what became of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from coach.domain.day_view import DayView
from coach.domain.days import Part, day_of, show_day
from coach.domain.errors import Ambiguous, NotFound, Refused
from coach.domain.items import SETTLED, Item, State
from coach.domain.occurrences import read_name
from coach.domain.planner import plan_day
from coach.services.agenda import Agenda, repeats
from coach.services.goals import Goals
from coach.services.leftovers import Leftovers
from coach.services.marks import STAYS, Marks
from coach.services.order import Order, in_order
from coach.services.pins import Pins
from coach.services.routines import Routines
from coach.services.series import Series
from coach.services.settings import SettingsService
from coach.services.shapes import Shapes
from coach.services.zone import zone_name, zone_of
from coach.storage.ids import PLAN, month_book
from coach.storage.store import Store
from coach.storage.summary import Summaries

if TYPE_CHECKING:
    from coach.domain.quickadd import Reading


class Items:
    """Everything planned, by day and on the Later list."""

    def __init__(
        self,
        store: Store,
        summaries: Summaries,
        goals: Goals,
        settings: SettingsService,
        now: Callable[[], datetime],
    ) -> None:
        self._store, self._settings, self._now = store, settings, now
        self._agenda = Agenda(store, summaries)
        self.holding = self._agenda.holding
        """For looking at several days at once."""
        self.anchors = self._agenda.anchors
        """The titles a line about a day can say "after" of; for `read`, which itself opens no book."""
        self.marks = Marks(store, self._agenda, goals, now)
        """For what becomes of them."""
        self.pins = Pins(self._agenda)
        """For what comes first on its day."""
        self.order = Order(store, self._agenda, self.view)
        """For their places among each other."""
        self.series = Series(store, self._agenda, self.marks, self.pins, self.today, now)
        """For changes of all times of what repeats; what is done to one time of it is done here."""
        self.routines = Routines(store, self._agenda)
        """For the steps inside them."""
        self._items = self._agenda.items
        self.shapes = Shapes(store)
        self.left = Leftovers(self._agenda, self.shapes, self.today)
        """For what earlier days left open."""

    def today(self) -> date:
        """The logical day it is now."""
        return day_of(self._now(), self._settings.now.day_start)

    def read(self, text: str, day: date | None = None, anchors: Mapping[str, str] | None = None) -> Reading:
        """What a typed line means; Refused with a sentence when it cannot be read."""
        settings = self._settings.now
        from coach.domain.quickadd import read_line  # lazily: 8 ms that nobody needs before typing

        now = self._now()
        zone = zone_of(zone_name(os.environ, settings.zone), now)[0]
        return read_line(
            text,
            now,
            self.today(),
            settings.day_start,
            day=day,
            clock=settings.clock,
            zone=zone,
            date_order=settings.date_order,
            anchors=anchors,
        )

    def add(self, reading: Reading, part: Part | None = None) -> Item:
        self.pins.check_line(reading, None, self.today())
        book = month_book(reading.day) if reading.day and not reading.rule else PLAN
        item = Item(
            self._store.new_id(book),
            reading.title,
            reading.day,
            reading.start,
            reading.minutes,
            rule=reading.rule,
            part=part or reading.part,
            starts=reading.starts,
            place=reading.place,
            tags=reading.tags,
            pinned=reading.pinned,
            follows=reading.follows,
            area=reading.area or "",
            leads=reading.leads,
            silent=reading.silent,
            order=self.order.last(reading.day),
            made=self._now(),
        )
        with self._store.change(f"Added “{item.title}”"):
            self._items.put(item)
        return item

    def edit(self, item: str, reading: Reading) -> Item:
        """One time of what repeats changes alone, unless the line says how often: then so do those that follow."""
        before = self.get(item)
        if before.of:
            return self.series.change(item, reading, "following" if reading.rule else "this")
        if repeats(before):
            return self.series.change(item, reading, "all")
        self.pins.check_line(reading, before, self.today())
        if reading.rule:
            return self.series.make(before, reading)
        changed = replace(before, title=reading.title, day=reading.day, start=reading.start, minutes=reading.minutes)
        changed = replace(changed, place=reading.place, tags=reading.tags, pinned=reading.pinned)
        changed = replace(changed, follows=reading.follows, area=before.area if reading.area is None else reading.area)
        changed = replace(changed, part=reading.part or before.part, leads=reading.leads, silent=reading.silent)
        if changed.day != before.day:
            changed = replace(changed, order=self.order.last(changed.day))
        if (changed.day, changed.start, changed.leads) != (before.day, before.start, before.leads):
            changed = replace(changed, made=self._now())  # what is past at its new time does not prompt
        with self._store.change(f"Changed “{changed.title}”"):
            changed = self.marks.bring(before, changed)
            self._items.put(changed)
        return changed

    def get(self, item: str) -> Item:
        """An item, or one time of what repeats."""
        return self._agenda.get(item)

    def remove(self, item: str) -> Item:
        """Of what repeats, one time is dropped; all of it goes by the id of the series."""
        found = self.get(item)
        if found.of:
            return self.series.drop(item)
        if repeats(found):
            return self.series.remove(item)
        with self._store.change(f"Deleted “{found.title}”"):
            self._items.remove(item)
        return found

    def move(self, item: str, day: date | None) -> Item:
        """To another day, or to the Later list; a start time stays only where there is a day."""
        found = self.get(item)
        if found.of:
            return self.series.move(self.pins.where_there_is_room(found, day), day, self.order.last(day))
        if repeats(found):
            raise Refused(f"“{found.title}” repeats. Move one time of it, or change its line.")
        moved = replace(found, day=day, start=found.start if day else None, made=self._now())
        moved = self.pins.where_there_is_room(replace(moved, order=self.order.last(day)), day)
        with self._store.change(f"Moved “{found.title}”"):
            moved = self.marks.bring(found, moved)
            self._items.put(moved)
        return moved

    def mark(self, item: str, day: date, state: State, at: datetime | None = None, reason: str = "") -> None:
        """Says what became of an item, or of the time of it on a day; what was for later is done on that day."""
        found = self.get(item)
        if found.day is None and state in ("excused", "missed"):
            raise Refused(f"“{found.title}” waits for later: no day asks for it, so there is nothing to skip.")
        with self._store.change(f"{'Ticked' if state == 'done' else 'Marked'} “{found.title}”"):
            if found.day is None and state in ("done", "part"):
                self._items.put(replace(found, day=day, order=self.order.last(day)))
            self.marks.set(item, day, state, at, reason)

    def let_go(self, item: str) -> None:
        """What was left over, or waits for later, is no longer wanted."""
        found = self.get(item)
        if found.day is None:
            self.remove(item)
        else:
            self.mark(item, found.day, "dropped")

    def view(self, day: date) -> DayView:
        """The day as it is drawn."""
        return self.views(day, day)[0]

    def views(self, first: date, last: date) -> tuple[DayView, ...]:
        """Some days in a row, read once."""
        items, settings = self._agenda.between(first, last), self._settings.now
        marks = self._agenda.marks_of(items)
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        now, today, shapes = self._now(), self.today(), self.shapes.between(first, last)
        return tuple(
            plan_day(day, items, marks, now, today, settings.day_start, settings.clock, shapes.get(day)) for day in days
        )

    def later(self) -> tuple[Item, ...]:
        """What has no day yet, in the person's order."""
        items = self._agenda.undated()
        marks = self._agenda.marks_of(item for item in items if item.of)
        gone = {item for item, mark in marks.items() if mark.state in SETTLED - STAYS}
        return tuple(in_order(item for item in items if item.id not in gone))

    def leftovers(self) -> tuple[Item, ...]:
        """What the last days left open; of what repeats, only what comes rarely."""
        return self.left.recent()

    def pin(self, item: str, on: bool) -> Item:
        """Puts it first on its day, or back to its place; of what repeats, only this time of it."""
        found = self.get(item)
        if on:
            self.pins.check(found.day, item)
        label, changed = f"{'Pinned' if on else 'Unpinned'} “{found.title}”", replace(found, pinned=on)
        if found.of:
            return self.series.put_one(label, changed)
        with self._store.change(label):
            self._items.put(changed)
        return changed

    def find(self, words: str, day: date) -> Item:
        """By id or words of the title, of what repeats its time on that day; NotFound or Ambiguous otherwise."""
        if self._items.get(words) or read_name(words):
            return self._agenda.on_day(words, day)
        items = [*self._agenda.between(day, day), *self.later()]
        matches = [one for one in items if one.id.startswith(words) or (one.of or "").startswith(words)]
        matches = matches if len(words) > 4 else []
        matches = matches or [item for item in items if words.casefold() == item.title.casefold()]
        matches = matches or [item for item in items if words.casefold() in item.title.casefold()]
        if not matches:
            name = show_day(day) + (f" {day.year}" if day.year != self.today().year else "")
            raise NotFound(f"Nothing on {name} is called {words!r}. coach today lists what there is.")
        if len(matches) > 1:
            listed = "\n".join(
                f"  {one.id}  {f'{one.start:%H:%M} ' if one.start else ''}{one.title}" for one in matches
            )
            raise Ambiguous(f"More than one thing fits {words!r}. Say which, by its id:\n{listed}")
        return matches[0]
