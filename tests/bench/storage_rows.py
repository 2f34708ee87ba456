"""What a write, an opening and a chart cost beside SQLite and stock TinyDB, and how that grows with the years."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from tests.bench.setting import Setting, ask_child, column
from tests.bench.stores import fill
from tests.bench.table import Row, Series, limit_row, ratio_row, series

CPU_OF_SQLITE, GROWTH, KILOBYTES, SYNCS, OF_RAW = 1.0, 1.15, 4.5, 1.0, 0.15
STORES = ("coach", "sqlite", "tinydb")
FEW, READS = 3, 8
"""Rounds of stock TinyDB and of readings, which take seconds: they say enough."""
Runs = dict[str, list[dict[str, float]]]
Job = tuple[str, str, Path]
"""What is asked of a trial, the kind of store, and its folder."""


def storage_rows(setting: Setting) -> list[Row | Series]:
    """The budgets first, then every cost at every age."""
    runs = _measure(setting)
    ages = tuple(setting.ages)
    return [*_write_rows(runs, ages[0], ages[-1]), *_read_rows(runs, ages[1], ages[-1]), *_growth(runs, ages)]


def _write_rows(runs: Runs, young: str, old: str) -> list[Row | Series]:
    def cpu(trial: str, what: str = "insert") -> list[float]:
        return column(runs[f"write {trial}"], f"{what} cpu")

    ours, theirs = runs[f"write coach {old}"], runs[f"write sqlite {old}"]
    first, last, least = cpu(f"coach {young}"), cpu(f"coach {old}"), cpu(f"bare {young}")
    pages, of_sqlite = column(ours, "insert kilobytes"), column(theirs, "insert kilobytes")
    return [
        limit_row("durable write: fsyncs", SYNCS, column(ours, "insert syncs"), ""),
        limit_row("durable write: physical", KILOBYTES, pages, "KB", of_sqlite),
        ratio_row(f"durable write: CPU / SQLite, {young}", CPU_OF_SQLITE, first, cpu(f"sqlite {young}")),
        ratio_row(f"durable write: CPU / SQLite, {old}", CPU_OF_SQLITE, last, cpu(f"sqlite {old}")),
        ratio_row("   the barest Python / SQLite", None, least, cpu(f"sqlite {young}")),
        ratio_row(f"   coach / the barest Python, {old}", None, last, least),
        ratio_row(f"   an update / SQLite, {old}", None, cpu(f"coach {old}", "update"), cpu(f"sqlite {old}", "update")),
        ratio_row(f"   wall, coach / SQLite, {old}", None, column(ours, "insert wall"), column(theirs, "insert wall")),
        ratio_row(f"durable write: CPU, {old} / {young}", GROWTH, last, first, cpu(f"coach {young} again")),
    ]


def _read_rows(runs: Runs, young: str, old: str) -> list[Row | Series]:
    opened, before = column(runs[f"read coach {old}"], "open cpu"), column(runs[f"read coach {young}"], "open cpu")
    again = column(runs[f"read coach {young} again"], "open cpu")
    raw = column(runs[f"read coach {old}"], "all cpu")
    charts = runs[f"chart coach {old}"]
    summed = column(charts, "summed")
    return [
        ratio_row(f"open for today: CPU, {old} / {young}", None, opened, before, again),
        ratio_row(f"{old} for a chart, CPU / raw scan", OF_RAW, summed, raw),
        ratio_row("   the summaries against another round's", None, summed[1:] + summed[:1], summed),
        limit_row("   making all summaries once", None, column(charts[:1], "built"), "ms"),
    ]


def _growth(runs: Runs, ages: Sequence[str]) -> list[Row | Series]:
    """One line a store and a cost, from the first day to the last year."""

    def line(what: str, kind: str, trial: str, names: tuple[str, ...], unit: str) -> Series:
        taken = {age: [column(runs[f"{trial} {kind} {age}"], name) for name in names] for age in ages}
        return series(what, kind, taken, unit)

    asked = (
        ("insert, CPU / wall", "write", ("insert cpu", "insert wall"), "ms"),
        ("insert, physical", "write", ("insert kilobytes",), "KB"),
        ("update by id, CPU / wall", "write", ("update cpu", "update wall"), "ms"),
        ("update by id, physical", "write", ("update kilobytes",), "KB"),
        ("open for today, CPU / wall", "read", ("open cpu", "open wall"), "ms"),
        ("memory an opening adds", "read", ("open memory",), "KB"),
        ("all urges by hour, CPU / wall", "read", ("all cpu", "all wall"), "ms"),
    )
    return [
        line("insert / update, fsyncs", "coach", "write", ("insert syncs", "update syncs"), ""),
        *(line(what, kind, trial, names, unit) for what, trial, names, unit in asked for kind in STORES),
        line("the same from summaries, CPU", "coach", "chart", ("summed",), "ms"),
        line("a stale summary made again, CPU", "coach", "chart", ("rebuilt",), "ms"),
    ]


def _measure(setting: Setting) -> Runs:
    jobs = _prepare(setting)
    runs: Runs = {name: [] for name in jobs}
    for number in range(setting.rounds):
        for name in random.sample(list(jobs), len(jobs)):
            job = jobs[name]
            if number < _rounds(setting, job):
                runs[name].append(_ask(job))
    return runs


def _rounds(setting: Setting, job: Job) -> int:
    what, kind, _ = job
    if kind == "tinydb":
        return setting.rounds_of(FEW)
    return setting.rounds if what == "write" else setting.rounds_of(READS)


def _ask(job: Job) -> dict[str, float]:
    what, kind, folder = job
    if what == "chart":
        return ask_child("tests.bench.chart_trial", str(folder))
    return ask_child("tests.bench.storage_trial", what, kind, str(folder))


def _prepare(setting: Setting) -> dict[str, Job]:
    """A folder for each trial: a store that was written to is read by nobody else."""
    jobs: dict[str, Job] = {}

    def add(what: str, kind: str, age: str, again: str = "") -> None:
        folder = setting.folder / "stores" / str(len(jobs))
        fill(kind, folder, setting.ages[age])
        jobs[f"{what} {kind} {age}{again}"] = (what, kind, folder)

    first, second, *_ = setting.ages
    for age in setting.ages:
        for kind in STORES:
            add("write", kind, age)
            add("read", kind, age)
        add("chart", "coach", age)
    add("write", "bare", first)
    add("write", "coach", first, " again")
    add("read", "coach", second, " again")
    return jobs
