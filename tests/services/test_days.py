"""Kinds of day over the real store: chosen and taken back in one step, and what they leave over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.cli.day import day_text
from coach.domain.errors import Refused
from coach.domain.items import Item
from coach.domain.shapes import ShapeKind
from tests.services.clock import TODAY, Watch, add, coach_at, lines, state, titles
from tests.services.low_days import THREE, first, states

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def coach(tmp_path: Path, watch: Watch) -> Coach:
    return coach_at(tmp_path, watch)


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


def test_what_a_person_made_of_an_essential_stays(coach: Coach) -> None:
    """A time, a place, steps, a pin or other words: any of it, and the thing is the person's own."""

    def shaped(title: str, change: Callable[[Item], object]) -> bool:
        """Whether it is there after it was changed on a low-energy day and the day was made a usual one."""
        coach.days.choose(TODAY, "low")
        item = next(line.item for line in lines(coach) if line.item.title == title)
        change(item)
        coach.days.choose(TODAY, "usual")
        stays = any(line.item.id == item.id for line in lines(coach))
        if stays:
            coach.items.remove(item.id)
        return stays

    items = coach.items
    assert shaped(THREE[2], lambda item: items.edit(item.id, items.read(f"{THREE[2]} 21:30")))
    assert shaped(THREE[2], lambda item: items.edit(item.id, items.read(f"{THREE[2]} @home #sleep")))
    assert shaped(THREE[2], lambda item: items.edit(item.id, replace(items.read(THREE[2]), area="health")))
    assert shaped(THREE[1], lambda item: items.routines.add_steps(item.id, "find the number"))
    assert shaped(THREE[1], lambda item: items.pin(item.id, True))
    assert not shaped(THREE[2], lambda item: items.get(item.id)), "unless nothing was done to it"
    assert shaped(THREE[0], lambda item: items.mark(item.id, TODAY, "done"))


def test_what_a_changed_template_had_put_goes_too(coach: Coach) -> None:
    coach.days.choose(TODAY, "low")
    low = coach.templates.low().id
    coach.templates.change_line(low, "food", coach.items.read("Eat well"))
    coach.templates.remove_line(low, "people")
    coach.days.choose(TODAY, "low")
    assert len(titles(coach)) == 4, "what was there, and the new one"
    coach.days.choose(TODAY, "usual")
    assert titles(coach) == []
    assert coach.days.shape(TODAY).brought == {}


def test_a_template_fills_the_day_as_it_will_be(coach: Coach) -> None:
    """What goes with a low-energy day and is in the template is there again, and what a template puts is not twice."""
    for line in (THREE[0], "garden"):
        add(coach, f"{line} tomorrow")
    template = coach.templates.keep_day(TOMORROW, "Weekday")
    coach.days.choose(TODAY, "low")
    coach.days.choose(TODAY, "usual", template.id)
    assert sorted(titles(coach)) == [THREE[0], "garden"]
    coach.undo.undo()
    assert titles(coach) == THREE
    coach.days.choose(TODAY, "usual")
    coach.days.choose(TODAY, "low", template.id)
    assert sorted(titles(coach)) == sorted([*THREE, "garden"])
    assert first(coach) == [THREE[0], *THREE[1:]]


def test_what_the_day_excused_can_still_be_one_of_the_three(coach: Coach) -> None:
    """A sick day lets go of all; made a low-energy one, what is pinned is asked for again, nothing twice."""
    mum, _ = add(coach, "! ring mum"), add(coach, THREE[1])
    coach.days.choose(TODAY, "sick")
    coach.days.choose(TODAY, "low")
    assert first(coach) == [mum.title, THREE[1], THREE[0]]
    assert sorted(titles(coach)) == sorted([mum.title, *THREE[:2]])


