"""Every end of the full screen, in a real pseudo-terminal: nothing half-typed is lost and nothing private is shown."""

from __future__ import annotations

import inspect
import os
import signal
import stat
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
import textual
from textual.app import App

from coach.ui import running, signals
from coach.ui.crash import EVENTS, log_crash
from tests.sources import ROOT
from tests.terminal import Terminal
from tests.ui.shell import SECRET

PROGRAM = (sys.executable, "-m", "tests.ui.shell")
HALF = "half a line"


def started(home: Path, **more: str) -> Terminal:
    return Terminal(PROGRAM, home=home, cwd=ROOT, env=more)


def type_half(terminal: Terminal) -> None:
    terminal.press("a")
    terminal.wait_for("Add a line")
    terminal.press(f"text:{HALF}")
    terminal.wait_for(f"Reads: {HALF}")


def draft(home: Path) -> str:
    return (home / "state" / "drafts" / "desk.txt").read_text()


def test_a_crash_shows_a_reference_and_no_word_of_the_person(tmp_path: Path) -> None:
    with started(tmp_path) as terminal:
        terminal.wait_for("today 0")
        terminal.press("s")
        assert terminal.wait_exit() == 70
        shown = terminal.screen()
        assert "coach stopped (reference " in shown
        assert "Everything saved is safe" in " ".join(shown.split())
        assert SECRET.encode() not in terminal.raw
        assert b"Traceback" not in terminal.raw
        assert b"ValueError" not in terminal.raw
        assert not terminal.left_on()
        reference = shown.split("(reference ")[1][:6]
    log = tmp_path / "state" / EVENTS
    line = log.read_text()
    assert line.startswith(f"{reference} ValueError shell.py:")
    assert ":action_stumble" in line
    assert SECRET not in line
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_terminate_and_quit_keep_half_a_line_and_restore_the_terminal(tmp_path: Path) -> None:
    for number, code in ((signal.SIGTERM, 143), (signal.SIGINT, 130), (None, 0)):
        with started(tmp_path, TEXTUAL_LOG=str(tmp_path / "log")) as terminal:
            terminal.wait_for("today 0")
            type_half(terminal)
            if number is None:
                terminal.press("ctrl+c")
            else:
                terminal.kill(number)
            assert terminal.wait_exit() == code
            assert draft(tmp_path) == HALF
            assert not terminal.left_on()
            assert "LEFT" in terminal.screen()
        (tmp_path / "state" / "drafts" / "desk.txt").unlink()


def test_a_closed_window_keeps_half_a_line_and_is_not_waited_for(tmp_path: Path) -> None:
    for number in (signal.SIGHUP, None, None):
        with started(tmp_path, PAINTS_AT_THE_END="100") as terminal:
            terminal.wait_for("today 0")
            type_half(terminal)
            if number is not None:
                terminal.kill(number)
            began = time.monotonic()
            terminal.hang_up()
            assert terminal.wait_exit() == 129
            assert time.monotonic() - began < signals.GIVE_UP_AFTER / 2
            assert draft(tmp_path) == HALF
        (tmp_path / "state" / "drafts" / "desk.txt").unlink()


def test_a_terminal_that_takes_nothing_more_does_not_keep_it_alive(tmp_path: Path) -> None:
    with started(tmp_path, GIVE_UP_AFTER="0.5") as terminal:
        terminal.wait_for("today 0")
        type_half(terminal)
        terminal.stand_still()
        terminal.kill(signal.SIGTERM)
        assert terminal.wait_exit() == 143
        assert draft(tmp_path) == HALF


def test_the_end_waits_for_what_is_being_saved() -> None:
    code = (
        "import sys, time\nfrom coach.ui import signals\nsignals.GIVE_UP_AFTER = 0.1\n"
        "def save(seconds): time.sleep(0.3); print('saved', flush=True)\n"
        "signals.end_without(143, save)\ntime.sleep(20)"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=15, check=False)
    assert (ended.returncode, ended.stdout) == (143, b"saved\n")


