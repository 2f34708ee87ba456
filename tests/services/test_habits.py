"""What is said of a habit on a day, over the real store: it stays said, and it can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from coach.bootstrap import Coach
from coach.domain.errors import NotSaved, Refused
from coach.domain.habits import Target
from coach.domain.items import State
from coach.domain.strength import keep_of
from tests.services.clock import TODAY, Watch, coach_at
from tests.services.habit_days import said, view
from tests.storage.homes import noted
from tests.ui.started import fill_the_disk

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
OCTOBER = date(2026, 10, 30)


STATES = ("done", "part", "excused", "missed", "open")


@pytest.mark.parametrize("state", STATES)
def test_a_mark_is_kept_over_a_restart(tmp_path: Path, watch: Watch, coach: Coach, state: Any) -> None:
    walk = coach.habits.add("Walk")
    for day in (TODAY, YESTERDAY, OCTOBER):
        coach.habits.mark(walk.id, day, state)
    for at in (coach, coach_at(tmp_path, watch)):
        past = "unknown" if state == "open" else state
        assert [view(at, walk, day).state for day in (TODAY, YESTERDAY, OCTOBER)] == [state, past, past]


def test_something_to_avoid_is_only_noted(coach: Coach) -> None:
    smoking = coach.habits.add("Smoking", "avoid")
    assert (said(coach, smoking), view(coach, smoking, YESTERDAY).state) == (("open", None), "open")
    coach.habits.count(smoking.id, TODAY)
    coach.habits.count(smoking.id, TODAY)
    assert (said(coach, smoking), view(coach, smoking).headline) == (("open", 2), "noted on 1 of 1 day")
    gone: tuple[State, ...] = ("done", "part", "missed")
    for state in gone:
        with pytest.raises(Refused, match="noted when it happens"):
            coach.habits.mark(smoking.id, TODAY, state)
    coach.habits.mark(smoking.id, TODAY, "excused", "wedding")
    assert view(coach, smoking).state == "excused"


def test_days_to_come(coach: Coach) -> None:
    """Tonight somebody may look at tomorrow; a day off can be said at any time before."""
    walk, later = coach.habits.add("Walk"), TODAY + timedelta(days=40)
    coach.habits.mark(walk.id, TOMORROW, "done")
    coach.habits.mark(walk.id, later, "excused", "operation")
    assert [view(coach, walk, day).state for day in (TOMORROW, later)] == ["done", "excused"]
    too_early: tuple[Callable[[], None], ...] = (
        lambda: coach.habits.mark(walk.id, later, "done"),
        lambda: coach.habits.mark(walk.id, TODAY + timedelta(days=2), "missed"),
        lambda: coach.habits.set_amount(coach.habits.add("Cans", "avoid").id, later, 1),
    )
    for act in too_early:
        with pytest.raises(Refused, match="still to come"):
            act()
    strange: tuple[State, ...] = ("moved", "dropped", "unknown")
    for wrong in strange:
        with pytest.raises(Refused):
            coach.habits.mark(walk.id, TODAY, wrong)
    with pytest.raises(Refused, match="outside 2000"):
        coach.habits.mark(walk.id, date(1999, 12, 31), "done")


def test_a_mark_of_an_earlier_day_moves_the_beginning_back(coach: Coach) -> None:
    walk = coach.habits.add("Walk")
    coach.habits.mark(walk.id, OCTOBER, "open")
    assert coach.habits.get(walk.id).made == TODAY
    coach.habits.mark(walk.id, OCTOBER, "done")
    assert coach.habits.get(walk.id).made == OCTOBER
    assert view(coach, walk).headline == "1 of 25 days"
    coach.undo.undo()
    assert coach.habits.get(walk.id).made == TODAY


def test_a_note_stays_with_its_day(coach: Coach) -> None:
    walk = coach.habits.add("Walk")
    coach.habits.note(walk.id, TODAY, "  rain,\x1b[2J and wind \n")
    coach.habits.mark(walk.id, TODAY, "done")
    assert (view(coach, walk).note, said(coach, walk)) == ("rain,[2J and wind", ("done", None))
    coach.habits.note(walk.id, TODAY, "")
    assert (view(coach, walk).note, view(coach, walk, YESTERDAY).note) == ("", "")


def test_another_target_changes_no_strength_of_before(coach: Coach) -> None:
    walk = coach.habits.add("Walk")
    for back in range(1, 20):
        coach.habits.mark(walk.id, TODAY - timedelta(days=back), "done")
    before = coach.habits.strengths(YESTERDAY)[walk.id]
    coach.habits.change(walk.id, Target(times=1, per=7), TODAY)
    assert coach.habits.strengths(YESTERDAY)[walk.id] == before


def test_a_sick_day_excuses_and_can_still_be_ticked(coach: Coach) -> None:
    walk, read = coach.habits.add("Walk"), coach.habits.add("Read")
    coach.days.choose(TODAY, "sick")
    coach.habits.mark(read.id, TODAY, "done")
    assert [(one.state, one.due, one.of30) for one in coach.habits.view(TODAY)] == [
        ("excused", False, 0),
        ("done", False, 1),
    ]
    assert coach.habits.strengths(TODAY) == {walk.id: 0.0, read.id: pytest.approx(0.051922, abs=1e-6)}


def test_strengths_read_back_only_as_far_as_they_must(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    walk, rare = coach.habits.add("Walk"), coach.habits.add("Rarely", target=Target(times=1, per=30))
    first = TODAY - timedelta(days=900)
    with coach.store.change("Three years"):
        for back in range(901):
            coach.habits.mark(walk.id, TODAY - timedelta(days=back), "missed" if back % 5 == 0 else "done")
        coach.habits.mark(rare.id, first, "done")
    asked: list[list[str]] = []
    monkeypatch.setattr(coach.summaries, "facts", noted(asked, coach.summaries.facts))
    near = coach.habits.strengths(TODAY)[walk.id]
    assert min(map(min, asked)) == "2024-06", "what is rare asks for all there is"
    assert 0.75 < near < 0.85
    coach.habits.remove(rare.id)
    asked.clear()
    assert coach.habits.strengths(TODAY)[walk.id] == near
    assert min(map(min, asked)) == "2025-06"


def test_every_habit_has_a_strength_also_with_nothing_said(coach: Coach) -> None:
    walk, cans = coach.habits.add("Walk"), coach.habits.add("Cans", "reduce", Target(amount=1))
    assert coach.habits.strengths(TODAY) == {walk.id: 0.0, cans.id: 1.0}


def test_a_run_only_where_it_is_switched_on(coach: Coach) -> None:
    walk, read = coach.habits.add("Walk", run=True), coach.habits.add("Read")
    for habit in (walk, read):
        coach.habits.mark(habit.id, TODAY, "done")
        coach.habits.mark(habit.id, OCTOBER, "done")
    assert coach.habits.runs(TODAY) == {walk.id: 2}
    coach.habits.change(walk.id, run=False)
    assert coach.habits.runs(TODAY) == {}


def test_habits_do_not_mix_with_what_is_planned(coach: Coach) -> None:
    walk = coach.habits.add("Walk")
    coach.habits.mark(walk.id, TODAY, "done")
    assert (coach.items.view(TODAY).total, coach.items.leftovers(), coach.items.later()) == (0, (), ())


def test_what_could_not_be_saved_is_not_there(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = coach.habits.add("Walk")
    with monkeypatch.context() as patch:
        fill_the_disk(patch)
        with pytest.raises(NotSaved):
            coach.habits.mark(walk.id, OCTOBER, "done")
    assert view(coach, walk, OCTOBER).state == "unknown"
    assert coach.habits.get(walk.id).made == TODAY


def test_silence_counts_only_where_somebody_was_there(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    smoking = coach.habits.add("Smoking", "avoid")
    walk = coach.habits.add("Walk")
    coach.habits.mark(walk.id, YESTERDAY, "excused")
    watch.now += timedelta(days=20)
    later = coach_at(tmp_path, watch)
    day = later.habits.today()
    assert later.habits.strengths(day)[smoking.id] == 0, "nobody was there for twenty days"
    for back, act in enumerate(
        (lambda: later.habits.mark(walk.id, day - timedelta(days=1), "done"), later.days.arrive)
    ):
        act()
        watch.now += timedelta(days=back)
        strength = later.habits.strengths(later.habits.today())[smoking.id]
        assert strength == pytest.approx(1 - keep_of(1) ** (back + 1))
    watch.now += timedelta(days=40)
    assert later.habits.strengths(later.habits.today())[smoking.id] == pytest.approx(strength)
    assert view(later, smoking, later.habits.today()).headline == "not noted lately"


def test_only_the_habits_that_are_wanted_are_worked_out(coach: Coach) -> None:
    walk, read = coach.habits.add("Walk", run=True), coach.habits.add("Read", run=True)
    for found in (coach.habits.strengths(TODAY, [read.id]), coach.habits.runs(TODAY, [read.id])):
        assert set(found) == {read.id}
    assert set(coach.habits.between(TODAY, TODAY, [read.id])) == {read.id}
    assert set(coach.habits.runs(TODAY)) == {walk.id, read.id}
