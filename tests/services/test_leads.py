"""What reminds before its start, over the real store: each moment once, on time, also the night before."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from coach.bootstrap import Coach
from tests.services.clock import TODAY, Watch, add, lines


@pytest.fixture
def watch() -> Watch:
    return Watch(10, 0)


def at(watch: Watch, clock: str) -> None:
    watch.now = datetime.combine(watch.now.date(), time.fromisoformat(clock), watch.now.tzinfo)


def taken(coach: Coach) -> list[str]:
    return [one.why for one in coach.prompts.claim(coach.prompts.due())]


def test_each_moment_before_and_the_start_come_once(coach: Coach, watch: Watch) -> None:
    walk = add(coach, "walk 12:00 remind 1h and 10m before")
    told = []
    for clock in ("10:59", "11:00", "11:01", "11:50", "12:00", "12:30"):
        at(watch, clock)
        told.append(taken(coach))
    assert told == [[], ["1 h before 12:00"], [], ["10 min before 12:00"], ["starts at 12:00"], []]
    assert coach.items.get(walk.id).leads == (60, 10)


def test_done_before_its_start_it_is_silent(coach: Coach, watch: Watch) -> None:
    add(coach, "walk 12:00 remind 1h and 10m before")
    at(watch, "11:00")
    (one,) = coach.prompts.claim(coach.prompts.due())
    coach.answers.done(one)
    at(watch, "12:00")
    assert taken(coach) == []


def test_what_starts_after_midnight_reminds_the_evening_before(coach: Coach, watch: Watch) -> None:
    coach.items.add(coach.items.read("train tomorrow 00:10 remind an hour before"))
    add(coach, "market tomorrow 12:00 remind a day before")
    assert coach.prompts.next_instant() == watch.now.replace(hour=12)
    at(watch, "12:00")
    assert taken(coach) == ["24 h before 12:00"]
    assert coach.prompts.next_instant() == watch.now.replace(hour=23, minute=10)
    at(watch, "23:10")
    assert taken(coach) == ["1 h before 00:10"]


def test_no_reminder_is_none_and_one_that_is_asked_for_comes_whatever_is_off(coach: Coach, watch: Watch) -> None:
    add(coach, "quiet 12:00 no reminder")
    assert coach.prompts.next_instant() is None
    add(coach, "walk 12:00 remind 10m before")
    coach.settings.change(reminders=False)
    at(watch, "12:00")
    assert taken(coach) == ["10 min before 12:00"]


def test_kept_by_what_repeats_and_by_changed_times(coach: Coach, watch: Watch) -> None:
    series = add(coach, "meds 12:00 daily remind 10m before")
    tomorrow = TODAY + timedelta(days=1)
    one = lines(coach, tomorrow)[0].item
    assert one.leads == (10,)
    changed = coach.items.edit(one.id, coach.items.read("meds tomorrow 13:00 remind 1h before"))
    assert changed.leads == (60,)
    at(watch, "11:55")
    coach.items.edit(series.id, coach.items.read(f"{coach.items.series.line(series.id, 'all')}".replace("10m", "20m")))
    assert coach.items.get(series.id).leads == (20,)
    assert taken(coach) == [], "twenty to was past when it was typed"
    at(watch, "12:00")
    assert taken(coach) == ["starts at 12:00"]
    watch.now += timedelta(days=1)
    assert taken(coach) == ["1 h before 13:00"]


def test_a_line_of_a_template_keeps_it(coach: Coach) -> None:
    add(coach, "walk 12:00 remind 10m before")
    template = coach.templates.keep_day(TODAY, "Usual")
    coach.templates.apply(template.id, TODAY + timedelta(days=3))
    assert lines(coach, TODAY + timedelta(days=3))[0].item.leads == (10,)
