"""How long it takes to work out the days of a week, and Today with three hundred items."""

from __future__ import annotations

from tests.bench.setting import Setting, ask_child, column
from tests.bench.table import Row, limit_row

WEEK = 20.0


def day_rows(setting: Setting) -> list[Row]:
    runs = []
    for number in range(setting.rounds_of(8)):
        home = setting.folder / f"days-{number}"
        home.mkdir()
        runs.append(ask_child("tests.bench.day_trial", str(home)))
    return [
        limit_row("a week of 100 repeating items from 2015", WEEK, column(runs, "week"), "ms"),
        limit_row("   Today's view with 300 items, 100 of them repeating", None, column(runs, "today"), "ms"),
        limit_row("   the same for a week", None, column(runs, "days"), "ms"),
    ]
