"""Which other devices write with a clock that is far ahead of this computer's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta

from coach.domain.text import in_words
from coach.paths import Paths
from coach.services.wording import counted
from coach.storage.clock import milliseconds
from coach.storage.device import known_device
from coach.storage.ids import made_at
from coach.storage.log import Change
from coach.storage.source import book_in, folders, last_change, names

_FAR = timedelta(days=1)


def clocks_ahead(paths: Paths, now: datetime) -> Iterator[str]:
    """A sentence, with the way out, for each device whose latest change is more than a day from now."""
    own = known_device(os.path.join(paths.state, "device.json"))
    for folder in folders(os.path.join(paths.data, "books")):
        device = os.path.basename(folder)
        if device == own or (latest := _latest(folder)) is None:
            continue
        ahead = timedelta(milliseconds=_wall(latest)) - timedelta(seconds=now.timestamp())
        if ahead > _FAR:
            yield (
                f"The clock of the device {in_words(device)} is {counted(ahead.days, 'day', 'days')} ahead of this"
                " computer's. Set the one that is wrong; what is changed here later still counts."
            )


def _latest(folder: str) -> Change | None:
    """The last line of a log has its greatest reading."""
    last = [last_change(path) for path in names(folder) if book_in(os.path.basename(path))]
    return max(filter(None, last), key=lambda change: change.stamp, default=None)


def _wall(change: Change) -> int:
    """When it was written, by the clock of whoever did: the id says so, as a reading may follow another device's."""
    made = made_at(change.id)
    return milliseconds(change.reading) if made is None else made
