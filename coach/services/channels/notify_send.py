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


def _with_bus() -> dict[str, str]:
    """The environment, and where this person's desktop listens: cron and its like do not say."""
    bus = f"/run/user/{os.geteuid()}/bus"
    known = {} if "DBUS_SESSION_BUS_ADDRESS" in os.environ or not os.path.exists(bus) else _address(bus)
    return {**os.environ, **known}


def _address(bus: str) -> dict[str, str]:
    return {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={bus}"}
