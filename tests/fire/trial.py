"""What a trial of the store is, and what it found."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from coach.storage import disk

MOST_TOLD = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one trial."""

    name: str
    figures: str
    """What was tried, in numbers: "2,000 kills, 31,204 acknowledged"."""
    bad: tuple[str, ...] = ()
    """A sentence for each thing that was not as promised."""
    tried: bool = True
    """False where something it needs is not installed; then the figures say what."""

    @property
    def held(self) -> bool:
        return not self.bad

    def told(self) -> str:
        """The first things that went wrong, for a person who has to mend them."""
        rest = f"\n... and {len(self.bad) - MOST_TOLD} more" if len(self.bad) > MOST_TOLD else ""
        return "\n".join(self.bad[:MOST_TOLD]) + rest


Trial = Callable[[Path, float], Outcome]
"""A trial in an empty folder, at a share of its full size: 1 is the figure the README gives, 0.01 a look."""


def scaled(full: int, share: float, least: int = 1) -> int:
    """How many of something a trial of this size tries."""
    return max(least, round(full * share))


def of_all_seeds(folder: Path, histories: int, run: Callable[[Path, int], list[str]]) -> tuple[str, ...]:
    """What went wrong in random histories, with the seed of each bad one. Nothing waits for the disk here."""
    bad: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "sync", lambda fd: None)
        for seed in range(histories):
            home = folder / str(seed)
            bad += [f"history {seed}, {trouble}" for trouble in run(home, seed)]
            shutil.rmtree(home, ignore_errors=True)
    return tuple(bad)
