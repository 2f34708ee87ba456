"""Goals by themselves: how it goes in words, the ladder, the smallest step, what matters most, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.areas import AREAS, largest_gap
from coach.domain.errors import Refused
from coach.domain.goals import Goal, Rung, Step
from coach.domain.items import Item, RoutineStep
from coach.domain.scale import check_scale
from coach.domain.starters import Starter, StarterStep
from coach.domain.step_lengths import LONGEST, split_length, with_length
from coach.domain.templates import TemplateLine
from tests.shipped import looks_shown

GOAL = Goal("p-a", "Back to college")
STARTER = Starter("mine", "Mine", "home", (), (StarterStep("open the door", 5),))


@pytest.mark.parametrize(
    ("began", "now", "words"),
    [
        (-2, -2, "where it began"),
        (-2, -1, "on the way"),
        (-1, -1, "where it began"),
        (-1, -2, "harder just now"),
        (None, -1, "where it began"),
        (-2, 0, "as hoped"),
        (0, 0, "as hoped"),
        (2, 0, "as hoped"),
        (-1, 1, "a little better than hoped"),
        (-2, 2, "much better than hoped"),
        (0, -1, "harder just now"),
        (-2, None, ""),
    ],
)
def test_how_far_it_is_in_words(began: int | None, now: int | None, words: str) -> None:
    told = replace(GOAL, began=began, level=now).how_far()
    assert told == words
    assert not any(sign.isdigit() for sign in told)


def test_where_it_began_is_said_once() -> None:
    goal = GOAL.at_level(-2).at_level(-1)
    assert (goal.began, goal.level, goal.how_far()) == (-2, -1, "on the way"), "to stay at -1 is progress from -2"
    assert goal.at_level(-1) == goal
    assert goal.at_level(None).at_level(1).began == 1, "after both were forgotten it begins anew"


def test_two_tries_lead_on_and_going_down_costs_no_try() -> None:
    low, high = Rung("say hello", 1.0, 2), Rung("ask the way", 2.0, 4)
    once = low.tried()
    twice = once.tried()
    assert (once.tries, once.done) == (1, False)
    assert (twice.tries, twice.done) == (2, True)
    goal = replace(GOAL, ladder={"b": high, "a": twice})
    assert goal.present_rung() == ("b", high)
    down = twice.again()
    assert (down.tries, down.done) == (2, False), "what was tried stays tried"
    assert replace(goal, ladder={"b": high, "a": down}).present_rung() == ("a", down)
    assert down.tried().done, "one more try is enough to go up again"
    assert replace(GOAL, ladder={"a": twice}).present_rung() is None


@pytest.mark.parametrize(
    ("minutes", "large"), [([None], False), ([15], False), ([16], True), ([40, 5], True), ([5, 40], False), ([], False)]
)
def test_a_next_step_over_a_quarter_of_an_hour_could_be_smaller(minutes: list[int | None], large: bool) -> None:
    steps = {str(place): Step("x", float(place), minutes=length) for place, length in enumerate(minutes)}
    assert replace(GOAL, steps=steps).next_is_large() is large
    done = {key: replace(step, done=True) for key, step in steps.items()}
    assert not replace(GOAL, steps=done).next_is_large()


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (Goal, {"id": "p-a", "title": "  "}),
        (Goal, {"id": "p-a", "title": "x", "level": 3}),
        (Goal, {"id": "p-a", "title": "x", "began": -3}),
        (Step, {"title": "", "order": 1.0}),
        (Step, {"title": "x", "order": 1.0, "minutes": 0}),
        (Step, {"title": "x", "order": 1.0, "minutes": 1441}),
        (RoutineStep, {"title": "x", "order": 1.0, "minutes": -5}),
        (Item, {"id": "p-a", "title": "x", "minutes": 1441}),
        (TemplateLine, {"title": "x", "minutes": 0}),
        (Rung, {"title": " ", "order": 1.0}),
        (Rung, {"title": "x", "order": 1.0, "difficulty": 11}),
        (Rung, {"title": "x", "order": 1.0, "tries": -1}),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(kind: type, given: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        kind(**given)
    assert looks_shown(str(refused.value))
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("line", "title", "minutes"),
    [
        ("find the form 10m", "find the form", 10),
        ("find the form 10 min", "find the form", 10),
        ("find the form (10 minutes)", "find the form", 10),
        ("visit 1h30", "visit", 90),
        ("visit 1 h 30", "visit", 90),
        ("visit 2 h", "visit", 120),
        ("run 800m", "run 800m", None),
        ("visit 4 h 01", "visit", 241),
        ("travel 13h20", "travel", 800),
        ("travel 800 min", "travel", 800),
        ("fast 24h", "fast", 1440),
        ("fast 24h01", "fast 24h01", None),
        ("fast 99h", "fast 99h", None),
        ("10 min", "10 min", None),
        ("ring 0 min", "ring 0 min", None),
        ("meet Tim", "meet Tim", None),
        ("read 10", "read 10", None),
        ("", "", None),
    ],
)
def test_how_long_a_step_takes_may_stand_behind_its_words(line: str, title: str, minutes: int | None) -> None:
    assert split_length(line) == (title, minutes)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.one_of(st.none(), st.integers(1, LONGEST)))
def test_a_step_written_out_reads_back_as_itself(words: str, minutes: int | None) -> None:
    title = split_length(" ".join(words.split()))[0] or "x"
    if minutes is not None:
        assert split_length(with_length(title, minutes)) == (title, minutes)


@pytest.mark.parametrize(
    ("importance", "lived", "area"),
    [
        ({}, {}, None),
        ({"family": 9}, {}, None),
        ({}, {"family": 1}, None),
        ({"family": 9, "work": 5}, {"family": 2, "work": 0}, "family"),
        ({"family": 5, "work": 9}, {"family": 1, "work": 5}, "work"),
        ({"family": 5}, {"family": 5}, None),
        ({"family": 2}, {"family": 9}, None),
        ({"of a newer coach": 9}, {"of a newer coach": 0}, None),
    ],
)
def test_the_largest_gap_is_named_and_what_is_not_known_is_left_out(
    importance: dict[str, int], lived: dict[str, int], area: str | None
) -> None:
    gap = largest_gap(importance, lived)
    assert (gap.area if gap else None) == area
    if gap is not None:
        assert gap.sentence == f"{AREAS[gap.area]} matters {importance[gap.area]} and had {lived[gap.area]} this week."


@given(
    st.dictionaries(st.sampled_from(list(AREAS)), st.integers(0, 10)),
    st.dictionaries(st.sampled_from(list(AREAS)), st.integers(0, 10)),
)
def test_no_other_area_is_further_behind(importance: dict[str, int], lived: dict[str, int]) -> None:
    behind = {area: importance[area] - lived[area] for area in importance.keys() & lived.keys()}
    gap = largest_gap(importance, lived)
    if gap is None:
        assert all(number <= 0 for number in behind.values())
    else:
        check_scale(gap.importance, "It")
        assert behind[gap.area] == max(behind.values()) > 0


@pytest.mark.parametrize(
    "given",
    [
        {"title": ""},
        {"title": "x" * 61},
        {"area": "moon"},
        {"steps": ()},
        {"steps": (StarterStep("too long to begin with", 10),)},
        {"steps": (StarterStep("x", 5),) * 13},
        {"why": ("",)},
        {"why": ("x",) * 7},
        {"obstacle": "it rains"},
        {"answer": "stay in"},
        {"obstacle": "x" * 201, "answer": "y"},
    ],
)
def test_an_example_that_is_not_whole_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        replace(STARTER, **given)
