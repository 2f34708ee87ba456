"""What killed processes leave behind: files that were never finished, and waiting changes that cannot be read."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime

from coach.paths import Paths
from coach.storage import disk, ids, log
from coach.storage.log import Unread
from coach.storage.source import names

UNFINISHED_FOR = 86_400.0
"""Seconds after which nobody is still writing a file."""
_TEMPORARY = re.compile(r".+\.\d+\.tmp")
_WAITING = re.compile(r".+\.part")
_STATE = ("", "mirror", "summary", "drafts")


def unreadable_waiting(folder: str) -> Iterator[tuple[str, bytes]]:
    """The damaged files of the waiting folder, and all of their bytes; one too large to be held stays where it is."""
    for path in names(folder):
        if path.endswith(".rec"):
            with suppress(OSError):
                data = disk.read_ordinary(path, log.LARGEST)
                found = log.decode(data.removesuffix(b"\n"))
                if found is None or (isinstance(found, Unread) and found.why == "damaged"):
                    yield path, data


def day_of_waiting(path: str) -> date | None:
    """The local day a waiting change was made on, which its name holds."""
    if (made := ids.made_at(os.path.basename(path).removesuffix(".rec"))) is None:
        return None
    with suppress(ValueError, OverflowError):
        return datetime.fromtimestamp(made / 1000, UTC).astimezone().date()
    return None


def unfinished(paths: Paths, device: str, now: datetime) -> list[str]:
    """Files that were about to be written a day ago or longer: nobody was told that they are kept.

    Of the folders of books only this device's: what another one is writing is not for us to judge.
    """
    places = [os.path.join(paths.data, "books", device)] if device else []
    places += [os.path.join(paths.state, name) for name in _STATE]
    found = [path for place in places for path in names(place) if _TEMPORARY.fullmatch(path)]
    found += [path for path in names(os.path.dirname(paths.config), "config.toml.") if _TEMPORARY.fullmatch(path)]
    found += [path for path in names(os.path.join(paths.state, "spool")) if _WAITING.fullmatch(path)]
    return [path for path in found if _is_older(path, now.timestamp() - UNFINISHED_FOR)]


def _is_older(path: str, before: float) -> bool:
    try:
        found = os.lstat(path)
    except OSError:
        return False
    return found.st_mtime < before and not stat.S_ISDIR(found.st_mode)
