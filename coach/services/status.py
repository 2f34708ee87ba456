"""The one line for status bars: numbers and times, never a title."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from coach.domain.day_view import DayView
from coach.domain.days import show_time
from coach.paths import Paths
from coach.services.items import Items
from coach.services.settings import SettingsService
from coach.storage import disk


class Status:
    """Where the day stands."""

    def __init__(self, items: Items, settings: SettingsService, paths: Paths) -> None:
        self._items, self._settings, self._paths = items, settings, paths

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

        Written even when it is the same: a line of an earlier day says nothing about this one.
        """
        line = self.line(view)
        with suppress(OSError):
            disk.replace(self._paths.status, line.encode() + b"\n", durable=False)
        return line
