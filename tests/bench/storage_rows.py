"""A durable write: its cost against SQLite and stock TinyDB, on the first day and after ten years."""

from __future__ import annotations

import random
from pathlib import Path

from coach.paths import Paths
from tests.bench.history import write_history
from tests.bench.setting import Setting, ask_child, column
from tests.bench.storage_trial import fill
from tests.bench.table import Row, limit_row, ratio_row

CPU_OF_SQLITE, GROWTH, KILOBYTES, SYNCS = 1.0, 1.15, 4.5, 1.0
Runs = dict[str, list[dict[str, float]]]


def storage_rows(setting: Setting) -> list[Row]:
    runs = _measure(setting)
    young, old = column(runs["coach young"], "cpu"), column(runs["coach old"], "cpu")
    again = column(runs["coach again"], "cpu")
    return [
        limit_row("durable write: fsyncs", SYNCS, column(runs["coach old"], "syncs"), ""),
        limit_row(
            "durable write: physical",
            KILOBYTES,
            column(runs["coach old"], "kilobytes"),
            "KB",
            column(runs["sqlite old"], "kilobytes"),
        ),
        ratio_row("durable write: CPU / SQLite, day one", CPU_OF_SQLITE, young, column(runs["sqlite young"], "cpu")),
        ratio_row("durable write: CPU / SQLite, ten years", CPU_OF_SQLITE, old, column(runs["sqlite old"], "cpu")),
        ratio_row("durable write: CPU, ten years / day one", GROWTH, old, young, again),
        ratio_row(
            "   the same of stock TinyDB / SQLite",
            None,
            column(runs["tinydb old"], "cpu"),
            column(runs["sqlite old"], "cpu"),
        ),
        ratio_row(
            "   wall, coach / SQLite, ten years",
            None,
            column(runs["coach old"], "wall"),
            column(runs["sqlite old"], "wall"),
        ),
    ]


def _measure(setting: Setting) -> Runs:
    trials = _prepare(setting)
    runs: Runs = {name: [] for name in trials}
    for _ in range(setting.rounds):
        for name in random.sample(list(trials), len(trials)):
            if name.startswith("tinydb") and len(runs[name]) >= 3:
                runs[name].append(runs[name][-1])  # a third of a second a write: three rounds say enough
            else:
                runs[name].append(ask_child("tests.bench.storage_trial", name.split()[0], str(trials[name])))
    return runs


def _prepare(setting: Setting) -> dict[str, Path]:
    """A folder for each store and age; the history ends on the day the trials write."""
    ages = {"young": 1, "old": setting.long_ago}
    trials: dict[str, Path] = {}
    for age, days in ages.items():
        for kind in ("coach", "sqlite", "tinydb"):
            folder = setting.folder / f"{kind}-{age}"
            folder.mkdir(parents=True)
            trials[f"{kind} {age}"] = folder
            if kind == "coach":
                write_history(Paths(str(folder)), days)
            else:
                fill(kind, folder, days)
    trials["coach again"] = setting.folder / "coach-again"
    write_history(Paths(str(trials["coach again"])), 1)
    del trials["tinydb young"]
    return trials
