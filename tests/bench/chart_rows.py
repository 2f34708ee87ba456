"""A chart over ten years, from the monthly summaries against the logs themselves."""

from __future__ import annotations

from tests.bench.setting import Setting, ask_child, column
from tests.bench.table import Row, limit_row, ratio_row

OF_RAW = 0.15


def chart_rows(setting: Setting) -> list[Row]:
    home = str(setting.lived("charted", setting.long_ago))
    built = ask_child("tests.bench.chart_trial", home)["built"]
    runs = [ask_child("tests.bench.chart_trial", home) for _ in range(setting.rounds_of(8))]
    summed, raw = column(runs, "summaries"), column(runs, "raw")
    again = summed[1:] + summed[:1]
    return [
        ratio_row("ten years for a chart, CPU / raw scan", OF_RAW, summed, raw),
        ratio_row("   the summaries against another round's", None, again, summed),
        limit_row("   building all summaries once", None, [built], "ms"),
    ]
