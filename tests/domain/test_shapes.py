"""Kinds of day: what they excuse, what stands first, what is asked about later, and who was here when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import get_args

import pytest

from coach.domain.arrival import traces
from coach.domain.day_view import DayView, Line
from coach.domain.errors import Refused
from coach.domain.gaps import Gap
from coach.domain.items import Item, Mark, State
from coach.domain.planner import leftovers, plan_day
from coach.domain.shapes import EXCUSING, KIND_WORDS, SHAPE_WORDS, DayShape, ShapeKind
from coach.domain.templates import LOW, Template, TemplateLine

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 42)


def item(title: str, start: str = "", *, pinned: bool = False, day: date = TODAY) -> Item:
    return Item(title, title, day, time.fromisoformat(start) if start else None, pinned=pinned)


def marks(**states: State) -> dict[str, Mark]:
    return {subject: Mark(subject, TODAY, state) for subject, state in states.items()}


def planned(kind: ShapeKind, items: list[Item], *stay: str, **states: State) -> DayView:
    shape = DayShape(TODAY, kind, dict.fromkeys(stay, True))
    return plan_day(TODAY, items, marks(**states), NOW, TODAY, shape=shape)


def lines(view: DayView) -> dict[str, Line]:
    return {line.item.title: line for line in view.lines}


def sections(view: DayView) -> dict[str, list[str]]:
    return {section.name: [line.item.title for line in section.things] for section in view.sections}


THINGS = [item("walk", "10:30"), item("clinic", "12:00"), item("tea"), item("post")]


@pytest.mark.parametrize("kind", ["sick", "away"])
def test_on_a_day_ill_or_away_what_is_not_marked_is_excused(kind: ShapeKind) -> None:
    view = planned(kind, THINGS, "walk", tea="done", post="unknown")
    states = {title: (line.state, line.by_shape) for title, line in lines(view).items()}
    assert states == {
        "walk": ("excused", True),
        "clinic": ("excused", True),
        "tea": ("done", False),
        "post": ("excused", True),
    }
    assert (view.shape, view.done, view.total) == (kind, 1, 1)
    assert (view.present, view.next_up) == (None, None), "nothing is going on that was let go"


def test_a_low_energy_day_asks_for_its_essentials_alone() -> None:
    view = planned("low", THINGS, "walk", "tea", "gone")
    assert {title: line.state for title, line in lines(view).items()} == {
        "walk": "open",
        "clinic": "excused",
        "tea": "open",
        "post": "excused",
    }
    assert sections(view) == {"First": ["walk", "tea"], "Midday": ["clinic"], "Any time": ["post"]}
    assert (view.done, view.total) == (0, 2)
    assert view.present is not None and view.present.item.title == "walk"


@pytest.mark.parametrize("state", ["done", "part", "missed", "moved", "dropped", "excused"])
@pytest.mark.parametrize("kind", sorted(EXCUSING))
def test_a_mark_always_wins(kind: ShapeKind, state: State) -> None:
    found = lines(planned(kind, THINGS, walk=state))["walk"]
    assert (found.state, found.by_shape) == (state, False)
    opened = lines(planned(kind, THINGS, walk="open"))["walk"]
    assert (opened.state, opened.by_shape) == ("excused", True), "ticked and taken back is as if nothing was said"


def test_a_usual_day_excuses_nothing_whatever_it_was_before() -> None:
    assert planned("usual", THINGS, "walk") == replace(plan_day(TODAY, THINGS, {}, NOW, TODAY))


def test_no_room_is_named_on_a_day_that_asks_for_nothing() -> None:
    items = [item("a", "11:00"), item("b", "17:00")]
    for kind in get_args(ShapeKind):
        view = planned(kind, items, "a", "b")
        gaps = [line for section in view.sections for line in section.lines if isinstance(line, Gap)]
        assert bool(gaps) == (kind == "usual")


@pytest.mark.parametrize(
    ("states", "first"),
    [
        ({}, ["b", "c", "d"]),
        ({"b": "done"}, ["c", "d", "a"]),  # an open one is not kept out by one that is done
        ({"b": "done", "c": "done", "d": "part"}, ["b", "c", "a"]),  # what is done stays where it was, if there is room
        ({"b": "dropped"}, ["c", "d", "a"]),
        ({"b": "moved", "c": "excused"}, ["d", "a"]),
        ({"a": "done", "b": "done", "c": "done", "d": "done"}, ["b", "c", "d"]),
    ],
)
def test_at_most_three_pinned_things_come_first(states: dict[str, State], first: list[str]) -> None:
    items = [item("b", "09:00", pinned=True), item("c", "20:00", pinned=True), item("d", "21:00", pinned=True)]
    items += [item("a", pinned=True), item("z", "08:00")]
    view = planned("usual", items, **states)
    assert sections(view)["First"] == first
    assert view.sections[0].part is None
    assert lines(view)["b"].part == "morning", "it still belongs to its part"
    rest = [title for name, titles in sections(view).items() if name != "First" for title in titles]
    assert sorted(rest + first) == sorted(one.title for one in items)


def test_the_steps_note_and_reason_of_a_line() -> None:
    from coach.domain.items import RoutineStep

    routine = replace(item("wind down"), steps={"1": RoutineStep("tea", 1), "2": RoutineStep("wash", 2)})
    mark = Mark("wind down", TODAY, "part", note="slow", reason="ill", steps={"1": True, "gone": True})
    line = lines(plan_day(TODAY, [routine], {"wind down": mark}, NOW, TODAY))["wind down"]
    assert (line.steps_done, line.steps_total, line.noted, line.reason) == (1, 2, True, "ill")
    plain = lines(plan_day(TODAY, [routine], {}, NOW, TODAY))["wind down"]
    assert (plain.steps_done, plain.steps_total, plain.noted, plain.reason) == (0, 2, False, "")


def test_what_a_day_excused_is_put_off_and_what_it_brought_is_not() -> None:
    yesterday = TODAY - timedelta(days=1)
    items = [item("post", day=yesterday), item("rent", pinned=True, day=yesterday), item("eat", day=yesterday)]
    stay = {"rent": True, "eat": True}
    brought = {"eat": TemplateLine("eat", order=1)}
    for kind in get_args(ShapeKind):
        shape = DayShape(yesterday, kind, stay, brought if kind == "low" else {})
        left = ["post", "rent"] if kind == "low" else ["eat", "post", "rent"]
        assert [one.title for one in leftovers(TODAY, items, {}, {yesterday: shape})] == left
        assert leftovers(TODAY, items, {}, {TODAY: shape, TODAY - timedelta(days=2): shape}) == leftovers(
            TODAY, items, {}
        ), "other days are as they were"


def test_every_kind_of_day_has_words() -> None:
    assert set(SHAPE_WORDS) == set(KIND_WORDS) == set(get_args(ShapeKind))


def test_the_shipped_low_energy_day_is_three_small_things() -> None:
    assert len(LOW.lines) == 3 and LOW.kind == "low"


@pytest.mark.parametrize(
    "make",
    [
        lambda: Template("p-a", " "),
        lambda: Template("p-a", "Weekday", weekdays=(7,)),
        lambda: TemplateLine(" "),
        lambda: TemplateLine("walk", minutes=0),
    ],
)
def test_a_template_that_says_nothing_is_refused(make: type) -> None:
    with pytest.raises(Refused):
        make()


DAY = {"day": "2026-11-20"}


@pytest.mark.parametrize(
    ("table", "fields", "days"),
    [
        ("moods", {**DAY, "at": "2026-11-20T09:00:00+00:00"}, [20]),
        ("journal", {**DAY, "at": "2026-11-21T01:30:00+01:00"}, [20]),  # a late night belongs to the day before
        ("marks", {**DAY, "state": "excused", "at": "2026-11-18T09:00:00+00:00"}, [18]),  # given ahead of a journey
        ("marks", {**DAY, "state": "done"}, [20]),  # from elsewhere, without a moment
        ("items", {**DAY, "title": "walk", "made": "2026-11-19T09:00:00+00:00"}, [19]),
        ("items", {**DAY, "title": "walk"}, []),  # planned is not done
        ("shapes", {**DAY, "kind": "away"}, []),
        ("shapes", {**DAY, "seen": "2026-11-20T09:00:00+00:00"}, [20]),
        ("moods", {**DAY, "at": "yesterday"}, []),
        ("marks", {"day": "soon", "state": "done"}, []),
        ("marks", {"day": 7, "state": "done", "at": 8}, []),
    ],
)
def test_a_trace_is_the_moment_something_was_said(table: str, fields: dict[str, object], days: list[int]) -> None:
    assert {day.day for day in traces({table: {"x": fields}})} == set(days)
