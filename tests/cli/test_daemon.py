"""`remind --daemon` in a process of its own: tells what comes due once, writes nothing while idle, ends when told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coach.bootstrap import build
from coach.paths import Paths
from tests.cli.running import Home
from tests.sources import ROOT
from tests.terminal import scrubbed

QUICKLY = """
import sys
from coach.services import alarm
alarm.HEARTBEAT = 0.2
from coach.cli.main import run
sys.exit(run(["remind", "--daemon"]))
"""
STUMBLING = """
from datetime import timedelta
from coach.cli import vigil
from coach.services.reminders import Reminders
vigil.AGAIN = timedelta(seconds=0.2)
deliver, stumbles = Reminders.deliver, [1, 2, 3]
def stumble(self):
    if stumbles:
        stumbles.pop()
        raise TypeError("a person's own words")
    return deliver(self)
Reminders.deliver = stumble
"""


def desktop(folder: Path, script: str = "") -> Path:
    """A notify-send that keeps what it was given."""
    folder.mkdir(exist_ok=True)
    program = folder / "notify-send"
    program.write_text(f"#!/bin/sh\n{script}\nprintf '%s\\n' \"$3\" >> '{folder}/told'\n")
    program.chmod(0o755)
    return folder / "told"


@contextmanager
def watching(home: Home, path: Path, before: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """A daemon that has begun."""
    env = scrubbed(home.path, {"PATH": str(path), "PYTHONPATH": str(ROOT)})
    with subprocess.Popen(
        [sys.executable, "-c", before + QUICKLY], env=env, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True
    ) as daemon:
        try:
            assert daemon.stderr is not None
            assert b"Watching" in daemon.stderr.readline()
            yield daemon
        finally:
            daemon.kill()


def remind_in(home: Home, seconds: float) -> datetime:
    """A sentence set an hour ago for a whole second that is so far ahead."""
    now = datetime.now().astimezone()
    at = (now + timedelta(seconds=seconds)).replace(microsecond=0)
    build(Paths(str(home.path)), lambda: now - timedelta(hours=1)).sentences.add(at.time(), "ring the green door")
    return at


def until(fits: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not fits():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def test_it_tells_what_another_process_sets_and_once(home: Home, tmp_path: Path) -> None:
    told = desktop(tmp_path / "bin")
    with watching(home, tmp_path / "bin") as daemon:
        time.sleep(0.5)
        at = remind_in(home, 2)
        until(told.exists)
        assert timedelta(0) <= datetime.now().astimezone() - at < timedelta(seconds=4)
        time.sleep(0.6)
        assert told.read_text() == "coach: 1 thing\n"
        assert home.json("due")["due"] == []
        daemon.send_signal(signal.SIGTERM)
        assert daemon.wait(10) == 128 + signal.SIGTERM
        assert daemon.stderr is not None
        assert daemon.stderr.read() == b""


def test_a_new_setting_counts_at_once(home: Home, tmp_path: Path) -> None:
    told = desktop(tmp_path / "bin")
    home.path.mkdir(exist_ok=True)
    (home.path / "config.toml").write_text('notify = "none"\n')
    remind_in(home, -60)
    with watching(home, tmp_path / "bin"):
        time.sleep(0.6)
        assert not told.exists()
        (home.path / "config.toml").write_text('notify = "desktop"\n')
        until(told.exists)


def test_idle_it_writes_nothing(home: Home, tmp_path: Path) -> None:
    desktop(tmp_path / "bin")
    remind_in(home, 3600)
    with watching(home, tmp_path / "bin"):
        time.sleep(1)
        before = _looks(home.path)
        assert before
        time.sleep(1.5)
        assert _looks(home.path) == before


def test_status_bars_are_told_what_changes(home: Home, tmp_path: Path) -> None:
    status = home.path / "state" / "status"
    with watching(home, tmp_path / "bin"):
        until(status.exists)
        coach = build(Paths(str(home.path)))
        coach.items.add(coach.items.read("ring the green door"))
        until(lambda: status.read_text() != "0/0\n")
        assert status.read_text() == "0/1\n", "numbers, and no word of what was written"


def test_one_is_enough_for_a_home(home: Home, tmp_path: Path) -> None:
    desktop(tmp_path / "bin")
    with watching(home, tmp_path / "bin") as first:
        second = home.process("remind", "--daemon")
        assert (second.code, second.out) == (5, "")
        assert "watches over this already" in second.err
        assert first.poll() is None
        with watching(home.another(), tmp_path / "bin"):
            pass  # another home is another matter
        first.kill()
        first.wait()
    with watching(home, tmp_path / "bin"):
        pass  # however the first ended


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_it_with_its_number(home: Home, tmp_path: Path, number: signal.Signals) -> None:
    """Also while the desktop takes its time: what is told then is claimed, so it never comes twice."""
    told = desktop(tmp_path / "bin", "/bin/sleep 0.6")
    remind_in(home, -60)
    with watching(home, tmp_path / "bin") as daemon:
        time.sleep(0.4)
        daemon.send_signal(number)
        daemon.send_signal(number)
        assert daemon.wait(10) == 128 + number
    assert told.read_text() == "coach: 1 thing\n"
    assert home.json("due")["due"] == []


def test_a_desktop_that_takes_nothing_is_news_once_and_tried_again(home: Home, tmp_path: Path) -> None:
    desktop(tmp_path / "bin", "exit 1")
    remind_in(home, -60)
    with watching(home, tmp_path / "bin") as daemon:
        assert daemon.stderr is not None
        assert b"nothing took it" in daemon.stderr.readline()
        time.sleep(0.5)
        daemon.terminate()
        assert daemon.stderr.read() == b""
    assert len(home.json("due")["due"]) == 1


def test_a_look_that_goes_wrong_is_said_once_and_made_again(home: Home, tmp_path: Path) -> None:
    told = desktop(tmp_path / "bin")
    remind_in(home, -60)
    with watching(home, tmp_path / "bin", STUMBLING) as daemon:
        until(told.exists)
        daemon.terminate()
        assert daemon.stderr is not None
        assert daemon.stderr.read() == (
            b"coach: What is due could not be read (TypeError). It is tried again; coach due may say more.\n"
        )


def _looks(place: Path) -> dict[str, tuple[int, int]]:
    """Size and time of change of every file and folder."""
    found = [Path(folder) / name for folder, folders, files in os.walk(place) for name in (*folders, *files)]
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in [place, *found]}
