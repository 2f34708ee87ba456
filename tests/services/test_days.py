"""Kinds of day over the real store: chosen and taken back in one step, on two devices, and who was here when."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.cli.day import day_text
from coach.domain.day_view import Line
from coach.domain.errors import Refused
from coach.domain.shapes import ShapeKind
from tests.services.clock import TODAY, Watch, add, coach_at, lines, state, titles

TOMORROW = TODAY + timedelta(days=1)
THREE = ["Eat and drink something", "A few words with somebody", "To bed at a set time"]


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def coach(tmp_path: Path, watch: Watch) -> Coach:
    return coach_at(tmp_path, watch)


def states(coach: Coach, day: date = TODAY) -> dict[str, str]:
    return {line.item.title: line.state for line in lines(coach, day)}


def first(coach: Coach, day: date = TODAY) -> list[str]:
    """What stands before all else."""
    section = coach.items.view(day).sections[0]
    return [line.item.title for line in section.lines if section.part is None and isinstance(line, Line)]


def test_a_low_energy_day_is_one_step_and_so_is_taking_it_back(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    walk, mum = add(coach, "walk 11:00"), add(coach, "ring mum")
    coach.items.pin(mum.id, True)
    coach.items.mark(walk.id, TODAY, "done")
    before = lines(coach)
    coach.days.choose(TODAY, "low")
    for at in (coach, coach_at(tmp_path, watch)):
        assert first(at) == ["ring mum", *THREE[:2]]
        assert (state(at, walk), at.items.view(TODAY).done, at.items.view(TODAY).total) == ("done", 1, 4)
    assert coach.undo.undo() == "Undone: made Monday 23 November a low-energy day."
    assert lines(coach) == before and coach.items.view(TODAY).shape == "usual"
    assert coach.undo.take_back("redo") is not None
    assert first(coach) == ["ring mum", *THREE[:2]]


def test_nothing_is_written_for_what_a_day_excuses(coach: Coach) -> None:
    walk, post = add(coach, "walk 11:00"), add(coach, "post it")
    coach.items.marks.note(post.id, TODAY, "the green one")
    marks = coach.tables.records("marks")
    coach.days.choose(TODAY, "sick")
    assert states(coach) == {"walk": "excused", "post it": "excused"}
    assert coach.tables.records("marks") == marks
    coach.items.mark(walk.id, TODAY, "done")
    assert (coach.items.view(TODAY).done, coach.items.view(TODAY).total) == (1, 1)
    coach.items.mark(walk.id, TODAY, "open")
    assert states(coach)["walk"] == "excused", "as if nothing had been said"
    coach.days.choose(TODAY, "usual")
    assert states(coach) == {"walk": "open", "post it": "open"}


def test_what_is_there_already_is_not_put_there_again(coach: Coach) -> None:
    bed = add(coach, "to bed at a SET time 22:00")
    coach.days.choose(TODAY, "low")
    assert sorted(titles(coach)) == sorted([bed.title, *THREE[:2]])
    assert coach.days.shape(TODAY).essentials[bed.id]
    eaten = next(line.item for line in lines(coach) if line.item.title == THREE[0])
    coach.items.mark(eaten.id, TODAY, "done")
    coach.days.choose(TODAY, "low")
    assert len(titles(coach)) == 3 and state(coach, eaten) == "done", "chosen twice it is as chosen once"


def test_what_a_low_energy_day_brought_goes_with_it_unless_it_was_used(coach: Coach) -> None:
    add(coach, "walk 11:00")
    coach.days.choose(TODAY, "low")
    eaten = next(line.item for line in lines(coach) if line.item.title == THREE[0])
    coach.items.mark(eaten.id, TODAY, "done")
    coach.days.choose(TODAY, "usual")
    assert states(coach) == {"walk": "open", THREE[0]: "done"}
    coach.undo.undo()
    assert coach.items.view(TODAY).shape == "low" and len(titles(coach)) == 4


def test_a_thing_that_was_moved_on_stays_where_it_was_put(coach: Coach) -> None:
    coach.days.choose(TODAY, "low")
    people = next(line.item for line in lines(coach) if line.item.title == THREE[1])
    coach.items.move(people.id, TOMORROW)
    coach.days.choose(TODAY, "low")
    assert (sorted(titles(coach)), titles(coach, TOMORROW)) == (sorted(THREE), [THREE[1]])


def test_what_is_pinned_and_done_takes_no_place_among_the_three(coach: Coach) -> None:
    for number in range(3):
        item = add(coach, f"thing {number}")
        coach.items.pin(item.id, True)
        coach.items.mark(item.id, TODAY, "done")
    coach.days.choose(TODAY, "low")
    assert first(coach) == THREE


def test_more_than_three_pinned_things_leave_three(coach: Coach) -> None:
    for number in range(5):
        coach.items.add(coach.items.read(f"thing {number} !"))
    for line in lines(coach):
        assert line.item.pinned or coach.items.pin(line.item.id, True)
    coach.days.choose(TODAY, "low")
    assert first(coach) == ["thing 0", "thing 1", "thing 2"]
    assert coach.items.view(TODAY).total == 3


def test_a_fourth_pinned_thing_of_a_day_is_refused_kindly(coach: Coach) -> None:
    items = [add(coach, f"thing {number}") for number in range(4)]
    other = add(coach, "elsewhere tomorrow")
    for item in items[:3]:
        coach.items.pin(item.id, True)
    before = lines(coach)
    with pytest.raises(Refused, match="Three things come first on Monday 23 November already"):
        coach.items.pin(items[3].id, True)
    assert lines(coach) == before
    coach.items.pin(items[0].id, True)
    coach.items.pin(other.id, True)
    coach.items.mark(items[0].id, TODAY, "done")
    coach.items.pin(items[3].id, True)
    assert first(coach) == ["thing 1", "thing 2", "thing 3"]
    assert coach.undo.undo() == "Undone: pinned “thing 3”."
    coach.items.pin(items[1].id, False)
    assert "thing 1" not in first(coach)


def test_one_time_of_what_repeats_is_pinned_alone(coach: Coach) -> None:
    add(coach, "walk daily 11:00")
    (time,) = lines(coach)
    coach.items.pin(time.item.id, True)
    assert (first(coach), lines(coach, TOMORROW)[0].item.pinned) == (["walk"], False)


def test_two_devices_that_say_different_things_of_a_day_come_to_one(tmp_path: Path, watch: Watch) -> None:
    homes = [tmp_path / name for name in ("one", "two")]
    both = []
    for home in homes:
        home.mkdir()
        both.append(coach_at(home, watch))
    add(both[0], "walk 11:00")
    share(homes)
    both[1].catch_up()
    for coach in both:
        coach.days.choose(TODAY, "low")
    share(homes)
    for coach in both:
        coach.catch_up()
        assert first(coach) == THREE, "the same three, not six"
    watch.now += timedelta(minutes=1)
    both[0].days.choose(TODAY, "sick")
    watch.now += timedelta(minutes=1)
    both[1].days.choose(TODAY, "away")
    share(homes)
    for coach in both:
        coach.catch_up()
        assert (coach.items.view(TODAY).shape, titles(coach)) == ("away", ["walk"])


def share(homes: list[Path]) -> None:
    """What each device wrote reaches the other, as a shared folder would bring it."""
    for source, target in ((homes[0], homes[1]), (homes[1], homes[0])):
        for path in (source / "data").rglob("*.log"):
            there = target / path.relative_to(source)
            there.parent.mkdir(parents=True, exist_ok=True)
            if not there.exists() or there.stat().st_size < path.stat().st_size:  # a log only grows
                shutil.copy(path, there)


@pytest.mark.parametrize("kind", ["low", "sick", "away"])
def test_a_day_of_rest_leaves_nothing_over_and_other_days_what_they_did(
    tmp_path: Path, watch: Watch, kind: ShapeKind
) -> None:
    watch.now -= timedelta(days=2)
    early = coach_at(tmp_path, watch)
    add(early, "post it")
    watch.now += timedelta(days=1)
    rest = coach_at(tmp_path, watch)
    add(rest, "ring mum 23:00")
    rest.days.choose(rest.items.today(), kind)
    watch.now += timedelta(days=1)
    coach = coach_at(tmp_path, watch)
    assert [item.title for item in coach.items.leftovers()] == ["post it"]
    coach.days.choose(TODAY - timedelta(days=1), "usual")
    assert [item.title for item in coach.items.leftovers()] == ["post it", "ring mum"]


def test_what_was_left_longer_ago_is_not_asked_about_and_not_lost(tmp_path: Path, watch: Watch) -> None:
    """Five weeks away: what was open then is still to be found, unless it was answered or let go."""
    now = watch.now
    watch.now = now - timedelta(days=40)
    early = coach_at(tmp_path, watch)
    for line in ("form", "done long ago", "moved on", "rest", "not long ago", "walk daily 12:00"):
        add(early, line)
    by_title = {line.item.title: line.item for line in lines(early, early.items.today())}
    early.items.mark(by_title["done long ago"].id, early.items.today(), "done")
    early.items.move(by_title["moved on"].id, TODAY - timedelta(days=20))
    early.items.move(by_title["rest"].id, TODAY - timedelta(days=30))
    early.items.move(by_title["walk"].id, TODAY - timedelta(days=25))
    early.items.move(by_title["not long ago"].id, TODAY - timedelta(days=14))
    early.days.choose(TODAY - timedelta(days=30), "sick")
    watch.now = now
    coach = coach_at(tmp_path, watch)
    add(coach, "new")
    assert [item.title for item in coach.items.leftovers()] == ["not long ago"]
    assert [item.title for item in coach.items.left.longer_ago()] == ["moved on", "form"]
    coach.items.let_go(by_title["not long ago"].id)
    coach.items.move(by_title["form"].id, TODAY)
    coach.items.let_go(by_title["moved on"].id)
    assert (coach.items.left.longer_ago(), titles(coach)) == ((), ["walk", "new", "form"])
    watch.now = now + timedelta(days=15)
    assert [item.title for item in coach.items.left.longer_ago()] == ["form", "new"]


def test_what_the_day_excused_prompts_nobody(coach: Coach) -> None:
    add(coach, "walk 11:00")
    assert coach.prompts.next_instant() is not None
    coach.days.choose(TODAY, "sick")
    assert coach.prompts.next_instant() is None


def test_the_commands_say_what_kind_of_day_it_is(coach: Coach) -> None:
    add(coach, "walk 11:00")
    coach.days.choose(TODAY, "low")
    said = day_text(coach.items.view(TODAY), TODAY)
    assert said.startswith("Monday 23 November, low-energy day") and "[-] 11:00  walk" in said
