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


def rows(home: Path, table: str) -> list[dict[str, object]]:
    run = subprocess.run([*COACH, "list", table, "--json"], env=scrubbed(home), capture_output=True, check=True)
    found: list[dict[str, object]] = json.loads(run.stdout)["records"]
    return found


def begin_and_plan(terminal: Terminal) -> None:
    for page in ("1 of 3", "2 of 3", "3 of 3"):
        terminal.wait_for(page, 20)
        terminal.press("enter")
    terminal.wait_for(re.compile(r"Morning.*Breakfast", re.S))
    terminal.press("a")
    terminal.wait_for("Add to today")
    terminal.press("text:walk at 12:00 today 30m")  # before four in the morning, an evening is tomorrow's
    terminal.wait_for("walk, today 12:00, 30 min")
    terminal.press("enter")
    terminal.wait_for(re.compile(r"\[ \] 12:00  walk"))


def tick_and_set_a_goal(terminal: Terminal) -> None:
    terminal.wait_for(re.compile(r"\[ \] Breakfast"), 20)
    terminal.press("space")
    terminal.wait_for("1 of 4 done")
    terminal.press("2")
    terminal.wait_for("[Goals]")
    terminal.press("a")
    terminal.wait_for("Add a goal")
    terminal.press("text:Back to college", "enter")
    terminal.wait_for(re.compile(r"\[ \] Back to college"))  # in the list: it is on the disk


def add_and_tick_steps(terminal: Terminal) -> None:
    terminal.wait_for("1 of 4 done", 20)
    terminal.press("2")
    terminal.wait_for("Back to college")
    terminal.press("enter", "a")
    terminal.wait_for("One step a line")
    terminal.press("paste:find the form\nring the college", "ctrl+s")
    terminal.wait_for("0 of 2")
    terminal.press("down", "space")
    terminal.wait_for(re.compile(r"\[✓\] find the form"))


def breathe_until_escape(terminal: Terminal) -> None:
    terminal.wait_for("ring the college", 20)  # the next step stands on Today
    terminal.press("b")
    terminal.wait_for("drowsy")
    terminal.press("n")
    terminal.wait_for("How do you feel right now?")
    terminal.press("7")
    terminal.wait_for("breathe in", 10)
    terminal.rest(2.2)
    terminal.press("esc")
    terminal.wait_for("And now?")
    terminal.press("4")
    terminal.wait_for("Kept.")


def breathe_until_the_window_closes(terminal: Terminal) -> None:
    terminal.press("b")
    terminal.wait_for("How do you feel right now?")
    terminal.press("6")
    terminal.wait_for("breathe in", 10)
    terminal.rest(2.2)
    terminal.hang_up()
    assert terminal.wait_exit() == 128 + signal.SIGHUP


def get_a_prompt_on_time(terminal: Terminal) -> None:
    terminal.wait_for("1 of 4 done", 20)
    terminal.press(",")
    terminal.wait_for("[Settings]")
    terminal.press("j", "space")
    terminal.wait_for("The next seven days")
    terminal.press("a")
    terminal.wait_for("Remind me")
    at = datetime.now().replace(microsecond=0) + timedelta(seconds=4)
    terminal.press(f"text:{at:%H:%M:%S} Drink something", "enter")
    terminal.wait_for(re.compile(r"Now.*Drink something", re.S), 12)
    assert -0.1 < (datetime.now() - at).total_seconds() < 3
    terminal.rest(0.6)  # a key pressed just as it comes is held to be meant for the screen before
    terminal.press("enter", "esc")
    terminal.wait_for("[Settings]")


def test_a_day_survives_a_kill_between_all_its_steps(tmp_path: Path) -> None:
    for step in (begin_and_plan, tick_and_set_a_goal, add_and_tick_steps):
        with Terminal(COACH, home=tmp_path) as terminal:
            step(terminal)
            terminal.kill(signal.SIGKILL)
    with Terminal(COACH, home=tmp_path) as terminal:
        breathe_until_escape(terminal)
        breathe_until_the_window_closes(terminal)
    sessions = rows(tmp_path, "sessions")
    assert [session.get("before") for session in sessions] == [7, 6], "the part done when the window closed counts"
    assert sessions[0]["after"] == 4
    assert all(int(str(session["seconds"])) >= 1 for session in sessions)
    with Terminal(COACH, home=tmp_path) as terminal:
        get_a_prompt_on_time(terminal)
        terminal.kill(signal.SIGTERM)
        assert terminal.wait_exit() == 128 + signal.SIGTERM
        assert terminal.left_on() == set(), "the terminal is as it was"
    assert (tmp_path / "state" / "delivered.log").read_text().count("@") == 1
