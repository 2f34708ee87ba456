"""The practices there are: those shipped with coach, and the person's own files, which win."""

from __future__ import annotations

import os

from coach.domain.errors import NotFound
from coach.domain.practices import Practice, Precheck
from coach.paths import Paths
from coach.resources import content_dir
from coach.storage.packs import Packs, read_practices, read_precheck

FIRST = ("ext-4-6", "coherent-5-5", "cyclic-sigh", "box-4")
"""The order of the shipped ones: holds are never the default."""


class Practices:
    """Read once, when first asked for."""

    def __init__(self, paths: Paths) -> None:
        self._own = os.path.join(os.path.dirname(paths.config), "practices")
        self._packs: Packs[Practice] | None = None

    def all(self) -> tuple[Practice, ...]:
        order = {name: place for place, name in enumerate(FIRST)}
        return tuple(sorted(self._read().things, key=lambda one: (order.get(one.id, len(order)), one.id)))

    def problems(self) -> tuple[str, ...]:
        """A sentence for each file that could not be used."""
        return self._read().problems

    def get(self, practice: str) -> Practice:
        for one in self.all():
            if one.id == practice:
                return one
        known = ", ".join(one.id for one in self.all())
        raise NotFound(f"There is no practice {practice!r}. There are: {known}.")

    def precheck(self) -> Precheck:
        """The question asked before paced breathing, once a day."""
        return read_precheck(str(content_dir() / "precheck.toml"))

    def _read(self) -> Packs[Practice]:
        if self._packs is None:
            self._packs = read_practices(str(content_dir() / "practices"), self._own)
        return self._packs
