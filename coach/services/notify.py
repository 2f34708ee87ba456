"""Tells a person something outside the program, and says honestly whether anything took it."""

from __future__ import annotations

import shutil
import subprocess

from coach.domain.text import one_line

NEUTRAL = "coach: a reminder is waiting"
"""What a passer-by may read; anything else only when the person chose so."""
LONGEST = 200
PATIENCE = 5
"""Seconds given to a desktop that does not answer."""


def send(text: str = NEUTRAL) -> bool:
    """Whether a desktop notice was accepted; False where there is no notify-send or nobody listens to it.

    Takes as long as the desktop does: for a thread or a command, never for the loop. The text goes into the summary,
    since a notice's body is read as markup.
    """
    program = shutil.which("notify-send")
    if program is None:
        return False
    command = [program, "--app-name=coach", "--", one_line(text, LONGEST) or NEUTRAL]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
