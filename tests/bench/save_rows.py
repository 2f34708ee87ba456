"""How long the screen stands still while something is saved."""

from __future__ import annotations

from tests.bench.setting import Setting, ask_child, column
from tests.bench.table import Row, limit_row

GAP = 15.0


def save_rows(setting: Setting) -> list[Row]:
    home = str(setting.lived("saving", 60))
    runs = [ask_child("tests.bench.save_trial", home) for _ in range(setting.rounds_of(5))]
    return [
        limit_row("longest gap in the screen in 30 saves", GAP, column(runs, "gap"), "ms", column(runs, "quiet")),
        limit_row("   the middle one", None, column(runs, "middle"), "ms"),
    ]