def test_a_thing_that_was_moved_on_stays_where_it_was_put(coach: Coach) -> None:
    coach.days.choose(TODAY, "low")
    people = next(line.item for line in lines(coach) if line.item.title == THREE[1])
    coach.items.move(people.id, TOMORROW)
    coach.days.choose(TODAY, "low")
    assert (sorted(titles(coach)), titles(coach, TOMORROW)) == (sorted(THREE), [THREE[1]])


def test_what_was_for_later_and_is_done_was_of_that_day(coach: Coach) -> None:
    bank = add(coach, "call bank later")
    coach.items.mark(bank.id, TODAY, "done")
    assert (coach.items.later(), titles(coach), state(coach, bank)) == ((), ["call bank"], "done")
    assert coach.undo.undo() == "Undone: ticked “call bank”."
    assert ([item.title for item in coach.items.later()], titles(coach)) == (["call bank"], [])
    with pytest.raises(Refused, match="no day asks for it"):
        coach.items.mark(bank.id, TODAY, "excused")
    assert [item.title for item in coach.items.later()] == ["call bank"], "what is not done waits on"


@pytest.mark.parametrize("kind", ["low", "sick", "away"])
def test_a_day_of_rest_puts_off_what_was_on_it_and_leaves_nothing_of_its_own(
    tmp_path: Path, watch: Watch, kind: ShapeKind
) -> None:
    watch.now -= timedelta(days=1)
    rest = coach_at(tmp_path, watch)
    add(rest, "ring mum 23:00")
    add(rest, "walk 12:00 daily")
    rest.days.choose(rest.items.today(), kind)
    watch.now += timedelta(days=1)
    coach = coach_at(tmp_path, watch)
    assert [item.title for item in coach.items.leftovers()] == ["ring mum"], "the passport waits, the low day's tea not"
    coach.days.choose(TODAY - timedelta(days=1), "usual")
    assert [item.title for item in coach.items.leftovers()] == ["ring mum"]


def test_what_the_days_away_left_open_is_asked_about_once(tmp_path: Path, watch: Watch) -> None:
    """However long somebody was away: what they had left open is not passed over because it is old."""
    now = watch.now
    watch.now = now - timedelta(days=40)
    early = coach_at(tmp_path, watch)
    early.days.arrive()
    add(early, "form")
    add(early, "rent")
    early.items.move(lines(early, early.items.today())[1].item.id, TODAY - timedelta(days=20))
    watch.now = now
    coach = coach_at(tmp_path, watch)
    assert coach.items.leftovers() == ()
    assert coach.days.arrive() == 39
    assert [item.title for item in coach.items.leftovers()] == ["form", "rent"]
    watch.now = now + timedelta(days=1)
    after = coach_at(tmp_path, watch)
    assert (after.days.arrive(), after.items.leftovers()) == (0, ())
    assert [item.title for item in after.items.left.longer_ago()] == ["rent", "form"]


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
    assert [item.title for item in coach.items.left.longer_ago()] == ["moved on", "walk", "rest", "form"]
    coach.items.let_go(by_title["rest"].id)
    coach.items.let_go(next(item for item in coach.items.left.longer_ago() if item.of).id)
    assert [item.title for item in coach.items.left.longer_ago()] == ["moved on", "form"]
    coach.items.let_go(by_title["not long ago"].id)
    coach.items.move(by_title["form"].id, TODAY)
    coach.items.let_go(by_title["moved on"].id)
    assert (coach.items.left.longer_ago(), titles(coach)) == ((), ["walk", "new", "form"])
    watch.now = now + timedelta(days=15)
    assert [item.title for item in coach.items.left.longer_ago()] == ["form", "new"]


def test_the_commands_say_what_kind_of_day_it_is(coach: Coach) -> None:
    add(coach, "walk 11:00")
    coach.days.choose(TODAY, "low")
    said = day_text(coach.items.view(TODAY), TODAY)
    assert said.startswith("Monday 23 November, low-energy day") and "[-] 11:00  walk" in said
