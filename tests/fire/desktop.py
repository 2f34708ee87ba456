"""A notice on a real bus: a private D-Bus session, a desktop that keeps what it is given, and `coach remind --once`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.fire.bus import Desktop, session
from tests.fire.desk import Desk
from tests.fire.trial import Outcome
from tests.sources import ROOT
from tests.terminal import scrubbed

NAME = "a notice on a desktop's bus"
NEEDS = ("notify-send", "dbus-daemon")
SENTENCE = "Wilhelmina"
NEUTRAL = ("coach", "coach: 1 thing", "")
NOBODY, OK = 1, 0


def one_notice(folder: Path, share: float) -> Outcome:
    """While no desktop owns the name nobody takes it; then one comes, with no word of the person's, and no more."""
    if missing := [name for name in NEEDS if shutil.which(name) is None]:
        return Outcome(NAME, f"not tried: {missing[0]} is not installed", tried=False)
    desk = Desk(folder / "home")
    desk.set(SENTENCE, -60)
    with session(folder) as address:
        desk.expect(_remind(folder, address) == NOBODY, "it was told to nobody, and counted as told")
        with closing(Desktop(address)) as desktop:
            for _again in range(2):
                desk.expect(_remind(folder, address) == OK, "remind --once did not end well")
    desk.expect(desktop.notices == [NEUTRAL], f"the desktop was given {desktop.notices}")
    desk.expect(SENTENCE.encode() not in desktop.heard, "the bus heard the sentence")
    desk.claimed_once()
    return Outcome(
        NAME, f"{len(desktop.notices)} of 1: {', '.join(repr(told) for _, told, _ in desktop.notices)}", tuple(desk.bad)
    )


def _remind(folder: Path, address: str) -> int:
    """The exit code of `remind --once` without a terminal, so that no bell takes it."""
    env = scrubbed(folder / "home", {"DBUS_SESSION_BUS_ADDRESS": address, "PATH": os.environ["PATH"]})
    command = [sys.executable, "-m", "coach", "remind", "--once"]
    done = subprocess.run(
        command, env=env, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, start_new_session=True, check=False
    )
    return done.returncode
