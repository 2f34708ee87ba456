"""Prints the status line another coach left behind, without reading anything else."""

from __future__ import annotations

import os
import sys
import time

from coach.paths import Paths

DAY_STARTS = 4 * 3600
"""Seconds; a line written before this morning's start speaks of another day."""


def show_status(arguments: list[str]) -> int:
    """ "2/8 next 12:00", or a dash when nothing was written today."""
    line = "-"
    try:
        path = Paths(_home(arguments)).status
        written = time.localtime(os.stat(path).st_mtime - DAY_STARTS)[:3]
        if written == time.localtime(time.time() - DAY_STARTS)[:3]:
            with open(path, encoding="utf-8", errors="replace") as file:
                line = file.readline(200).strip() or "-"
    except OSError:
        pass
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        return 1
    return 0


def _home(arguments: list[str]) -> str | None:
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if word.startswith("--home="):
            return word[len("--home=") :]
        if word == "--home":
            return following
    return None
