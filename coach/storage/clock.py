"""A hybrid logical clock: its readings order changes, also when wall clocks are wrong; they are never shown."""

from __future__ import annotations

import re
from collections.abc import Callable

LATEST_MS = 4_102_444_800_000
"""2100-01-01: a later clock is a mistake, and its line is set aside."""
_LAST = (LATEST_MS - 1, 0)
"""Nobody's reading is followed to here, so that there is always one left to give; nobody gives a later one."""
_SHAPE = re.compile(r"[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-z]{1,32}")


def is_reading(text: object) -> bool:
    return isinstance(text, str) and _SHAPE.fullmatch(text) is not None


def milliseconds(reading: str) -> int:
    """Milliseconds since 1970 of a reading."""
    return int(reading[:12], 16)


def is_beyond(reading: str) -> bool:
    """Whether no coach gives such a reading."""
    return _parts(reading) > _LAST


def _parts(reading: str) -> tuple[int, int]:
    return milliseconds(reading), int(reading[13:17], 16)


class HybridClock:
    """Readings `<ms>-<counter>-<device>`, each greater than every one given or seen before.

    Where somebody wrote one that leaves none to follow, all that come after it are the same last one: change ids, which
    sort by time as well, then order what a device writes.
    """

    def __init__(self, wall: Callable[[], int]) -> None:
        self._wall = wall
        self._last = (0, 0)

    def see(self, reading: str) -> None:
        """Takes note of another writer's reading, so that the next one given here comes after it."""
        if self._last < (seen := _parts(reading)) < _LAST:
            self._last = seen

    def tick(self, device: str) -> str:
        """The next reading of this device."""
        now = self._wall()
        if now >= LATEST_MS:  # such a clock is not followed: every reader would set the line aside
            now = 0
        ms, counter = self._last
        ms, counter = (now, 0) if now > ms else (ms, counter + 1)
        if counter > 0xFFFF:
            ms, counter = ms + 1, 0
        self._last = ms, counter = min((ms, counter), _LAST)
        return f"{ms:012x}-{counter:04x}-{device}"
