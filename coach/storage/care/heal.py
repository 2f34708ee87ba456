"""Looks after the logs of a home: what one copy lost comes back from the other, and what nothing holds is told."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from coach.domain.errors import NotSaved
from coach.storage import disk
from coach.storage.appender import sentence
from coach.storage.care.leftovers import day_of_waiting, unfinished, unreadable_waiting
from coach.storage.care.lines import Line, LogFile, Lost
from coach.storage.care.mend import Case, Kept, LeftAlone, is_another, keep_originals, mend, read_case, unreadable_of
from coach.storage.care.quarantine import Quarantine
from coach.storage.care.seen import NOWHERE, Days, Growth, Seen, Sight, count, growth, missing, per_day, sight_of
from coach.storage.care.survey import Place, is_of, second_key, survey
from coach.storage.device import known_device, this_device
from coach.storage.source import book_in
from coach.storage.store import Store


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of one file: a log of this device, its second copy, another device's log, a waiting change.

    Days are those the changes are about; None where that is not known.
    """

    path: str
    book: str
    """"" for a waiting change."""
    own: bool
    """False for another device's log, which is never written."""
    restored: Mapping[date | None, int] = field(default_factory=dict)
    """Changes put back into the log from the second copy."""
    unreadable: Mapping[date | None, int] = field(default_factory=dict)
    """Lines nobody can read, kept in quarantine; the day is that of the nearest readable line before, else after."""
    missing: Mapping[date | None, int] = field(default_factory=dict)
    """Changes that were there when last looked and are nowhere now."""
    aside: str = ""
    """The quarantine file that holds the original bytes, "" when none was needed."""

    @property
    def says_something(self) -> bool:
        """False where only the second copy was brought up to date."""
        return bool(self.restored or self.unreadable or self.missing or self.aside)


def heal(store: Store, *, thorough: bool) -> list[Mended]:
    """Mends what can be mended; what became of each file that was not as it should be.

    Quick, at start: one look at each file, and only what differs since the last time is read; what is missing is told
    once. Thorough, for the doctor: every file is read, and what is missing or unreadable in another device's log is
    told each time. The lock is taken only when something has to be written.

    Raises Locked while somebody else writes, or NotSaved when there is no room: nothing was changed then, and the
    next time finds the same.
    """
    care = _Care(store, thorough)
    todo = [book for book in care.books() if not care.settle(book)]
    if todo or care.has_leftovers():
        try:
            disk.make_folder(store.paths.state)
            with store.appender.lock.held():
                care.mend(todo)
        except OSError as error:
            if not care.wrote:
                in_state = str(error.filename or "").startswith(store.paths.state)
                raise NotSaved(sentence(error, store.paths.state if in_state else store.paths.data)) from error
    care.seen.save()
    if care.wrote:
        store.reread(care.wrote)
    return care.found


