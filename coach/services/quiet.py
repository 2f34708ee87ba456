"""A quiet somebody asked for: kept on this device until it ends, and all its processes heed it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from coach.domain.errors import NotSaved
from coach.domain.quiet import LONGEST, Limits
from coach.domain.settings import Settings
from coach.services.settings import SettingsService
from coach.storage import disk

_MOST = 100


def limits_of(settings: Settings) -> Limits:
    """Quiet hours and cap as the person has them."""
    return Limits(settings.quiet_from, settings.quiet_to, cap=settings.prompt_cap)


class Quiet:
    """The file `quiet`: one line, the moment it ends."""

    def __init__(self, path: str, settings: SettingsService, now: Callable[[], datetime]) -> None:
        self._path, self._settings, self._now = path, settings, now

    def limits(self) -> Limits:
        """Quiet hours and cap of the settings, and what was asked for."""
        return replace(limits_of(self._settings.now), until=self.until())

    def until(self) -> datetime | None:
        """When it ends; None while there is none, and where the file says nothing one could have asked for."""
        now = self._now()
        try:
            text = disk.read_ordinary(self._path, _MOST).decode().strip()
            until = datetime.fromisoformat(text).astimezone(now.tzinfo)
        except (OSError, ValueError, OverflowError):
            return None
        return until if now < until <= now + LONGEST else None

    def ask(self, length: timedelta) -> datetime:
        """Quiet from now on; the moment it ends."""
        until = (self._now() + length).replace(microsecond=0)
        try:
            disk.replace(self._path, f"{until.isoformat()}\n".encode())
        except OSError as error:
            raise NotSaved(f"That could not be kept: {os.strerror(error.errno or 0).lower()}.") from error
        return until

    def end(self) -> bool:
        """Whether there was one."""
        there = self.until() is not None
        try:
            disk.remove(self._path)
        except OSError as error:
            raise NotSaved(f"That could not be ended: {os.strerror(error.errno or 0).lower()}.") from error
        return there

    def stamp(self) -> object:
        """Differs when it was asked for or ended, by whichever process."""
        try:
            look = os.stat(self._path)
        except OSError:
            return None
        return look.st_ino, look.st_mtime_ns
