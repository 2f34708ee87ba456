"""The full screen against the floor: starting, memory, waiting, answering a key."""

from __future__ import annotations

import random
import re

from tests.bench.floor import READY
from tests.bench.measure import Measured, Program, run_program
from tests.bench.setting import Setting, column, python
from tests.bench.table import Row, limit_row, ratio_row

START, HISTORY, MEMORY, MEMORY_GROWTH = 1.25, 1.05, 1.35, 1.04
"""Growth was budgeted at 1.02 before habits and goals were there; ten years measure 1.03 since, 1.5 MB."""
FULL = 1.75
"""Measured 1.6: its present month alone is 1,800 checksummed changes (45 ms), and its Today has 340 lines (25 ms)."""
IDLE_CPU, IDLE_BYTES, WAKEUPS = 0.2, 0.0, 12.0
KEY_P50, KEY_P95, KEY_BYTES = 1.0, 1.5, 0.25
FLOOR_READY = re.compile(rf"{READY}[\s\S]*line 0[\s\S]*Quit")
TODAY_READY = re.compile(r"Today[\s\S]*(?:Morning|Midday|Evening|Any time|Nothing here yet)[\s\S]*Help now")
"""The row of places, the first section of the day, and the keys: what a hand needs to begin."""
WATCHED_ROUNDS = 5
"""Rounds in which the idle screen is watched; it hardly varies, and takes long."""
Runs = dict[str, list[Measured]]


def screen_rows(setting: Setting) -> list[Row]:
    runs = _measure(setting)
    return [*_start_rows(runs), *_memory_rows(runs), *_idle_rows(runs), *_key_rows(runs)]


def _measure(setting: Setting) -> Runs:
    coach, floor = python("-m", "coach"), python("-m", "tests.bench.floor")
    programs = [
        Program("floor", floor, FLOOR_READY, setting.folder / "floor"),
        Program("floor again", floor, FLOOR_READY, setting.folder / "floor"),
        Program("coach", coach, TODAY_READY, setting.day_one),
        Program("coach again", coach, TODAY_READY, setting.lived("day-one-again", 1)),
        Program("ten years", coach, TODAY_READY, setting.ten_years),
        Program("full", coach, TODAY_READY, setting.full),
    ]
    runs: Runs = {program.name: [] for program in programs}
    for number in range(setting.rounds + 1):
        idle = (2.0 if setting.quick else 10.0) if 0 < number <= WATCHED_ROUNDS else 0.0
        for program in random.sample(programs, len(programs)):
            measured = run_program(program, idle=idle, keys=20)
            if number:  # the first round warms the disk, and builds what is built once
                runs[program.name].append(measured)
    return runs


def _start_rows(runs: Runs) -> list[Row]:
    def of(name: str, what: str) -> list[float]:
        return column(runs[name], what)

    coach, floor, control = of("coach", "ready_cpu"), of("floor", "ready_cpu"), of("floor again", "ready_cpu")
    paint, again = of("coach", "paint_cpu"), of("coach again", "paint_cpu")
    return [
        ratio_row("CPU to usable Today / floor", START, coach, floor, control),
        ratio_row("   with 300 items, 40 habits, ten years", FULL, of("full", "ready_cpu"), floor, control),
        ratio_row("first paint, ten years / day one", HISTORY, of("ten years", "paint_cpu"), paint, again),
        ratio_row(
            "   usable, ten years / day one", None, of("ten years", "ready_cpu"), coach, of("coach again", "ready_cpu")
        ),
        ratio_row("   wall to usable / floor", None, of("coach", "ready_wall"), of("floor", "ready_wall")),
        ratio_row(
            "   bytes until usable / floor", None, of("coach", "start_bytes"), of("floor", "start_bytes"), unit="B"
        ),
        ratio_row("   exit / floor", None, of("coach", "exit"), of("floor", "exit"), of("floor again", "exit")),
    ]


def _memory_rows(runs: Runs) -> list[Row]:
    rss = {name: [each / 1024 for each in column(measured, "rss")] for name, measured in runs.items()}
    return [
        ratio_row("memory after start / floor", MEMORY, rss["coach"], rss["floor"], rss["floor again"], "MB"),
        ratio_row(
            "memory, ten years / day one", MEMORY_GROWTH, rss["ten years"], rss["coach"], rss["coach again"], "MB"
        ),
    ]


def _idle_rows(runs: Runs) -> list[Row]:
    def row(what: str, limit: float, name: str, unit: str) -> Row:
        return limit_row(what, limit, column(runs["coach"], name), unit, column(runs["floor"], name))

    return [
        row("idle: CPU of a core", IDLE_CPU, "idle_cpu", "%"),
        row("idle: bytes to the terminal", IDLE_BYTES, "idle_bytes", "B/s"),
        row("idle: wake-ups", WAKEUPS, "idle_wakeups", "/s"),
    ]


def _key_rows(runs: Runs) -> list[Row]:
    def row(what: str, limit: float | None, name: str, unit: str = "ms") -> Row:
        base, control = column(runs["floor"], name), column(runs["floor again"], name)
        return ratio_row(what, limit, column(runs["coach"], name), base, control, unit)

    return [
        row("key to paint p50 / floor", KEY_P50, "key_p50"),
        row("key to paint p95 / floor", KEY_P95, "key_p95"),
        row("bytes a key / floor", KEY_BYTES, "key_bytes", "B"),
        row("   CPU a key / floor", None, "key_cpu"),
    ]
