"""Prints the status line another coach left behind, without reading anything else."""

from __future__ import annotations

import os
import sys
import time

from coach.paths import Paths

LONGEST_DAY = 25 * 3600
"""Seconds, when the clocks go back; a day that ends later was written under a clock that was wrong."""


def show_status(arguments: list[str]) -> int:
    """ "2/8 next 12:00", or a dash where what was written is of another day."""
    line = "-"
    try:
        path = Paths(_home(arguments)).status
        # The file's own time is the end of the day it speaks of.
        if 0 < os.stat(path).st_mtime - time.time() <= LONGEST_DAY:
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
