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
    home = arguments[arguments.index("--home") + 1 : arguments.index("--home") + 2] if "--home" in arguments else []
    path = Paths(home[0] if home else None).status
    line = "-"
    try:
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
