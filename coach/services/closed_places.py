"""Which of coach's own files and folders may not be written, so that nothing new could be kept."""

from __future__ import annotations

import os
from collections.abc import Iterator

from coach.paths import Paths
from coach.services.wording import as_arguments, listed
from coach.storage.device import known_device
from coach.storage.source import names

_FILES = ("lock", "device.json", "undo.log")


def not_writable(paths: Paths) -> Iterator[str]:
    """One sentence about all of them, with the way out; what is not there yet is none of them."""
    state, device = paths.state, known_device(os.path.join(paths.state, "device.json"))
    own = os.path.join(paths.data, "books", device) if device else paths.data
    places = [paths.data, os.path.dirname(own), own, state, os.path.join(state, "mirror"), *names(own)]
    places += [os.path.join(state, name) for name in _FILES]
    found = [place for place in dict.fromkeys(places) if os.path.exists(place) and not _is_writable(place)]
    if found:
        where = "there" if len(found) > 1 or not os.path.isdir(found[0]) else "in it"
        yield (
            f"coach may not write to {listed(found)}, so nothing new can be kept {where}. "
            f"chmod u+w {as_arguments(found)} ends that, unless the disk itself is read-only."
        )


def _is_writable(place: str) -> bool:
    """A file that may not even be read is told of elsewhere."""
    return os.access(place, os.W_OK) or not (os.path.isdir(place) or os.access(place, os.R_OK))
