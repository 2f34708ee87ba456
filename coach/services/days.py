"""Says what kind of day it is, and what there is to know when the person comes back to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from coach.domain.arrival import FIRST_WEEK, Fields, begun, traces
from coach.domain.day_view import Line
from coach.domain.days import show_day
from coach.domain.errors import NotSaved
from coach.domain.items import SETTLED, Item
from coach.domain.planner import UNCOUNTED
from coach.domain.shapes import KIND_WORDS, DayShape, ShapeKind
from coach.domain.templates import ESSENTIALS, line_from
from coach.domain.text import title_key
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
        self._known_on: date | None = None
        self._is_new = False
        """Whether that day is of the first week."""

    def shape(self, day: date) -> DayShape:
        return self._shapes.of(day)

    def choose(self, day: date, kind: ShapeKind, template: str = "") -> None:
        """Says what kind of day it is: on a low-energy one its three essentials are put, on a usual one a template."""
        shape, lines = self.shape(day), list(self._items.view(day).lines)
        with self._store.change(f"Made {show_day(day)} {KIND_WORDS[kind]}"):
            if kind != "low":
                lines, shape = self._take_away(shape, lines), replace(shape, essentials={}, brought={})
            here = [line.item for line in lines]
            added = self._templates.put(self._templates.get(template), day, here) if template else []
            if kind == "low":
                shape = self._with_essentials(shape, lines, added)
            self._shapes.put(replace(shape, kind=kind))

    def asks_about_leftovers(self) -> bool:
        """Whether they were not looked at yet today."""
        return self.shape(self._items.today()).leftovers_seen is None

    def look_done(self) -> None:
        """Leftovers are asked about once a day."""
        with self._store.change(""):
            self._shapes.put(replace(self.shape(self._items.today()), leftovers_seen=self._now()))

    def arrive(self) -> int:
        """The screen was opened: whole days since the last one that left any trace, told at the first start of a day.

        That it was the first is kept, in a change that undo never touches.
        """
        today = self._items.today()
        shape = self.shape(today)
        if shape.seen is not None or self._arrived == today:
            return 0
        last, self._arrived = self._last_trace(today), today
        away = (today - last).days - 1 if last else 0
        with suppress(NotSaved), self._store.change(""):  # whoever comes back did not ask for anything to be kept
            self._shapes.put(replace(shape, seen=self._now(), away=away))
        return away

    def done_yesterday(self) -> tuple[str, ...]:
        """Titles, in the order of the day."""
        view = self._items.view(self._items.today() - timedelta(days=1))
        return tuple(line.item.title for line in view.lines if line.state in ("done", "part"))

    def is_first_week(self) -> bool:
        """Whether coach was first seen, and the first thing added, less than a week ago; what is noted may be older.

        From the last month on: that is where somebody who has been here for long is found at once.
        """
        today = self._items.today()
        if self._known_on != today:
            recent = today - FIRST_WEEK
            older = (begun(self._records(month), self._day_start) for month in reversed(self._summaries.months()))
            self._known_on, self._is_new = today, all(day > recent for days in older for day in days)
        return self._is_new

    def _with_essentials(self, shape: DayShape, lines: Sequence[Line], added: Sequence[Item]) -> DayShape:
        """What is pinned and open, filled up from the template; what the day has already is not added again."""
        lines = [line for line in lines if line.state not in UNCOUNTED or line.by_shape]
        asked = [line.item for line in lines if line.state not in SETTLED or line.by_shape]
        found = [item.id for item in (*asked, *added) if item.pinned][:ESSENTIALS]
        items = [*(line.item for line in lines), *added]
        here = {title_key(item.title): item.id for item in reversed(items)}
        order, brought = max((item.order for item in items), default=0.0), dict(shape.brought)
        for key, line in self._templates.low().in_order():
            if len(found) < ESSENTIALS:
                same = here.get(title_key(line.title))
                if same is None:
                    item = self._templates.put_line(line, shape.day, order + len(found) + 1, _low_id(shape.day, key))
                    same, brought[item.id] = item.id, line_from(item, line.order)
                found.append(same)
        return replace(shape, essentials=dict.fromkeys(found, True), brought=brought)

    def _take_away(self, shape: DayShape, lines: Sequence[Line]) -> list[Line]:
        """What a low-energy day had put here goes again with it, unless it was touched since; what is left."""
        left = []
        for line in lines:
            brought = shape.brought.get(line.item.id)
            if brought is None or line.mark is not None or line_from(line.item, brought.order) != brought:
                left.append(line)
            else:
                self._items.remove(line.item.id)
        return left

    def _last_trace(self, today: date) -> date | None:
        """The last day before today on which somebody was here, reading back no further than to it."""
        for month in reversed(self._summaries.months()):
            before = [day for day in self._traces(month) if day < today] if month <= month_book(today) else []
            if before:
                return max(before)
        return None

    def _traces(self, month: str) -> set[date]:
        return traces(self._records(month), self._day_start)

    def _records(self, month: str) -> Mapping[str, Mapping[str, Fields]]:
        return self._store.book(month).records()

    @property
    def _day_start(self) -> time:
        return self._settings.now.day_start


def _low_id(day: date, line: str) -> str:
    """There is one thing on a day for each line of the low-energy template, whichever device put it there."""
    return f"{prefix_of(month_book(day))}-l:{day}:{line}"
