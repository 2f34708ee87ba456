"""What days before today left open: asked about for two weeks, and then only shown to whoever looks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from coach.domain.items import Item
from coach.domain.occurrences import comes_rarely
from coach.domain.planner import LEFTOVER_DAYS, left_open, leftovers
from coach.domain.shapes import DayShape
from coach.services.agenda import Agenda
from coach.services.shapes import Shapes

YEAR = timedelta(days=365)


class Leftovers:
    """Nothing is copied to another day, and nothing is lost: it stays where it was until it is answered."""

    def __init__(self, agenda: Agenda, shapes: Shapes, today: Callable[[], date]) -> None:
        self._agenda, self._shapes, self._today = agenda, shapes, today

    def recent(self) -> tuple[Item, ...]:
        """What the last days left open; of what repeats, only what comes rarely."""
        today = self._today()
        away = min(max(self._shapes.of(today).away, 0), YEAR.days)
        first, last = today - timedelta(days=LEFTOVER_DAYS + away), today - timedelta(days=1)
        items = self._agenda.between(first, last, comes_rarely)
        items = [item for item in items if item.of is None or comes_rarely(self._agenda.get(item.of))]
        return leftovers(today, items, self._agenda.marks_of(items), self._shapes.between(first, last), away)

    def longer_ago(self) -> tuple[Item, ...]:
        """What else was left open in a year, newest first: nobody is asked about it, or not again.

        Single things, and times of what repeats that were moved to a day of their own. It reads the books of those
        months, so only for somebody who looks.
        """
        first, last = self._today() - YEAR, self._today() - timedelta(days=1)
        asked = {item.id for item in self.recent()}
        items = self._agenda.between(first, last, lambda series: False)
        marks, shapes = self._agenda.marks_of(items), self._shapes.between(first, last)
        dated = [(item.day, item) for item in items if item.day and item.id not in asked]
        found = [
            (day, item) for day, item in dated if left_open(item, marks.get(item.id), shapes.get(day) or DayShape(day))
        ]
        return tuple(item for _, item in sorted(found, key=lambda pair: (pair[0], pair[1].order), reverse=True))
