"""Steps inside a routine over the real store: whose they are, what is ticked on a day, undo, and two devices."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.domain.errors import NotFound, Refused
from coach.domain.items import Item
from coach.services.routines import MOST
from tests.services.clock import TODAY, Watch, add, coach_at, lines
from tests.services.repeating import one

TOMORROW = TODAY + timedelta(days=1)
WIND_DOWN = "- phone away\n\n2. shower 10m\n[x] read a page"


def steps(coach: Coach, ref: str) -> list[str]:
    """As they stand, with their lengths."""
    item = coach.items.get(ref)
    return [f"{step.title} {step.minutes}" if step.minutes else step.title for _, step in item.in_order()]


def step(coach: Coach, ref: str, words: str) -> str:
    """The id of the step that begins so."""
    return next(key for key, step in coach.items.get(ref).in_order() if step.title.startswith(words))


def ticked(coach: Coach, words: str) -> list[str]:
    """Today's line with these words: its state, and which steps are ticked."""
    line = next(line for line in lines(coach) if words in line.item.title)
    marked = line.mark.steps if line.mark else {}
    return [line.state, *(one.title for key, one in line.item.in_order() if marked.get(key))]


def routine(coach: Coach, line: str = "wind down 21:30") -> Item:
    item = add(coach, line)
    assert coach.items.routines.add_steps(item.id, WIND_DOWN) == 3
    return item


