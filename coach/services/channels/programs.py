"""Runs another program that shows notices; the text never passes through a shell."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence

PATIENCE = 5
"""Seconds given to a desktop that does not answer."""


def run(command: Sequence[str], *, said: str | None = None, env: Mapping[str, str] | None = None) -> bool:
    """Whether the program ended well in time; `said` goes to its standard input, which nobody else can read."""
    given = {"stdin": subprocess.DEVNULL} if said is None else {"input": said.encode()}
    try:
        done = subprocess.run(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=None if env is None else dict(env),
            timeout=PATIENCE,
            check=False,
            **given,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return int(done.returncode) == 0
