"""Packs: a bad one is named with its place and the rest works; a hostile one never reaches the parser."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.codec import Malformed
from coach.domain.practices import Practice
from coach.domain.starters import Starter
from coach.domain.text import one_line, steers
from coach.resources import content_dir
from coach.storage import packs
from coach.storage.packs import read_packs, read_practices, read_precheck

SHIPPED = str(content_dir() / "practices")
GOOD = """
schema = 1
id = "mine"
title = "Mine"
why = "Because."
phases = [{ do = "in", seconds = 3.5 }, { do = "out", seconds = 5 }]
[evidence]
grade = "D"
text = "Mine."
"""


def own(folder: Path, text: str | bytes, name: str = "mine.toml") -> packs.Packs[Practice]:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_practices(SHIPPED, str(folder))


def test_the_shipped_packs_are_whole() -> None:
    found = read_practices(SHIPPED)
    assert found.problems == ()
    by_id = {practice.id: practice for practice in found.things}
    assert set(by_id) == {"ext-4-6", "coherent-5-5", "cyclic-sigh", "box-4"}
    for practice in found.things:
        assert practice.minutes == 5
        assert practice.cautions
        assert practice.why
        assert all(source.url.startswith("https://") and source.status and source.title for source in practice.sources)
        assert practice.sources
        words = " ".join((practice.title, practice.why, practice.evidence.text, *practice.cautions)).lower()
        assert "deep" not in words
        assert "crav" not in words
        if practice.has_hold:
            assert practice.no_hold is not None
            assert not by_id[practice.no_hold].has_hold
    assert read_precheck(str(content_dir() / "precheck.toml")).ask.endswith("?")


def test_a_pack_of_ones_own_is_added_and_wins(tmp_path: Path) -> None:
    own(tmp_path, GOOD)
    found = own(tmp_path, GOOD.replace('"mine"', '"ext-4-6"'), "ext-4-6.toml")
    assert found.problems == ()
    titles = {practice.id: practice.title for practice in found.things}
    assert titles["mine"] == titles["ext-4-6"] == "Mine"
    assert len(titles) == 5


def test_no_folder_of_ones_own_is_no_problem(tmp_path: Path) -> None:
    assert read_practices(SHIPPED, str(tmp_path / "none")) == read_practices(SHIPPED)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (GOOD.replace("seconds = 5 ", "seconds = 5, speed = 1 "), "phases[1]: unknown key 'speed'"),
        (GOOD.replace("seconds = 5 ", 'seconds = "5" '), "phases[1].seconds"),
        (GOOD.replace("seconds = 5 ", "seconds = nan "), "phases[1]"),
        (GOOD.replace('"out"', '"push"'), "phases[1].do"),
        (GOOD.replace("schema = 1", "schema = 2"), "schema"),
        (GOOD.replace('why = "Because."', ""), "'why' is missing"),
        (GOOD.replace("schema", "hotline = '999'\nschema"), "unknown key 'hotline'"),
        (GOOD.replace('id = "mine"', 'id = "other"'), "id"),
        (GOOD.replace('title = "Mine"', "title = "), "line 4"),
        (GOOD.replace("seconds = 5 ", "seconds = 50 "), "phases[1]"),
        (b"\xff\xfe", "UTF-8"),
        ("x = " + "[" * 1_900, "deep"),
    ],
    ids=range(12),
)
def test_what_is_wrong_is_named_with_file_and_place(tmp_path: Path, text: str | bytes, place: str) -> None:
    found = own(tmp_path, text)
    assert len(found.things) == 4
    (problem,) = found.problems
    assert f"The practice file {tmp_path / 'mine.toml'} is left out: " in problem
    assert place in problem
    assert "\n" not in problem


@pytest.mark.parametrize(
    "text",
    [
        "a" + ".a" * 20_000 + " = 1",
        "a" + ".a" * 40 + " = 1",
        "[a" + ".a" * 40 + "]",
        "x = [{ b = 1, a" + ".a" * 40 + " = 1 }]",
        'x = ["""\n\'""", {a' + ".a" * 300 + " = 1}]  '",
        '"a"' + '."a"' * 200 + " = 1",
        "# " + "x" * 3_000,
        "a = 1\n" * 60_000,
    ],
    ids=range(8),
)
def test_a_bomb_never_reaches_the_parser(tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = read_practices(SHIPPED).things
    real = tomllib.loads

    def loads(data: str) -> object:
        assert data != text, "the parser was given the bomb"
        return real(data)

    monkeypatch.setattr("coach.storage.packs.tomllib.loads", loads)
    found = own(tmp_path, text)
    assert found.things == shipped
    assert len(found.problems) == 1


def test_a_pipe_in_a_packs_place_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    found = read_practices(SHIPPED, str(tmp_path))
    assert len(found.things) == 4
    assert "pipe.toml" in found.problems[0]


def test_text_is_cleaned_and_escapes_in_names_too(tmp_path: Path) -> None:
    found = own(tmp_path, GOOD.replace('title = "Mine"', 'title = "Mi\\u001b]52;c;x\\u202ene"'))
    (mine,) = (practice for practice in found.things if practice.id == "mine")
    assert mine.title == "Mi]52;c;xne"
    (tmp_path / "b\x1bad.toml").write_text("x = ")
    assert all("\x1b" not in problem for problem in read_practices(SHIPPED, str(tmp_path)).problems)


def test_a_missing_question_says_so(tmp_path: Path) -> None:
    with pytest.raises(Malformed):
        read_precheck(str(tmp_path / "none.toml"))


GOAL = """
schema = 1
id = "mine"
title = "Mine"
area = "home"
why = ["Because."]
steps = [{ title = "open the door", minutes = 5 }, { title = "go in", minutes = 20 }]
obstacle = "it rains"
answer = "wait"
"""
GOALS = str(content_dir() / "goals")


def own_goal(folder: Path, text: str | bytes) -> packs.Packs[Starter]:
    (folder / "mine.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_packs(Starter, "goal", GOALS, str(folder))


def test_the_shipped_goals_are_whole_and_begin_small() -> None:
    found = read_packs(Starter, "goal", GOALS)
    assert found.problems == ()
    assert {goal.id for goal in found.things} == {"school", "family", "work", "health", "home"}
    for goal in found.things:
        assert goal.steps[0].minutes < 10
        assert len(goal.why) >= 3
        assert goal.obstacle
        assert goal.answer
        shown = [goal.title, goal.obstacle, goal.answer, *goal.why, *(step.title for step in goal.steps)]
        assert all(one_line(text) == text for text in shown)
        assert len(goal.title) <= 34, "the list of them fits 40 columns"
        assert all(len(why) <= 32 for why in goal.why)


def test_a_goal_file_of_ones_own_is_added(tmp_path: Path) -> None:
    found = own_goal(tmp_path, GOAL)
    assert found.problems == ()
    assert [goal.steps[1].minutes for goal in found.things if goal.id == "mine"] == [20]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (GOAL.replace("minutes = 5 ", "minutes = 10 "), "the first step takes 10 minutes"),
        (GOAL.replace("minutes = 20 ", "minutes = 241 "), "steps[1]"),
        (GOAL.replace("minutes = 20 ", "minutes = true "), "steps[1].minutes"),
        (GOAL.replace('"home"', '"moon"'), "area"),
        (GOAL.replace('answer = "wait"', ""), "an obstacle needs an answer"),
        (GOAL.replace('why = ["Because."]', 'why = "Because."'), "why"),
        (GOAL.replace('title = "go in"', 'title = ""'), "steps[1]"),
        (GOAL.replace("schema = 1", "schema = 2"), "schema"),
        (GOAL.replace("schema = 1", "schema = 1\nrun = 'rm'"), "unknown key 'run'"),
        (GOAL.replace('id = "mine"', 'id = "../mine"'), "id"),
        (b"\xff", "UTF-8"),
        ("x = " + "[" * 1_900, "deep"),
        ("a" + ".a" * 400 + " = 1", "dots"),
    ],
    ids=range(13),
)
def test_a_goal_file_that_cannot_be_used_is_named(tmp_path: Path, text: str | bytes, place: str) -> None:
    found = own_goal(tmp_path, text)
    assert len(found.things) == 5
    (problem,) = found.problems
    assert f"The goal file {tmp_path / 'mine.toml'} is left out: " in problem
    assert place in problem


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(GOAL)), st.integers(0, 40), st.text(max_size=40))
def test_no_goal_file_whatever_is_in_it_stops_the_others(tmp_path: Path, at: int, gone: int, put: str) -> None:
    found = own_goal(tmp_path, (GOAL[:at] + put + GOAL[at + gone :]).encode("utf-8", "replace"))
    assert {"school", "family", "work", "health", "home"} <= {goal.id for goal in found.things}
    assert len(found.things) + len(found.problems) == 6
    shown = [text for goal in found.things for text in (goal.title, goal.obstacle, *goal.why)]
    assert not [text for text in (*shown, *found.problems) if steers(text.replace("\n", " ").replace("\t", " "))]