def test_lines_become_steps_and_stay_over_a_restart(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    item = routine(coach)
    for at in (coach, coach_at(tmp_path, watch)):
        assert steps(at, item.id) == ["phone away", "shower 10", "read a page"]
        assert ticked(at, "wind") == ["open"], "a list that was ticked elsewhere is not ticked today"
    assert coach.items.routines.add_steps(item.id, " \n\n") == 0
    with pytest.raises(Refused, match="holds 100 steps"):
        coach.items.routines.add_steps(item.id, "x\n" * (MOST - 2))
    assert len(steps(coach, item.id)) == 3


def test_ticks_are_of_the_day_and_the_last_step_makes_it_done(coach: Coach) -> None:
    ref, tick = routine(coach).id, coach.items.marks.tick_step
    tick(ref, TODAY, step(coach, ref, "shower"), done=True)
    assert ticked(coach, "wind") == ["part", "shower"]
    for words in ("phone", "read"):
        tick(ref, TODAY, step(coach, ref, words), done=True)
    assert ticked(coach, "wind") == ["done", "phone away", "shower", "read a page"]
    assert coach.undo.undo() == "Undone: ticked a step of “wind down”."
    assert ticked(coach, "wind") == ["part", "phone away", "shower"]
    coach.items.marks.set(ref, TODAY, "done")
    coach.items.routines.edit_step(ref, step(coach, ref, "shower"), "a long bath 1h")
    assert ticked(coach, "wind") == ["done", "phone away", "a long bath", "read a page"], "other words, still ticked"
    assert steps(coach, ref)[1] == "a long bath 60"
    with pytest.raises(NotFound):
        tick(ref, TODAY, "nowhere", done=True)


def test_each_change_of_a_step_is_one_step_of_undo(coach: Coach) -> None:
    ref, routines = routine(coach).id, coach.items.routines
    before = steps(coach, ref)
    assert routines.shift_step(ref, step(coach, ref, "shower"), -1)
    assert steps(coach, ref) == ["shower 10", "phone away", "read a page"]
    assert not routines.shift_step(ref, step(coach, ref, "shower"), -1)
    assert routines.remove_step(ref, step(coach, ref, "read")) == "read a page"
    routines.edit_step(ref, step(coach, ref, "phone"), "phone in the hall")
    assert steps(coach, ref) == ["shower 10", "phone in the hall"]
    said = [coach.undo.undo() for _ in range(3)]
    assert steps(coach, ref) == before
    assert said == [f"Undone: {verb} a step of “wind down”." for verb in ("changed", "deleted", "moved")]
    for change in (
        lambda: routines.edit_step(ref, "nowhere", "x"),
        lambda: routines.remove_step(ref, "nowhere"),
        lambda: routines.shift_step("2611-nothing", "x", 1),
        lambda: routines.add_steps("p-nothing", "x"),
    ):
        with pytest.raises(NotFound):
            change()
    with pytest.raises(Refused, match="few words"):
        routines.edit_step(ref, step(coach, ref, "phone"), " ")


def test_of_what_repeats_the_steps_are_of_all_times_and_the_ticks_of_one(coach: Coach) -> None:
    routine(coach, "wind down 21:30 daily")
    today, tomorrow = one(coach, TODAY), one(coach, TOMORROW)
    coach.items.marks.tick_step(today, TODAY, step(coach, today, "phone"), done=True)
    coach.items.routines.add_steps(today, "lights out")
    assert steps(coach, tomorrow) == ["phone away", "shower 10", "read a page", "lights out"]
    assert [(line.steps_done, line.steps_total) for day in (TODAY, TOMORROW) for line in lines(coach, day)] == [
        (1, 4),
        (0, 4),
    ]
    assert not [item for item in coach.items._items.all("2611") if item.of], "no time of it was written by that"


def test_a_time_that_was_changed_has_steps_of_its_own(coach: Coach) -> None:
    series = routine(coach, "wind down 21:30 daily")
    coach.items.move(one(coach, TODAY), TOMORROW)
    moved = next(line.item.id for line in lines(coach, TOMORROW) if line.item.on == TODAY)
    coach.items.routines.remove_step(moved, step(coach, moved, "shower"))
    assert steps(coach, moved) == ["phone away", "read a page"]
    assert steps(coach, series.id) == ["phone away", "shower 10", "read a page"]
    coach.items.routines.add_steps(series.id, "lights out")
    assert len(steps(coach, moved)) == 2 and len(steps(coach, one(coach, TODAY + timedelta(days=2)))) == 4


def test_a_moved_time_of_what_comes_often_is_not_left_over(tmp_path: Path, coach: Coach) -> None:
    early = Watch()
    early.now -= timedelta(days=3)
    walk = add(coach_at(tmp_path, early), "walk 11:00 daily")
    first = TODAY - timedelta(days=3)
    coach.items.move(one(coach, first), first + timedelta(days=1))
    assert [line.item.of for line in lines(coach, first + timedelta(days=1))] == [walk.id, walk.id]
    assert coach.items.leftovers() == ()


def test_two_devices_add_steps_and_both_have_all(tmp_path: Path, watch: Watch) -> None:
    homes = [tmp_path / "laptop", tmp_path / "phone"]
    for home in homes:
        home.mkdir()
    item = routine(coach_at(homes[0], watch), "wind down 21:30 daily")
    _carry(homes)
    for home, words in zip(homes, ("lights out", "window open"), strict=True):
        coach_at(home, watch).items.routines.add_steps(item.id, words)
    phone = coach_at(homes[1], watch)
    phone.items.routines.edit_step(item.id, step(phone, item.id, "shower"), "bath")
    _carry(homes)
    for home in homes:
        found = steps(coach_at(home, watch), item.id)
        assert sorted(found) == ["bath", "lights out", "phone away", "read a page", "window open"]


def test_two_devices_tick_the_last_two_steps_and_it_is_done(tmp_path: Path, watch: Watch) -> None:
    homes = [tmp_path / "laptop", tmp_path / "phone"]
    for home in homes:
        home.mkdir()
    ref = routine(coach_at(homes[0], watch)).id
    _carry(homes)
    laptop, phone = (coach_at(home, watch) for home in homes)
    for at, words in ((laptop, "phone"), (laptop, "read"), (phone, "shower")):
        at.items.marks.tick_step(ref, TODAY, step(at, ref, words), done=True)
    _carry(homes)
    for home in homes:
        merged = coach_at(home, watch)
        assert ticked(merged, "wind") == ["done", "phone away", "shower", "read a page"]
        assert (merged.items.view(TODAY).done, merged.items.marks.of(ref, TODAY).state) == (1, "done")
    phone = coach_at(homes[1], watch)
    phone.items.marks.tick_step(ref, TODAY, step(phone, ref, "read"), done=False)
    assert ticked(phone, "wind") == ["part", "phone away", "shower"]


def test_the_day_counts_a_routine_as_its_steps_stand(coach: Coach) -> None:
    ref, routines, tick = routine(coach).id, coach.items.routines, coach.items.marks.tick_step
    tick(ref, TODAY, step(coach, ref, "phone"), done=True)
    routines.remove_step(ref, step(coach, ref, "phone"))
    assert (ticked(coach, "wind"), coach.items.view(TODAY).done) == (["open"], 0), "what was ticked is gone"
    tick(ref, TODAY, step(coach, ref, "shower"), done=True)
    routines.remove_step(ref, step(coach, ref, "read"))
    assert (ticked(coach, "wind"), coach.items.view(TODAY).done) == (["done", "shower"], 1), "nothing is left of it"
    routines.add_steps(ref, "lights out")
    coach.items.marks.set(ref, TODAY, "done")
    routines.add_steps(ref, "window open")
    assert ticked(coach, "wind")[0] == "done", "what was done stays done when there is more to do by now"
    tick(ref, TODAY, step(coach, ref, "lights"), done=False)
    assert ticked(coach, "wind") == ["part", "shower"]
    tick(ref, TODAY, step(coach, ref, "shower"), done=False)
    coach.items.marks.set(ref, TODAY, "part")
    assert ticked(coach, "wind") == ["part"], "it was said of the whole"


def _carry(homes: list[Path]) -> None:
    """Each gets the other's files, as a shared folder does it."""
    for here, there in (homes, homes[::-1]):
        shutil.copytree(here / "data", there / "data", dirs_exist_ok=True)
