"""What each log was when it was last looked at, so that one that holds less since is noticed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from coach.storage import disk, log
from coach.storage.care.lines import Line, LogFile, Look, day_of, device_of
from coach.storage.checksum import digest
from coach.storage.log import Change

FORMAT = 2
NOWHERE: Look = (0, 0, 0)
"""The look of a file that is not there."""
Held = Mapping[tuple[str, date | None], int]
"""How many changes each device wrote about each day; None where the day is not known."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One file as it was."""

    look: Look = NOWHERE
    generation: int = 0
    length: int = 0
    """Bytes of whole lines."""
    digest: str = ""
    """Of all of them."""
    last: str = ""
    """The greatest reading in it: lines with a greater one are new, and others that turn up came back."""
    held: Held = field(default_factory=dict)
    """The most changes that this generation of the file ever held."""
    unread: int = 0
    """Lines that could not be read."""
    told: Held = field(default_factory=dict)
    """What was missing, as it was told."""


@dataclass(frozen=True, slots=True)
class Growth:
    """What was added to a file, and how it is with that."""

    added: bytes
    sight: Sight


class Seen:
    """The file `seen.json`; without it the next look only takes longer, and misses what was lost before it."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._rows = _read(path)
        self._kept = dict(self._rows)
        self.looks: dict[str, Look] = {key: (row[0], row[1], row[2]) for key, row in self._rows.items()}
        """Every file that was ever seen, by key."""

    def get(self, key: str) -> Sight:
        """Nothing at all for a file that was never seen."""
        if key not in self._rows:
            return Sight()
        *look, generation, length, kept, last, held, unread, told = self._rows[key]
        return Sight((look[0], look[1], look[2]), generation, length, kept, last, _held(held), unread, _held(told))

    def put(self, key: str, sight: Sight) -> None:
        found = [sight.generation, sight.length, sight.digest, sight.last]
        self._rows[key] = [*sight.look, *found, _plain(sight.held), sight.unread, _plain(sight.told)]
        self.looks[key] = sight.look

    def let_go(self) -> int:
        """What was told to be missing is not expected any more; how many changes that was."""
        gone = 0
        for key in list(self._rows):
            if told := (sight := self.get(key)).told:
                self.put(key, replace(sight, held=Counter(sight.held) - Counter(told), told={}))
                gone += sum(told.values())
        return gone

    def save(self) -> None:
        if self._rows == self._kept:
            return
        payload = json.dumps({"format": FORMAT, "logs": self._rows}, separators=(",", ":")).encode()
        with suppress(OSError):  # it can be found again at any time
            disk.replace(self._path, digest(payload, 16).encode() + b" " + payload, durable=False)
            self._kept = dict(self._rows)


def sight_of(file: LogFile, before: Sight, unread: int, fresh: int) -> Sight:
    """A file as it is now; `fresh` of what it held before are known to be unreadable, so they are not missing too."""
    lines = file.readable.values()
    now = count(lines)
    last = max((line.stamp[0] for line in lines), default="")
    held: Held = now
    if file.generation <= before.generation:  # else its owner wrote it anew, and meant it
        new = count(line for line in lines if line.stamp[0] > before.last)
        held, last = _less(new + (Counter(before.held) | (now - new)), now, fresh), max(last, before.last)
    whole = file.raw[: len(file.raw) - len(file.tail)]
    generation = max(file.generation, before.generation)
    return Sight(file.look or NOWHERE, generation, len(whole), digest(whole), last, held, unread, before.told)


def growth(path: str, look: Look, before: Sight) -> Growth | None:
    """How a file grew; None unless it is the same file and got whole, readable lines, each later than the last."""
    if look[0] != before.look[0] or look[1] <= before.length or not before.length:
        return None
    try:
        data = disk.read(path, most=look[1])
    except OSError:
        return None
    added = data[before.length :]
    if digest(data[: before.length]) != before.digest or not added.endswith(b"\n"):
        return None
    held, last = Counter(before.held), before.last
    for line in added[:-1].split(b"\n"):
        if not isinstance(found := log.decode(line), Change) or found.reading <= last:
            return None
        last = found.reading
        held[device_of(last), day_of(found)] += 1
    return Growth(added, replace(before, look=look, length=look[1], digest=digest(data), last=last, held=held))


def missing(sight: Sight, file: LogFile, elsewhere: Iterable[Line]) -> Counter[tuple[str, date | None]]:
    """The changes that a file held and that nothing holds now; `elsewhere` is what other files hold and it does not."""
    short = Counter(sight.held) - count(file.readable.values())
    return short and short - count(elsewhere)


def count(lines: Iterable[Line]) -> Counter[tuple[str, date | None]]:
    """How many lines there are of each device and day: a line is the same one in whatever file it stands."""
    return Counter((line.device, line.day) for line in lines)


def per_day(held: Held) -> dict[date | None, int]:
    """The same, whoever wrote them."""
    days: Counter[date | None] = Counter()
    for (_, day), number in held.items():
        days[day] += number
    return days


def _less(held: Counter[tuple[str, date | None]], now: Held, number: int) -> Held:
    for device, day in sorted(held, key=lambda key: (key[1] or date.min, key[0])):
        taken = min(number, held[device, day] - now.get((device, day), 0))
        held[device, day] -= taken
        number -= taken
    return held


def _read(path: str) -> dict[str, list[Any]]:
    """The rows of the file; none when one byte of it is not as it was written."""
    try:
        checksum, _, payload = disk.read(path).partition(b" ")
        data = json.loads(payload) if checksum.decode() == digest(payload, 16) else {}
    except (OSError, ValueError):
        return {}
    return dict(data["logs"]) if isinstance(data, dict) and data.get("format") == FORMAT else {}


def _plain(held: Held) -> dict[str, str]:
    """By device day numbers, each as the distance to the one before, and counts: a tenth of what names would take."""
    parts: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    for device, day, number in sorted((device, day.toordinal() if day else 0, n) for (device, day), n in held.items()):
        parts.setdefault(device, []).append(f"{day - last.get(device, 0)}:{number}")
        last[device] = day
    return {device: " ".join(parts[device]) for device in parts}


def _held(plain: Mapping[str, str]) -> Held:
    found: dict[tuple[str, date | None], int] = {}
    for device, text in plain.items():
        last = 0
        for part in text.split():
            distance, _, number = part.partition(":")
            last += int(distance)
            found[device, date.fromordinal(last) if last else None] = int(number)
    return found
