"""Puts a log and its second copy right again: what one of them lost comes back from the other."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain

from coach.storage import disk
from coach.storage.care.lines import Line, LogFile, Lost, Regions, read_log, regions, unreadable
from coach.storage.care.quarantine import Quarantine
from coach.storage.care.survey import Place
from coach.storage.checksum import digest

_PLAIN = re.compile(r"[0-9A-Za-z]{1,32}")
"""A device's id, which can stand in the name of a file; a folder may be called anything."""


class LeftAlone(Exception):
    """An own file is a link, no ordinary file, too large, or may not be read: its book is not touched."""


@dataclass(frozen=True, slots=True)
class Case:
    """Every file of one book, as it was read."""

    book: str
    device: str
    """This one; empty while it has no id."""
    log: LogFile
    mirror: LogFile
    others: tuple[tuple[Place, LogFile], ...]
    """Other devices' logs, and conflict copies."""

    def again(self) -> Case:
        """With the log and the second copy as they are now."""
        known = {**self.log.readable, **self.mirror.readable}
        log, mirror = (read_log(file.path, self.book, known, own=True) for file in (self.log, self.mirror))
        return replace(self, log=log, mirror=mirror)

    def restorable(self) -> list[Line]:
        """What only the second copy holds, or a conflict copy besides: that one may be tidied away any day."""
        held = set(self.log.readable).union(*(file.readable for place, file in self.others if place.is_log))
        return [line for line in self.mirror.readable.values() if line.data not in held]

    def uncopied(self) -> list[Line]:
        """What the second copy of the log lacks."""
        copied = self.mirror.readable
        return [line for line in self.log.readable.values() if line.data not in copied]

    def log_is_damaged(self) -> bool:
        return _is_damaged(self.log) or (bool(self.log.generation) and self.log.device != self.device)

    def mirror_is_damaged(self) -> bool:
        """It may have been begun when this machine had another id."""
        known = {self.device, *(line.device for line in self.mirror.lines)}
        return _is_damaged(self.mirror) or (bool(self.mirror.generation) and self.mirror.device not in known)

    def needs_mending(self) -> bool:
        return bool(self.log_is_damaged() or self.mirror_is_damaged() or self.restorable() or self.uncopied())

    def lost(self) -> tuple[Lost, Lost]:
        """Days of the lines that no copy can give back: of the log, and what the second copy adds to them."""
        of_log = unreadable(*_both(self.log.lines, self.mirror.lines), {})
        mirrored = {line.device for line in self.mirror.lines}
        former = chain(*(file.lines for place, file in self.others if place.is_log and place.device in mirrored))
        of_mirror = unreadable(*_both(self.mirror.lines, [*former, *self.log.lines]), of_log)
        return [*chain(*of_log.values())], [*chain(*of_mirror.values())]

    def lost_by(self, place: Place, file: LogFile) -> Lost:
        """Days of the lines of another device's file that cannot be read, unless this machine wrote them once."""
        if not file.damaged():
            return []
        ours = [line for line in self.mirror.readable.values() if line.device == place.device]
        return [*chain(*unreadable(*_both(file.lines, ours), {}).values())]

    def elsewhere(self, file: LogFile) -> Iterator[Line]:
        """What this file lacks, but any other file holds: each line once, whoever wrote it."""
        held = set(file.readable)
        for other in (self.log, self.mirror, *(other for _, other in self.others)):
            yield from (line for data, line in other.readable.items() if data not in held)
            held |= other.readable.keys()


def read_case(book: str, device: str, log_path: str, mirror_path: str, others: Iterable[Place]) -> Case:
    """All files of a book; another device's that may not be read is passed over, an own one raises LeftAlone."""
    known: dict[bytes, Line] = {}
    try:
        own = read_log(log_path, book, known, own=True) if device else LogFile(log_path)
        known.update(own.readable)
        mirror = read_log(mirror_path, book, known, own=True)
    except OSError as error:
        raise LeftAlone from error
    known.update(mirror.readable)
    found = []
    for place in others:
        with suppress(OSError):
            found.append((place, read_log(place.path, book, known, own=False)))
    return Case(book, device, own, mirror, tuple(found))


@dataclass(frozen=True, slots=True)
class Asides:
    """The quarantine files of a case; empty where none was needed."""

    log: str = ""
    mirror: str = ""


def keep_originals(case: Case, quarantine: Quarantine) -> Asides:
    """Everything that is about to be written over, on the disk, and what is lost with it."""
    of_log, of_mirror = case.lost()
    return Asides(
        _keep(case, case.log, "log", of_log, quarantine) if case.log_is_damaged() else "",
        _keep(case, case.mirror, "mirror", of_mirror, quarantine) if case.mirror_is_damaged() else "",
    )


def _keep(case: Case, file: LogFile, which: str, lost: Lost, quarantine: Quarantine) -> str:
    aside = quarantine.keep(f"{case.book}.{which}", file.raw)
    quarantine.note(aside, case.book, Counter(lost))
    return aside


def unreadable_of(place: Place, file: LogFile) -> tuple[str, bytes]:
    """Under which name the damaged lines of another device's file are kept, and they themselves."""
    device = place.device if _PLAIN.fullmatch(place.device) else digest(os.fsencode(place.device))
    return f"{place.book}.log.{device}", _joined(file.damaged())


def mend(file: LogFile, new: Sequence[Line], head: bytes, *, damaged: bool) -> bool:
    """Writes what a file holds that can be read, and what is new to it; whether there was anything to write."""
    if not new and not damaged:
        return False
    newest = max((line.stamp for line in file.lines), default=("", ""))
    if file.raw and not damaged and min(line.stamp for line in new) > newest:
        disk.append(file.path, _joined(_in_order(new)))
    else:
        disk.replace(file.path, head + _joined(_in_order([*file.readable.values(), *new])))
    return True


def is_another(file: LogFile) -> bool:
    """Whether the name stands for a new file by now."""
    try:
        inode = os.stat(file.path).st_ino
        return file.look is None or inode != file.look[0]
    except FileNotFoundError:
        return False


def _both(mine: Sequence[Line], theirs: Sequence[Line]) -> tuple[Regions, Regions]:
    shared = _data(mine) & _data(theirs)
    return regions(mine, shared), regions(theirs, shared)


def _data(lines: Iterable[Line]) -> set[bytes]:
    return {line.data for line in lines if not line.damaged}


def _is_damaged(file: LogFile) -> bool:
    return bool(file.raw) and bool(file.tail or not file.generation or file.damaged())


def _in_order(lines: Iterable[Line]) -> list[Line]:
    """The greatest reading last, since that is where the clock looks for it."""
    return sorted(lines, key=lambda line: line.stamp)


def _joined(lines: Iterable[Line]) -> bytes:
    return b"".join(line.data + b"\n" for line in lines)
