"""What a notice only counted, "coach: 2 things": the next screen says what it was, so that nobody has to guess."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress

from coach.storage import disk

MOST = 200
"""Keys; more were never answered, and are long past."""


class Told:
    """The file `told`: a key a line. What it holds is claimed already; to lose it costs a reminder its second look."""

    def __init__(self, path: str) -> None:
        self._path = path

    def add(self, keys: Iterable[str]) -> None:
        kept = [*self._read(self._path), *keys][-MOST:]
        with suppress(OSError):
            disk.replace(self._path, "".join(f"{key}\n" for key in kept).encode(), durable=False)

    def take(self) -> frozenset[str]:
        """All of them, for this process alone: of two screens that open at once, one shows them."""
        taken = f"{self._path}.{os.getpid()}"
        try:
            os.rename(self._path, taken)
        except OSError:
            return frozenset()
        keys = frozenset(self._read(taken))
        with suppress(OSError):
            disk.remove(taken)
        return keys

    def _read(self, path: str) -> list[str]:
        try:
            return disk.read_ordinary(path, 100_000).decode("utf-8", "replace").splitlines()
        except OSError:
            return []
