"""What days before today left open: asked about for two weeks, and then only shown to whoever looks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from coach.domain.items import Item
from coach.domain.occurrences import comes_rarely
from coach.domain.planner import LEFTOVER_DAYS, left_open, leftovers
from coach.services.agenda import Agenda, mark_id
from coach.services.shapes import Shapes
from coach.storage.ids import month_book
from coach.storage.summary import Summaries

YEAR = timedelta(days=365)


class Leftovers:
    """Nothing is copied to another day, and nothing is lost: it stays where it was until it is answered."""

    def __init__(self, agenda: Agenda, shapes: Shapes, summaries: Summaries, today: Callable[[], date]) -> None:
        self._agenda, self._shapes, self._summaries, self._today = agenda, shapes, summaries, today

    def recent(self) -> tuple[Item, ...]:
        """What the last days left open; of what repeats, only what comes rarely."""
        today = self._today()
        first, last = today - timedelta(days=LEFTOVER_DAYS), today - timedelta(days=1)
        items = self._agenda.between(first, last, comes_rarely)
        return leftovers(today, items, self._agenda.marks_of(items), self._shapes.between(first, last))

    def longer_ago(self) -> tuple[Item, ...]:
        """What was left open in the year before that, newest first: single things, nobody is asked about them again.

        It reads the books of those months, so only for somebody who looks.
        """
        last = self._today() - timedelta(days=LEFTOVER_DAYS + 1)
        first = self._today() - YEAR
        found: list[Item] = []
        for month in self._summaries.months():
            if month_book(first) <= month <= month_book(last):
                found += self._of_month(month, first, last)
        return tuple(sorted(found, key=lambda item: (item.day or first, item.order), reverse=True))

    def _of_month(self, month: str, first: date, last: date) -> list[Item]:
        items = [item for item in self._agenda.items.all(month) if item.of is None]
        return [item for item in items if item.day and first <= item.day <= last and self._is_open(item, item.day)]

    def _is_open(self, item: Item, day: date) -> bool:
        return left_open(item, self._agenda.marks.get(mark_id(item.id, day)), self._shapes.of(day))
