"""Prompts over the real store: on time, once, and silent about what is done."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.domain.errors import NotFound, Refused
from tests.services.clock import TODAY, Watch, add, coach_at


@pytest.fixture
def watch() -> Watch:
    return Watch(10, 0)


def due(coach: Coach) -> list[str]:
    return [occurrence.title for occurrence in coach.prompts.due()]


def test_a_thing_with_a_time_is_due_at_its_time_unless_it_is_settled(coach: Coach, watch: Watch) -> None:
    walk = add(coach, "walk 11:00")
    for title, state in (("swim 11:00", "done"), ("read 11:00", "dropped"), ("sing 11:00", "excused")):
        item = add(coach, title)
        coach.items.mark(item.id, TODAY, state)  # type: ignore[arg-type]  # the words above are states
    moved = add(coach, "run 11:00")
    coach.items.move(moved.id, TODAY + timedelta(days=1))
    assert (due(coach), coach.prompts.next_instant()) == ([], watch.now.replace(hour=11))
    watch.now = watch.now.replace(hour=11)
    assert due(coach) == ["walk"]
    coach.items.mark(walk.id, TODAY, "done")
    assert due(coach) == []


def test_reminders_that_are_off_leave_the_own_sentences(coach: Coach, watch: Watch) -> None:
    add(coach, "walk 11:00")
    coach.prompts.add(time(11), "Drink something")
    coach.settings.change(reminders=False)
    watch.now = watch.now.replace(hour=12)
    assert due(coach) == ["Drink something"]


def test_what_was_past_when_it_was_made_does_not_come(coach: Coach, watch: Watch) -> None:
    coach.prompts.add(time(9), "Too late for today")
    add(coach, "breakfast 09:00 today")
    assert due(coach) == []
    watch.now += timedelta(days=1)
    assert due(coach) == ["Too late for today"]


def test_a_change_brings_nothing_back_that_was_shown_today(coach: Coach, watch: Watch) -> None:
    prompt = coach.prompts.add(time(10, 30), "Drink something")
    watch.now = watch.now.replace(minute=31)
    assert len(coach.prompts.claim(coach.prompts.due())) == 1
    coach.prompts.edit(prompt.id, time(10, 30), "Drink some water")
    coach.prompts.edit(prompt.id, time(10, 15), "Drink some water")
    assert due(coach) == []
    coach.prompts.edit(prompt.id, time(10, 45), "Drink some water")
    watch.now = watch.now.replace(minute=46)
    assert due(coach) == ["Drink some water"]


def test_one_that_is_off_is_silent_and_brings_nothing_back_when_it_is_on_again(coach: Coach, watch: Watch) -> None:
    prompt = coach.prompts.add(time(11), "Drink something")
    coach.prompts.switch(prompt.id)
    assert coach.prompts.next_instant() is None
    watch.now = watch.now.replace(hour=12)
    assert due(coach) == []
    coach.prompts.switch(prompt.id)
    assert due(coach) == [], "eleven was an hour ago"
    watch.now += timedelta(days=1)
    assert due(coach) == ["Drink something"]


def test_two_processes_and_a_restart_show_each_once(tmp_path: Path, coach: Coach, watch: Watch) -> None:
    coach.prompts.add(time(11), "Drink something")
    other = coach_at(tmp_path, watch)
    watch.now = watch.now.replace(hour=11)
    both = coach.prompts.due(), other.prompts.due()
    assert [len(found) for found in both] == [1, 1]
    assert [len(one.prompts.claim(found)) for one, found in zip((coach, other), both, strict=True)] == [1, 0]
    assert due(coach_at(tmp_path, watch)) == []


def test_only_what_somebody_took_is_claimed(coach: Coach, watch: Watch) -> None:
    coach.prompts.add(time(11), "Drink something")
    watch.now = watch.now.replace(hour=11)
    assert coach.prompts.claim_if(coach.prompts.due(), lambda _count: False) == ()
    assert due(coach) == ["Drink something"]
    assert len(coach.prompts.claim_if(coach.prompts.due(), lambda count: count == 1)) == 1
    assert due(coach) == []


def test_late_is_more_than_two_minutes(coach: Coach, watch: Watch) -> None:
    coach.prompts.add(time(11), "Drink something")
    watch.now = watch.now.replace(hour=11, minute=1)
    assert not coach.prompts.is_late(coach.prompts.due()[0])
    watch.now = watch.now.replace(hour=11, minute=3)
    assert coach.prompts.is_late(coach.prompts.due()[0])


def test_deleting_can_be_undone_and_what_is_gone_is_said_to_be_gone(coach: Coach) -> None:
    prompt = coach.prompts.add(time(11), "  Drink \n something ")
    coach.prompts.remove(prompt.id)
    with pytest.raises(NotFound):
        coach.prompts.switch(prompt.id)
    coach.undo.undo()
    assert [one.sentence for one in coach.prompts.all()] == ["Drink something"]
    with pytest.raises(Refused, match="needs a sentence"):
        coach.prompts.edit(prompt.id, time(11), "  ")
