"""Prints the table of budgets, measured here and now: `python -m tests.bench --help`."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path

from coach.domain.days import day_of
from tests.bench.setting import Setting
from tests.bench.table import Row, Series, missing_row, render, render_growth

GROUPS = {
    "screen": "tests.bench.screen_rows:screen_rows",
    "command": "tests.bench.command_rows:command_rows",
    "storage": "tests.bench.storage_rows:storage_rows",
    "day": "tests.bench.day_rows:day_rows",
    "prompts": "tests.bench.prompt_rows:prompt_rows",
    "save": "tests.bench.save_rows:save_rows",
    "breath": "tests.bench.breath_rows:breath_rows",
}


def main(words: Sequence[str] | None = None) -> int:
    """0 when every budget is kept, 1 otherwise."""
    asked = _parser().parse_args(words)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the programs under test end as well
    folder = Path(tempfile.mkdtemp(prefix="coach-bench-"))
    rounds = 3 if asked.quick else asked.rounds
    begun = time.monotonic()
    try:
        setting = Setting(folder, rounds, asked.quick, day_of(datetime.now()))
        found = [line for group in asked.only or GROUPS for line in _measure(group, setting)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    rows = [line for line in found if isinstance(line, Row)]
    print(render(rows))
    if growth := [line for line in found if isinstance(line, Series)]:
        print(f"\n{render_growth(growth)}")
    print(f"\n{rounds} rounds, {_machine()}, {(time.monotonic() - begun) / 60:.0f} min. {_EXPLAINED}")
    return 0 if all(row.within is not False for row in rows) else 1


_EXPLAINED = (
    "Ratios are lower quartiles over interleaved rounds; A/A is the floor measured twice, against itself: "
    "what differs by less is noise. Costs by age are lower quartiles."
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="interleaved rounds (20)")
    parser.add_argument("--only", nargs="+", choices=GROUPS, metavar="GROUP", help=f"of: {', '.join(GROUPS)}")
    parser.add_argument("--quick", action="store_true", help="three short rounds and two months: a look, not a proof")
    return parser


def _measure(group: str, setting: Setting) -> Sequence[Row | Series]:
    """The rows of a group; one that cannot be measured does not keep the others from it."""
    print(f"measuring: {group} ...", file=sys.stderr, flush=True)
    module, _, name = GROUPS[group].partition(":")
    try:
        measure: Callable[[Setting], Sequence[Row | Series]] = getattr(import_module(module), name)
        return measure(setting)
    except (AssertionError, ImportError, OSError, RuntimeError, AttributeError) as error:
        print(f"{group}: {error}", file=sys.stderr)
        return [missing_row(group, error)]


def _machine() -> str:
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    sys.exit(main())
