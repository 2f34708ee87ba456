"""What another tracker keeps of habits becomes ours: the same from its zip and its database, once, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from coach.bootstrap import Coach
from coach.domain.habits import Target
from coach.storage.ids import mark_id
from tests.exchange.loop_files import WRITERS, Kept, Writer, brought, database, every_day, marks, only, take

DAY = date(2026, 11, 2)


def one_day(value: int, **habit: Any) -> Kept:
    return Kept("Walk", ((DAY.isoformat(), value),), **habit)


@pytest.mark.parametrize("written", WRITERS)
@pytest.mark.parametrize(
    ("habit", "state", "amount"),
    [
        (one_day(2), "done", None),
        (one_day(1), None, None),
        (one_day(0), "missed", None),
        (one_day(3), "excused", None),
        (one_day(-3), "excused", None),
        (one_day(-1), None, None),
        (one_day(7), None, None),
        (one_day(8000, numerical=True, target=8.0), "done", 8.0),
        (one_day(7500, numerical=True, target=8.0), "part", 7.5),
        (one_day(0, numerical=True, target=8.0), "missed", 0.0),
        (one_day(3, numerical=True, target=8.0), "excused", None),
        (one_day(-1, numerical=True, target=8.0), None, None),
        (one_day(-50, numerical=True, target=8.0), None, None),
        (one_day(500, numerical=True, target=8.0, per=7), "done", 0.5),
        (one_day(500, numerical=True), "done", 0.5),
        (one_day(2000, numerical=True, target=2.0, at_most=True), "done", 2.0),
        (one_day(2500, numerical=True, target=2.0, at_most=True), "part", 2.5),
        (one_day(0, numerical=True, target=0.0, at_most=True), "done", 0.0),
        (one_day(1_000_000_000, numerical=True, target=8.0), "done", 1_000_000.0),
        (one_day(1_000_001_000, numerical=True, target=8.0), None, None),
    ],
)
def test_each_value_of_a_day(coach: Coach, written: Writer, habit: Kept, state: str | None, amount: float) -> None:
    take(coach, written(habit))
    said = marks(coach).get(DAY.isoformat(), {})
    assert (said.get("state"), said.get("amount")) == (state, amount)
    if state:
        view = coach.habits.between(DAY, DAY)[only(coach).id][0]
        assert (view.state, view.amount) == (state, amount)


@pytest.mark.parametrize("written", WRITERS)
@pytest.mark.parametrize(
    ("habit", "kind", "target"),
    [
        (one_day(2), "build", Target()),
        (one_day(2, times=3, per=7), "build", Target(times=3, per=7)),
        (one_day(2, times=7, per=7), "build", Target()),
        (one_day(2, times=10, per=30), "build", Target(times=10, per=30)),
        (one_day(2, times=10, per=31), "build", Target(times=10, per=30)),
        (one_day(2, times=31, per=31), "build", Target()),
        (one_day(2, times=9, per=4), "build", Target()),
        (one_day(2, times=30, per=31), "build", Target(times=29, per=30)),
        (one_day(2, times=1, per=4000), "build", Target(times=1, per=366)),
        (one_day(2, times=390, per=400), "build", Target(times=357, per=366)),
        (one_day(2, times=400, per=400), "build", Target()),
        (one_day(2000, numerical=True, target=2.5, unit="km"), "build", Target(amount=2.5)),
        (one_day(2000, numerical=True, target=2.5, per=7), "build", Target(amount=2.5, per=7)),
        (one_day(2000, numerical=True, target=60, per=31), "build", Target(amount=60, per=30)),
        (one_day(2000, numerical=True, target=2, at_most=True), "reduce", Target(amount=2)),
        (one_day(0, numerical=True, target=0, at_most=True), "reduce", Target(amount=0)),
    ],
)
def test_what_is_asked_for(coach: Coach, written: Writer, habit: Kept, kind: str, target: Target) -> None:
    take(coach, written(habit))
    found = only(coach)
    assert (found.kind, found.target_on(DAY), found.unit) == (kind, target, habit.unit)
    assert (found.title, found.made, list(found.targets)) == ("Walk", DAY, [DAY.isoformat()])
    assert found.counted == habit.numerical


@pytest.mark.parametrize("written", WRITERS)
@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"times": 3}, "3 times in 1 day, more than once a day: here every day."),
        ({"times": 9, "per": 4}, "9 times in 4 days, more than once a day: here every day."),
        ({"times": 390, "per": 400}, "390 times in 400 days: here 357 times in 366 days."),
        ({"per": 4000}, "once in 4000 days: here once in 366 days."),
        ({"per": 400, "numerical": True, "target": 60, "unit": "km"}, "60 km in 400 days: here 60 km in 366 days."),
        ({"times": 1000, "per": 1001}, "1000 times in 1001 days: here every day."),
        ({"times": 400, "per": 400}, ""),
        ({"times": 31, "per": 31}, ""),
        ({"times": 10, "per": 31}, ""),
    ],
)
def test_what_cannot_be_asked_for_here_is_said(
    coach: Coach, written: Writer, asked: dict[str, Any], sentence: str
) -> None:
    told = [one for one in brought(coach, written(one_day(2, **asked))).left_out if one.startswith("“Walk” asks")]
    assert told == ([f"“Walk” asks for {sentence}"] if sentence else [])


@pytest.mark.parametrize("written", WRITERS)
def test_what_asks_for_nothing_takes_any_amount(coach: Coach, written: Writer) -> None:
    data = written(one_day(500, numerical=True))
    assert "“Walk” does not say how much is asked for: any amount is done here." in brought(coach, data).left_out
    take(coach, data)
    assert (only(coach).targets, only(coach).unit, only(coach).counted) == ({}, "times", True)
    coach.habits.set_amount(only(coach).id, date(2026, 11, 3), 2.0)
    coach.habits.change(only(coach).id, title="Run")


@pytest.mark.parametrize("written", WRITERS)
def test_words_order_and_rest(coach: Coach, written: Writer) -> None:
    coach.habits.add("mine")
    coach.habits.add("mine too")
    take(
        coach,
        written(
            Kept(" Lesen\t\x1b[2J \u202eund  Üben "),
            Kept("walk/../../etc: *?", every_day("2026-10-30", (2, 0, 2))),
            replace(one_day(2), name="Old one", archived=True),
            Kept("Lesen", (("2026-11-01", 1, "why\x1b[2J\nnot, “really”"), ("2026-11-02", 2, "yes"))),
            Kept("", (("2026-11-01", 2),)),
        ),
    )
    assert [habit.title for habit in coach.habits.all()] == [
        *("mine", "mine too", "Lesen [2J und Üben", "walk/../../etc: *?", "Lesen", "Habit 5")
    ]
    (old,) = coach.habits.all(archived=True)
    assert (old.title, old.archived) == ("Old one", coach.now())
    first = coach.habits.find("lesen [2j", DAY)
    assert first.made == coach.habits.today(), "nothing was said of it yet"
    found = coach.habits.find("Lesen", DAY)
    assert found.made == DAY, "a note alone does not begin it"
    views = coach.habits.between(date(2026, 11, 1), DAY)[found.id]
    assert [(view.state, view.note) for view in views] == [("unknown", "why[2J\nnot, “really”"), ("done", "yes")]
    kept = coach.tables.everything()["marks"]
    assert kept[mark_id(found.id, date(2026, 11, 1))]["note"] == "why[2J\nnot, “really”"
    assert mark_id(found.id, DAY) in kept


def test_of_less_the_days_before_count_in_the_period(coach: Coach) -> None:
    days = every_day("2026-11-01", (2000, 3, 1000, 500, 0, 0, 0, 1000, 1500))
    take(coach, database(Kept("Cans", days, numerical=True, target=3, per=7, at_most=True)))
    states = [said["state"] for _, said in sorted(marks(coach).items())]
    assert states == ["done", "excused", "done", "part", "part", "part", "part", "done", "part"]
    for state, (day, said) in zip(states, sorted(marks(coach).items()), strict=True):
        if state != "excused":  # as it comes out when it is counted here
            coach.habits.set_amount(only(coach).id, date.fromisoformat(day), said["amount"])
            assert marks(coach)[day]["state"] == state


@pytest.mark.parametrize("written", WRITERS)
def test_strength_is_the_trackers_where_all_days_are_known(coach: Coach, written: Writer) -> None:
    """Its published formula, worked out here."""
    values = (2, 2, 0, 3, 2, 0, 0, 2, 2, 2, 3, 2) * 5
    take(coach, written(Kept("Walk", every_day("2026-09-25", values))))
    keep, strength = 0.5 ** (1 / 13), 0.0
    for value in values:
        if value != 3:
            strength = strength * keep + (value == 2) * (1 - keep)
    assert coach.habits.strengths(coach.habits.today())[only(coach).id] == pytest.approx(strength, abs=1e-6)


@pytest.mark.parametrize("written", WRITERS)
def test_ten_thousand_days(coach: Coach, written: Writer) -> None:
    days = every_day("2000-01-01", (2, 0, 2, 3, 2) * 1950)
    done = take(coach, written(Kept("Walk", days)))
    assert done.done == len(days) + 1 == 9751
    assert only(coach).made == date(2000, 1, 1)