def test_a_vanished_terminal_ends_it_even_when_hangups_are_ignored(tmp_path: Path) -> None:
    command = ("/bin/sh", "-c", f"trap '' HUP; exec {sys.executable} -m tests.ui.shell")
    with Terminal(command, home=tmp_path, cwd=ROOT) as terminal:
        terminal.wait_for("today 0")
        type_half(terminal)
        terminal.hang_up()
        began = time.monotonic()
        assert terminal.wait_exit(timeout=20) == 129
        assert time.monotonic() - began < 10
        assert draft(tmp_path) == HALF


@pytest.mark.parametrize(
    ("elsewhere", "every"),
    [
        ("build(Paths(sys.argv[1])).moods.log(6)", 1000),
        (
            "brought = Path(sys.argv[1]) / 'data/books/phone002/2026-11.log'\n"
            "        brought.parent.mkdir(parents=True)\n"
            "        line = log.encode(log.Change('0' * 12 + '-0000-phone002', 'c', (('moods', '2611-m', {}),)))\n"
            "        brought.write_bytes(line)",
            10,
        ),
    ],
    ids=["another process, within two seconds", "what a synchroniser brought, within ten"],
)
def test_what_is_written_elsewhere_is_noticed(tmp_path: Path, elsewhere: str, every: int) -> None:
    """One `stat` a second for this machine, one look at all files every ten for others; here in a tenth of the time."""
    assert (running.LOOK_EVERY, running.ARRIVALS_EVERY) == (1, 10)
    code = (
        "import asyncio, sys\nfrom pathlib import Path\nfrom coach.storage import log\nfrom coach.ui import running\n"
        f"running.LOOK_EVERY, running.ARRIVALS_EVERY = 0.1, {every}\n"
        "from coach.bootstrap import build\nfrom coach.paths import Paths\nfrom tests.ui.shell import shell\n"
        "async def main():\n"
        "    app = shell(sys.argv[1]); heard = []\n"
        "    async with app.run_test() as pilot:\n"
        "        await pilot.pause()\n"
        "        app.changed.subscribe(app.screen, heard.append)\n"
        "        (Path(sys.argv[1]) / 'data/books').mkdir(parents=True, exist_ok=True)\n"
        f"        {elsewhere}\n"
        "        for _ in range(100):\n"
        "            await pilot.pause(0.1)\n"
        "            if any('moods' in change.tables for change in heard): break\n"
        "    print(sorted(table for change in heard for table in change.tables))\n"
        "asyncio.run(main())\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert "moods" in ended.stdout, ended.stderr


def test_the_log_takes_no_words_and_a_full_disk_is_no_second_crash(tmp_path: Path) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        log_crash(str(tmp_path), "abc123", error)
        log_crash(os.path.join(str(tmp_path), EVENTS, "not-a-folder"), "abc123", error)
    log_crash("", "abc123", None)
    assert (tmp_path / EVENTS).read_text().startswith("abc123 ValueError test_endings.py:")
    assert SECRET not in (tmp_path / EVENTS).read_text()


def test_the_two_private_names_are_still_there() -> None:
    """Written against Textual 8.2.8; when this goes red, read its app.py before touching coach/ui/crash.py."""
    assert textual.__version__.startswith("8.")
    assert list(inspect.signature(App._handle_exception).parameters) == ["self", "error"]
    assert list(inspect.signature(App._fatal_error).parameters) == ["self"]
    assert "self._fatal_error()" in inspect.getsource(App._handle_exception)
    assert "self.panic(error)" in inspect.getsource(App._handle_exception)
    assert "show_locals=True" in inspect.getsource(App._fatal_error)


def test_stopped_and_continued_it_still_ends_and_gives_the_terminal_back(tmp_path: Path) -> None:
    with Terminal((sys.executable, "-m", "coach"), home=tmp_path, cwd=ROOT) as terminal:
        before = termios.tcgetattr(terminal._master)
        terminal.wait_for("1 of 3", 20)
        for _ in range(3):
            terminal.kill(signal.SIGSTOP)
            terminal.rest(0.3)
            terminal.kill(signal.SIGCONT)
            terminal.rest(0.5)
        terminal.press("enter")
        terminal.wait_for("2 of 3")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        assert termios.tcgetattr(terminal._master) == before
