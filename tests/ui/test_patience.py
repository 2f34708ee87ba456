"""Keys in one burst, bytes of any kind, and what a kill leaves: all in a real pseudo-terminal."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from tests.terminal import Terminal, scrubbed

COACH = [sys.executable, "-m", "coach"]


def coach(home: Path, *words: str, **given: str) -> str:
    command = [*COACH, *words]
    return subprocess.run(command, env=scrubbed(home), capture_output=True, text=True, check=True).stdout


def test_letters_that_come_with_the_key_go_into_the_dialog(tmp_path: Path) -> None:
    """Over a slow line the whole word arrives at once; "d" must not delete what is on the page."""
    coach(tmp_path, "add", "keep me")
    with Terminal(COACH, home=tmp_path) as terminal:
        terminal.wait_for("keep me", 20)
        terminal.send(b"adentist\r")
        terminal.wait_for("[ ] dentist")
        assert "[ ] keep me" in terminal.screen()
        terminal.send(b"ee")
        terminal.wait_for("Change")
        terminal.press("esc")
        terminal.wait_for("0 of 2 done")
        terminal.send(b"/dent")  # "d" and "e" are keys of the page, too
        terminal.wait_for("planned")
        assert " dent\n" in terminal.screen()
        terminal.press("esc")
        terminal.wait_for("0 of 2 done")
        terminal.send(b"acaf\xe9 \x9b\xff\r")
        terminal.wait_for("0 of 3 done")
        assert "caf" in terminal.screen()


def test_a_breath_that_was_killed_counts(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('theme = "dusk"\n')
    with Terminal(COACH, home=tmp_path) as terminal:
        terminal.wait_for("a adds the first", 20)
        terminal.press("b")
        terminal.wait_for("drowsy")
        terminal.press("n")
        terminal.wait_for("right now?")
        terminal.press("7")
        terminal.wait_for("breathe in", 10)
        terminal.rest(8.5)
        terminal.kill(signal.SIGKILL)
    coach(tmp_path, "today")
    with Terminal(COACH, home=tmp_path) as terminal:
        terminal.wait_for("broke off counts", 20)
    assert "before=7" in coach(tmp_path, "list", "sessions")
