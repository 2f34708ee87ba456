"""Whether a screen is open that shows what is due: it leaves a sign of life, and whoever else tells waits for it."""

from __future__ import annotations

import os
import time
from contextlib import suppress

from coach.storage import disk

FRESH = 60.0
"""Seconds a sign counts: three heartbeats, so that a screen that stands still is soon not waited for."""
_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Goes on while the computer sleeps, and no setting of the clock moves it."""


class Presence:
    """The file `state/screen`: a process and the moment since boot at which it was last well."""

    def __init__(self, path: str) -> None:
        self._path = path

    def here(self) -> None:
        """The sign of life of this process; not on the disk for good, and none where the disk is full."""
        with suppress(OSError):
            disk.replace(self._path, f"{os.getpid()} {_moment():.1f}\n".encode(), durable=False)

    def gone(self) -> None:
        """Takes back this process's own sign, and nobody else's."""
        if self._read()[0] == os.getpid():
            with suppress(OSError):
                disk.remove(self._path)

    def is_live(self) -> bool:
        """Whether another process gave a sign just now and is still there."""
        process, moment = self._read()
        return process > 0 and process != os.getpid() and -1 <= _moment() - moment <= FRESH and _is_there(process)

    def _read(self) -> tuple[int, float]:
        try:
            process, moment = disk.read_ordinary(self._path, 100).split()
            return int(process), float(moment)
        except (OSError, ValueError):
            return 0, 0.0


def _moment() -> float:
    return time.clock_gettime(_STEADY)


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True  # somebody else's: it is there
    return True
