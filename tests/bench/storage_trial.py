"""What a store costs, in a process of its own: `python -m tests.bench.storage_trial write|read KIND FOLDER`.

`write` prints what one durable insert and one durable update of a record by its id cost; `read` what it costs to
open the store for today, and to count all urges of all months by weekday and hour.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.bench.chart_trial import by_hour
from tests.bench.stores import KINDS, Kept

WRITES, WARM = 40, 5
FEW = 5
"""Writes of stock TinyDB, a third of a second each after ten years."""
Costs = dict[str, float]


def write(kind: str, folder: Path) -> Costs:
    store: Kept = KINDS[kind](folder)
    if kind == "coach":
        store.today()  # a screen has its books open
    count = FEW if kind == "tinydb" else WRITES
    for number in range(WARM if kind != "tinydb" else 1):
        store.insert(number)
    synced = count_syncs()
    inserted: list[str] = []
    insert = _each(count, lambda number: inserted.append(store.insert(number)), synced)
    update = _each(count, lambda number: store.update(inserted[number], number + 1), synced)
    return _named("insert", insert) | _named("update", update)


def read(kind: str, folder: Path) -> Costs:
    store: Kept = KINDS[kind](folder)
    gc.collect()
    resident = resident_kilobytes()
    opened = _each(1, lambda _: store.today(), [])
    opened["memory"] = resident_kilobytes() - resident
    everything = _each(1, lambda _: by_hour(store.cravings()), [])
    return _named("open", opened) | _named("all", everything)


def _each(count: int, work: Callable[[int], object], synced: list[int]) -> Costs:
    """CPU and wall milliseconds, fsyncs and physical kilobytes of one of so many."""
    before, size, cpu, begun = len(synced), written_bytes(), time.process_time(), time.perf_counter()
    for number in range(count):
        work(number)
    return {
        "cpu": (time.process_time() - cpu) * 1000 / count,
        "wall": (time.perf_counter() - begun) * 1000 / count,
        "syncs": (len(synced) - before) / count,
        "kilobytes": (written_bytes() - size) / 1024 / count,
    }


def _named(what: str, costs: Costs) -> Costs:
    return {f"{what} {name}": cost for name, cost in costs.items()}


def count_syncs() -> list[int]:
    """Every fsync Python asks for from here on (SQLite asks for its own, out of sight)."""
    asked: list[int] = []
    real = os.fsync

    def fsync(fd: Any) -> None:
        asked.append(fd)
        real(fd)

    os.fsync = fsync
    return asked


def written_bytes() -> int:
    """What this process has made the disk write, in whole pages; 0 where the system does not say."""
    with suppress(OSError):
        for line in Path("/proc/self/io").read_text().splitlines():
            if line.startswith("write_bytes:"):
                return int(line.split()[1])
    return 0


def resident_kilobytes() -> float:
    """The memory this process holds now; 0 where the system does not say."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024
    return 0.0


TRIALS: dict[str, Callable[[str, Path], Costs]] = {"write": write, "read": read}

if __name__ == "__main__":
    print(json.dumps(TRIALS[sys.argv[1]](sys.argv[2], Path(sys.argv[3]))))
