"""The main job, in a real terminal: plan, breathe, tick a goal's steps, get a prompt on time, and find it all again."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from tests.terminal import Terminal, scrubbed

COACH = [sys.executable, "-m", "coach"]


def start(home: Path) -> Terminal:
    terminal = Terminal(COACH, home=home)
    terminal.wait_for("1 Today" if (home / "config.toml").exists() else "1 of 3", 20)
    return terminal


def rows(home: Path, table: str) -> list[dict[str, object]]:
    run = subprocess.run([*COACH, "list", table, "--json"], env=scrubbed(home), capture_output=True, check=True)
    found: list[dict[str, object]] = json.loads(run.stdout)["records"]
    return found


def test_a_day_survives_a_kill_between_all_its_steps(tmp_path: Path) -> None:
    with Terminal(COACH, home=tmp_path) as first:
        first.wait_for("1 of 3", 20)
        first.press("enter")
        first.wait_for("2 of 3")
        first.press("enter")
        first.wait_for("3 of 3")
        first.press("enter")
        first.wait_for(re.compile(r"Morning.*Breakfast", re.S))
        first.press("a")
        first.wait_for("Add to today")
        first.press("text:walk 23:58 30m")
        first.wait_for("walk, today 23:58, 30 min")
        first.press("enter")
        first.wait_for(re.compile(r"\[ \] 23:58  walk"))
        first.kill(signal.SIGKILL)
    with Terminal(COACH, home=tmp_path) as second:
        second.wait_for(re.compile(r"\[ \] Breakfast"), 20)
        second.press("space")
        second.wait_for(re.compile(r"1 of 4 done"))
        second.press("2")
        second.wait_for("[Goals]")
        second.press("a")
        second.wait_for("Add a goal")
        second.press("text:Back to college", "enter")
        second.wait_for("Back to college")
        second.kill(signal.SIGKILL)
    with Terminal(COACH, home=tmp_path) as third:
        third.wait_for(re.compile(r"1 of 4 done"), 20)
        third.press("b")
        third.wait_for("drowsy")
        third.press("n")
        third.wait_for("0")
        third.press("7")
        third.wait_for("breathe in", 10)
        third.rest(2.2)
        third.press("esc")
        third.wait_for(re.compile("after|now", re.I))
        third.press("4")
        third.wait_for("Kept.")
        third.press("b")
        third.wait_for(re.compile("before|how", re.I))
        third.press("6")
        third.wait_for("breathe in", 10)
        third.rest(2.2)
        third.hang_up()
        assert third.wait_exit() == 128 + signal.SIGHUP
    sessions = rows(tmp_path, "sessions")
    assert [session.get("before") for session in sessions] == [7, 6], "the part done when the window closed counts"
    assert sessions[0]["after"] == 4
    assert all(int(str(session["seconds"])) >= 1 for session in sessions)
    with Terminal(COACH, home=tmp_path) as fourth:
        fourth.wait_for(re.compile(r"1 of 4 done"), 20)
        fourth.press("comma" if False else ",")
        fourth.wait_for("[Settings]")
        fourth.press("a")
        fourth.wait_for("Remind me")
        at = datetime.now() + timedelta(seconds=4)
        fourth.press(f"text:{at:%H:%M:%S} Drink something", "enter")
        fourth.wait_for("Now", 12)
        assert "Drink something" in fourth.screen()
        fourth.press("enter")
        fourth.wait_for("[Settings]")
        fourth.kill(signal.SIGTERM)
        assert fourth.wait_exit() == 128 + signal.SIGTERM
        assert fourth.left_on() == set(), "the terminal is as it was"
    assert (tmp_path / "state" / "delivered.log").read_text().count("@") == 1
