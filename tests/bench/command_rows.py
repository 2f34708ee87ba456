"""One-shot commands against a Python that does nothing at all."""

from __future__ import annotations

import random

from tests.bench.measure import Measured, run_command
from tests.bench.setting import Setting, column, python
from tests.bench.table import Row, ratio_row

COMMANDS: dict[str, tuple[float | None, list[str]]] = {
    "coach log craving 7": (6.0, ["log", "craving", "7"]),
    "coach crisis": (2.0, ["crisis"]),
    "coach status --short": (2.0, ["status", "--short"]),
    "coach today": (None, ["today"]),
    "coach add": (None, ["add", "walk 07:30 30m"]),
}


def command_rows(setting: Setting) -> list[Row]:
    commands = {name: python("-m", "coach", *words) for name, (_, words) in COMMANDS.items()}
    commands |= {"pass": python("-c", "pass"), "pass again": python("-c", "pass")}
    runs: dict[str, list[Measured]] = {name: [] for name in commands}
    for _ in range(setting.rounds + 1):
        for name in random.sample(list(commands), len(commands)):
            runs[name].append(run_command(commands[name], setting.ten_years))
    cpu = {name: column(measured[1:], "cpu") for name, measured in runs.items()}  # the first round warms the disk
    return [
        ratio_row(f"{name}, CPU / pass", limit, cpu[name], cpu["pass"], cpu["pass again"])
        for name, (limit, _) in COMMANDS.items()
    ]
