"""Says what kind of day it is, and what there is to know when the person comes back to it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

from coach.domain.arrival import FIRST_WEEK, Arrival, traces
from coach.domain.day_view import Line
from coach.domain.days import show_day
from coach.domain.errors import NotSaved
from coach.domain.items import SETTLED
from coach.domain.planner import UNCOUNTED
from coach.domain.shapes import KIND_WORDS, DayShape, ShapeKind
from coach.domain.templates import ESSENTIALS, key_of
from coach.services.items import Items
from coach.services.settings import SettingsService
from coach.services.templates import Templates
from coach.storage.ids import month_book, prefix_of
from coach.storage.store import Store
from coach.storage.summary import Summaries


class Days:
    """One shape a day; choosing one is one change, whatever it puts on the day."""

    def __init__(
        self,
        store: Store,
        summaries: Summaries,
        items: Items,
        templates: Templates,
        settings: SettingsService,
        now: Callable[[], datetime],
    ) -> None:
        self._store, self._summaries, self._items = store, summaries, items
        self._templates, self._settings, self._now = templates, settings, now
        self._shapes = items.shapes
        self._arrived: date | None = None
        """The day of which this program knows that somebody is here."""

    def shape(self, day: date) -> DayShape:
        return self._shapes.of(day)

    def choose(self, day: date, kind: ShapeKind, template: str = "") -> None:
        """Says what kind of day it is: on a low-energy one its three essentials are put, on a usual one a template."""
        with self._store.change(f"Made {show_day(day)} {KIND_WORDS[kind]}"):
            if kind == "low":
                essentials = self._essentials(day)
            else:
                essentials = {}
                self._take_away(day)
            if template:
                self._templates.apply(template, day)
            self._shapes.put(replace(self.shape(day), kind=kind, essentials=essentials))

    def asks_about_leftovers(self) -> bool:
        """Whether they were not looked at yet today."""
        return self.shape(self._items.today()).leftovers_seen is None

    def look_done(self) -> None:
        """Leftovers are asked about once a day."""
        with self._store.change(""):
            self._shapes.put(replace(self.shape(self._items.today()), leftovers_seen=self._now()))

    def arrive(self) -> Arrival:
        """The screen was opened; the first time of a day is kept, in a change that undo never touches."""
        today = self._items.today()
        shape, yesterday, first_week = self.shape(today), self.done_yesterday(), self.is_first_week()
        if shape.seen is not None or self._arrived == today:
            return Arrival(False, 0, yesterday, first_week)
        last, self._arrived = self._last_trace(today), today
        with suppress(NotSaved), self._store.change(""):  # whoever comes back did not ask for anything to be kept
            self._shapes.put(replace(shape, seen=self._now()))
        return Arrival(True, (today - last).days - 1 if last else 0, yesterday, first_week)

    def done_yesterday(self) -> tuple[str, ...]:
        """Titles, in the order of the day."""
        lines = self._lines(self._items.today() - timedelta(days=1))
        return tuple(line.item.title for line in lines if line.state in ("done", "part"))

    def is_first_week(self) -> bool:
        """Whether nothing here is older than a week."""
        today, months = self._items.today(), self._summaries.months()
        if not months or months[0] < month_book(today - FIRST_WEEK):
            return not months
        return today - min(self._traces(months[0]), default=today) < FIRST_WEEK

    def _essentials(self, day: date) -> dict[str, bool]:
        """What is pinned and open, filled up from the template; what the day has already is not added again."""
        lines = [line for line in self._lines(day) if line.state not in UNCOUNTED or line.by_shape]
        pinned = [line for line in lines if line.item.pinned and (line.state not in SETTLED or line.by_shape)]
        found = [line.item.id for line in pinned[:ESSENTIALS]]
        here = {key_of(replace(line.item, start=None)): line.item.id for line in reversed(lines)}
        order = max((line.item.order for line in lines), default=0.0)
        for key, line in self._templates.low().in_order():
            if len(found) < ESSENTIALS:
                same = here.get(key_of(replace(line, start=None)))
                found.append(same or self._templates.put_line(line, day, order + len(found) + 1, _low_id(day, key)).id)
        return dict.fromkeys(found, True)

    def _take_away(self, day: date) -> None:
        """What a low-energy day had put here goes again with it, unless it was touched since."""
        added = {_low_id(day, key): line.title for key, line in self._templates.low().in_order()}
        for line in self._lines(day):
            if added.get(line.item.id) == line.item.title and line.mark is None:
                self._items.remove(line.item.id)

    def _lines(self, day: date) -> list[Line]:
        sections = self._items.view(day).sections
        return [line for section in sections for line in section.lines if isinstance(line, Line)]

    def _last_trace(self, today: date) -> date | None:
        """The last day before today on which somebody was here, reading back no further than to it."""
        for month in reversed(self._summaries.months()):
            before = [day for day in self._traces(month) if day < today] if month <= month_book(today) else []
            if before:
                return max(before)
        return None

    def _traces(self, month: str) -> set[date]:
        return traces(self._store.book(month).records(), self._settings.now.day_start)


def _low_id(day: date, line: str) -> str:
    """There is one thing on a day for each line of the low-energy template, whichever device put it there."""
    return f"{prefix_of(month_book(day))}-l:{day}:{line}"
