"""What every measurement is given: the homes it runs on and how often it is repeated."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from coach.paths import Paths
from tests.bench.full_home import write_full
from tests.bench.history import write_history
from tests.sources import ROOT

TEN_YEARS = 3652
AGES = {"1 day": 1, "1 month": 30, "1 year": 365, "10 years": TEN_YEARS}
YOUNG_AGES = {"1 day": 1, "2 months": 60}
"""Days of history, by what they are called."""


@dataclass(frozen=True)
class Setting:
    """Where and how often to measure."""

    folder: Path
    rounds: int
    quick: bool
    today: date

    @cached_property
    def day_one(self) -> Path:
        """A home with one day in it: an empty one would show the first run instead of Today."""
        return self.lived("day-one", 1)

    @property
    def long_ago(self) -> int:
        """Days of the long history."""
        return 60 if self.quick else TEN_YEARS

    @property
    def ages(self) -> dict[str, int]:
        """The histories that are compared, the shortest first."""
        return YOUNG_AGES if self.quick else AGES

    @cached_property
    def ten_years(self) -> Path:
        return self.lived("ten-years", self.long_ago)

    @cached_property
    def full(self) -> Path:
        """The long history with as much of everything as anybody should have."""
        home = self.folder / "full"
        write_full(Paths(str(home)), self.long_ago, today=self.today)
        return home

    def lived(self, name: str, days: int) -> Path:
        """A new home with that many days of history, ending today."""
        home = self.folder / name
        write_history(Paths(str(home)), days, today=self.today)
        return home

    def rounds_of(self, most: int) -> int:
        """Fewer for what hardly varies or takes long."""
        return min(self.rounds, most)


def python(*words: str) -> list[str]:
    return [sys.executable, *words]


def ask_child(module: str, *words: str, environ: dict[str, str] | None = None) -> dict[str, float]:
    """The numbers a measuring program of ours prints as its last line."""
    ended = subprocess.run(
        python("-m", module, *words), cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        raise RuntimeError(f"{module} {' '.join(words)}: {last_line(ended.stderr)}")
    found: dict[str, float] = json.loads(last_line(ended.stdout))
    return found


def last_line(text: str) -> str:
    return (text.strip().splitlines() or ["nothing was printed"])[-1]


def column(runs: Sequence[dict[str, float]], name: str) -> list[float]:
    """One measured number over all rounds in which it was taken."""
    return [run[name] for run in runs if name in run]
