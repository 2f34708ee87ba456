"""One run of one program, seen from outside: what it costs to start, to wait, to answer a key and to end."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.bench.stats import quantile
from tests.sources import ROOT
from tests.terminal import Terminal, cpu_seconds, scrubbed

SETTLED = 0.05
"""Seconds of silence after which a paint is taken to be over."""
WAKEUPS = re.compile(r"^voluntary_ctxt_switches:\s+(\d+)", re.MULTILINE)
PSS = re.compile(r"^Pss:\s+(\d+)", re.MULTILINE)
Measured = dict[str, float]


@dataclass(frozen=True, slots=True)
class Program:
    """A full-screen program and how it is driven."""

    name: str
    command: Sequence[str]
    ready: str | re.Pattern[str]
    home: Path
    keys: Sequence[str] = ("down", "up")
    quit: Sequence[str] = ("ctrl+q",)
    env: dict[str, str] = field(default_factory=dict)


def run_program(program: Program, *, rest: float = 1.0, idle: float = 0.0, keys: int = 0) -> Measured:
    """Milliseconds, kilobytes and percent of a core, by name."""
    with Terminal(program.command, home=program.home, env=program.env, cwd=ROOT) as terminal:
        seen = terminal.wait_for(program.ready, timeout=60)
        assert terminal.painted is not None
        found = {
            "paint_cpu": _cpu_at(terminal, terminal.painted),
            "ready_cpu": _cpu_at(terminal, seen),
            "ready_wall": seen * 1000,
            "start_bytes": float(next(size for moment, _, size in terminal.chunks if moment >= seen)),
        }
        terminal.rest(rest)
        found |= memory_of(terminal.pid)
        if idle:
            found |= watch(terminal, idle)
        if keys:
            found |= press_keys(terminal, program.keys, keys)
        begun = time.perf_counter()
        terminal.press(*program.quit)
        with suppress(AssertionError):  # a program that will not end is measured as ten seconds
            terminal.wait_exit(10)
        return found | {"exit": (time.perf_counter() - begun) * 1000}


def watch(terminal: Terminal, seconds: float) -> Measured:
    """CPU, bytes and wake-ups while nobody touches a key."""
    cpu, size, wakes, begun = (
        cpu_seconds(terminal.pid),
        len(terminal.raw),
        wakeups_of(terminal.pid),
        time.perf_counter(),
    )
    terminal.rest(seconds)
    passed = time.perf_counter() - begun
    return {
        "idle_cpu": 100 * (cpu_seconds(terminal.pid) - cpu) / passed,
        "idle_bytes": (len(terminal.raw) - size) / passed,
        "idle_wakeups": (wakeups_of(terminal.pid) - wakes) / passed,
    }


def press_keys(terminal: Terminal, keys: Sequence[str], count: int) -> Measured:
    """From a key to the first byte it brings, and what it costs until all is quiet again."""
    waits: list[float] = []
    cpu, size = 0.0, 0
    for number in range(count):
        while terminal.read(SETTLED):
            pass
        cpu_before, size_before, begun = cpu_seconds(terminal.pid), len(terminal.raw), time.perf_counter()
        terminal.press(keys[number % len(keys)])
        if terminal.read(0.5):
            waits.append((time.perf_counter() - begun) * 1000)
        while terminal.read(SETTLED):
            pass
        cpu += cpu_seconds(terminal.pid) - cpu_before
        size += len(terminal.raw) - size_before
    assert waits, "no key brought anything"
    return {
        "key_p50": quantile(waits, 0.5),
        "key_p95": quantile(waits, 0.95),
        "key_cpu": cpu * 1000 / count,
        "key_bytes": size / count,
        "key_silent": float(count - len(waits)),
    }


def run_command(command: Sequence[str], home: Path) -> Measured:
    """A command from its start to its end, its output thrown away."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        env=scrubbed(home),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return {"cpu": (used.ru_utime + used.ru_stime) * 1000, "wall": (time.perf_counter() - begun) * 1000}


def memory_of(pid: int) -> Measured:
    """Kilobytes: resident, and its fair share where pages are shared."""
    found = {"rss": psutil.Process(pid).memory_info().rss / 1024}
    rollup = Path(f"/proc/{pid}/smaps_rollup")
    if rollup.exists() and (match := PSS.search(rollup.read_text())):
        found["pss"] = float(match[1])
    return found


def wakeups_of(pid: int) -> int:
    """How often any of its threads has waited for something so far."""
    count = 0
    for status in Path(f"/proc/{pid}/task").glob("*/status"):
        with suppress(OSError):  # threads come and go
            match = WAKEUPS.search(status.read_text())
            count += int(match[1]) if match else 0
    return count


def _cpu_at(terminal: Terminal, moment: float) -> float:
    """Milliseconds of CPU used by the time the chunk of that moment was read."""
    return 1000 * next(cpu for when, cpu, _ in terminal.chunks if when >= moment)
