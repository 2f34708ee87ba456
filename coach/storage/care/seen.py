"""What each log was when it was last looked at, so that one that holds less since is noticed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from coach.storage import disk, log
from coach.storage.care.lines import Line, LogFile, Look, day_of
from coach.storage.checksum import digest
from coach.storage.log import Change

FORMAT = 1
NOWHERE: Look = (0, 0, 0)
"""The look of a file that is not there."""
Days = Mapping[date | None, int]
"""How many of each day; None where the day is not known."""


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
    days: Days = field(default_factory=dict)
    """The most changes of each day that this generation of the file ever held."""
    unread: int = 0
    """Lines that could not be read."""
    told: Days = field(default_factory=dict)
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
        *look, generation, length, kept, last, days, unread, told = self._rows[key]
        return Sight((look[0], look[1], look[2]), generation, length, kept, last, _days(days), unread, _days(told))

    def put(self, key: str, sight: Sight) -> None:
        found = [sight.generation, sight.length, sight.digest, sight.last]
        self._rows[key] = [*sight.look, *found, _text(sight.days), sight.unread, _text(sight.told)]
        self.looks[key] = sight.look

    def let_go(self) -> int:
        """What was told to be missing is not expected any more; how many changes that was."""
        gone = 0
        for key in list(self._rows):
            if told := (sight := self.get(key)).told:
                left = {day: number - told.get(day, 0) for day, number in sight.days.items()}
                self.put(key, replace(sight, days={day: number for day, number in left.items() if number > 0}, told={}))
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
    now: Days = count(lines)
    last = max((line.stamp[0] for line in lines), default="")
    days = now
    if file.generation <= before.generation:  # else its owner wrote it anew, and meant it
        new = count(line for line in lines if line.stamp[0] > before.last)
        most = {
            day: new.get(day, 0) + max(before.days.get(day, 0), now.get(day, 0) - new.get(day, 0))
            for day in {**before.days, **now}
        }
        days, last = _less(most, now, fresh), max(last, before.last)
    whole = file.raw[: len(file.raw) - len(file.tail)]
    generation = max(file.generation, before.generation)
    return Sight(file.look or NOWHERE, generation, len(whole), digest(whole), last, days, unread, before.told)


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
    days, last = dict(before.days), before.last
    for line in added[:-1].split(b"\n"):
        if not isinstance(found := log.decode(line), Change) or found.reading <= last:
            return None
        day, last = day_of(found), found.reading
        days[day] = days.get(day, 0) + 1
    return Growth(added, replace(before, look=look, length=look[1], digest=digest(data), last=last, days=days))


def missing(sight: Sight, file: LogFile, elsewhere: Days) -> Days:
    """The changes that a file held and that nothing holds now."""
    now = count(file.readable.values())
    short = {day: number - now.get(day, 0) - elsewhere.get(day, 0) for day, number in sight.days.items()}
    return {day: number for day, number in short.items() if number > 0}


def count(lines: Iterable[Line]) -> dict[date | None, int]:
    """How many lines there are of each day."""
    return per_day(line.day for line in lines)


def per_day(days: Iterable[date | None]) -> dict[date | None, int]:
    found: dict[date | None, int] = {}
    for day in days:
        found[day] = found.get(day, 0) + 1
    return found


def _less(days: dict[date | None, int], now: Days, number: int) -> Days:
    for day in sorted(days, key=lambda day: day or date.min):
        taken = min(number, days[day] - now.get(day, 0))
        days[day] -= taken
        number -= taken
    return days


def _read(path: str) -> dict[str, list[Any]]:
    """The rows of the file; none when one byte of it is not as it was written."""
    try:
        checksum, _, payload = disk.read(path).partition(b" ")
        data = json.loads(payload) if checksum.decode() == digest(payload, 16) else {}
    except (OSError, ValueError):
        return {}
    return dict(data["logs"]) if isinstance(data, dict) and data.get("format") == FORMAT else {}


def _text(days: Days) -> str:
    """Day numbers, each as the distance to the one before, and counts: a tenth of what names would take."""
    parts, last = [], 0
    for day, number in sorted((day.toordinal() if day else 0, number) for day, number in days.items()):
        parts.append(f"{day - last}:{number}")
        last = day
    return " ".join(parts)


def _days(text: str) -> dict[date | None, int]:
    found: dict[date | None, int] = {}
    last = 0
    for part in text.split():
        distance, _, number = part.partition(":")
        last += int(distance)
        found[date.fromordinal(last) if last else None] = int(number)
    return found
