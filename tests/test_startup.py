"""What each command may load, counted in a fresh process: this is what makes them quick."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sources import ROOT
from tests.terminal import scrubbed

RUN = """
import runpy, sys
sys.argv = ["coach", *sys.argv[1:]]
code = 0
try:
    runpy.run_module("coach", run_name="__main__")
except SystemExit as end:
    code = end.code or 0
print("MODULES", *sorted(sys.modules), file=sys.stderr)
raise SystemExit(code)
"""
HEAVY = ("textual", "rich", "asyncio", "apscheduler")
ALSO_HEAVY_FOR_THE_LEAST = ("argparse", "json", "tinydb", "coach.domain", "coach.storage", "coach.bootstrap")


COMMANDS = (
    "log craving 7",
    "log mood 5",
    "today --json",
    "status",
    "add walk",
    "plan --week",
    "habits --json",
    "habits --add walk",
    "goals --json",
    "list items",
    "due",
    "crisis",
)


def modules_after(home: Path, *command: str) -> set[str]:
    """The modules loaded once a command has ended well."""
    code = [sys.executable, "-c", RUN, *command]
    ended = subprocess.run(code, env=scrubbed(home), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    talk, found, modules = ended.stderr.rpartition("MODULES ")
    assert ended.returncode == 0, f"{command}: {ended.returncode}\n{ended.stdout}\n{talk}"
    assert found, ended.stderr
    return set(modules.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_load_no_screen_and_no_scheduler(command: str, tmp_path: Path) -> None:
    loaded = modules_after(tmp_path, *command.split())
    assert not loaded & set(HEAVY)


def test_the_rules_of_repetitions_are_loaded_where_there_is_one(tmp_path: Path) -> None:
    for command in (("add", "walk 07:30 30m fri"), ("today", "--json"), ("plan",), ("status",), ("due",)):
        assert "dateutil" not in modules_after(tmp_path, *command), command
    modules_after(tmp_path, "add", "walk daily")
    assert "dateutil.rrule" in modules_after(tmp_path, "today", "--json")


@pytest.mark.parametrize("command", ["crisis", "status --short"])
def test_the_least_commands_load_next_to_nothing(command: str, tmp_path: Path) -> None:
    loaded = modules_after(tmp_path, *command.split())
    assert not loaded & {*HEAVY, *ALSO_HEAVY_FOR_THE_LEAST}


def test_the_app_loads_no_screen_and_nothing_that_can_wait() -> None:
    code = "import sys, coach.ui.app; print(*sys.modules)"
    env = {**os.environ, "COACH_HOME": "/nonexistent"}
    ended = subprocess.run([sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = ended.stdout.split()
    assert not [name for name in loaded if name.startswith("coach.ui.screens.")]
    assert not {"apscheduler", "tinydb"} & set(loaded)


def test_layers_point_inward() -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
