"""Keeps the original bytes of what could not be read: never overwritten, each once."""

from __future__ import annotations

import os

from coach.storage import disk
from coach.storage.checksum import digest


class Quarantine:
    """A folder of files named by where the bytes come from and their digest."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def find(self, name: str, data: bytes) -> str:
        """The file that holds these bytes under this name; "" when there is none."""
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

    def _path(self, name: str, data: bytes, number: int) -> str:
        return os.path.join(self._folder, f"{name}.{digest(data, 16)}" + (f".{number}" if number else ""))


def _holds(path: str, data: bytes) -> bool:
    try:
        return not os.path.islink(path) and disk.read(path, most=len(data) + 1) == data
    except OSError:
        return False
