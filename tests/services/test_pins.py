"""What comes first on a day: three things, whoever pinned them and however."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.domain.errors import Refused
from coach.services.series import Scope
from tests.services.clock import TODAY, Watch, add, coach_at, lines, titles
from tests.services.low_days import THREE, first, meet, states, two_devices

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def coach(tmp_path: Path, watch: Watch) -> Coach:
    return coach_at(tmp_path, watch)


def test_more_than_three_pinned_things_leave_three(tmp_path: Path, watch: Watch) -> None:
    """They come from two devices: on one of them a fourth is refused."""
    both = two_devices(tmp_path, watch)
    for number in range(6):
        coach = both[number % 2]
        coach.items.add(coach.items.read(f"thing {number} !"))
    meet(tmp_path, both)
    coach = both[0]
    assert all(line.item.pinned for line in lines(coach)) and len(first(coach)) == 3
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
    for line in ("! thing 4", "! thing 4 daily", "! thing 4 12:00"):
        with pytest.raises(Refused, match="Three things come first on Monday 23 November already"):
            add(coach, line)
    with pytest.raises(Refused, match="Three things come first"):
        coach.items.edit(other.id, coach.items.read("! elsewhere today"))
    thing = coach.items.get(items[1].id)
    coach.items.edit(thing.id, coach.items.read("! thing 1 14:00"))
    coach.items.edit(thing.id, coach.items.read("! thing 1"))
    assert coach.items.move(other.id, TODAY).pinned is False, "what is only moved is not held up"
    coach.undo.undo()
    coach.undo.undo()
    coach.undo.undo()
    assert coach.items.get(other.id) == replace(other, pinned=True)
    assert coach.undo.undo() == "Undone: pinned “thing 3”."
    coach.items.pin(items[1].id, False)
    assert "thing 1" not in first(coach)


def test_one_time_of_what_repeats_is_pinned_alone(coach: Coach) -> None:
    add(coach, "walk daily 11:00")
    (time,) = lines(coach)
    coach.items.pin(time.item.id, True)
    assert (first(coach), lines(coach, TOMORROW)[0].item.pinned) == (["walk"], False)
    before = coach.tables.records("items")
    coach.items.pin(time.item.id, False)
    assert len(coach.tables.records("items")) == len(before) - 1, "as the rule gives it, it needs no record"
    coach.items.edit(time.item.of or "", coach.items.read("run daily 11:00"))
    assert titles(coach) == ["run"]
    coach.items.pin(time.item.id, True)
    coach.items.edit(time.item.id, coach.items.read("! run far 12:00"))
    coach.items.pin(time.item.id, False)
    assert titles(coach) == ["run far"], "what was changed otherwise stays"


@pytest.mark.parametrize("scope", ["this", "following", "all"])
def test_a_fourth_is_refused_however_a_repeating_one_is_changed(coach: Coach, scope: Scope) -> None:
    add(coach, "walk daily 11:00")
    (walk,) = lines(coach)
    for number in range(3):
        add(coach, f"! thing {number}")
    before = lines(coach)
    line = coach.items.series.line(walk.item.id, scope)
    with pytest.raises(Refused, match="Three things come first"):
        coach.items.series.change(walk.item.id, coach.items.read(f"! {line}"), scope)
    assert lines(coach) == before
    coach.items.series.change(walk.item.id, coach.items.read(line.replace("walk", "run")), scope)
    assert "run" in titles(coach), "without a pin there is room"


def test_what_is_pinned_and_done_takes_no_place_among_the_three(coach: Coach) -> None:
    for number in range(3):
        item = add(coach, f"thing {number}")
        coach.items.pin(item.id, True)
        coach.items.mark(item.id, TODAY, "done")
    coach.days.choose(TODAY, "low")
    assert first(coach) == THREE


def test_two_devices_that_say_different_things_of_a_day_come_to_one(tmp_path: Path, watch: Watch) -> None:
    both = two_devices(tmp_path, watch)
    add(both[0], "walk 11:00")
    meet(tmp_path, both)
    for coach in both:
        coach.days.choose(TODAY, "low")
    meet(tmp_path, both)
    for coach in both:
        assert first(coach) == THREE, "the same three, not six"
    watch.now += timedelta(minutes=1)
    both[0].days.choose(TODAY, "sick")
    watch.now += timedelta(minutes=1)
    both[1].days.choose(TODAY, "away")
    meet(tmp_path, both)
    for coach in both:
        assert (coach.items.view(TODAY).shape, titles(coach)) == ("away", ["walk"])


def test_two_devices_that_chose_other_essentials_ask_for_three(tmp_path: Path, watch: Watch) -> None:
    """What was pinned on one of them is not pushed out, and both show the same."""
    both = two_devices(tmp_path, watch)
    for line in ("! ring mum", "! post it"):
        add(both[0], line)
    for coach in both:
        coach.days.choose(TODAY, "low")
    meet(tmp_path, both)
    assert len(both[0].days.shape(TODAY).essentials) == 5
    assert first(both[0]) == first(both[1])
    for coach in both:
        assert (first(coach)[:2], coach.items.view(TODAY).total) == (["ring mum", "post it"], 3)
        assert list(states(coach).values()).count("excused") == 2
