"""The terminal this process was started in, and the way a sequence takes through tmux to the one around it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from contextlib import suppress

TERMINAL = "/dev/tty"
PATIENCE = 2
ESC = b"\x1b"


def write(data: bytes) -> bool:
    """Whether a terminal took all of it; False where there is none, as under cron.

    A terminal whose other end nobody reads would be waited for, so it is written to without waiting.
    """
    try:
        fd = os.open(TERMINAL, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        return os.write(fd, data) == len(data)
    except OSError:
        return False
    finally:
        with suppress(OSError):
            os.close(fd)


def wrapped(sequence: bytes, environ: Mapping[str, str]) -> bytes:
    """The sequence for the terminal around tmux: every escape in it twice, so that tmux hands it on."""
    if not environ.get("TMUX"):
        return sequence
    return ESC + b"Ptmux;" + sequence.replace(ESC, ESC + ESC) + ESC + b"\\"


def passes_on(environ: Mapping[str, str]) -> bool:
    """Whether a sequence reaches the terminal: tmux swallows it unless `allow-passthrough` is on."""
    if not environ.get("TMUX"):
        return True
    pane = ["-t", environ["TMUX_PANE"]] if environ.get("TMUX_PANE") else []
    try:
        told = subprocess.run(
            ["tmux", "show-options", "-Apv", *pane, "allow-passthrough"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.stdout.strip() in (b"on", b"all")
