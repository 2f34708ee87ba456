"""Half-typed text: kept within a moment of typing, offered again after a crash, a closed window or Escape."""

from __future__ import annotations

import os
import re

from coach.domain.text import clean
from coach.storage import disk

_NAME = re.compile(r"[a-z0-9-]{1,80}")
LONGEST = 200_000
"""Bytes read back of one draft."""


class Drafts:
    """One small private file for each form."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def keep(self, name: str, text: str) -> None:
        """The text is on the disk when this returns; an empty one is forgotten."""
        if text:
            disk.replace(self._path(name), text.encode("utf-8", "ignore"))
        else:
            self.forget(name)

    def get(self, name: str) -> str:
        """What was kept, or nothing."""
        try:
            return clean(disk.read(self._path(name), most=LONGEST).decode("utf-8", "ignore"))
        except OSError:
            return ""

    def forget(self, name: str) -> None:
        disk.remove(self._path(name))

    def _path(self, name: str) -> str:
        if not _NAME.fullmatch(name):
            raise ValueError("a draft is named by its form, never by what was typed")
        return os.path.join(self._folder, f"{name}.txt")
