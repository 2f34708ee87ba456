"""Shows a notice on macOS; the text goes to standard input, since arguments can be read by other accounts."""

from __future__ import annotations

import shutil

from coach.services.channels.channel import harmless
from coach.services.channels.programs import run


class Osascript:
    """macOS shows notices of the program "Script Editor", and takes them also where they are switched off."""

    name = "osascript"

    def send(self, text: str) -> bool:
        program = shutil.which("osascript")
        return program is not None and run([program, "-"], said=script(harmless(text)))


def script(text: str) -> str:
    """One statement; within its quotes only these two signs mean anything, and a line never ends in between."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'display notification "{quoted}" with title "coach"\n'
