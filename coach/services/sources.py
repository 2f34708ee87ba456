"""What can prompt: each part of the program that wants to says here what it asks, and decides nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Protocol

from coach.domain.asks import Ask
from coach.domain.day_view import Line
from coach.domain.days import moment_of, show_time
from coach.domain.items import SETTLED
from coach.services.items import Items
from coach.services.quiet import limits_of
from coach.services.settings import SettingsService


class Source(Protocol):
    """Register one in `bootstrap`, beside the others."""

    def asks(self, first: date, last: date) -> Iterable[Ask]:
        """All that may come on these local dates: where it is asked again, asks of the day before them too, and of the
        day after where it comes before its time.

        Each key is asked once; what is settled or paused is asked too, and marked so; reading must not write.
        """


class Starts:
    """Whatever on the day has a start prompts at it."""

    def __init__(self, items: Items, settings: SettingsService) -> None:
        self._items, self._settings = items, settings

    def asks(self, first: date, last: date) -> Iterator[Ask]:
        """The night before the first date belongs to the day before it."""
        settings = self._settings.now
        limits = limits_of(settings)
        for view in self._items.views(first - timedelta(days=1), last):
            for line in view.lines:
                item = line.item
                if item.day is None or item.start is None:
                    continue
                at = moment_of(item.day, item.start, settings.day_start)
                if first <= at.date() <= last:
                    yield Ask(
                        item.of or item.id,
                        item.title,
                        at,
                        "item",
                        made=item.made,
                        through_quiet=limits.in_hours(item.start),
                        settled=_is_settled(line),
                        paused=not settings.reminders,
                        why=f"starts at {show_time(item.start, settings.clock)}",
                        day=view.day,
                        ref=item.id,
                    )


def _is_settled(line: Line) -> bool:
    """Whether nothing is to be said of it: a routine only begun still waits for its other steps.

    A day of rest silences what repeats, but no appointment: that is missed once and for all.
    """
    if line.by_shape and line.item.of is None:
        return False
    begun = line.state == "part" and line.steps_done < line.steps_total
    return line.state in SETTLED and not begun
