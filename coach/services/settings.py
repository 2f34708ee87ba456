"""The settings in force, where they came from, and how they change."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

from coach.codec import Malformed
from coach.domain.errors import NotSaved, Refused
from coach.domain.settings import Room, Settings
from coach.paths import Paths
from coach.storage.appender import sentence
from coach.storage.settings import read_settings, write_settings


class SettingsService:
    """Reads config.toml once; every change is written at once."""

    def __init__(self, paths: Paths) -> None:
        self._path = paths.config
        self._data = paths.data
        self.now, self.problems = read_settings(self._path)

    def change(self, **changes: Any) -> Settings:
        """The settings with these fields changed, on the disk; Refused or NotSaved otherwise."""
        try:
            changed = replace(self.now, **changes)
        except (ValueError, Malformed) as error:
            raise Refused(f"{error}.") from error
        try:
            write_settings(self._path, changes)
        except OSError as error:
            raise NotSaved(sentence(error, os.path.dirname(self._path))) from error
        except ValueError as error:
            raise NotSaved(f"Not saved: {self._path} cannot be read. Mend or delete that file first.") from error
        self.now = changed
        return changed

    def open_room(self, room: Room) -> None:
        """Using a room's command turns the room on."""
        if room not in self.now.rooms:
            self.change(rooms=(*self.now.rooms, room))

    def is_first_run(self) -> bool:
        """True in an empty home: no settings written and no book of any device."""
        return not os.path.exists(self._path) and not os.path.isdir(os.path.join(self._data, "books"))
