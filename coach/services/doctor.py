"""Looks after what is kept: what can be read, what waits, and what somebody should know."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from coach.paths import Paths
from coach.services.settings import SettingsService
from coach.services.zone import zone_name, zone_of
from coach.storage.ids import PLAN
from coach.storage.source import folders, names
from coach.storage.store import Store
from coach.storage.summary import Summaries


class Doctor:
    """Counts, and a sentence for each thing to mend; it changes nothing."""

    def __init__(
        self,
        store: Store,
        summaries: Summaries,
        settings: SettingsService,
        paths: Paths,
        now: Callable[[], datetime],
    ) -> None:
        self._store, self._summaries, self._settings, self._paths, self._now = store, summaries, settings, paths, now

    def check(self) -> dict[str, Any]:
        """ "ok" is false when data needs looking after: unreadable lines, or files others can read."""
        counts: dict[str, int] = {}
        for book in [PLAN, *self._summaries.months()]:
            for table, records in (self._store.book(book).read() or {}).items():
                counts[table] = counts.get(table, 0) + len(records)
        unread = list(self._store.unread().values())
        damaged = sum(line.why in ("damaged", "clock") for line in unread)
        open_files = list(_readable_by_others([self._paths.data, self._paths.state]))
        return {
            "ok": damaged == 0 and not open_files,
            "records": sum(counts.values()),
            "tables": counts,
            "devices": len(folders(os.path.join(self._paths.data, "books"))),
            "damaged_lines": damaged,
            "newer_lines": sum(line.why in ("newer", "sealed") for line in unread),
            "waiting": len([path for path in names(os.path.join(self._paths.state, "spool")) if path.endswith(".rec")]),
            "readable_by_others": len(open_files),
            "notes": [*self._notes(damaged, open_files)],
        }

    def _notes(self, damaged: int, open_files: list[str]) -> Iterator[str]:
        yield from self._settings.problems
        name = zone_name(os.environ, self._settings.now.zone)
        if assumed := zone_of(name, self._now())[1]:
            yield assumed
        if damaged:
            yield f"{damaged} lines could not be read. They stay in their files, and nothing else is affected."
        if open_files:
            places = f"{self._paths.data} {self._paths.state}"
            yield f"{len(open_files)} files can be read by others on this computer. chmod -R go= {places}"


def _readable_by_others(places: list[str]) -> Iterator[str]:
    for place in places:
        for folder, _, files in os.walk(place):
            for path in [folder, *(os.path.join(folder, name) for name in files)]:
                if os.path.exists(path) and os.stat(path).st_mode & 0o077:
                    yield path
