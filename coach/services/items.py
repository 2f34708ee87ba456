"""Plans the day: items and the marks that say what became of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from coach.domain.days import Part, day_of, show_day
from coach.domain.errors import Ambiguous, NotFound
from coach.domain.items import Item, Look, Mark, State
from coach.domain.planner import LEFTOVER_DAYS, DayView, leftovers, plan_day, shifted
from coach.services.goals import Goals
from coach.services.settings import SettingsService
from coach.services.zone import zone_name, zone_of
from coach.storage.ids import PLAN, book_of, month_book, prefix_of
from coach.storage.records import Records
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
        self._store, self._summaries, self._goals, self._settings, self._now = store, summaries, goals, settings, now
        self._items = Records(store, "items", Item)
        self._marks = Records(store, "marks", Mark, lambda mark: mark_id(mark.subject, mark.day))
        self._looks = Records(store, "shapes", Look, lambda look: f"{prefix_of(month_book(look.day))}-s:{look.day}")

    def today(self) -> date:
        """The logical day it is now."""
        return day_of(self._now(), self._settings.now.day_start)

    def read(self, text: str, day: date | None = None) -> Reading:
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
        )

    def add(self, reading: Reading, part: Part | None = None) -> Item:
        book = month_book(reading.day) if reading.day else PLAN
        item = Item(
            self._store.new_id(book),
            reading.title,
            reading.day,
            reading.start,
            reading.minutes,
            part=part,
            order=self._last_order(reading.day),
            made=self._now(),
        )
        with self._store.change(f"Added “{item.title}”"):
            self._items.put(item)
        return item

    def edit(self, item: str, reading: Reading) -> Item:
        before = self.get(item)
        changed = replace(before, title=reading.title, day=reading.day, start=reading.start, minutes=reading.minutes)
        if changed.day != before.day:
            changed = replace(changed, order=self._last_order(changed.day))
        if (changed.day, changed.start) != (before.day, before.start):
            changed = replace(changed, made=self._now())  # what is past at its new time does not prompt
        with self._store.change(f"Changed “{changed.title}”"):
            self._items.put(changed)
        return changed

    def get(self, item: str) -> Item:
        found = self._items.get(item)
        if found is None:
            raise NotFound("That item is not there any more. coach today shows what is.")
        return found

    def remove(self, item: str) -> Item:
        found = self.get(item)
        with self._store.change(f"Deleted “{found.title}”"):
            self._items.remove(item)
        return found

    def move(self, item: str, day: date | None) -> Item:
        """To another day, or to the Later list; a start time stays only where there is a day."""
        found = self.get(item)
        moved = replace(
            found, day=day, start=found.start if day else None, order=self._last_order(day), made=self._now()
        )
        with self._store.change(f"Moved “{found.title}”"):
            self._items.put(moved)
        return moved

    def shift(self, item: str, by: Literal[-1, 1]) -> bool:
        """One place up or down among those of its part of the day without a start; False where there is no place."""
        found = self.get(item)
        planned = _in_order(self._planned(found.day))
        peers = [peer for peer in planned if peer.start is None and (peer.part or "any") == (found.part or "any")]
        index = next((index for index, peer in enumerate(peers) if peer.id == item), -1)
        if index < 0 or not (orders := shifted([peer.order for peer in peers], index, by)):
            return False
        with self._store.change(f"Moved “{found.title}”"):
            for place, order in orders.items():
                self._items.put(replace(peers[place], order=order))
        return True

    def mark(self, item: str, day: date, state: State, at: datetime | None = None) -> None:
        """Says what became of an item; a goal's step is ticked with it, in the same change."""
        found = self.get(item)
        with self._store.change(f"{'Ticked' if state == 'done' else 'Marked'} “{found.title}”"):
            self._marks.put(Mark(item, day, state, at or self._now()))
            if found.goal and found.step:
                self._goals.tick_within(found.goal, found.step, done=state == "done")

    def let_go(self, item: str) -> None:
        """What was left over, or waits for later, is no longer wanted."""
        found = self.get(item)
        if found.day is None:
            self.remove(item)
        else:
            self.mark(item, found.day, "dropped")

    def view(self, day: date) -> DayView:
        """The day as it is drawn."""
        items, settings = self._planned(day), self._settings.now
        now = self._now()
        return plan_day(
            day,
            items,
            {mark.subject: mark for mark in self._marks.of_day(day)},
            now,
            self.today(),
            settings.day_start,
            settings.clock,
        )

    def later(self) -> tuple[Item, ...]:
        """What has no day yet, in the person's order."""
        return tuple(_in_order(self._planned(None)))

    def leftovers(self) -> tuple[Item, ...]:
        """What the last days left open."""
        today = self.today()
        first, last = today - timedelta(days=LEFTOVER_DAYS), today - timedelta(days=1)
        items = {item.id: item for item in self._planned_between(first, last)}
        marks = [mark for mark in self._marks.between(first, last) if mark.subject in items]
        return leftovers(
            today, items.values(), {mark.subject: mark for mark in marks if mark.day == items[mark.subject].day}
        )

    def asks_about_leftovers(self) -> bool:
        """Whether they were not looked at yet today."""
        today = self.today()
        look = self._looks.get(f"{prefix_of(month_book(today))}-s:{today}")
        return look is None or look.leftovers_seen is None

    def look_done(self) -> None:
        """Leftovers are asked about once a day."""
        with self._store.change(""):
            self._looks.put(Look(self.today(), self._now()))

    def find(self, words: str, day: date) -> Item:
        """By id, its unique start, or words of the title; NotFound or Ambiguous otherwise."""
        if book_of(words) and (found := self._items.get(words)):
            return found
        items = [*self._planned(day), *self.later()]
        matches = [item for item in items if item.id.startswith(words)] if len(words) > 4 else []
        matches = matches or [item for item in items if words.casefold() == item.title.casefold()]
        matches = matches or [item for item in items if words.casefold() in item.title.casefold()]
        if not matches:
            raise NotFound(f"Nothing on {show_day(day)} is called {words!r}. coach today lists what there is.")
        if len(matches) > 1:
            listed = "\n".join(f"  {item.id}  {item.title}" for item in matches)
            raise Ambiguous(f"More than one thing fits {words!r}. Say which, by its id:\n{listed}")
        return matches[0]

    def _planned(self, day: date | None) -> list[Item]:
        """The items of a day, or of the Later list."""
        if day is not None:
            return self._planned_between(day, day)
        strays = [record for record, where in self._summaries.strays().items() if where is None]
        found = [*self._items.all(PLAN), *filter(None, map(self._items.get, strays))]
        return list({item.id: item for item in found if item.day is None}.values())

    def _planned_between(self, first: date, last: date) -> list[Item]:
        """The items of some days: from their months, the plan, and those moved here from other months."""
        strays = [record for record, day in self._summaries.strays().items() if day and first <= day <= last]
        moved = filter(None, map(self._items.get, strays))
        found = [*self._items.all(PLAN), *self._items.between(first, last), *moved]
        return list({item.id: item for item in found if item.day and first <= item.day <= last}.values())

    def _last_order(self, day: date | None) -> float:
        return max((item.order for item in self._planned(day)), default=0.0) + 1


def _in_order(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.order, item.id))


def mark_id(subject: str, day: date) -> str:
    """There is only one mark of a subject on a day, whichever device makes it."""
    return f"{prefix_of(month_book(day))}-m:{subject}:{day.isoformat()}"
