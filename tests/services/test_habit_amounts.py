"""What is counted of a habit, over the real store: nothing is lost, and what was said of a day stays said."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from coach.bootstrap import Coach
from coach.domain.errors import Refused
from coach.domain.habits import Habit, Target
from coach.domain.items import Mark, State
from coach.storage.ids import mark_id
from coach.storage.records import Records
from tests.services.clock import TODAY, Watch, coach_at
from tests.services.habit_days import said, view

YESTERDAY = TODAY - timedelta(days=1)
OCTOBER = date(2026, 10, 30)


def test_counting(coach: Coach) -> None:
    water = coach.habits.add("Water", target=Target(amount=3), unit="glasses")
    for by, expected in (
        (1, ("part", 1)),
        (1, ("part", 2)),
        (1.5, ("done", 3.5)),
        (-2, ("part", 1.5)),
        (-9, ("open", None)),
    ):
        coach.habits.count(water.id, TODAY, by)
        assert said(coach, water) == expected
    coach.habits.set_amount(water.id, YESTERDAY, 0)
    assert said(coach, water, YESTERDAY) == ("missed", 0), "0 says that it was none"
    coach.habits.set_amount(water.id, YESTERDAY, None)
    assert said(coach, water, YESTERDAY) == ("unknown", None)
    coach.habits.count(water.id, TODAY, 2)
    coach.habits.mark(water.id, TODAY, "done")
    assert said(coach, water) == ("done", 2), "the person says that it was enough"
    coach.habits.mark(water.id, TODAY, "open")
    assert said(coach, water) == ("open", None)
    for wrong in (-1.0, float("nan"), 1e9):
        with pytest.raises(Refused):
            coach.habits.set_amount(water.id, TODAY, wrong)
    with pytest.raises(Refused, match="ticked, not counted"):
        coach.habits.count(coach.habits.add("Walk").id, TODAY)


def test_two_that_count_at_once_both_count(tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one's glass is written after this one looked how many there are, and before it writes its own."""
    coach, other = coach_at(tmp_path, watch), coach_at(tmp_path, watch)
    water = coach.habits.add("Water", target=Target(amount=8), unit="glasses")
    coach.habits.count(water.id, TODAY)
    real, left = Records.put, [other, other]

    def put(records: Records[Any], record: Any) -> None:
        real(records, record)
        if records._store is coach.store and left:
            left.pop().habits.count(water.id, TODAY)

    monkeypatch.setattr(Records, "put", put)
    coach.habits.count(water.id, TODAY)
    assert not left
    for fresh in (coach, other, coach_at(tmp_path, watch)):
        fresh.catch_up()
        assert said(fresh, water)[1] == 4
    assert coach.undo.undo() == "Undone: counted “Water”."
    assert said(coach, water)[1] == 3


def test_something_to_reduce_counts_over_its_days(coach: Coach) -> None:
    cans = coach.habits.add("Cans", "reduce", Target(amount=5, per=7))
    coach.habits.count(cans.id, OCTOBER, 9)
    coach.habits.count(cans.id, YESTERDAY, 3)
    coach.habits.count(cans.id, TODAY, 2)
    assert said(coach, cans) == ("done", 2)
    coach.habits.count(cans.id, TODAY)
    assert said(coach, cans) == ("part", 3)
    coach.habits.set_amount(cans.id, TODAY, 2)
    assert said(coach, cans) == ("done", 2)
    assert not view(coach, cans).due, "it is never asked for"


def test_two_processes_that_count_lose_nothing(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    water = coach.habits.add("Water", target=Target(amount=8), unit="glasses")
    coach.habits.count(water.id, TODAY)
    other = coach_at(tmp_path, watch)
    assert said(other, water) == ("part", 1)
    coach.habits.count(water.id, TODAY)
    other.habits.count(water.id, TODAY)
    coach.habits.count(water.id, TODAY, -1)
    assert said(coach, water) == ("part", 2)


def test_what_was_said_of_a_day_stays_when_it_is_counted(coach: Coach) -> None:
    water = coach.habits.add("Water", target=Target(amount=2), unit="glasses")
    coach.habits.mark(water.id, TODAY, "done")
    coach.habits.count(water.id, TODAY)
    assert said(coach, water) == ("done", 1)
    coach.habits.count(water.id, TODAY, -1)
    assert said(coach, water) == ("done", None)
    coach.habits.mark(water.id, YESTERDAY, "excused", "ill")
    for expected in (("excused", 1), ("done", 2), ("done", 3)):
        coach.habits.count(water.id, YESTERDAY)
        assert said(coach, water, YESTERDAY) == expected
        assert _mark(coach, water).reason == "ill"
    coach.habits.count(water.id, YESTERDAY, -2)
    assert said(coach, water, YESTERDAY) == ("excused", 1)
    coach.habits.set_amount(water.id, YESTERDAY, 0)
    assert (said(coach, water, YESTERDAY), _mark(coach, water).reason) == (("missed", 0), "")


def _mark(coach: Coach, habit: Habit) -> Mark:
    found = Records(coach.store, "marks", Mark).get(mark_id(habit.id, YESTERDAY))
    assert found is not None
    return found


def test_missed_and_open_take_the_amount_away(coach: Coach) -> None:
    water = coach.habits.add("Water", target=Target(amount=8), unit="glasses")
    states: tuple[tuple[State, tuple[str, float | None]], ...] = (
        ("missed", ("missed", None)),
        ("open", ("open", None)),
        ("excused", ("excused", 8)),
    )
    for state, expected in states:
        coach.habits.set_amount(water.id, TODAY, 8)
        coach.habits.mark(water.id, TODAY, state)
        assert said(coach, water) == expected
        assert coach.habits.strengths(TODAY)[water.id] == 0


def test_a_limit_holds_whatever_day_was_typed_first(coach: Coach) -> None:
    cans = coach.habits.add("Cans", "reduce", Target(per=7, amount=2), run=True)
    for day in (TODAY, TODAY - timedelta(days=3)):
        coach.habits.set_amount(cans.id, day, 2)
    assert [said(coach, cans, day)[0] for day in (TODAY - timedelta(days=3), TODAY)] == ["done", "part"]
    assert (view(coach, cans).headline, view(coach, cans).letters[-4:]) == ("within it on 1 of 2 days", "d..p")
    assert coach.habits.runs(TODAY) == {cans.id: 0}
    month_on = view(coach, cans, TODAY + timedelta(days=29))
    assert month_on.letters[:2] == "p.", "what was before the thirty days counts in the first of them"
