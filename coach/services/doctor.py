"""Looks after what is kept: mends what can be mended, and says what somebody should know."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from coach.domain.errors import Locked, NoLocks, NotSaved
from coach.domain.text import in_words
from coach.services import odd_records
from coach.services.clocks import clocks_ahead
from coach.services.findings import Findings
from coach.services.helpnow import HelpNow
from coach.services.places import places_taken, told
from coach.services.settings import SettingsService
from coach.services.wording import MOST_LISTED, as_arguments, counted
from coach.services.zone import assumed
from coach.storage import disk
from coach.storage.care.heal import heal
from coach.storage.care.quarantine import Quarantine
from coach.storage.care.seen import Seen
from coach.storage.device import known_device
from coach.storage.ids import PLAN
from coach.storage.log import Unread
from coach.storage.source import folders, names
from coach.storage.store import Store
from coach.storage.summary import Summaries

LOST = ("damaged", "clock")
"""Lines that say something nobody can take in; those of a newer coach are only waiting for one."""
FITS_A_NOTICE = 240
"""Characters: eight lines of a notice on 40 columns."""
BUSY = "Another coach is writing just now, so mending waits. Run coach doctor again in a moment."


class Doctor:
    """Counts, good news, and a sentence for each thing that still needs a person."""

    def __init__(
        self,
        store: Store,
        summaries: Summaries,
        settings: SettingsService,
        own_files: Callable[[], Iterable[str]],
        helpnow: HelpNow,
        now: Callable[[], datetime],
    ) -> None:
        """`own_files` gives a sentence for each of the person's own files that cannot be used."""
        self._store, self._paths, self._summaries, self._settings = store, store.paths, summaries, settings
        self._own_files, self._helpnow, self._now = own_files, helpnow, now
        self._quarantine = Quarantine(os.path.join(store.paths.state, "quarantine"))

    def check(self, *, let_go: bool = False) -> dict[str, Any]:
        """ "ok" is false when anything is left to do; each such thing is a note. What was mended is good news.

        What lies in quarantine since an earlier time is neither, and is told for as long as it is there. With
        `let_go`, what an earlier look found missing is not looked for any more.
        """
        good = list(self._let_go()) if let_go else []
        findings = self._mend(thorough=True)
        tables, odd, unread = self._read_everything()
        open_files = list(_readable_by_others([self._paths.data, self._paths.state]))
        notes = list(self._notes(findings, unread, open_files))
        return {
            "ok": not notes,
            "records": sum(tables.values()),
            "tables": tables,
            "devices": len(folders(os.path.join(self._paths.data, "books"))),
            "damaged_lines": _count(unread.values(), *LOST),
            "newer_lines": _count(unread.values(), "newer", "sealed"),
            "waiting": len([path for path in names(os.path.join(self._paths.state, "spool")) if path.endswith(".rec")]),
            "readable_by_others": len(open_files),
            "quarantine": len(self._quarantined()),
            **findings.numbers(),
            "good": good + findings.good_news(),
            "kept_aside": findings.kept_aside(),
            "not_shown": list(_beside(odd, unread)),
            "notes": notes,
        }

    def at_start(self) -> list[str]:
        """Sentences for one notice: what is new since the last start, and what is wrong with the places."""
        damaged = {place: line for place, line in self._store.unread().items() if line.why in LOST}
        findings = self._mend(thorough=any(map(self._is_own, damaged)))
        if findings.waits and (lines := _count(damaged.values(), *LOST)):
            known = f"{counted(lines, 'line', 'lines')} of your data could not be read; everything else is here."
            return _in_brief([f"{known} coach doctor says where.", *told(self._paths)])
        return _in_brief([*findings.in_short(), *told(self._paths)])

    def _mend(self, *, thorough: bool) -> Findings:
        known, losses = frozenset(self._quarantined()), tuple(self._quarantine.losses())
        try:
            return Findings(tuple(heal(self._store, thorough=thorough)), known, losses)
        except NoLocks:
            waits = "Mending waits until there are locks."  # why there are none is told with the places
        except Locked:
            waits = BUSY
        except NotSaved as trouble:
            waits = f"Mending waits. {trouble}"
        return Findings((), known, losses, waits)

    def _let_go(self) -> Iterator[str]:
        seen = Seen(os.path.join(self._paths.state, "seen.json"))
        if gone := seen.let_go():
            seen.save()
            yield f"{counted(gone, 'entry', 'entries')} that cannot be found will not be looked for any more."

    def _quarantined(self) -> list[str]:
        return names(os.path.join(self._paths.state, "quarantine"))

    def _is_own(self, place: str) -> bool:
        """Whether a line stands in a log of this device, or in its second copy."""
        folder = os.path.dirname(place)
        device = known_device(os.path.join(self._paths.state, "device.json"))
        return folder in (
            os.path.join(self._paths.state, "mirror"),
            os.path.join(self._paths.data, "books", device or ""),
        )

    def _read_everything(self) -> tuple[dict[str, int], dict[str, int], dict[str, Unread]]:
        """How many records each table holds, how many of them are odd, and which lines could not be read.

        One month at a time is in memory. The second copies hold the same lines once more, so they are not counted.
        """
        second = os.path.join(self._paths.state, "mirror", "")
        tables: dict[str, int] = {}
        odd: dict[str, int] = {}
        unread: dict[str, Unread] = {}
        for name in [PLAN, *self._summaries.months()]:
            book = self._store.books.fresh(name)
            unread |= {place: line for place, line in book.unread.items() if not place.startswith(second)}
            for table, records in book.records().items():
                if records:
                    tables[table] = tables.get(table, 0) + len(records)
                if found := odd_records.count_odd(table, records):
                    odd[table] = odd.get(table, 0) + found
        return tables, odd, unread

    def _notes(self, findings: Findings, unread: Mapping[str, Unread], open_files: list[str]) -> Iterator[str]:
        yield from places_taken(self._paths)
        yield from self._settings.problems
        yield from self._own_files()
        settings = self._settings.now
        others = (assumed(os.environ, settings.zone, self._now()), self._helpnow.trouble(settings.country))
        yield from filter(None, others)
        yield from findings.troubles()
        if findings.waits:
            lost = [place for place, line in unread.items() if line.why in LOST]
            yield from _damage(lost)
            yield findings.waits
        yield from told(self._paths)
        yield from clocks_ahead(self._paths, self._now())
        if open_files:
            files, places = (
                counted(len(open_files), "file", "files"),
                as_arguments([self._paths.data, self._paths.state]),
            )
            yield f"{files} can be read by others on this computer. chmod -R go= {places} ends that."


