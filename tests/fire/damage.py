"""One file of a home is damaged at random: nothing that has two copies is lost, and nothing is silently wrong.

One copy on this machine have: another device's log (that device has it too), a change that waits for the lock, a
half-typed draft, what was shown (delivered.log) and what can be undone (undo.log). Of these, what is gone is told where
anybody can know it, and what is left is right; a draft has no checksum and may come back with a wrong letter.
The smallest call that goes red within two seconds without the mirror: `any_file(folder, 0.012)`.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from random import Random

import pytest

from coach.storage import disk, log
from coach.storage.care.mended import Mended
from coach.storage.log import Change, Unread
from tests.fire import damaged_home
from tests.fire.damaged_home import Truth, fresh, healed, seen_in, settle, truth_of, wrong_afterwards, wrong_in
from tests.fire.trial import Outcome, scaled

DAMAGES, DAYS = 1_000, 10
Kind = Callable[[bytes, Random], bytes | None]


def _flip_bit(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _flip_run(data: bytes, chance: Random) -> bytes:
    at, length = _run(data, chance)
    return data[:at] + bytes(byte ^ 0xFF for byte in data[at : at + length]) + data[at + length :]


def _zero(data: bytes, chance: Random) -> bytes:
    at, length = _run(data, chance)
    return data[:at] + bytes(length) + data[at + length :]


def _truncate(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _insert(data: bytes, chance: Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.randbytes(chance.randint(1, 300)) + data[at:]


def _double_tail(data: bytes, chance: Random) -> bytes:
    return data + data[-chance.randint(1, len(data)) :]


def _run(data: bytes, chance: Random) -> tuple[int, int]:
    at = chance.randrange(len(data))
    return at, min(len(data) - at, chance.choice((8, 64, 512, 4096)))


KINDS: dict[str, Kind | None] = {
    "bit flipped": _flip_bit,
    "bytes flipped": _flip_run,
    "zeroes": _zero,
    "truncated": _truncate,
    "garbage inserted": _insert,
    "tail doubled": _double_tail,
    "emptied": lambda data, chance: b"",
    "deleted": lambda data, chance: None,
    "older copy": None,
}
OWN, SECOND, THEIRS, WAITING = "own log", "second copy", "another device's log", "waiting change"
FILES = {
    OWN: "data/books/{device}/*.log",
    SECOND: "state/mirror/*.log",
    THEIRS: "data/books/*/*.log",
    "undo.log": "state/undo.log",
    WAITING: "state/spool/*.rec",
    "summary": "state/summary/2*.json",
    "strays": "state/summary/strays.json",
    "seen.json": "state/seen.json",
    "device.json": "state/device.json",
    "delivered.log": "state/delivered.log",
    "draft": "state/drafts/*.txt",
    "lock": "state/lock",
}
"""Every kind of file under data and state that the store keeps."""


def any_file(folder: Path, share: float) -> Outcome:
    """Each kind of damage to each kind of file in turn, at a place and of a length that the chance decides."""
    whole, older, work = folder / "whole", folder / "older", folder / "work"
    cells = cycle([(file, kind) for kind in KINDS for file in FILES])
    done: Counter[tuple[str, str]] = Counter()
    bad: list[str] = []
    lost = single = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "sync", lambda fd: None)
        damaged_home.build(whole, older, scaled(DAYS, share, 3))
        truth = truth_of(whole)
        bad += [f"undamaged: {trouble}" for trouble in _unhurt(whole, work, truth)]
        for number in range(scaled(DAMAGES, share)):
            file, kind = next(cells)
            trial = _Damage(work, older, truth, file, kind, Random(number))
            while not trial.do(whole):  # what is empty already cannot be emptied
                file, kind = next(cells)
                trial = _Damage(work, older, truth, file, kind, Random(number))
            bad += [f"damage {number} ({kind}, {trial.name}): {trouble}" for trouble in trial.look()]
            done[file, kind] += 1
            single += len(trial.missing)
            lost += trial.lost
    figures = f"{done.total():,} damages, {len(KINDS)} kinds x {len(FILES)} files, {_spread(done)} of each pair"
    gone = f"{lost} changes lost that have two copies, {single} that have one (another device's, or waiting)"
    return Outcome("damage", f"{figures}: {gone}", tuple(bad))


def _spread(done: Counter[tuple[str, str]]) -> str:
    numbers = sorted(done.values())
    return f"{numbers[0]} to {numbers[-1]}"


def _unhurt(whole: Path, work: Path, truth: Truth) -> list[str]:
    """The trial itself finds nothing where nothing is wrong."""
    _fresh(whole, work)
    told = [f"{one.path} was mended" for one in healed(work)]
    return [*told, *wrong_in(fresh(work), truth, "", set()), *wrong_afterwards(work, truth, set())]


def _fresh(whole: Path, work: Path) -> None:
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(whole, work)
    settle(work)


class _Damage:
    """One damage, and everything that has to hold after it."""

    def __init__(self, work: Path, older: Path, truth: Truth, file: str, kind: str, chance: Random) -> None:
        self._work, self._older, self._truth = work, older, truth
        self._file, self._kind, self._chance = file, kind, chance
        self.name = ""
        self.missing: set[str] = set()
        """Changes that nothing on this machine holds any more."""
        self.lost = 0
        self._data: bytes | None = b""

    def do(self, whole: Path) -> bool:
        """Whether there was anything to damage."""
        _fresh(whole, self._work)
        own = self._truth.device
        found = sorted(self._work.glob(FILES[self._file].format(device=own)))
        path = self._chance.choice([one for one in found if self._file != THEIRS or one.parent.name != own])
        self.name = str(path.relative_to(self._work))
        before, times = path.read_bytes(), path.stat()
        self._data = self._damaged(before)
        if self._data == before:
            return False
        if self._data is None:
            path.unlink()
            return True
        path.write_bytes(self._data)
        if len(self._data) == len(before) and self._chance.random() < 0.5:
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # a disk forgets without telling anybody
        return True

    def _damaged(self, before: bytes) -> bytes | None:
        damage = KINDS[self._kind]
        if damage is None:
            older = self._older / self.name
            return older.read_bytes() if older.exists() else before
        if not before and self._kind not in ("garbage inserted", "deleted"):
            return before
        return damage(before, self._chance)

    def look(self) -> list[str]:
        """What is not as promised."""
        held = seen_in(store := fresh(self._work))
        gone, made_up = self._truth.changes.keys() - held, held - self._truth.changes.keys()
        self.missing = gone & self._truth.only_in(self.name)
        self.lost = len(gone - self.missing)
        bad = [f"{self.lost} lost"] if self.lost else []
        bad += [f"{len(made_up)} made up"] if made_up else []
        bad += wrong_in(store, self._truth, self._file, self.missing)
        found = healed(self._work)
        bad += self._told(found)
        bad += self._set_aside()
        bad += self._whole_again()
        bad += [f"{one.path} had to be mended again" for one in healed(self._work) if one.own]
        bad += wrong_in(fresh(self._work), self._truth, self._file, self.missing)
        if self._file not in ("undo.log", WAITING):
            bad += wrong_afterwards(self._work, self._truth, self.missing)
        return bad

    def _told(self, found: list[Mended]) -> list[str]:
        """What is gone is told, unless it was never seen by anything that is left."""
        told = sum(sum(one.unreadable.values()) + sum(one.missing.values()) for one in found)
        if self._file == WAITING and self._kind == "deleted":
            return []
        return [f"{len(self.missing)} gone and {told} told"] if told < bool(self.missing) else []

    def _set_aside(self) -> list[str]:
        """The original bytes of a damaged own log are kept; of another device's, the lines nobody can read."""
        kept = [path.read_bytes() for path in self._work.glob("state/quarantine/*")]
        if self._data is None or self._file not in (OWN, SECOND, THEIRS, WAITING):
            return []
        *lines, tail = self._data.split(b"\n")
        damaged = [line for line in lines if isinstance(log.decode(line), Unread)]
        if self._file == THEIRS:
            lost = [line for line in damaged if not any(line in data for data in kept)]
            return [f"{len(lost)} unreadable lines are not kept"] if lost else []
        return ["the original bytes are not kept"] if (damaged or tail) and self._data not in kept else []

    def _whole_again(self) -> list[str]:
        """This device's log and its second copy hold every own change, and nothing that cannot be read."""
        if self._file in ("device.json", WAITING):
            return []
        bad = []
        for path in [*self._work.glob(f"data/books/{self._truth.device}/*.log"), *self._work.glob(FILES[SECOND])]:
            lines = [log.decode(line) for line in path.read_bytes().split(b"\n")]
            held = {line.id for line in lines if isinstance(line, Change)}
            name = str(path.relative_to(self._work))
            wanted = {change for change, places in self._truth.places.items() if name in places}
            if wanted - held or any(isinstance(line, Unread) for line in lines):
                bad.append(f"{name} lacks {len(wanted - held)} changes, or holds what cannot be read")
        return bad
