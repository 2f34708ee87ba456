"""How long it takes to plan prompts: a day of two hundred, and whether a thousand cost more than their number."""

from __future__ import annotations

from tests.bench.setting import Setting, ask_child, column
from tests.bench.table import Row, limit_row, ratio_row

DAY, TIMES = 10.0, 12.0


def prompt_rows(setting: Setting) -> list[Row]:
    runs = []
    for number in range(setting.rounds_of(8)):
        home = setting.folder / f"prompts-{number}"
        home.mkdir()
        runs.append(ask_child("tests.bench.prompt_trial", str(home)))
    hundred, thousand = column(runs, "plan 100"), column(runs, "plan 1000")
    return [
        limit_row("planning a day of 200 prompts", DAY, column(runs, "plan 200"), "ms"),
        ratio_row("planning a day of 1,000 prompts, against 100", TIMES, thousand, hundred),
        limit_row("   what is due of 200, with six weeks of them in the ledger", None, column(runs, "look"), "ms"),
        limit_row("   when the next one comes", None, column(runs, "next"), "ms"),
        limit_row("   the first look of a process", None, column(runs, "first"), "ms"),
    ]
