"""The end of the output: a terminal or pipe that is gone must not change the exit code at the very last moment."""

from __future__ import annotations

import sys


def finish() -> None:
    """Writes what is left, and forgets a stream that nobody takes: Python would make exit code 120 of it."""
    for name in ("stdout", "stderr"):
        try:
            getattr(sys, name).flush()
        except (OSError, ValueError, AttributeError):
            setattr(sys, name, None)
