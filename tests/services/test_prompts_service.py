"""Prompts over the real store: on time, once, and silent about what is done."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
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
    coach.sentences.add(time(11), "Drink something")
    coach.settings.change(reminders=False)
    watch.now = watch.now.replace(hour=12)
    assert due(coach) == ["Drink something"]


def test_what_was_past_when_it_was_made_does_not_come(coach: Coach, watch: Watch) -> None:
    coach.sentences.add(time(9), "Too late for today")
    add(coach, "breakfast 09:00 today")
    assert due(coach) == []
    watch.now += timedelta(days=1)
    assert due(coach) == ["Too late for today"]


def test_a_change_brings_nothing_back_that_was_shown_today(coach: Coach, watch: Watch) -> None:
    prompt = coach.sentences.add(time(10, 30), "Drink something")
    watch.now = watch.now.replace(minute=31)
    assert len(coach.prompts.claim(coach.prompts.due())) == 1
    coach.sentences.change(prompt.id, at=time(10, 30), sentence="Drink some water")
    coach.sentences.change(prompt.id, at=time(10, 15), sentence="Drink some water")
    assert due(coach) == []
    coach.sentences.change(prompt.id, at=time(10, 45), sentence="Drink some water")
    watch.now = watch.now.replace(minute=46)
    assert due(coach) == ["Drink some water"]


def test_one_that_is_off_is_silent_and_brings_nothing_back_when_it_is_on_again(coach: Coach, watch: Watch) -> None:
    prompt = coach.sentences.add(time(11), "Drink something")
    coach.sentences.switch(prompt.id)
    assert coach.prompts.next_instant() is None
    watch.now = watch.now.replace(hour=12)
    assert due(coach) == []
    coach.sentences.switch(prompt.id)
    assert due(coach) == [], "eleven was an hour ago"
    watch.now += timedelta(days=1)
    assert due(coach) == ["Drink something"]


def test_two_processes_and_a_restart_show_each_once(tmp_path: Path, coach: Coach, watch: Watch) -> None:
    coach.sentences.add(time(11), "Drink something")
    other = coach_at(tmp_path, watch)
    watch.now = watch.now.replace(hour=11)
    both = coach.prompts.due(), other.prompts.due()
    assert [len(found) for found in both] == [1, 1]
    assert [len(one.prompts.claim(found)) for one, found in zip((coach, other), both, strict=True)] == [1, 0]
    assert due(coach_at(tmp_path, watch)) == []


def test_only_what_somebody_took_is_claimed(coach: Coach, watch: Watch) -> None:
    coach.sentences.add(time(11), "Drink something")
    watch.now = watch.now.replace(hour=11)
    assert coach.prompts.claim_if(coach.prompts.due(), lambda _count: False) == ()
    assert due(coach) == ["Drink something"]
    assert len(coach.prompts.claim_if(coach.prompts.due(), lambda count: count == 1)) == 1
    assert due(coach) == []


def test_late_is_more_than_two_minutes(coach: Coach, watch: Watch) -> None:
    coach.sentences.add(time(11), "Drink something")
    watch.now = watch.now.replace(hour=11, minute=1)
    assert not coach.prompts.is_late(coach.prompts.due()[0])
    watch.now = watch.now.replace(hour=11, minute=3)
    assert coach.prompts.is_late(coach.prompts.due()[0])


def test_deleting_can_be_undone_and_what_is_gone_is_said_to_be_gone(coach: Coach) -> None:
    prompt = coach.sentences.add(time(11), "  Drink \n something ")
    coach.sentences.remove(prompt.id)
    with pytest.raises(NotFound):
        coach.sentences.switch(prompt.id)
    coach.undo.undo()
    assert [one.sentence for one in coach.sentences.all()] == ["Drink something"]
    with pytest.raises(Refused, match="needs a sentence"):
        coach.sentences.change(prompt.id, at=time(11), sentence="  ")


def test_what_is_held_is_counted_by_its_reason(coach: Coach, watch: Watch) -> None:
    add(coach, "walk 10:30")
    coach.sentences.add(time(10, 30), "Drink something")
    coach.settings.change(reminders=False)
    coach.quiet.ask(timedelta(hours=2))
    watch.now = watch.now.replace(hour=11)
    assert due(coach) == []
    assert coach.prompts.held() == {"paused": 1, "quiet": 1}
    assert coach.prompts.next_instant() == watch.now.replace(hour=12)
    coach.quiet.end()
    assert due(coach) == ["Drink something"]


def test_quiet_is_for_all_processes_and_ends_by_itself(tmp_path: Path, coach: Coach, watch: Watch) -> None:
    until = coach.quiet.ask(timedelta(hours=2))
    other = coach_at(tmp_path, watch)
    assert other.quiet.until() == until == watch.now + timedelta(hours=2)
    before = other.quiet.stamp()
    assert before is not None
    assert other.quiet.end()
    assert not other.quiet.end()
    assert coach.quiet.stamp() != before
    coach.quiet.ask(timedelta(hours=2))
    watch.now = until
    assert coach.quiet.until() is None


@pytest.mark.parametrize("text", ["", "soon", "2026-11-23T10:30", "2031-01-01T00:00:00+00:00", "\x00" * 50, "9" * 500])
def test_a_quiet_nobody_can_have_asked_for_is_none(tmp_path: Path, coach: Coach, watch: Watch, text: str) -> None:
    """Nobody goes unreminded because a file was damaged, or a clock was far off when it was written."""
    (tmp_path / "state").mkdir(exist_ok=True)
    (tmp_path / "state" / "quiet").write_text(text)
    assert coach.quiet.until() is None or text == "2026-11-23T10:30"


def test_own_sentences_at_several_times_and_before_them(coach: Coach, watch: Watch) -> None:
    prompt = coach.sentences.add(time(12), "Ring mum", times=(time(12), time(15)), leads=(0, 10))
    coming = [(f"{one.instant:%H:%M}", one.why) for one in coach.prompts.coming(1)]
    assert coming[:2] == [("11:50", "10 min before 12:00"), ("12:00", "your own sentence")]
    assert [clock for clock, _ in coming] == ["11:50", "12:00", "14:50", "15:00"]
    coach.sentences.change(prompt.id, leads=())
    assert len(coach.prompts.coming(1)) == 2
    assert coach_at(Path(coach.paths.home or ""), watch).sentences.all() == coach.sentences.all()
    with pytest.raises(Refused, match="24 hours"):
        coach.sentences.change(prompt.id, leads=(9999,))


def test_what_crosses_midnight_is_found(coach: Coach, watch: Watch) -> None:
    """Before its time on the evening before, and asked again on the day after, told a day late."""
    coach.sentences.add(time(0, 5), "Early", leads=(10,))
    coach.sentences.add(time(23, 50), "Again", nag_every=240, nag_most=6, days=(0,))
    watch.now = watch.now.replace(hour=23, minute=55)
    told = {(one.title, one.key.partition("@")[2]) for one in coach.prompts.claim(coach.prompts.due())}
    assert told == {("Early", "2026-11-24T00:05:00-10"), ("Again", "2026-11-23T23:50:00")}
    watch.now = datetime(2026, 11, 25, 23, 0, tzinfo=UTC)
    (again,) = [one for one in coach.prompts.due() if one.title == "Again"]
    assert again.key.endswith("@2026-11-23T23:50:00#6")


def test_what_is_late_at_night_is_found_a_day_later(coach: Coach, watch: Watch) -> None:
    """01:30 on Monday's day is early on Tuesday; somebody looks on Wednesday, before their Tuesday ends."""
    add(coach, "tea 01:30 today")
    watch.now += timedelta(days=1, hours=14, minutes=30)
    assert [(one.title, one.on) for one in coach.prompts.due()] == [("tea", TODAY)]


def test_quiet_hours_and_cap_are_settings_that_are_checked(coach: Coach, watch: Watch) -> None:
    coach.sentences.add(time(11), "Drink something")
    coach.settings.change(quiet_from=time(10), quiet_to=time(12), prompt_cap=3)
    watch.now = watch.now.replace(hour=11)
    coach.sentences.add(time(9), "Too early for quiet hours")
    add(coach, "walk 11:30")
    watch.now = watch.now.replace(hour=11, minute=30)
    told = {one.title for one in coach.prompts.due(aloud=True)}
    assert told == {"Drink something", "walk"}, "both were set for that time"
    watch.now += timedelta(days=1) - timedelta(hours=1)
    assert "Too early for quiet hours" not in [one.title for one in coach.prompts.due(aloud=True)]
    assert "Too early for quiet hours" in due(coach), "whoever looks is told"
    for wrong in ({"prompt_cap": -1}, {"prompt_cap": 51}):
        with pytest.raises(Refused, match="between 0 and 50"):
            coach.settings.change(**wrong)
