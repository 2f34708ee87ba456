"""What a person says to a prompt, over the real store: done, later and not today, after a restart as well."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.domain.errors import Refused
from coach.domain.prompts import Occurrence
from coach.storage.ledger import Ledger
from tests.services.clock import TODAY, Watch, add, coach_at, lines, state


@pytest.fixture
def watch() -> Watch:
    return Watch(10, 0)


@pytest.fixture
def coach(tmp_path: Path, watch: Watch) -> Coach:
    return coach_at(tmp_path, watch)


def taken(coach: Coach) -> list[Occurrence]:
    return list(coach.prompts.claim(coach.prompts.due()))


def at(watch: Watch, clock: str) -> None:
    watch.now = datetime.combine(watch.now.date(), time.fromisoformat(clock), watch.now.tzinfo)


def test_done_marks_what_is_on_the_day_and_ends_its_asking(coach: Coach, watch: Watch) -> None:
    walk = add(coach, "walk 11:00")
    coach.sentences.add(time(11), "Take the pills", nag_every=10, nag_most=3)
    at(watch, "11:00")
    pills, walking = sorted(taken(coach), key=lambda one: one.title)
    coach.answers.done(walking)
    assert state(coach, walk) == "done"
    assert coach.prompts.next_instant() == watch.now + timedelta(minutes=10)
    coach.answers.done(pills)
    assert coach.prompts.next_instant() == watch.now + timedelta(days=1)
    assert "walk" in coach.undo.undo()
    assert state(coach, walk) == "open"


def test_one_time_of_what_repeats_is_done_alone(coach: Coach, watch: Watch) -> None:
    add(coach, "meds 11:00, 14:00 and 20:00 daily")
    at(watch, "14:00")
    found = [one for one in taken(coach) if one.at.hour == 14]
    coach.answers.done(found[0])
    marks = [coach.items.marks.of(line.item.id, TODAY).state for line in lines(coach)]
    assert sorted(marks) == ["done", "open", "open"]


def test_what_was_asked_again_while_nobody_looked_is_shown_as_one_and_is_over(coach: Coach, watch: Watch) -> None:
    coach.sentences.add(time(11), "Take the pills", nag_every=10, nag_most=3)
    at(watch, "11:25")
    (one,) = taken(coach)
    assert one.key.endswith("#2")
    assert taken(coach) == []
    at(watch, "11:30")
    assert [again.key[-2:] for again in taken(coach)] == ["#3"]


@pytest.mark.parametrize("minutes", [5, 60, 1440])
def test_later_comes_once_more_and_once_only(tmp_path: Path, coach: Coach, watch: Watch, minutes: int) -> None:
    coach.sentences.add(time(11), "Drink something", days=(0,))
    at(watch, "11:00")
    (one,) = taken(coach)
    until = coach.answers.snooze(one, minutes)
    assert until == watch.now + timedelta(minutes=minutes)
    assert coach.prompts.due() == ()
    assert coach.prompts.next_instant() == until
    watch.now = until
    again = coach_at(tmp_path, watch)
    assert [found.title for found in taken(again)] == ["Drink something"]
    assert taken(coach) == []
    watch.now += timedelta(hours=23)
    assert taken(coach) == []


def test_told_a_day_late_and_put_off_day_after_day_it_still_comes(coach: Coach, watch: Watch) -> None:
    coach.sentences.add(time(11), "Drink something", days=(0,))
    watch.now += timedelta(days=1)
    (one,) = taken(coach)
    for _day in range(5):
        until = coach.answers.snooze(one, 1440)
        watch.now = until + timedelta(hours=22)
        due = taken(coach)
        assert [found.title for found in due] == ["Drink something"]
        (one,) = due


@pytest.mark.parametrize("minutes", [0, 4, 1441])
def test_later_is_five_minutes_to_a_day(coach: Coach, watch: Watch, minutes: int) -> None:
    coach.sentences.add(time(11), "Drink something")
    at(watch, "11:00")
    with pytest.raises(Refused, match="to a day"):
        coach.answers.snooze(taken(coach)[0], minutes)


def test_this_evening_until_it_is_evening(coach: Coach, watch: Watch) -> None:
    coach.sentences.add(time(11), "Drink something")
    at(watch, "11:00")
    (one,) = taken(coach)
    assert coach.answers.this_evening(one) == watch.now.replace(hour=18)
    at(watch, "17:56")
    assert coach.answers.evening() is None
    with pytest.raises(Refused, match="evening already"):
        coach.answers.this_evening(one)


def test_not_today_silences_all_of_it_for_the_day_and_marks_nothing(coach: Coach, watch: Watch) -> None:
    add(coach, "meds 11:00, 14:00 and 20:00 daily")
    coach.sentences.add(time(14), "Drink something", times=(time(14), time(16)))
    at(watch, "14:00")
    for one in taken(coach):
        coach.answers.skip_today(one)
    at(watch, "23:59")
    assert taken(coach) == []
    assert coach.items.marks.of(lines(coach)[0].item.id, TODAY).state == "open"
    watch.now += timedelta(days=1)
    at(watch, "14:00")
    assert {one.title for one in taken(coach)} == {"meds", "Drink something"}


def test_what_cannot_be_read_is_not_shown_twice(tmp_path: Path, coach: Coach, watch: Watch) -> None:
    """The line of what was shown at eleven is damaged; what came hours later is not in doubt."""
    for hour in (9, 11, 14):
        coach.sentences.add(time(hour), f"at {hour}")
    at(watch, "11:00")
    taken(coach)
    path = tmp_path / "state" / "delivered.log"
    path.write_bytes(b"\xff" * 10 + path.read_bytes()[10:])
    at(watch, "14:00")
    again = coach_at(tmp_path, watch)
    assert Ledger(str(path)).unreadable() == 1
    assert [one.title for one in taken(again)] == ["at 14"]
