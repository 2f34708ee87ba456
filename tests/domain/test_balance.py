"""What a week says about the areas of a life: counted from what is there, and silent when that is too little."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from coach.domain.balance import Balance, Share, area_of, balance, habit_share
from coach.domain.habits import HabitKind, HabitView, Target
from coach.domain.items import Item, Mark, State
from coach.domain.planner import plan_day
from tests.domain.made_habits import habit

DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)


def item(name: str, area: str = "", minutes: int | None = None, **more: object) -> Item:
    return Item(name, name.title(), DAY, area=area, minutes=minutes, **more)  # type: ignore[arg-type]  # fields by name


def weigh(
    items: Sequence[Item],
    states: dict[str, State] | None = None,
    *,
    cared: Sequence[str] = (),
    over: bool = False,
    others: Sequence[Share] = (),
) -> Balance:
    marks = {name: Mark(name, DAY, state) for name, state in (states or {}).items()}
    view = plan_day(DAY, items, marks, NOW, DAY)
    return balance([view], {"g": "learning"}, others, cared, over=over)


@pytest.mark.parametrize(
    ("thing", "area"),
    [
        (item("own", "health"), "health"),
        (item("own", "health", goal="g", tags=("work",)), "health"),
        (item("goal", goal="g", tags=("work",)), "learning"),
        (item("goal", goal="gone", tags=("work",)), "work"),
        (item("tag", tags=("out", "Work", "family")), "work"),
        (item("tag", tags=("out",)), ""),
        (item("newer", "space travel"), ""),
        (item("none"), ""),
    ],
)
def test_where_an_area_comes_from(thing: Item, area: str) -> None:
    assert area_of(thing, {"g": "learning"}) == area


def test_what_is_counted() -> None:
    things = [item("a", "work", 60), item("b", "work"), item("c", "work", 5), item("d", "health", 30), item("e")]
    found = weigh(things, {"a": "done", "b": "part", "c": "missed"}, others=[Share("health", 7, 2)])
    assert found.shares == (Share("health", 8, 2, 30), Share("work", 3, 2, 65))
    assert found.unsaid == Share("", 1)


@pytest.mark.parametrize(
    ("kind", "state", "done"),
    [
        ("build", "done", 1),
        ("build", "part", 1),
        ("build", "open", 0),
        ("build", "missed", 0),
        ("avoid", "done", 1),
        ("reduce", "done", 1),
        ("reduce", "part", 0),
    ],
)
def test_what_a_habit_adds(kind: HabitKind, state: State, done: int) -> None:
    target = Target()
    view = HabitView(habit(target, kind), state, None, target, True, 0, 1, "", "")
    assert habit_share([view], "health") == Share("health", 1, done)


def test_done_in_part_is_done_and_missed_is_not() -> None:
    cases: dict[State, int] = {"done": 1, "part": 1, "missed": 0, "open": 0}
    for state, done in cases.items():
        assert weigh([item("a", "work")], {"a": state}).shares == (Share("work", 1, done),)


@pytest.mark.parametrize("state", ["moved", "dropped", "excused"])
def test_what_is_not_asked_for_any_more_is_not_counted(state: State) -> None:
    assert weigh([item("a", "work")], {"a": state}).shares == ()


def test_a_thing_pinned_to_the_top_is_counted_once() -> None:
    assert weigh([item("a", "work", pinned=True)]).shares == (Share("work", 1),)


@pytest.mark.parametrize(
    ("areas", "cared", "over", "sentence"),
    [
        ("", "friends", False, ""),
        ("work work", "friends", False, ""),
        ("work work work", "", False, "Most of this week is Work."),
        ("work work work", "friends home", False, "Most of this week is Work; Friends has nothing yet."),
        ("work work home", "work home friends", False, "Most of this week is Work; Friends has nothing yet."),
        ("work work work", "friends", True, "Most of that week was Work; Friends had nothing."),
        ("work work home home", "friends", False, "Friends has nothing yet."),
        ("work work home home", "", False, ""),
        ("work work work none none none", "", False, ""),
        ("work work home", "space work", False, "Most of this week is Work."),
    ],
)
def test_the_sentence(areas: str, cared: str, over: bool, sentence: str) -> None:
    things = [item(f"i{place}", "" if area == "none" else area) for place, area in enumerate(areas.split())]
    assert weigh(things, cared=cared.split(), over=over).sentence == sentence
