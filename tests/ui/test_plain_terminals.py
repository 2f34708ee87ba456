"""Terminals with few colours or none, and a person who wants none: what really reaches them."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests.sources import ROOT
from tests.terminal import Terminal

PREPARED = (
    "import os, runpy; from coach.ui.environment import prepare; prepare(os.environ); "
    "runpy.run_module('tests.ui.shell', run_name='__main__')"
)
STYLE = re.compile(rb"\x1b\[([0-9;]*)m")


def test_few_colours_or_none_and_ascii_where_it_is_asked_for(tmp_path: Path) -> None:
    for env, colours, ascii_only in (
        ({"TERM": "linux", "COLORTERM": ""}, {*range(30, 38), *range(40, 48)}, True),
        ({"NO_COLOR": "1"}, set(), False),
        ({"LANG": "C"}, None, True),
    ):
        raw = _walk(tmp_path, env)
        codes = [code for code in STYLE.findall(raw) if code]
        assert codes
        if colours is not None:
            used = {int(part) for code in codes for part in code.split(b";") if part}
            assert used & set(range(30, 110)) - {39, 49} <= colours, (env, sorted(used))
        text = raw.decode("utf-8", "replace")
        assert text.isascii() == ascii_only, (env, sorted({c for c in text if not c.isascii()}))


def _walk(home: Path, env: dict[str, str]) -> bytes:
    with Terminal((sys.executable, "-c", PREPARED), home=home, cwd=ROOT, env=env) as terminal:
        terminal.wait_for("today 0")
        terminal.press("down", "a")
        terminal.wait_for("Add a line")
        terminal.press("text:a?", "enter")
        terminal.wait_for("cannot be read")
        terminal.press("escape", "?")
        terminal.wait_for("Everywhere")
        terminal.press("escape", "f")
        terminal.wait_for("the disk is full")
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 0
        return bytes(terminal.raw)
