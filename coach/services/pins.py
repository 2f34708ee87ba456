"""What comes first on a day: three things at most, however they came to be pinned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from coach.domain.days import show_day
from coach.domain.errors import Refused
from coach.domain.items import SETTLED, Item
from coach.domain.planner import MOST_FIRST
from coach.domain.repeat import next_day, read_rule
from coach.services.agenda import Agenda

if TYPE_CHECKING:
    from coach.domain.quickadd import Reading


class Pins:
    """Whoever asks for a fourth is told so; what only comes to a day where three are first comes without its pin."""

    def __init__(self, agenda: Agenda) -> None:
        self._agenda = agenda

    def room(self, day: date, but: str = "") -> int:
        """How many more may be first; one thing, or all times of what repeats, can be left out of account."""
        others = [one for one in self._agenda.between(day, day) if one.pinned and but not in (one.id, one.of)]
        marks = self._agenda.marks_of(others)
        still_open = [one for one in others if one.id not in marks or marks[one.id].state not in SETTLED]
        return max(0, MOST_FIRST - len(still_open))

    def check(self, day: date | None, but: str = "") -> None:
        """Refuses a fourth."""
        if day is not None and not self.room(day, but):
            raise Refused(f"Three things come first on {show_day(day)} already. Unpin one of them first.")

    def check_line(self, reading: Reading, before: Item | None, today: date) -> None:
        """Refuses a line that pins a fourth; of what repeats, the next day it comes on is looked at."""
        day = reading.day
        if not reading.pinned or (before is not None and before.pinned and before.day == day):
            return
        if reading.rule and day is not None:
            day = next_day(read_rule(reading.rule), day, today)
        self.check(day, (before.of or before.id) if before else "")

    def where_there_is_room(self, item: Item, day: date | None) -> Item:
        """For what is brought to another day: it stays pinned only as one of three."""
        return replace(item, pinned=item.pinned and (day is None or self.room(day, item.id) > 0))
