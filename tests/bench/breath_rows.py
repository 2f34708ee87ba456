"""What the breathing screen costs, and how exactly it keeps time, seen at the other end of the terminal."""

from __future__ import annotations

import re

from tests.bench.breath_app import READY
from tests.bench.measure import Measured, watch
from tests.bench.setting import Setting, column, python
from tests.bench.stats import median, quantile, slope
from tests.bench.table import Row, limit_row, ratio_row
from tests.emulator import Emulator
from tests.sources import ROOT
from tests.terminal import Terminal

CPU_OF_STATIC, BYTES, PAINTS_IN_HOLD = 0.2, 6 * 1024, 2.0
PHASE_P50, PHASE_P95, DRIFT = 2.0, 10.0, 1.0
SIZE = (80, 24)
LEAD_IN = 4.0
"""Seconds until the countdown is over."""
WORD = re.compile(r"^[^\w\n]*(breathe in|breathe out|hold)[^\w\n]*$", re.MULTILINE)
HOLD = re.compile(r"^[^\w\n]*hold[^\w\n]*$", re.MULTILINE)
"""The word in the middle of the shape, not the pattern in the top line."""
SLOW, WITH_HOLD, QUICK = ("4", "0", "6"), ("4", "4", "4"), ("1.5", "0", "1.5")
"""Seconds in, held and out; the quick one has many turns a minute to time."""


def breath_rows(setting: Setting) -> list[Row]:
    seconds = 10.0 if setting.quick else 20.0
    runs: dict[str, list[Measured]] = {"player": [], "static": [], "player again": [], "hold": []}
    for _ in range(setting.rounds_of(3)):
        for kind in ("player", "static", "player again"):
            runs[kind].append(_watch(kind.split()[0], SLOW, seconds))
        runs["hold"].append(_hold())
    errors, drift = _phases(9.0 if setting.quick else 120.0)
    player = column(runs["player"], "idle_cpu")
    static, again = column(runs["static"], "idle_cpu"), column(runs["player again"], "idle_cpu")
    return [
        ratio_row("breathing: CPU / Static.update", CPU_OF_STATIC, player, static, unit="%"),
        ratio_row("   the player against itself", None, again, player, unit="%"),
        limit_row(
            "breathing: bytes", BYTES, column(runs["player"], "idle_bytes"), "B/s", column(runs["static"], "idle_bytes")
        ),
        limit_row("breathing: paints in a hold", PAINTS_IN_HOLD, column(runs["hold"], "paints"), "/s"),
        limit_row("   bytes in a hold", None, column(runs["hold"], "bytes"), "B/s"),
        limit_row("breathing: phase error p50", PHASE_P50, [quantile(errors, 0.5)], "ms"),
        limit_row("breathing: phase error p95", PHASE_P95, [quantile(errors, 0.95)], "ms"),
        limit_row("breathing: drift a minute", DRIFT, [abs(drift)], "ms"),
    ]


def _start(kind: str, phases: tuple[str, ...]) -> Terminal:
    terminal = Terminal(python("-m", "tests.bench.breath_app", kind, *phases), size=SIZE, cwd=ROOT)
    if kind == "player":
        terminal.wait_for("right now?", timeout=30)
        terminal.press("enter")
    terminal.wait_for(READY, timeout=30)
    return terminal


def _watch(kind: str, phases: tuple[str, ...], seconds: float) -> Measured:
    """Whole cycles of ten seconds, so that every run sees the same phases."""
    with _start(kind, phases) as terminal:
        return watch(terminal, seconds)


def _hold() -> Measured:
    """The middle three seconds of a hold of four."""
    with _start("player", WITH_HOLD) as terminal:
        terminal.wait_for(HOLD, timeout=10)
        terminal.rest(0.5)
        chunks, size = len(terminal.chunks), len(terminal.raw)
        terminal.rest(3.0)
        return {"paints": (len(terminal.chunks) - chunks) / 3, "bytes": (len(terminal.raw) - size) / 3}


def _phases(seconds: float) -> tuple[list[float], float]:
    """Milliseconds by which each turn of the breath was early or late, and how that grows in a minute.

    The first turn cannot be known from outside, so the middle of all of them is taken as on time.
    """
    with _start("player", QUICK) as terminal:
        terminal.rest(seconds)
    length = float(QUICK[0])
    turns = turns_of(terminal)
    late = [(moment - number * length) * 1000 for number, moment in enumerate(turns)]
    middle = median(late)
    drift = slope(list(zip([turn / 60 for turn in turns], late, strict=True)))
    return [abs(each - middle) for each in late], drift


def turns_of(terminal: Terminal) -> list[float]:
    """When the word changed, replayed chunk by chunk; the first word is no turn."""
    screen, begun = Emulator(*SIZE), 0
    turns: list[float] = []
    shown = ""
    for moment, _, end in terminal.chunks:
        screen.feed(bytes(terminal.raw[begun:end]))
        begun = end
        found = WORD.search(screen.text())
        if found and found[1] != shown:
            turns += [moment] if shown else []
            shown = found[1]
    return turns
