"""Puts a log and its second copy right again: what one of them lost comes back from the other."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from coach.storage import disk, log
from coach.storage.care.lines import Line, LogFile, Lost, Regions, read_log, regions, unreadable
from coach.storage.care.quarantine import Quarantine
from coach.storage.care.survey import Place


class LeftAlone(Exception):
    """An own file is a link, no ordinary file, too large, or may not be read: its book is not touched."""


@dataclass(frozen=True, slots=True)
class Case:
    """Every file of one book, as it was read."""

    book: str
    device: str
    """This one; "" while it has no id."""
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

    def elsewhere(self, device: str, file: LogFile) -> list[Line]:
        """What a device wrote and this file of it lacks, but any other file holds."""
        here = file.readable
        files = (self.log, self.mirror, *(other for _, other in self.others))
        found = {data: line for other in files for data, line in other.readable.items() if line.device == device}
        return [line for data, line in found.items() if data not in here]


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
class Kept:
    """The quarantine files of a case; "" where none was needed."""

    log: str = ""
    mirror: str = ""


def keep_originals(case: Case, quarantine: Quarantine) -> Kept:
    """Everything that is about to be written over, on the disk."""
    log_is_kept, mirror_is_kept = case.log_is_damaged(), case.mirror_is_damaged()
    return Kept(
        quarantine.keep(f"{case.book}.log", case.log.raw) if log_is_kept else "",
        quarantine.keep(f"{case.book}.mirror", case.mirror.raw) if mirror_is_kept else "",
    )


def unreadable_of(place: Place, file: LogFile) -> tuple[str, bytes]:
    """Under which name the damaged lines of another device's file are kept, and they themselves."""
    return f"{place.book}.log.{place.device}", _joined(file.damaged())


def mend(case: Case, generation: int, which: Literal["log", "mirror"]) -> bool:
    """Writes the log, or the second copy of what it is by then; whether there was anything to write."""
    if which == "log":
        return _write(case, case.log, case.restorable(), generation, damaged=case.log_is_damaged())
    return _write(case, case.mirror, case.uncopied(), generation, damaged=case.mirror_is_damaged())


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


def _write(case: Case, file: LogFile, new: list[Line], generation: int, *, damaged: bool) -> bool:
    if not new and not damaged:
        return False
    newest = max((line.stamp for line in file.lines), default=("", ""))
    if file.raw and not damaged and min(line.stamp for line in new) > newest:
        disk.append(file.path, _joined(_in_order(new)))
    else:
        head = log.encode_head(case.device or file.device, case.book, generation)
        disk.replace(file.path, head + _joined(_in_order([*file.readable.values(), *new])))
    return True


def _in_order(lines: Iterable[Line]) -> list[Line]:
    """The greatest reading last, since that is where the clock looks for it."""
    return sorted(lines, key=lambda line: line.stamp)


def _joined(lines: Iterable[Line]) -> bytes:
    return b"".join(line.data + b"\n" for line in lines)
