"""The notices of this computer, whichever kind it is."""

from __future__ import annotations

import shutil

from coach.services.channels.channel import Channel
from coach.services.channels.notify_send import NotifySend
from coach.services.channels.osascript import Osascript
from coach.services.channels.termux import TermuxNotification

KINDS: tuple[type[NotifySend | Osascript | TermuxNotification], ...] = (TermuxNotification, Osascript, NotifySend)
"""Each is there on one kind of system only; a program of that name is how it is known."""


class Desktop:
    """The first kind whose program is here, and no other: the same notice is not to come twice."""

    name = "desktop"

    def send(self, text: str) -> bool:
        found: Channel | None = next((kind() for kind in KINDS if shutil.which(kind.name)), None)
        return found is not None and found.send(text)