def _in_brief(sentences: list[str]) -> list[str]:
    """All of it where that fits a notice on the smallest screen, else how it begins and where the rest is said."""
    if sum(map(len, sentences)) <= FITS_A_NOTICE:
        return sentences
    begins = sentences[0].partition(". ")[0].removesuffix(".")
    return [f"{begins}. coach doctor says more."]


def _beside(odd: Mapping[str, int], unread: Mapping[str, Unread]) -> Iterator[str]:
    """What is no trouble and cannot be shown either."""
    yield from odd_records.told(odd)
    if newer := _count(unread.values(), "newer", "sealed"):
        yield f"{counted(newer, 'line', 'lines')} from a newer coach wait in the files: a newer coach here shows them."
    if ahead := _count(unread.values(), "clock"):
        yield f"{counted(ahead, 'line', 'lines')} dated after 2100 stay in the files, not shown: a clock was wrong."


def _count(lines: Iterable[Unread], *kinds: str) -> int:
    return sum(line.count for line in lines if line.why in kinds)


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
        where = in_words(path)
        yield f"{where}: {named} {numbers}{rest} could not be read. {stays} in the file, and nothing else is affected."


def _line_at(path: str, before: int) -> int:
    try:
        return disk.read(path, most=before).count(b"\n") + 1
    except OSError:
        return 1  # the file itself cannot be read


def _readable_by_others(places: list[str]) -> Iterator[str]:
    for place in places:
        if not os.path.exists(place) or not os.stat(place).st_mode & 0o077:
            continue  # nobody comes past it, whatever a copy or a checkout made of the files below
        for folder, _, files in os.walk(place):
            for path in [folder, *(os.path.join(folder, name) for name in files)]:
                if not os.path.islink(path) and os.path.exists(path) and os.stat(path).st_mode & 0o077:
                    yield path
