"""breathe: paced by the clock alone, safe to begin, ended at any moment with the part done kept."""

from __future__ import annotations

import io
import os
import re
import signal
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from coach.bootstrap import build
from coach.cli.guide import Clock, Line, Phases, Walk
from coach.domain.errors import NotSaved
from coach.domain.practices import Practice
from coach.domain.session_clock import Course
from coach.paths import Paths
from tests.cli.running import Home
from tests.sources import ROOT
from tests.terminal import Terminal

BREATHE = [sys.executable, "-m", "coach", "breathe"]


class Hands:
    """A clock that stands still but for what is waited, and for what is added to every wait."""

    def __init__(self, late: float = 0.0, ends: Callable[[float], None] = lambda reading: None) -> None:
        self.reading, self._late, self._ends = 100.0, late, ends

    def wait(self, seconds: float) -> None:
        assert 0 <= seconds <= 1
        assert self.reading < 10_000, "it never ends"
        self.reading += seconds + self._late
        self._ends(self.reading)

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.reading, self.wait)


class Screen(io.StringIO):
    """A terminal for the line."""

    def isatty(self) -> bool:
        return True


def practice(name: str = "ext-4-6") -> Practice:
    return build(Paths("/nowhere")).practices.get(name)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """Minutes that pass at once."""
    hands = Hands()
    monkeypatch.setattr("coach.cli.practice.monotonic", lambda: hands.reading)
    monkeypatch.setattr("coach.cli.practice.sleep", hands.wait)
    return hands


def test_a_line_for_each_phase(quick: Hands, home: Home) -> None:
    said = home.coach("breathe", "ext-4-6", "--minutes", "1")
    assert said.code == 0
    first = ["3", "2", "1", "breathe in 4   round 1 of 6", "breathe out 6", "breathe in 4   round 2 of 6"]
    assert said.out.splitlines()[:6] == first
    assert len(said.out.splitlines()) == 3 + 12
    assert "drowsy" in said.err, "nobody can answer, so it is said"
    assert "1:00 counted, 6 rounds. Saved." in said.err
    (session,) = home.json("list", "sessions")["records"]
    assert (session["practice"], session["seconds"]) == ("ext-4-6", 60)


def test_json_is_alone_on_standard_output(quick: Hands, home: Home) -> None:
    told = home.json("breathe", "--minutes", "1.5")
    assert told == {"schema": 1, "id": home.json("list", "sessions")["records"][0]["id"], "saved": True, "seconds": 90}


def test_the_list_holds_the_shipped_ones(home: Home) -> None:
    found = {one["id"]: one for one in home.json("breathe", "--list")["practices"]}
    assert {"ext-4-6", "coherent-5-5", "cyclic-sigh", "box-4"} <= set(found)
    for one in found.values():
        assert {"id", "title", "kind", "evidence", "room"} <= set(one)
        assert (one["kind"], one["room"]) == ("paced", "calm")
    assert "Longer out-breath" in home.coach("breathe", "--list").out


def test_a_file_of_ones_own_is_a_practice_and_a_bad_one_is_told(home: Home) -> None:
    folder = home.path / "practices"
    folder.mkdir(parents=True)
    (folder / "bad.toml").write_text("schema = 1\nid = 3\n")
    said = home.coach("breathe", "--list")
    assert said.code == 0
    assert "bad.toml" in said.err
    assert "ext-4-6" in said.out


@pytest.mark.parametrize("minutes", ["0", "0.5", "11", "1.3", "-1", "x", "nan", "inf", "1e400"])
def test_minutes_outside_are_refused_in_one_sentence(home: Home, minutes: str) -> None:
    said = home.coach("breathe", "ext-4-6", f"--minutes={minutes}")
    assert said.code == 2
    assert "1 to 10 minutes" in said.err
    assert said.err.count("\n") == 1


def test_an_unknown_practice_is_not_found(home: Home) -> None:
    said = home.coach("breathe", "nothing")
    assert said.code == 3
    assert "ext-4-6" in said.err


@pytest.mark.parametrize("late", [0.0, 0.05])
def test_late_waking_adds_up_to_nothing(late: float) -> None:
    hands = Hands(late)
    walk = Walk(Course.plan(practice(), 10), hands.clock)
    begun = hands.reading
    walk.follow(Phases(io.StringIO()))
    assert hands.reading - begun == pytest.approx(603, abs=late + 0.001)
    assert (walk.seconds, walk.rounds) == (600, 60)


def test_time_that_stood_still_is_not_counted() -> None:
    """A stopped process, or a pipe nobody read for an hour, in the middle of a breath."""
    hands = Hands()

    def sleep_once(reading: float) -> None:
        if 110 < reading < 112:
            hands.reading += 3600

    hands._ends = sleep_once
    walk = Walk(Course.plan(practice(), 1), hands.clock)
    walk.follow(Phases(io.StringIO()))
    assert walk.seconds == 60
    assert 3600 < hands.reading - 100 < 3600 + 66


