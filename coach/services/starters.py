"""The goals there are to begin from: those shipped with coach, and the person's own files, which win."""

from __future__ import annotations

import os

from coach.domain.starters import Starter
from coach.paths import Paths
from coach.resources import content_dir
from coach.storage.packs import Packs, read_packs

FIRST = ("school", "family", "work", "health", "home")
"""The order of the shipped ones; the person's own come before them."""


class Starters:
    """Read once, when first asked for."""

    def __init__(self, paths: Paths) -> None:
        self._own = os.path.join(os.path.dirname(paths.config), "goals")
        self._packs: Packs[Starter] | None = None

    def all(self) -> tuple[Starter, ...]:
        order = {name: place for place, name in enumerate(FIRST)}
        return tuple(sorted(self._read().things, key=lambda one: (order.get(one.id, -1), one.id)))

    def problems(self) -> tuple[str, ...]:
        """A sentence for each file that could not be used."""
        return self._read().problems

    def _read(self) -> Packs[Starter]:
        if self._packs is None:
            self._packs = read_packs(Starter, "goal", str(content_dir() / "goals"), self._own)
        return self._packs
