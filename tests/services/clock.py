"""Coach at a moment of one's choosing, without a screen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from coach.bootstrap import Coach, build
from coach.domain.day_view import Line
from coach.domain.items import Item
from coach.paths import Paths

TODAY = date(2026, 11, 23)


class Watch:
    """A clock that is set by hand."""

    def __init__(self, hour: int = 10, minute: int = 42) -> None:
        self.now = datetime(2026, 11, 23, hour, minute, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def coach_at(home: Path, watch: Watch, config: str = "") -> Coach:
    if not (home / "config.toml").exists():
        (home / "config.toml").write_text(f'zone = "UTC"\n{config}')
    return build(Paths(str(home)), watch)


def add(coach: Coach, line: str) -> Item:
    return coach.items.add(coach.items.read(line))


def lines(coach: Coach, day: date = TODAY) -> list[Line]:
    return list(coach.items.view(day).lines)


def titles(coach: Coach, day: date = TODAY) -> list[str]:
    return [line.item.title for line in lines(coach, day)]


def state(coach: Coach, item: Item, day: date = TODAY) -> str:
    return next(line.state for line in lines(coach, day) if line.item.id == item.id)


def written(home: Path) -> dict[str, bytes]:
    """Every byte of every book."""
    return {str(path): path.read_bytes() for path in sorted((home / "data").rglob("*.log"))}
