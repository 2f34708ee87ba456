"""Changes that could not wait for the lock: a durable file each, which every reader folds."""

from __future__ import annotations

import os
from collections.abc import Iterator

from coach.storage import disk, ids, log
from coach.storage.log import Change
from coach.storage.source import names


class Spool:
    """The waiting folder."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def put(self, change: Change) -> None:
        """Durable when this returns; OSError when it could not be."""
        path = os.path.join(self._folder, ids.ulid())
        try:
            disk.create(path + ".part", log.encode(change))
            os.rename(path + ".part", path + ".rec")
            disk.sync_folder(self._folder)
        except OSError:  # whoever is told that it was not kept must not meet it later
            disk.remove(path + ".part")
            disk.remove(path + ".rec")
            raise

    def waiting(self) -> Iterator[tuple[str, Change]]:
        """Each waiting change with its file; one that cannot be read stays where it is."""
        for path in names(self._folder):
            if path.endswith(".rec"):
                try:
                    found = log.decode(disk.read_ordinary(path, log.LONGEST_LINE).removesuffix(b"\n"))
                except OSError:
                    continue
                if isinstance(found, Change):
                    yield path, found
