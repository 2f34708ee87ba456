"""Which ideas are offered: some that fit, from as many areas as there are, the same all day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.errors import Refused
from coach.domain.ideas import LONGEST_TITLE, MOST, MOST_IN_A_LIST, Activities, Idea, fitting
from coach.domain.text import title_key

DAY = date(2026, 11, 23)
GROUPS = ("Body", "People", "Place", "Making", "Rest")
IDEAS = tuple(
    idea
    for group in GROUPS
    for idea in Activities(
        group.lower(),
        group,
        "health",
        tuple(f"{group} small {number}" for number in range(4)),
        tuple(f"{group} large {number}" for number in range(4)),
        tuple(f"{group} paper {number}" for number in range(2)),
    ).ideas()
)
days = st.integers(0, 400).map(lambda number: DAY + timedelta(days=number))


def test_the_ideas_of_a_file() -> None:
    assert Activities("b", "Body", "health", ("Stretch  now",), admin=("Post",)).ideas() == (
        Idea("b-5-1", "Stretch now", "health", 5, "5", "Body"),
        Idea("b-admin-1", "Post", "health", 15, "admin", "Body"),
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "holds no activity"),
        ({"five": ("a",), "area": "space"}, "no area 'space'"),
        ({"five": ("a",), "title": " "}, "needs an id and a title"),
        ({"five": ("a", " ")}, r"five\[1\]"),
        ({"thirty": ("two\nlines",)}, r"thirty\[0\]"),
        ({"admin": ("a" * (LONGEST_TITLE + 1),)}, r"admin\[0\]"),
        ({"five": ("a",) * (MOST_IN_A_LIST + 1)}, "too much to choose from"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_is_wrong(fields: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        Activities(**({"id": "b", "title": "Body", "area": "health"} | fields))  # type: ignore[arg-type]  # fields by name


@given(days, st.integers(1, 9))
def test_the_choice_is_varied_and_the_same_all_day(day: date, most: int) -> None:
    found = fitting(IDEAS, day, most_new=most)
    assert found == fitting(tuple(reversed(IDEAS)), day, most_new=most)
    assert len(found) == most == len(set(found))
    assert len({one.group for one in found}) == min(most, len(GROUPS))
    assert {one.tier for one in found} == {"5", "30"} if most > 1 else {found[0].tier} <= {"5", "30"}
    assert [one.minutes for one in found] == sorted(one.minutes for one in found)


@given(days, st.integers(0, MOST - 1))
def test_one_that_is_on_the_day_by_now_leaves_the_others_as_they_are(day: date, place: int) -> None:
    before = fitting(IDEAS, day)
    taken = before[place]
    after = fitting(IDEAS, day, planned={title_key(taken.title.upper())})
    assert after == tuple(one for one in before if one != taken)


def test_another_day_brings_others() -> None:
    assert len({fitting(IDEAS, DAY + timedelta(days=number)) for number in range(10)}) == 10


@pytest.mark.parametrize(
    ("minutes", "tiers"), [(4, set()), (5, {"5"}), (29, {"5"}), (30, {"5", "30"}), (None, {"5", "30"})]
)
def test_only_what_fits_is_offered(minutes: int | None, tiers: set[str]) -> None:
    assert {one.tier for one in fitting(IDEAS, DAY, minutes)} == tiers


def test_what_was_liked_comes_first_and_what_was_not_stays_out() -> None:
    liked = {"rest large 3": 9.0, "body small 0": 5.0, "place small 1": 4.5, "people small 1": 0.0}
    found = [title_key(one.title) for one in fitting(IDEAS, DAY, liked=liked, most_new=2)]
    assert found[:2] == ["rest large 3", "body small 0"]
    assert len(found) == 4
    assert not {"place small 1", "people small 1"} & set(found)
    many = {title_key(one.title): 8.0 for one in IDEAS}
    assert len(fitting(IDEAS, DAY, liked=many)) < MOST, "room is kept for what is new"