@pytest.mark.parametrize("unicode", [False, True])
def test_one_line_is_rewritten_only_when_it_differs(unicode: bool) -> None:
    out = Screen()
    Walk(Course.plan(practice("box-4"), 1), Hands().clock).follow(Line(out, unicode=unicode, moving=True))
    shown = [line.removesuffix("\x1b[K") for line in out.getvalue().split("\r")[1:]]
    assert "\n" not in out.getvalue()
    assert all(one != other for one, other in pairwise(shown))
    assert unicode or out.getvalue().isascii()
    assert unicode or "breathe in    3  [##........]  round 1 of 4" in shown
    assert max(map(len, shown)) < 50


def test_without_motion_there_are_words_and_seconds() -> None:
    out = Screen()
    Walk(Course.plan(practice(), 1), Hands().clock).follow(Line(out, unicode=False, moving=False))
    assert "[" not in out.getvalue().replace("\x1b[K", "")
    assert out.getvalue().count("\r") <= 3 + 60 + 1


@pytest.mark.parametrize("columns", [1, 20, 40])
def test_a_line_never_wraps(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setattr("coach.cli.guide._columns", lambda out: columns)
    out = Screen()
    Walk(Course.plan(practice(), 1), Hands().clock).follow(Line(out, unicode=True, moving=True))
    assert max(len(line.removesuffix("\x1b[K")) for line in out.getvalue().split("\r")) <= max(1, columns - 1)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_it_with_the_part_done(quick: Hands, home: Home, number: int, code: int) -> None:
    quick._ends = lambda reading: os.kill(os.getpid(), number) if reading > 130 else None
    said = home.coach("breathe", "--json")
    assert said.code == code
    assert (said.json["saved"], said.json["seconds"]) == (True, home.json("list", "sessions")["records"][0]["seconds"])
    assert 27 <= said.json["seconds"] <= 28
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_before_the_first_breath_nothing_counts(quick: Hands, home: Home) -> None:
    quick._ends = lambda reading: os.kill(os.getpid(), signal.SIGINT)
    assert home.coach("breathe").code == 130
    assert home.json("list", "sessions")["records"] == []


def test_what_cannot_be_saved_says_how_to_keep_it(quick: Hands, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object) -> None:
        raise NotSaved("Not saved: the disk is full.")

    monkeypatch.setattr("coach.services.entries.Sessions.log", full)
    said = home.coach("breathe", "--minutes", "1")
    assert said.code == 1
    assert "coach log session ext-4-6 --seconds 60" in said.err


def test_in_a_terminal(tmp_path: Path) -> None:
    """Asked, rated, paced on one line, ended by a closed window: what was done is there, and is not asked again."""
    with Terminal(BREATHE, home=tmp_path, env={"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}) as term:
        term.wait_for("unusually drowsy now?")
        term.press("text:what", "enter", "text:n", "enter")
        term.wait_for("very tense")
        term.press("text:12", "enter")
        term.wait_for("A whole number")
        term.press("text:7", "enter")
        term.wait_for("breathe in")
        assert "[" in term.screen()
        term.rest(1.2)
        term.hang_up()
        assert term.wait_exit() == 129
    with Terminal(BREATHE, home=tmp_path, env={"TERM": "dumb"}) as term:
        term.wait_for("very tense")
        term.press("enter")
        term.wait_for("breathe in 4   round 1 of 30")
        term.rest(1.1)
        term.press("ctrl+c")
        assert term.wait_exit() == 130
        assert "drowsy" not in term.screen()
        assert b"\x1b" not in term.raw
    first, second = build(Paths(str(tmp_path))).tables.records("sessions")
    assert (first["before"], second.get("before")) == (7, None)
    assert first["seconds"] >= 1


def test_somebody_drowsy_is_not_paced(tmp_path: Path) -> None:
    with Terminal(BREATHE, home=tmp_path) as term:
        term.wait_for("unusually drowsy now?")
        term.press("text:y", "enter")
        assert term.wait_exit() == 0
        assert "coach crisis" in term.screen()
        assert "breathe in" not in term.screen()
    assert build(Paths(str(tmp_path))).tables.records("sessions") == []


def test_the_practice_of_the_readme_works(home: Home) -> None:
    example = re.search(r"`practices/evening.toml`.*?```toml\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert example
    folder = home.path / "practices"
    folder.mkdir(parents=True)
    (folder / "evening.toml").write_text(example[1])
    said = home.coach("breathe", "--list")
    assert said.err == ""
    assert "Evening breath" in said.out
