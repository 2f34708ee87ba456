"""Keeps the original bytes of what could not be read, never overwritten and each once, and what was lost with them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from coach.storage import disk
from coach.storage.checksum import digest
from coach.storage.log import LARGEST


@dataclass(frozen=True, slots=True)
class Loss:
    """What of the bytes in one quarantine file nothing else holds."""

    aside: str
    """That file."""
    book: str
    """Empty for a waiting change."""
    days: Mapping[date | None, int]


class Quarantine:
    """A folder of files named by where the bytes come from and their digest, and beside it a line for each."""

    def __init__(self, folder: str) -> None:
        self._folder, self._notes = folder, f"{folder}.log"

    def find(self, name: str, data: bytes) -> str:
        """The file that holds these bytes under this name; empty when there is none."""
        path = self._path(name, data, 0)
        return path if _holds(path, data) else ""

    def keep(self, name: str, data: bytes) -> str:
        """The file, on the disk, that holds these bytes; OSError when they could not be kept."""
        number = 0
        while True:
            path = self._path(name, data, number)
            try:
                disk.create(path, data)
            except FileExistsError:
                if _holds(path, data):  # kept before, perhaps by somebody who was killed before it was on the disk
                    disk.sync_file(path)
                    disk.sync_names(path)
                    return path
            else:
                return path
            number += 1  # a kill left a part of them, or the disk has changed them since: that stays as well

    def note(self, aside: str, book: str, days: Mapping[date | None, int]) -> None:
        """Notes, on the disk, what was lost with the bytes of a file; OSError when it could not be.

        The first note of a file stays: whoever was killed while mending finds less, or the same in another copy.
        """
        name = os.path.basename(aside)
        if all(loss.aside != aside for loss in self._noted()):
            plain = {day.isoformat() if day else "": number for day, number in days.items()}
            payload = json.dumps({"file": name, "book": book, "days": plain}, separators=(",", ":")).encode()
            disk.append(self._notes, digest(payload).encode() + b" " + payload + b"\n", named=False)

    def losses(self) -> list[Loss]:
        """Of every file that is still there, in the order they were found."""
        return [loss for loss in self._noted() if loss.days and os.path.exists(loss.aside)]

    def _noted(self) -> Iterator[Loss]:
        for line in self._read_notes().split(b"\n"):
            checksum, _, payload = line.partition(b" ")
            if checksum == digest(payload).encode():
                found = json.loads(payload)
                days = {date.fromisoformat(day) if day else None: number for day, number in found["days"].items()}
                yield Loss(os.path.join(self._folder, found["file"]), found["book"], days)

    def _read_notes(self) -> bytes:
        try:
            return disk.read_ordinary(self._notes, LARGEST)
        except OSError:
            return b""

    def _path(self, name: str, data: bytes, number: int) -> str:
        return os.path.join(self._folder, f"{name}.{digest(data, 16)}" + (f".{number}" if number else ""))


def _holds(path: str, data: bytes) -> bool:
    try:
        return not os.path.islink(path) and disk.read(path, most=len(data) + 1) == data
    except OSError:
        return False
