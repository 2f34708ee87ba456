"""A day as a person types it, read the way a whole line would be; and what is said of what waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from coach.domain.days import show_day
from coach.domain.errors import Refused
from coach.ui.text import fit

if TYPE_CHECKING:
    from coach.services.items import Items

_ONLY_A_DAY = "Give only a day: today, tomorrow, fri or 2026-12-01. A time can be added on Today."


_SHOWN = 30
"""Cells of a title that say which thing is meant."""
LATER = "later"
"""The word for no day: the Later list."""


class DayWords:
    """Reads "fri" and says which Friday."""

    def __init__(self, items: Items) -> None:
        self._items = items

    def read(self, words: str) -> date:
        """Refused for anything but a day."""
        reading = self._items.read(f'"x" {words}')
        if reading.title != "x" or reading.day is None or reading.start or reading.minutes:
            raise Refused(_ONLY_A_DAY)
        return reading.day

    def read_or_later(self, words: str) -> date | None:
        """None for the Later list."""
        return None if words.strip().casefold() == LATER else self.read(words)

    def name(self, words: str) -> str:
        """ "tomorrow, Tuesday 24 November"; nothing while it is not a day."""
        if words.strip().casefold() == LATER:
            return "the Later list, without a day"
        try:
            day = self.read(words)
        except Refused:
            return ""
        near, name = show_day(day, self._items.today()), show_day(day)
        return name if near == name else f"{near}, {name}"


def waiting_words(leftovers: int, later: int) -> list[str]:
    """ "1 thing left over", "3 for later": what waits, whenever the person likes."""
    things = "1 thing" if leftovers == 1 else f"{leftovers} things"
    return [*([f"{things} left over"] if leftovers else []), *([f"{later} for later"] if later else [])]


def yesterday_words(done: Sequence[str]) -> str:
    """ "Yesterday you did: Walk, and 2 more." from `coach.days.done_yesterday()`; nothing where nothing was done."""
    if not done:
        return ""
    first = fit(done[0], _SHOWN)
    return f"Yesterday you did: {first}{f', and {len(done) - 1} more' if len(done) > 1 else ''}."
