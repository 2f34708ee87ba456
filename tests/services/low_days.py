"""A low-energy day as a person sees it, also on two devices that meet."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from coach.bootstrap import Coach
from tests.services.clock import TODAY, Watch, coach_at, lines

DEVICES = ("one", "two")
THREE = ["Eat and drink something", "A few words with somebody", "To bed at a set time"]


def states(coach: Coach, day: date = TODAY) -> dict[str, str]:
    return {line.item.title: line.state for line in lines(coach, day)}


def first(coach: Coach, day: date = TODAY) -> list[str]:
    """What stands before all else."""
    section = coach.items.view(day).sections[0]
    return [line.item.title for line in section.things if section.part is None]


def two_devices(folder: Path, watch: Watch) -> list[Coach]:
    found = []
    for name in DEVICES:
        (folder / name).mkdir()
        found.append(coach_at(folder / name, watch))
    return found


def meet(folder: Path, both: list[Coach]) -> None:
    share([folder / name for name in DEVICES])
    for coach in both:
        coach.catch_up()


def share(homes: list[Path]) -> None:
    """What each device wrote reaches the other, as a shared folder would bring it."""
    for source, target in ((homes[0], homes[1]), (homes[1], homes[0])):
        for path in (source / "data").rglob("*.log"):
            there = target / path.relative_to(source)
            there.parent.mkdir(parents=True, exist_ok=True)
            if not there.exists() or there.stat().st_size < path.stat().st_size:  # a log only grows
                shutil.copy(path, there)
