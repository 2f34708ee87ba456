"""Goals over the real store: what is said of them, their steps and ladders, and what matters in a life."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.bootstrap import Coach, build
from coach.domain.errors import NotFound, Refused
from coach.domain.goals import Goal, Step
from coach.paths import Paths
from coach.services.goals import Said
from tests.services.clock import TODAY, Watch, coach_at

PASTED = """
- [ ] ring the office
[x] find the form
* [X] print it
1. sign it
4) post it
• tell mum
•tell dad
+ [] wait
-
12. [x] 3.5 km walk
-5 degrees outside
[x](link) stays
1984. was a year
"""
STEPS = [
    ("ring the office", False),
    ("find the form", True),
    ("print it", True),
    ("sign it", False),
    ("post it", False),
    ("tell mum", False),
    ("tell dad", False),
    ("wait", False),
    ("3.5 km walk", True),
    ("-5 degrees outside", False),
    ("[x](link) stays", False),
    ("1984. was a year", False),
]


def test_pasted_lines_lose_their_signs_and_ticked_ones_are_done(tmp_path: Path) -> None:
    goals = build(Paths(str(tmp_path))).goals
    goal = goals.add("The form", PASTED)
    assert [(step.title, step.done) for _, step in goal.in_order()] == STEPS
    assert goals.steps.add(goal.id, "[ ]\n[x]\n4)\n-\n") == 0


def test_a_length_behind_a_step_is_its_length(coach: Coach) -> None:
    goal = coach.goals.add("The form", "find it 10m\n[x] print it (1 h)\nrun 800m")
    assert [(step.title, step.minutes) for _, step in goal.in_order()] == [
        ("find it", 10),
        ("print it", 60),
        ("run 800m", None),
    ]
    key = goal.in_order()[0][0]
    coach.goals.steps.edit(goal.id, key, "find the page 5 min")
    assert (steps_of(coach, goal)[0].title, steps_of(coach, goal)[0].minutes) == ("find the page", 5)
    coach.goals.steps.edit(goal.id, key, "find the page")
    assert steps_of(coach, goal)[0].minutes is None


def test_what_is_said_of_a_goal_is_kept_taken_away_and_undone(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    goal = coach.goals.add("Back to college")
    said: Said = {
        "why": "  I want\tto ",
        "area": "learning",
        "obstacle": "I am tired",
        "answer": "do one line",
        "helper": "Jo",
        "review": TODAY,
        "levels": {"-2": "I think of it", "0": " I go ", "1": "  ", "7": "of a newer coach"},
    }
    coach.goals.change(goal.id, **said)
    coach.goals.stand(goal.id, -2)
    coach.goals.stand(goal.id, -1)
    kept = coach_at(tmp_path, watch).goals.get(goal.id)
    assert (kept.why, kept.area, kept.obstacle, kept.answer) == ("I want to", "learning", "I am tired", "do one line")
    assert (kept.helper, kept.review, kept.level, kept.began) == ("Jo", TODAY, -1, -2)
    assert kept.levels == {"-2": "I think of it", "0": "I go"}
    coach.undo.undo()
    assert coach.goals.get(goal.id).level == -2
    coach.goals.change(goal.id, levels={"0": "I go"}, review=None, why="")
    less = coach_at(tmp_path, watch).goals.get(goal.id)
    assert (less.levels, less.review, less.why, less.helper) == ({"0": "I go"}, None, "", "Jo")
    coach.goals.forget_levels(goal.id)
    assert (coach.goals.get(goal.id).levels, coach.goals.get(goal.id).level) == ({}, None)
    assert coach.undo.undo() == "Undone: took the levels away from “Back to college”."
    assert coach.goals.get(goal.id) == less
    with pytest.raises(Refused, match="There is no area"):
        coach.goals.change(goal.id, area="moon")
    with pytest.raises(Refused):
        coach.goals.change(goal.id, title=" \t ")
    with pytest.raises(Refused):
        coach.goals.stand(goal.id, 3)
    assert coach.goals.get(goal.id) == less


def test_an_area_of_a_newer_coach_hides_no_goal(coach: Coach) -> None:
    goal = coach.goals.add("Back to college")
    with coach.store.change("elsewhere"):
        coach.store.table("plan", "goals").update({"area": "moon"}, doc_ids=[goal.id])  # type: ignore[list-item]  # text ids
    assert coach.goals.all()[0].area == "moon"
    coach.goals.change(goal.id, why="still mine")
    assert coach.goals.all()[0].area == "moon"


def test_those_that_are_on_come_first_and_change_places_among_themselves(coach: Coach) -> None:
    goals = coach.goals
    one, two, three, wait, late = (goals.add(name, resting=name in "wl") for name in ("1", "2", "3", "w", "l"))
    goals.reach(one.id)
    assert [goal.title for goal in goals.all()] == ["2", "3", "w", "l", "1"]
    assert [goal.title for goal in goals.active()] == ["2", "3"]
    assert not goals.shift(three.id, 1), "what waits is no neighbour"
    assert not goals.shift(wait.id, -1)
    assert goals.shift(late.id, -1)
    assert goals.shift(three.id, -1)
    assert [goal.title for goal in goals.all()] == ["3", "2", "l", "w", "1"]
    goals.take_on(one.id)
    goals.let_wait(two.id)
    assert [goal.title for goal in goals.active()] == ["1", "3"]
    assert (goals.get(one.id).done, goals.get(two.id).resting) == (None, True)
    coach.undo.undo()
    assert not goals.get(two.id).resting


def test_a_ladder_is_climbed_and_gone_down(coach: Coach) -> None:
    goals = coach.goals
    goal = goals.add("Speak to people")
    assert goals.ladders.add(goal.id, "- say hello 2\n2. ask the way 4/10\n\ngive a talk 10\nroom 7") == 4
    found = goals.get(goal.id).rungs()
    assert [(rung.title, rung.difficulty) for _, rung in found] == [
        ("say hello", 2),
        ("ask the way", 4),
        ("give a talk", 10),
        ("room", 7),
    ]
    low, high = found[0][0], found[1][0]
    assert not goals.ladders.mark(goal.id, low).done
    assert goals.ladders.mark(goal.id, low).done
    assert (goals.get(goal.id).present_rung() or ("",))[0] == high
    assert not goals.ladders.mark(goal.id, low).done, "going down is allowed"
    coach.undo.undo()
    assert goals.get(goal.id).ladder[low].done
    goals.ladders.edit(goal.id, low, "wave")
    assert (goals.get(goal.id).ladder[low].title, goals.get(goal.id).ladder[low].difficulty) == ("wave", None)
    assert goals.ladders.shift(goal.id, high, -1)
    assert not goals.ladders.shift(goal.id, high, -1)
    goals.ladders.remove(goal.id, high)
    assert [rung.title for _, rung in goals.get(goal.id).rungs()] == ["wave", "give a talk", "room"]
    with pytest.raises(Refused, match="up to 8 rungs"):
        goals.ladders.add(goal.id, "x\n" * 6)
    with pytest.raises(NotFound):
        goals.ladders.mark(goal.id, high)
    assert len(goals.get(goal.id).ladder) == 3


def test_a_goal_begun_from_an_example_is_a_copy(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    school = coach.starters.all()[0]
    goal = coach.goals.begin(school, why=school.why[1])
    assert (goal.title, goal.area, goal.why) == (school.title, "learning", school.why[1])
    assert [(step.title, step.minutes) for _, step in goal.in_order()] == [
        (step.title, step.minutes) for step in school.steps
    ]
    coach.goals.change(goal.id, title="My own", answer="wait a day")
    coach.goals.steps.remove(goal.id, goal.in_order()[0][0])
    again = coach_at(tmp_path, watch)
    assert again.starters.all()[0] == school
    assert again.goals.begin(again.starters.all()[0], resting=True).title == school.title
    assert [one.title for one in again.goals.active()] == ["My own"]


def test_own_examples_win_and_one_that_cannot_be_used_is_named(tmp_path: Path, watch: Watch) -> None:
    folder = tmp_path / "goals"
    folder.mkdir()
    good = 'schema = 1\nid = "ID"\ntitle = "Mine"\narea = "fun"\nwhy = []\nsteps = [{ title = "sit", minutes = 1 }]\n'
    (folder / "swim.toml").write_text(good.replace("ID", "swim"))
    (folder / "school.toml").write_text(good.replace("ID", "school"))
    (folder / "work.toml").write_text(good.replace("ID", "work").replace('"fun"', '"moon"'))
    starters = coach_at(tmp_path, watch).starters
    found = {one.id: one.title for one in starters.all()}
    assert (found["swim"], found["school"], found["work"]) == ("Mine", "Mine", "Find work that fits my life now")
    (problem,) = starters.problems()
    assert f"The goal file {folder / 'work.toml'} is left out: " in problem
    assert "area: 'moon'" in problem


def steps_of(coach: Coach, goal: Goal) -> list[Step]:
    return [step for _, step in coach.goals.get(goal.id).in_order()]
