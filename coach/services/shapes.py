"""Keeps what kind of day each day is, and what was seen and asked on it."""

from __future__ import annotations

from datetime import date

from coach.domain.shapes import DayShape
from coach.storage.ids import month_book, prefix_of
from coach.storage.records import Records
from coach.storage.store import Store


class Shapes:
    """One of each day; a day of which nothing was said is a usual one."""

    def __init__(self, store: Store) -> None:
        self._shapes = Records(store, "shapes", DayShape, lambda shape: shape_id(shape.day))

    def of(self, day: date) -> DayShape:
        return self._shapes.get(shape_id(day)) or DayShape(day)

    def between(self, first: date, last: date) -> dict[date, DayShape]:
        """Those of which anything was said."""
        return {shape.day: shape for shape in self._shapes.between(first, last)}

    def put(self, shape: DayShape) -> None:
        """Call inside `store.change`."""
        self._shapes.put(shape)


def shape_id(day: date) -> str:
    """There is one shape of a day, whichever device gives it."""
    return f"{prefix_of(month_book(day))}-s:{day}"
