"""Shows a notice on a Linux desktop; notify-send itself says when no desktop listens."""

from __future__ import annotations

import os
import shutil

from coach.services.channels.channel import harmless
from coach.services.channels.programs import run


class NotifySend:
    """The text goes into the summary, since a notice's body is read as markup.

    It can only be given as an argument, which other accounts of the computer can read for as long as it is shown.
    """

    name = "notify-send"

    def send(self, text: str) -> bool:
        program = shutil.which("notify-send")
        return program is not None and run([program, "--app-name=coach", "--", harmless(text)], env=_with_bus())


def address() -> tuple[str, str]:
    """Where this person's desktop usually listens, and the name of the variable that says so."""
    return "DBUS_SESSION_BUS_ADDRESS", f"unix:path={_bus()}"


def _with_bus() -> dict[str, str]:
    """The environment, and where this person's desktop listens: cron and its like do not say."""
    name, usual = address()
    return {**os.environ} if name in os.environ or not os.path.exists(_bus()) else {**os.environ, name: usual}


def _bus() -> str:
    return f"/run/user/{os.geteuid()}/bus"
