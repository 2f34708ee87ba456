"""The one line for status bars: numbers and times, never a title."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from coach.domain.day_view import DayView
from coach.domain.days import moment_of, show_time
from coach.paths import Paths
from coach.services.items import Items
from coach.services.settings import SettingsService
from coach.storage import disk


class Status:
    """Where the day stands."""

    def __init__(self, items: Items, settings: SettingsService, paths: Paths, now: Callable[[], datetime]) -> None:
        self._items, self._settings, self._paths, self._now = items, settings, paths, now

    def numbers(self) -> dict[str, Any]:
        view = self._items.view(self._items.today())
        following = view.next_up.start if view.next_up else None
        start = f"{following:%H:%M}" if following else None
        return {"day": self._items.today().isoformat(), "done": view.done, "total": view.total, "next": start}

    def line(self, view: DayView | None = None) -> str:
        """ "2/8 next 12:00"; `view` is today's, when somebody has it already."""
        view = view or self._items.view(self._items.today())
        following = view.next_up.start if view.next_up else None
        told = f" next {show_time(following, self._settings.now.clock)}" if following else ""
        return f"{view.done}/{view.total}{told}"

    def write(self, view: DayView | None = None) -> str:
        """Puts the line where a status bar can read it without starting coach; a full disk is no reason to stop.

        Written even when it is the same: a line of an earlier day says nothing about this one. The file's own time is
        the end of its day, so that the file stays one line.
        """
        line, end = self.line(view), self._day_ends()
        with suppress(OSError):
            disk.replace(self._paths.status, line.encode() + b"\n", durable=False)
            os.utime(self._paths.status, (end, end))
        return line

    def _day_ends(self) -> float:
        """In seconds; without a zone of its own by this computer's, which knows when its clocks change."""
        settings = self._settings.now
        end = moment_of(self._items.today() + timedelta(days=1), settings.day_start, settings.day_start)
        return end.replace(tzinfo=self._now().tzinfo if settings.zone else None).timestamp()
