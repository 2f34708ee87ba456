"""breathe: paced by the clock alone, safe to begin, ended at any moment with the part done kept."""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path

import pytest

from coach.bootstrap import build
from coach.domain.errors import NotSaved
from coach.paths import Paths
from tests.cli.hands import Hands
from tests.cli.running import Home
from tests.sources import ROOT
from tests.terminal import Terminal

BREATHE = [sys.executable, "-m", "coach", "breathe"]


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


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_it_with_the_part_done(quick: Hands, home: Home, number: int, code: int) -> None:
    quick._ends = lambda reading: os.kill(os.getpid(), number) if reading > 130 else None
    said = home.coach("breathe", "--json")
    assert said.code == code
    assert (said.json["saved"], said.json["seconds"]) == (True, home.json("list", "sessions")["records"][0]["seconds"])
    assert 27 <= said.json["seconds"] <= 28
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_what_is_told_to_be_ignored_stays_ignored(quick: Hands, home: Home) -> None:
    quick._ends = lambda reading: os.kill(os.getpid(), signal.SIGHUP)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert home.coach("breathe", "--minutes", "1").code == 0
    finally:
        signal.signal(signal.SIGHUP, before)


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
