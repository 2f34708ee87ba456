"""Puts the store under fire and prints what it stood: `python -m tests.fire --help`."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from tests.fire.trial import Outcome, Trial

TRIALS = {
    "kill-1": "tests.fire.kills:one_writer",
    "kill-4": "tests.fire.kills:four_writers",
    "kill-heal": "tests.fire.healing:killed_while_healing",
    "power": "tests.fire.power:power_cut",
    "calls": "tests.fire.calls:each_call",
    "full": "tests.fire.full:full_disk",
    "crowd": "tests.fire.crowd:four_at_once",
    "stopped": "tests.fire.stopped:stopped_holder",
    "damage": "tests.fire.damage:any_file",
    "gap": "tests.fire.gap:before_the_second_copy",
    "undo": "tests.fire.histories:undo_and_redo",
    "devices": "tests.fire.devices:several_devices",
    "moments": "tests.fire.moments:each_once",
    "zones": "tests.fire.moments:every_zone",
    "claims": "tests.fire.claims:four_claim",
    "stopped-screen": "tests.fire.live:stopped_screen",
    "busy-screen": "tests.fire.live:busy_screen",
    "clock": "tests.fire.live:set_clock",
    "unguarded": "tests.fire.live:unguarded",
    "desktop": "tests.fire.desktop:one_notice",
}


def main(words: Sequence[str] | None = None) -> int:
    """0 when every trial held."""
    asked = _parser().parse_args(words)
    outcomes = []
    for name in asked.only or TRIALS:
        print(f"under fire: {name} ...", file=sys.stderr, flush=True)
        outcomes.append(run(name, asked.share))
    print(f"| trial | tried | held |\n|---|---|---|\n{chr(10).join(map(_row, outcomes))}")
    for outcome in outcomes:
        if not outcome.held:
            print(f"\n{outcome.name}:\n{outcome.told()}")
    return 0 if all(outcome.held for outcome in outcomes) else 1


def run(name: str, share: float) -> Outcome:
    """One trial in a folder of its own."""
    module, _, function = TRIALS[name].partition(":")
    trial: Trial = getattr(import_module(module), function)
    folder = Path(tempfile.mkdtemp(prefix="coach-fire-"))
    begun = time.monotonic()
    try:
        found = trial(folder, share)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return replace(found, figures=f"{found.figures}, {time.monotonic() - begun:.0f} s")


def _row(outcome: Outcome) -> str:
    held = "yes" if outcome.held else f"NO, {len(outcome.bad)} bad"
    return f"| {outcome.name} | {outcome.figures} | {held if outcome.tried else 'not tried'} |"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.fire", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=TRIALS, metavar="TRIAL", help=f"of: {', '.join(TRIALS)}")
    parser.add_argument("--share", type=float, default=1.0, help="of the full size: 0.05 is a look, not a proof")
    return parser


if __name__ == "__main__":
    sys.exit(main())