class _Care:
    """One time of looking after a home."""

    def __init__(self, store: Store, thorough: bool) -> None:
        self._store, self._paths, self._thorough = store, store.paths, thorough
        self.seen = Seen(os.path.join(store.paths.state, "seen.json"))
        self._quarantine = Quarantine(os.path.join(store.paths.state, "quarantine"))
        self._spool = os.path.join(store.paths.state, "spool")
        self._device_path = os.path.join(store.paths.state, "device.json")
        self._device = store.appender.device or known_device(self._device_path) or ""
        self._places = survey(store.paths)
        self.found: list[Mended] = []
        self.wrote: list[str] = []
        """Files that are not what they were."""

    def books(self) -> list[str]:
        """The books to look at."""
        before = self.seen.looks
        keys = {*before, *self._places}
        if not self._thorough:
            keys = {key for key in keys if self._look(key, before.get(key)) != before.get(key, NOWHERE)}
        return sorted({book for key in keys if (book := book_in(os.path.basename(key)))})

    def _look(self, key: str, before: object) -> object:
        """What is left alone is as it was."""
        return (self._places[key].look or before or NOWHERE) if key in self._places else NOWHERE

    def settle(self, book: str) -> bool:
        """Takes note of a book in which nothing has to be written; False when something has."""
        if not self._thorough and self._only_grew(book):
            return True
        try:
            case = self._read(book)
        except LeftAlone:
            return True
        if case.needs_mending() or any(self._is_new(place, file) for place, file in case.others):
            return False
        self._conclude(case, Kept(), ([], []), [], [])
        return True

    def _only_grew(self, book: str) -> bool:
        """The usual case: the log and its second copy got the same lines, and no other file did anything but grow."""
        before = self.seen.looks
        if any(look != NOWHERE and is_of(key, book) and key not in self._places for key, look in before.items()):
            return False
        grown: dict[str, Growth] = {}
        for place in self._of(book):
            if place.look and place.look != before.get(place.key):
                if (added := growth(place.path, place.look, self.seen.get(place.key))) is None:
                    return False
                grown[place.key] = added
        own, second = (grown[key].added if key in grown else b"" for key in (self._log_key(book), second_key(book)))
        if own != second:
            return False
        for key, added in grown.items():
            self.seen.put(key, added.sight if key != second_key(book) else replace(added.sight, days={}))
        return True

    def has_leftovers(self) -> bool:
        """Whether a killed process left anything that is to be cleared away."""
        return any(unreadable_waiting(self._spool)) or bool(unfinished(self._paths, self._store.now()))

    def mend(self, books: Iterable[str]) -> None:
        """Writes what has to be written; the lock is held. OSError leaves each file as it was, or mended."""
        for path, data in list(unreadable_waiting(self._spool)):
            aside = self._quarantine.keep("waiting", data)
            disk.remove(path)
            self.wrote.append(path)
            self.found.append(Mended(path, "", True, unreadable={day_of_waiting(path): 1}, aside=aside))
        for path in unfinished(self._paths, self._store.now()):
            disk.remove(path)
        self._places = survey(self._paths)
        for book in books:
            with suppress(LeftAlone):
                self._mend(book)

    def _mend(self, book: str) -> None:
        case = self._read(book)
        if not self._device and case.restorable():
            self._device = self._store.appender.device = this_device(self._device_path)
            case = self._read(book)
        kept = keep_originals(case, self._quarantine)
        new = [place.key for place, file in case.others if self._is_new(place, file)]
        for place, file in case.others:
            if place.key in new:
                self._quarantine.keep(*unreadable_of(place, file))
        restored, lost = case.restorable(), case.lost()
        generation = 1 + max(case.log.generation, case.mirror.generation, self.seen.get(self._log_key(book)).generation)
        if restored or case.log_is_damaged():
            self._expect(book, generation)
        before = len(self.wrote)
        try:
            self._write(case, generation, "log")
            self._write(case.again(), generation, "mirror")
            now = case.again()
        except OSError:
            if len(self.wrote) > before:  # what was seen is as before, so the next time goes on from here
                self._tell_own(case, kept, lost, restored, {})
            raise
        self._conclude(now, kept, lost, restored, new)

    def _write(self, case: Case, generation: int, which: Literal["log", "mirror"]) -> None:
        file = case.log if which == "log" else case.mirror
        try:
            if mend(case, generation, which):
                self.wrote.append(file.path)
        except OSError:
            if is_another(file):  # it has its name, and only the folder was not waited for
                self.wrote.append(file.path)
            raise

    def _expect(self, book: str, generation: int) -> None:
        """Whoever is killed from here on: the next time knows that this generation should hold as much."""
        if (before := self.seen.get(self._log_key(book))).look != NOWHERE:
            self.seen.put(self._log_key(book), replace(before, generation=generation))
            self.seen.save()

    def _read(self, book: str) -> Case:
        places = {place.key: place for place in self._of(book)}
        for key in (key for key in self.seen.looks if key not in places and is_of(key, book)):
            places[key] = Place(key, os.path.join(self._paths.data, key), book, key.split("/")[1], NOWHERE)
        keys = self._log_key(book), second_key(book)
        log, second = (os.path.join(self._paths.data, keys[0]), os.path.join(self._paths.state, keys[1]))
        return read_case(book, self._device, log, second, [places[key] for key in sorted({*places} - {*keys})])

    def _of(self, book: str) -> list[Place]:
        return [place for place in self._places.values() if place.book == book]

    def _log_key(self, book: str) -> str:
        return f"books/{self._device}/{book}.log"

    def _is_new(self, place: Place, file: LogFile) -> bool:
        """Whether another device's file holds damaged lines that are not in quarantine yet."""
        return bool(file.damaged()) and not self._quarantine.find(*unreadable_of(place, file))

    def _conclude(
        self, case: Case, kept: Kept, lost: tuple[Lost, Lost], restored: list[Line], new: Iterable[str]
    ) -> None:
        """Takes note of how the files are now, and of what there is to tell."""
        gone: Days = {}
        if self._device:
            gone = self._missing(self._log_key(case.book), self._device, case.log, case, 0, sum(map(len, lost)))
        self.seen.put(second_key(case.book), replace(sight_of(case.mirror, Sight(), 0, 0), days={}))
        self._tell_own(case, kept, lost, restored, gone)
        for place, file in case.others:
            unreadable = case.lost_by(place, file)
            fresh = max(0, len(unreadable) - self.seen.get(place.key).unread)
            gone = self._missing(place.key, place.device, file, case, len(unreadable), fresh)
            told = unreadable if self._thorough or place.key in new else []
            aside = self._quarantine.find(*unreadable_of(place, file)) if told else ""
            self._tell(Mended(place.path, case.book, False, {}, per_day(told), gone if place.is_log else {}, aside))

    def _tell_own(self, case: Case, kept: Kept, lost: tuple[Lost, Lost], restored: list[Line], gone: Days) -> None:
        found = count(restored), per_day(lost[0]), gone
        self._tell(Mended(case.log.path, case.book, True, *found, kept.log))
        self._tell(Mended(case.mirror.path, case.book, True, {}, per_day(lost[1]), {}, kept.mirror))

    def _missing(self, key: str, device: str, file: LogFile, case: Case, unread: int, fresh: int) -> Days:
        """What a file held and nothing holds now; in a quick look only what was not told before."""
        before = self.seen.get(key)
        sight = sight_of(file, before, unread, fresh)
        gone = missing(sight, file, {})
        if gone:
            gone = missing(sight, file, count(case.elsewhere(device, file)))
        self.seen.put(key, replace(sight, told=gone))
        is_new = any(number > before.told.get(day, 0) for day, number in gone.items())
        return gone if self._thorough or is_new else {}

    def _tell(self, mended: Mended) -> None:
        if mended.says_something or mended.path in self.wrote:
            self.found.append(mended)
