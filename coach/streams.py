"""The end of the output: what a full disk or a closed window did not take must not change the exit code."""

from __future__ import annotations

import os
import sys


def finish() -> None:
    """Writes what is left; what nobody takes would be tried again at exit, with a traceback and exit code 120."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            _forget(stream)


def _forget(stream: object) -> None:
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # type: ignore[attr-defined]  # it is a file
    except (OSError, ValueError):
        return  # closed: there is nothing left to write either
