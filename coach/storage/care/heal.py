"""Looks after the logs of a home: what one copy lost comes back from the other, and what nothing holds is told."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from coach.domain.errors import NotSaved
from coach.storage import disk, log
from coach.storage.appender import place_of, sentence
from coach.storage.care.leftovers import day_of_waiting, unfinished, unreadable_waiting
from coach.storage.care.lines import Line, LogFile
from coach.storage.care.mend import Case, LeftAlone, is_another, keep_originals, mend, read_case, unreadable_of
from coach.storage.care.mended import Mended
from coach.storage.care.quarantine import Quarantine
from coach.storage.care.report import Done, Report
from coach.storage.care.seen import NOWHERE, Growth, Seen, growth
from coach.storage.care.survey import Place, is_of, log_key, second_key, survey
from coach.storage.device import known_device, this_device
from coach.storage.source import book_in
from coach.storage.store import Store

BY_HAND = "Nobody finished that file, and coach may not remove it. Remove it by hand; it holds nothing of yours."


def heal(store: Store, *, thorough: bool) -> list[Mended]:
    """Mends what can be mended; what became of each file that was not as it should be.

    Quick, at start: one look at each file, and only what differs since the last time is read; what is missing is told
    once. Thorough, for the doctor: every file is read, and what is missing, unreadable in another device's log, or
    passed over because of an obstacle is told each time. The lock is taken only when something has to be written.

    The own files come first, and an obstacle at one file holds up no other. Raises Locked while somebody else writes,
    or NotSaved when no own file that needs it can be written: nothing was changed then, and the next time finds the
    same.
    """
    care = _Care(store, thorough)
    todo = [book for book in care.books() if not care.settle(book)]
    if todo or care.has_leftovers():
        try:
            disk.make_folder(store.paths.state)
            with store.appender.lock.held():
                care.mend(todo)
        except OSError as error:
            raise NotSaved(sentence(error, place_of(error, store.paths))) from error
    care.seen.save()
    if care.report.wrote:
        store.reread(care.report.wrote)
    return care.report.found


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
        self.report = Report(self.seen, self._quarantine, thorough=thorough)

    def books(self) -> list[str]:
        """The books to look at."""
        before, now = self.seen.looks, {key: place.look for key, place in self._places.items()}
        keys = {*before, *now}
        if not self._thorough:
            keys = {key for key in keys if now.get(key, NOWHERE) != before.get(key, NOWHERE)}
        return sorted({book for key in keys if (book := book_in(os.path.basename(key)))})

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
        self.report.conclude_own(case, Done())
        self.report.conclude_others(case, {})
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
        own, second = (
            grown[key].added if key in grown else b"" for key in (log_key(self._device, book), second_key(book))
        )
        if own != second:
            return False
        for key, added in grown.items():
            self.seen.put(key, added.sight if key != second_key(book) else replace(added.sight, held={}))
        return True

    def has_leftovers(self) -> bool:
        """Whether a killed process left anything that is to be cleared away."""
        return any(unreadable_waiting(self._spool)) or bool(unfinished(self._paths, self._device, self._store.now()))

    def mend(self, books: Sequence[str]) -> None:
        """Writes what has to be written; the lock is held. OSError when no own file could be, though one needs it."""
        self._places = survey(self._paths)
        refused: OSError | None = None
        for book in books:
            try:
                self._mend_own(book)
            except LeftAlone:
                continue
            except OSError as error:
                refused = refused or error
                path = os.path.join(self._paths.data, log_key(self._device, book))
                self.report.tell(Mended(path, book, True, obstacle=self._why(error)))
        if refused and not self.report.wrote:
            raise refused
        for book in books:
            with suppress(LeftAlone):
                case = self._read(book)
                self.report.conclude_others(case, self._keep_theirs(case))
        self._clear_waiting()
        self._clear_unfinished()

    def _clear_waiting(self) -> None:
        for path, data in list(unreadable_waiting(self._spool)):
            days = {day_of_waiting(path): 1}
            try:
                aside = self._quarantine.keep("waiting", data)
                self._quarantine.note(aside, "", days)
                disk.remove(path)
            except OSError as error:
                self.report.hindered(Mended(path, "", True, obstacle=self._why(error)))
            else:
                self.report.wrote.append(path)
                self.report.tell(Mended(path, "", True, unreadable=days, aside=aside))

    def _clear_unfinished(self) -> None:
        for path in unfinished(self._paths, self._device, self._store.now()):
            try:
                disk.remove(path)
            except OSError:
                self.report.hindered(Mended(path, "", True, obstacle=BY_HAND))

    def _why(self, error: OSError) -> str:
        return sentence(error, place_of(error, self._paths))

    def _mend_own(self, book: str) -> None:
        case = self._read(book)
        if not self._device and case.restorable():
            self._device = self._store.appender.device = this_device(self._device_path)
            case = self._read(book)
        done = Done(keep_originals(case, self._quarantine), case.lost(), tuple(case.restorable()))
        key = log_key(self._device, book)
        generation = 1 + max(case.log.generation, case.mirror.generation, self.seen.get(key).generation)
        if done.restored or case.log_is_damaged():
            self._expect(key, generation)
        before = len(self.report.wrote)
        try:
            self._write(case, case.log, done.restored, generation, damaged=case.log_is_damaged())
            now = case.again()
            self._write(now, now.mirror, now.uncopied(), generation, damaged=now.mirror_is_damaged())
            now = case.again()
        except OSError:
            if len(self.report.wrote) > before:  # what was seen is as before, so the next time goes on from here
                self.report.tell_own(case, done, {})
            raise
        self.report.conclude_own(now, done)

    def _write(self, case: Case, file: LogFile, new: Sequence[Line], generation: int, *, damaged: bool) -> None:
        try:
            if mend(file, new, log.encode_head(case.device or file.device, case.book, generation), damaged=damaged):
                self.report.wrote.append(file.path)
        except OSError:
            if is_another(file):  # it has its name, and only the folder was not waited for
                self.report.wrote.append(file.path)
            raise

    def _expect(self, key: str, generation: int) -> None:
        """Whoever is killed from here on: the next time knows that this generation should hold as much."""
        if (before := self.seen.get(key)).look != NOWHERE:
            self.seen.put(key, replace(before, generation=generation))
            self.seen.save()

    def _read(self, book: str) -> Case:
        places = {place.key: place for place in self._of(book)}
        for key in (key for key in self.seen.looks if key not in places and is_of(key, book)):
            places[key] = Place(key, os.path.join(self._paths.data, key), book, key.split("/")[1], NOWHERE)
        keys = log_key(self._device, book), second_key(book)
        log, second = (os.path.join(self._paths.data, keys[0]), os.path.join(self._paths.state, keys[1]))
        return read_case(book, self._device, log, second, [places[key] for key in sorted({*places} - {*keys})])

    def _of(self, book: str) -> list[Place]:
        return [place for place in self._places.values() if place.book == book]

    def _is_new(self, place: Place, file: LogFile) -> bool:
        """Whether another device's file holds damaged lines that are not in quarantine yet."""
        return bool(file.damaged()) and not self._quarantine.find(*unreadable_of(place, file))

    def _keep_theirs(self, case: Case) -> dict[str, str]:
        """The other files with new damage, which is in quarantine now; or else why it is not."""
        new = {}
        for place, file in case.others:
            if self._is_new(place, file):
                new[place.key] = ""
                try:
                    self._quarantine.keep(*unreadable_of(place, file))
                except OSError as error:
                    new[place.key] = self._why(error)
        return new
