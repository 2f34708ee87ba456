"""Where a line stands: below what it comes after, whatever was written, and where two things run into each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.day_view import DayView, Line
from coach.domain.days import PARTS
from coach.domain.gaps import Gap
from coach.domain.items import SETTLED, Item, Mark, State
from coach.domain.planner import plan_day
from coach.domain.shapes import DayShape

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 6)


def item(title: str, start: str = "", follows: str = "", minutes: int | None = None, order: float = 0.0) -> Item:
    at = time.fromisoformat(start) if start else None
    return Item(title, title, TODAY, at, minutes, order, follows=follows)


def planned(*items: Item) -> DayView:
    return plan_day(TODAY, items, {}, NOW, TODAY)


def lines(view: DayView) -> list[Line]:
    return list(view.lines)


def shown(view: DayView) -> list[str]:
    rows = []
    for section in view.sections:
        names = [line.item.title for line in section.things]
        rows += [f"{section.name}: {', '.join(names)}"] if names else []  # there may be only free room
    return rows


BREAKFAST, GROUP = item("Breakfast", "08:00"), item("Group", "09:30", minutes=240)


@pytest.mark.parametrize(
    ("items", "rows"),
    [
        ([item("meds", follows="breakfast")], ["Morning: Breakfast, meds, Group"]),
        ([item("meds", follows=" BREAK\tfast "), item("post")], ["Morning: Breakfast, Group", "Any time: meds, post"]),
        ([item("meds", follows="  bReakfast ")], ["Morning: Breakfast, meds, Group"]),
        ([item("b", follows="a"), item("a", follows="breakfast")], ["Morning: Breakfast, a, b, Group"]),
        (
            [item("two", follows="breakfast", order=2), item("one", follows="breakfast", order=1)],
            ["Morning: Breakfast, one, two, Group"],
        ),
        (
            [item("x", follows="a"), item("a", follows="breakfast", order=1), item("b", follows="breakfast", order=2)],
            ["Morning: Breakfast, a, x, b, Group"],
        ),
        ([replace(item("meds", follows="supper"), part="evening")], ["Morning: Breakfast, Group", "Evening: meds"]),
        ([replace(item("meds", follows="breakfast"), part="evening")], ["Morning: Breakfast, meds, Group"]),
        ([item("meds", "12:00", follows="breakfast")], ["Morning: Breakfast, Group", "Midday: meds"]),
        ([item("meds", follows="group"), item("late", "18:00")], None),
        ([item("self", follows="self")], ["Morning: Breakfast, Group", "Any time: self"]),
        ([item("a", follows="b"), item("b", follows="a")], ["Morning: Breakfast, Group", "Any time: a, b"]),
        (
            [item("a", follows="b"), item("b", follows="c"), item("c", follows="b"), item("z")],
            ["Morning: Breakfast, Group", "Any time: z, b, a, c"],
        ),
    ],
)
def test_what_comes_after_something_stands_below_it(items: list[Item], rows: list[str] | None) -> None:
    rows = rows or ["Morning: Breakfast, Group, meds", "Evening: late"]
    assert shown(planned(BREAKFAST, GROUP, *items)) == rows


def test_of_two_with_one_title_the_first_is_meant_and_none_follows_itself() -> None:
    twice = [
        item("tea", "09:00"),
        replace(item("tea", "18:00"), id="tea2"),
        replace(item("tea", follows="tea"), id="x"),
    ]
    assert [line.item.id for line in lines(planned(*twice))] == ["tea", "x", "tea2"]


def test_what_follows_its_own_title_follows_another_of_that_name() -> None:
    items = [item("tea", follows="tea", order=1), replace(item("Tea", order=2), id="second"), item("post", order=3)]
    assert [line.item.id for line in lines(planned(*items))] == ["second", "tea", "post"]


def test_the_view_says_what_a_line_comes_after_also_where_that_is_not_on_the_day() -> None:
    found = {
        line.item.title: line
        for line in lines(planned(BREAKFAST, item("a", follows="breakfast"), item("b", follows="tea")))
    }
    assert {title: (line.follows, line.part) for title, line in found.items()} == {
        "Breakfast": ("", "morning"),
        "a": ("breakfast", "morning"),
        "b": ("tea", "any"),
    }
    timed = lines(planned(BREAKFAST, item("a", "12:00", follows="breakfast")))[1]
    assert timed.follows == "", "its time says when"


def test_a_chain_of_thousands_neither_hangs_nor_runs_out_of_room() -> None:
    size = 4_000
    chain = [item(f"t{number}", follows=f"t{number + 1}") for number in range(size)]
    rings = [item(f"r{number}", follows=f"r{(number + 1) % size}") for number in range(size)]
    for items in (chain, rings):
        assert len(lines(planned(*items))) == len(items)


@pytest.mark.parametrize(
    ("items", "clashing"),
    [
        ([item("a", "09:00", minutes=60), item("b", "09:30", minutes=60)], ["b"]),
        ([item("a", "09:00", minutes=60), item("b", "09:30")], ["b"]),  # a moment inside something
        ([item("a", "09:00", minutes=60), item("b", "10:00", minutes=60)], []),
        ([item("a", "09:00", minutes=60), item("b", "10:00")], []),
        ([item("a", "09:00"), item("b", "09:15")], []),  # no length says how long it lasts
        ([item("a", "09:00"), item("b", "09:15", minutes=60)], []),
        ([item("a", "09:00"), item("b", "09:00")], []),
        ([item("a", "09:00"), item("b", "09:00", minutes=30)], []),  # a medicine with breakfast
        ([item("a", "09:00", minutes=30), item("b", "09:00")], []),
        ([item("a", "09:00", minutes=30), item("b", "09:00", minutes=30)], ["b"]),
        ([item("a", "09:00", minutes=180), item("b", "09:30", minutes=5), item("c", "11:00", minutes=5)], ["b", "c"]),
        ([item("a", "23:30", minutes=120), item("b", "01:00", minutes=5)], ["b"]),  # over midnight, on one day
        ([item("a", minutes=60), item("b", minutes=60)], []),  # without a start
    ],
)
def test_two_things_that_run_into_each_other(items: list[Item], clashing: list[str]) -> None:
    assert [line.item.title for line in lines(planned(*items)) if line.overlaps] == clashing


def test_only_what_is_still_to_do_runs_into_anything() -> None:
    items = [item("a", "09:00", minutes=60), item("b", "09:30", minutes=60)]
    for subject in ("a", "b"):
        for state in SETTLED:
            view = plan_day(TODAY, items, {subject: Mark(subject, TODAY, state)}, NOW, TODAY)
            assert not any(line.overlaps for line in lines(view))
    over = plan_day(TODAY, items, {}, NOW + timedelta(days=1), TODAY + timedelta(days=1))
    assert not any(line.overlaps for line in lines(over)), "a day that is over has no plan to change"
    assert not any(
        line.overlaps for line in lines(plan_day(TODAY, items, {}, NOW, TODAY, shape=DayShape(TODAY, "away")))
    )


TITLES = st.sampled_from(["a", "A", "b", "c", "breakfast", "Straße", "STRASSE", "🙂", "x y", "x  y"])
STATES: st.SearchStrategy[State] = st.sampled_from(get_args(State))


@st.composite
def days(draw: st.DrawFn) -> tuple[list[Item], dict[str, Mark], DayShape]:
    items = [
        Item(
            f"i{number}",
            draw(TITLES),
            TODAY,
            draw(st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0))),
            draw(st.none() | st.integers(1, 1440)),
            draw(st.sampled_from([0.0, 1.0, 2.0])),
            part=draw(st.none() | st.sampled_from(PARTS)),
            pinned=draw(st.booleans()),
            follows=draw(st.just("") | TITLES),
        )
        for number in range(draw(st.integers(0, 9)))
    ]
    states = {one.id: draw(STATES) for one in items if draw(st.booleans())}
    kept = {one.id: True for one in items if draw(st.booleans())}
    shape = DayShape(TODAY, draw(st.sampled_from(["usual", "low", "sick", "away"])), essentials=kept)
    return items, {subject: Mark(subject, TODAY, state) for subject, state in states.items()}, shape


@settings(max_examples=300, deadline=None)
@given(days())
def test_every_item_of_the_day_is_there_once_whatever_was_written(
    day: tuple[list[Item], dict[str, Mark], DayShape],
) -> None:
    items, marks, shape = day
    view = plan_day(TODAY, items, marks, NOW, TODAY, shape=shape)
    found = lines(view)
    assert sorted(line.item.id for line in found) == sorted(one.id for one in items)
    assert view.total == sum(line.state not in ("dropped", "moved", "excused") for line in found)
    staying = [line for line in found if shape.stays(line.item.id)]
    assert sum(not line.by_shape for line in staying) <= 3 or any(line.mark for line in staying)
    for line in found:
        said = marks.get(line.item.id)
        if said is not None and said.state in SETTLED:
            assert (line.state, line.by_shape) == (said.state, False), "a mark always wins"
        else:
            assert line.by_shape == shape.excuses(line.item.id) or (line.by_shape and len(staying) > 3)
    first = [section for section in view.sections if section.part is None]
    assert sum(len(section.lines) for section in first) <= 3 and view.sections[: len(first)] == tuple(first)
    for section in view.sections[len(first) :]:
        times = [line.start if isinstance(line, Gap) else line.item.start for line in section.lines]
        known = [(at < time(4), at) for at in times if at is not None]
        assert known == sorted(known), "times stand in order whatever stands between them"
