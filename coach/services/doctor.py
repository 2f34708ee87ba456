"""Looks after what is kept: what can be read, what waits, and what somebody should know."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from coach.services.helpnow import HelpNow
from coach.services.places import places_taken
from coach.services.practices import Practices
from coach.services.settings import SettingsService
from coach.services.zone import assumed
from coach.storage import disk
from coach.storage.ids import PLAN
from coach.storage.source import folders, names
from coach.storage.store import Store
from coach.storage.summary import Summaries

MOST_LISTED = 10


class Doctor:
    """Counts, and a sentence for each thing to mend; it changes nothing."""

    def __init__(
        self,
        store: Store,
        summaries: Summaries,
        settings: SettingsService,
        practices: Practices,
        helpnow: HelpNow,
        now: Callable[[], datetime],
    ) -> None:
        self._store, self._paths, self._summaries, self._settings = store, store.paths, summaries, settings
        self._practices, self._helpnow, self._now = practices, helpnow, now

    def check(self) -> dict[str, Any]:
        """ "ok" is false when there is anything to mend; each such thing is a note."""
        counts: dict[str, int] = {}
        for book in [PLAN, *self._summaries.months()]:
            for table, records in (self._store.book(book).read() or {}).items():
                counts[table] = counts.get(table, 0) + len(records)
        unread = self._store.unread()
        damaged = [place for place, line in unread.items() if line.why in ("damaged", "clock")]
        open_files = list(_readable_by_others([self._paths.data, self._paths.state]))
        notes = list(self._notes(damaged, open_files))
        return {
            "ok": not notes,
            "records": sum(counts.values()),
            "tables": counts,
            "devices": len(folders(os.path.join(self._paths.data, "books"))),
            "damaged_lines": len(damaged),
            "newer_lines": sum(line.why in ("newer", "sealed") for line in unread.values()),
            "waiting": len([path for path in names(os.path.join(self._paths.state, "spool")) if path.endswith(".rec")]),
            "readable_by_others": len(open_files),
            "notes": notes,
        }

    def _notes(self, damaged: list[str], open_files: list[str]) -> Iterator[str]:
        yield from places_taken(self._paths)
        yield from self._settings.problems
        yield from self._practices.problems()
        settings = self._settings.now
        told = (assumed(os.environ, settings.zone, self._now()), self._helpnow.trouble(settings.country))
        yield from filter(None, told)
        yield from _damage(damaged)
        if open_files:
            places = f"{self._paths.data} {self._paths.state}"
            yield f"{len(open_files)} files can be read by others on this computer. chmod -R go= {places}"


def _damage(places: Iterable[str]) -> Iterator[str]:
    """A sentence for each file with its lines, as an editor counts them; a place is "file:bytes before the line"."""
    found: dict[str, list[int]] = {}
    for place in places:
        path, _, before = place.rpartition(":")
        found.setdefault(path, []).append(int(before))
    for path, starts in sorted(found.items()):
        numbers = ", ".join(str(_line_at(path, before)) for before in sorted(starts)[:MOST_LISTED])
        rest = f" and {len(starts) - MOST_LISTED} more" if len(starts) > MOST_LISTED else ""
        named, stays = ("line", "It stays") if len(starts) == 1 else ("lines", "They stay")
        yield f"{path}: {named} {numbers}{rest} could not be read. {stays} in the file, and nothing else is affected."


def _line_at(path: str, before: int) -> int:
    try:
        return disk.read(path, most=before).count(b"\n") + 1
    except OSError:
        return 1  # the file itself cannot be read


def _readable_by_others(places: list[str]) -> Iterator[str]:
    for place in places:
        for folder, _, files in os.walk(place):
            for path in [folder, *(os.path.join(folder, name) for name in files)]:
                if os.path.exists(path) and os.stat(path).st_mode & 0o077:
                    yield path
