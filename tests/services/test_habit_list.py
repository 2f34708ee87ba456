"""The habits themselves, over the real store: begun, changed, put in order, paused, archived and deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from coach.bootstrap import Coach
from coach.domain.errors import Ambiguous, NotFound, Refused
from coach.domain.habits import DAILY, Habit, Target
from coach.storage.records import Records
from tests.services.clock import TODAY, Watch, coach_at, written
from tests.services.habit_days import said, view

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
OCTOBER = date(2026, 10, 30)


def test_a_new_habit_begins_today_and_is_asked_for_every_day(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    walk = coach.habits.add("  Walk\n", tiny="to the gate", area="health")
    assert walk.id.startswith("p-")
    assert (walk.title, walk.made, walk.targets) == ("Walk", TODAY, {"2026-11-23": DAILY})
    assert coach_at(tmp_path, watch).habits.all() == (walk,)
    assert (view(coach, walk).state, view(coach, walk).due) == ("open", True)
    assert coach.habits.add("Smoking", "avoid").targets == {}
    with pytest.raises(ValueError, match="kind"):
        coach.habits.change(walk.id, kind="avoid")


def test_late_at_night_it_is_still_the_day_before(coach: Coach, watch: Watch) -> None:
    watch.now += timedelta(hours=15)  # 01:42 on Tuesday's clock
    assert coach.habits.add("Read").made == TODAY


def test_what_cannot_be_kept_is_refused_and_nothing_is_written(tmp_path: Path, coach: Coach) -> None:
    before = written(tmp_path)
    wrong: tuple[tuple[Any, ...], ...] = (
        ("", "build", None),
        ("Cans", "reduce", None),
        ("Smoking", "avoid", Target(amount=2)),
    )
    for arguments in wrong:
        with pytest.raises(Refused):
            coach.habits.add(*arguments)
    with pytest.raises(Refused, match="how many glasses"):
        coach.habits.add("Water", unit="glasses")
    assert written(tmp_path) == before


def test_each_change_is_one_step_of_undo_with_its_words(coach: Coach) -> None:
    walk = coach.habits.add("Walk")
    water = coach.habits.add("Water", target=Target(amount=8), unit="glasses")
    cans = coach.habits.add("Cans", "reduce", Target(amount=4))
    acts: dict[str, Callable[[], object]] = {
        "ticked “Walk”": lambda: coach.habits.mark(walk.id, TODAY, "done"),
        "marked “Walk”": lambda: coach.habits.mark(walk.id, OCTOBER, "missed"),
        "counted “Water”": lambda: coach.habits.count(water.id, TODAY),
        "wrote a note on “Walk”": lambda: coach.habits.note(walk.id, TODAY, "rain"),
        "paused “Walk”": lambda: coach.habits.pause(walk.id, TODAY),
        "changed “Walk”": lambda: coach.habits.change(walk.id, tiny="to the gate"),
        "changed the target of “Cans”": lambda: coach.habits.steps_down(cans.id, [(TODAY, 2)]),
        "moved “Walk”": lambda: coach.habits.shift(walk.id, 1),
        "archived “Walk”": lambda: coach.habits.archive(walk.id),
        "deleted “Walk”": lambda: coach.habits.remove(walk.id),
    }
    before = (coach.habits.view(TODAY), coach.habits.view(OCTOBER))
    for label, act in acts.items():
        act()
        assert (coach.habits.view(TODAY), coach.habits.view(OCTOBER)) != before, label
        assert coach.undo.undo() == f"Undone: {label}."
        assert (coach.habits.view(TODAY), coach.habits.view(OCTOBER)) == before, label


def test_a_deleted_habit_comes_back_with_all_its_days(coach: Coach) -> None:
    walk = coach.habits.add("Walk")
    for back in range(5):
        coach.habits.mark(walk.id, TODAY - timedelta(days=back), "done")
    coach.habits.remove(walk.id)
    assert coach.habits.view(TODAY) == ()
    with pytest.raises(NotFound):
        coach.habits.mark(walk.id, TODAY, "done")
    coach.undo.undo()
    assert view(coach, walk).done30 == 5


def test_an_archived_habit_rests_with_all_its_days(coach: Coach) -> None:
    walk = coach.habits.add("Walk")
    coach.habits.mark(walk.id, TODAY, "done")
    coach.habits.archive(walk.id)
    assert (coach.habits.view(TODAY), coach.habits.strengths(TODAY)) == ((), {})
    assert [one.id for one in coach.habits.all(archived=True)] == [walk.id]
    coach.habits.archive(walk.id, back=True)
    assert said(coach, walk) == ("done", None)


def test_targets_change_from_a_day_on(coach: Coach) -> None:
    cans = coach.habits.add("Cans", "reduce", Target(amount=4))
    coach.habits.steps_down(cans.id, [(TODAY + timedelta(days=7 * week), 4 - week) for week in (1, 2, 3)])
    asked = [view(coach, cans, TODAY + timedelta(days=days)).target for days in (0, 6, 7, 20, 90)]
    assert [target.amount if target else None for target in asked] == [4, 4, 3, 2, 1]
    coach.habits.change(cans.id, Target(amount=2, per=2), TODAY + timedelta(days=8))
    assert list(coach.habits.get(cans.id).targets) == ["2026-11-23", "2026-11-30", "2026-12-01"]
    with pytest.raises(Refused):
        coach.habits.change(cans.id, DAILY)
    with pytest.raises(Refused, match="nothing to reduce"):
        coach.habits.steps_down(coach.habits.add("Walk").id, [])


def test_pauses_freeze_and_end(coach: Coach) -> None:
    walk = coach.habits.add("Walk")
    coach.habits.pause(walk.id, YESTERDAY)
    with pytest.raises(Refused, match="paused on"):
        coach.habits.pause(walk.id, TODAY)
    assert [view(coach, walk, day).state for day in (YESTERDAY, TODAY, TOMORROW)] == ["excused"] * 3
    assert not view(coach, walk).due
    coach.habits.resume(walk.id, TODAY)
    assert [view(coach, walk, day).state for day in (YESTERDAY, TODAY)] == ["excused", "open"]
    coach.habits.pause(walk.id, TODAY, TOMORROW)
    coach.habits.resume(walk.id, TODAY)
    assert len(coach.habits.get(walk.id).pauses) == 1, "one that was taken back on its first day never was"
    assert coach.habits.resume(walk.id, TODAY) == coach.habits.get(walk.id)


def test_the_order_is_the_persons(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    names = [coach.habits.add(title).id for title in ("a", "b", "c")]
    assert coach.habits.shift(names[2], -1)
    assert coach.habits.shift(names[0], 1)
    assert not coach.habits.shift(names[2], -1)
    assert [one.title for one in coach_at(tmp_path, watch).habits.all()] == ["c", "a", "b"]


def test_finding_by_id_or_words(coach: Coach) -> None:
    walk, dog = coach.habits.add("Walk"), coach.habits.add("Walk the dog")
    assert coach.habits.find("walk", TODAY) == walk
    assert coach.habits.find("DOG", TODAY) == coach.habits.find(dog.id, TODAY) == dog
    with pytest.raises(Ambiguous) as several:
        coach.habits.find("wal", TODAY)
    assert walk.id in str(several.value)
    assert dog.id in str(several.value)
    with pytest.raises(NotFound, match="coach habits"):
        coach.habits.find("swim", TODAY)


def test_two_devices_that_made_something_odd_of_it_still_show_it(coach: Coach) -> None:
    """A unit from one, and a target without an amount from the other: nothing is hidden, and nothing raises."""
    odd = Habit("p-odd", "Water", unit="glasses", targets={"2026-01-01": DAILY})
    with coach.store.change(""):
        Records(coach.store, "habits", Habit).put(odd)
        Records(coach.store, "habits", Habit).put(Habit("p-avoid", "x", "reduce"))
    coach.habits.mark(odd.id, TODAY, "done")
    coach.habits.count(odd.id, TODAY)
    assert len(coach.habits.view(TODAY)) == len(coach.habits.strengths(TODAY)) == 2


def test_steps_down_take_the_place_of_those_that_were_planned(coach: Coach) -> None:
    cans = coach.habits.add("Cans", "reduce", Target(amount=9))
    days = [(TODAY + timedelta(days=7 * week)) for week in range(1, 5)]
    coach.habits.steps_down(cans.id, [(day, 9 - week) for week, day in enumerate(days, 1)])
    found = coach.habits.steps_down(cans.id, [(days[1], 4)])
    assert {first: one.amount for first, one in found.targets.items()} == {"2026-11-23": 9, days[1].isoformat(): 4}
    again = coach.habits.change(cans.id, Target(amount=5))
    assert {first: one.amount for first, one in again.targets.items()} == {"2026-11-23": 5, days[1].isoformat(): 4}


@pytest.mark.parametrize("kind", ["build", "avoid"])
def test_the_time_a_habit_was_put_away_is_a_pause(tmp_path: Path, watch: Watch, coach: Coach, kind: Any) -> None:
    habit, beside = coach.habits.add("No sweets", kind), coach.habits.add("Walk")
    coach.habits.archive(habit.id)
    watch.now += timedelta(days=60)
    later = coach_at(tmp_path, watch)
    day = later.habits.today()
    for back in range(60):
        later.habits.mark(beside.id, day - timedelta(days=back), "done")
    found = later.habits.archive(habit.id, back=True)
    assert [(one.first, one.last) for one in found.pauses.values()] == [(TODAY, day - timedelta(days=1))]
    assert view(later, habit, day).letters == "-" * 29 + "."
    assert later.habits.strengths(day)[habit.id] == 0
    later.habits.archive(habit.id)
    assert later.habits.archive(habit.id, back=True).pauses == found.pauses, "not for an hour of the same day"
