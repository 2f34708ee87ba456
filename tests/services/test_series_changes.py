"""Changes of a whole series: those that follow, all of it, its end; what was stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.domain.errors import NotFound
from tests.services.clock import TODAY, Watch, add, coach_at
from tests.services.repeating import at, days, one

TOMORROW = TODAY + timedelta(days=1)
NEXT_WEEK = TODAY + timedelta(days=7)
"""Mondays, both today and this."""


def test_this_one_and_those_that_follow(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    walk = add(coach, "walk mon wed 11:30 #out")
    coach.items.mark(one(coach, TODAY), TODAY, "done")
    name, before = one(coach, NEXT_WEEK), days(coach, 22)
    line = coach.items.series.line(name, "following")
    assert line == "walk Mon and Wed 11:30 #out from 2026-11-30"
    new = coach.items.series.change(name, coach.items.read(line.replace("11:30", "16:00")), "following")
    assert new.id != walk.id
    after = {
        "11-23": ["11:30 walk done"],
        "11-25": ["11:30 walk open"],
        **{day: ["16:00 walk open"] for day in ("11-30", "12-02", "12-07", "12-09", "12-14")},
    }
    assert days(coach, 22) == after == days(coach_at(tmp_path, watch), 22)
    assert coach.items.get(walk.id).rule == "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261129"
    coach.undo.undo()
    assert days(coach, 22) == before
    coach.undo.redo()
    assert days(coach, 22) == after


def test_a_count_goes_on_where_a_series_is_cut(coach: Coach) -> None:
    add(coach, "course daily 11:30 10 times")
    name = one(coach, TODAY + timedelta(days=4))
    line = coach.items.series.line(name, "following")
    assert line == "course every day 11:30 from 2026-11-27 6 times"
    coach.items.edit(name, coach.items.read(line.replace("11:30", "12:00")))
    assert list(days(coach, 20)) == [f"{TODAY + timedelta(days=day):%m-%d}" for day in range(10)]


def test_what_is_ticked_on_the_day_of_the_cut_stays_ticked(coach: Coach) -> None:
    add(coach, "walk daily 11:30")
    coach.items.mark(one(coach, TOMORROW), TOMORROW, "done")
    coach.items.series.change(one(coach, TOMORROW), coach.items.read("walk daily 16:00 from 2026-11-24"), "following")
    assert at(coach, TOMORROW) == ["16:00 walk done"]


def test_what_was_skipped_or_changed_by_hand_goes_along_when_the_others_change(coach: Coach) -> None:
    add(coach, "meds 8 and 20 daily")
    december = date(2026, 12, 1)
    coach.items.mark(one(coach, december), december, "excused")
    coach.items.edit(one(coach, NEXT_WEEK, 1), coach.items.read("meds at mum's 2026-11-30 21:00"))
    coach.items.edit(one(coach, TOMORROW), coach.items.read("meds 9 and 22 daily from 2026-11-24"))
    assert at(coach, TOMORROW) == ["09:00 meds open", "22:00 meds open"]
    assert at(coach, december) == ["09:00 meds excused", "22:00 meds open"]
    assert at(coach, NEXT_WEEK) == ["09:00 meds open", "21:00 meds at mum's open"]
    coach.undo.undo()
    assert at(coach, NEXT_WEEK) == ["08:00 meds open", "21:00 meds at mum's open"]


def test_all_of_it_changes_from_today_and_what_was_stays(coach: Coach, watch: Watch) -> None:
    walk = add(coach, "walk daily 11:30")
    coach.items.mark(one(coach, TODAY), TODAY, "done")
    watch.now += timedelta(days=3)
    day = TODAY + timedelta(days=3)
    before = days(coach, 8)
    line = coach.items.series.line(walk.id, "all")
    assert line == "walk every day 11:30 from 2026-11-23"
    renamed = coach.items.series.change(walk.id, coach.items.read(line.replace("walk", "stroll")), "all")
    assert (renamed.id, at(coach, TODAY)) == (walk.id, ["11:30 stroll done"]), "only a word: all days have it"
    coach.undo.undo()
    coach.items.edit(walk.id, coach.items.read("stroll every other day 16:00 from 2026-11-23"))
    assert days(coach, 8) == {
        "11-23": ["11:30 walk done"],
        "11-24": ["11:30 walk open"],
        "11-25": ["11:30 walk open"],
        "11-27": ["16:00 stroll open"],
        "11-29": ["16:00 stroll open"],
    }, "in step with the first day it was given"
    coach.undo.undo()
    assert days(coach, 8) == before
    coach.items.mark(one(coach, day), day, "done")
    coach.items.edit(walk.id, coach.items.read("walk daily 16:00"))
    assert (at(coach, day), at(coach, day + timedelta(days=1))) == (["11:30 walk done"], ["16:00 walk open"])


def test_it_ends_now_and_what_was_stays(coach: Coach, watch: Watch) -> None:
    walk = add(coach, "walk daily 11:30")
    watch.now += timedelta(days=2)
    before = days(coach)
    coach.items.series.end(walk.id)
    assert list(days(coach)) == ["11-23", "11-24"]
    coach.undo.undo()
    assert days(coach) == before
    coach.items.series.end(one(coach, TODAY + timedelta(days=4)))
    assert list(days(coach)) == ["11-23", "11-24", "11-25", "11-26"]
    coach.items.edit(one(coach, TODAY + timedelta(days=3)), coach.items.read("swim 2026-11-26 12:00"))
    coach.items.series.end(one(coach, TODAY + timedelta(days=2)))
    assert list(days(coach)) == ["11-23", "11-24"], "what was changed by hand goes with what it was a time of"
    coach.items.series.end(one(coach, TODAY))
    assert days(coach) == {}


def test_all_of_it_is_deleted_in_one_change_and_comes_back_with_its_marks(coach: Coach) -> None:
    walk = add(coach, "walk daily 11:30")
    coach.items.mark(one(coach, TODAY), TODAY, "done")
    coach.items.edit(one(coach, TOMORROW), coach.items.read("swim tomorrow"))
    before = days(coach, 4)
    coach.items.remove(walk.id)
    assert days(coach, 4) == {}
    assert len(coach.tables.records("marks")) == 1
    assert coach.undo.undo() == "Undone: deleted “walk”."
    assert days(coach, 4) == before


def test_one_thing_becomes_a_series_and_a_series_one_thing(coach: Coach) -> None:
    item = add(coach, "walk 11:30")
    coach.items.mark(item.id, TODAY, "done")
    series = coach.items.edit(item.id, coach.items.read("walk daily 11:30"))
    assert (at(coach, TODAY), at(coach, TOMORROW)) == (["11:30 walk done"], ["11:30 walk open"])
    single = coach.items.edit(series.id, coach.items.read("walk 2026-11-26 11:30"))
    assert (single.rule, days(coach, 9)) == (None, {"11-23": ["11:30 walk done"], "11-26": ["11:30 walk open"]})
    for _ in range(2):
        coach.undo.undo()
    assert days(coach, 9) == {"11-23": ["11:30 walk done"]}
    later = add(coach, "call later")
    coach.items.edit(later.id, coach.items.read("call every tue"))
    assert (coach.items.later(), at(coach, TOMORROW)) == ((), ["call open"])


def test_the_days_until_now_stay_when_the_first_day_is_taken_out_of_the_line(coach: Coach, watch: Watch) -> None:
    add(coach, "walk daily 11:30")
    watch.now += timedelta(days=4)
    coach.items.series.change(one(coach, TODAY + timedelta(days=2)), coach.items.read("walk daily 16:00"), "following")
    shown = {key: rows[0][:5] for key, rows in days(coach, 6).items()}
    assert shown == {**{f"11-{day}": "11:30" for day in range(23, 27)}, "11-27": "16:00", "11-28": "16:00"}


@pytest.mark.parametrize(
    "act",
    [
        lambda coach, name: coach.items.edit(name, coach.items.read("walk daily 12:00")),
        lambda coach, name: coach.items.series.end(name),
        lambda coach, name: coach.items.remove(name),
        lambda coach, name: coach.items.move(name, NEXT_WEEK),
    ],
)
def test_a_time_that_is_gone_is_said_to_be_gone(coach: Coach, act: Callable[[Coach, str], object]) -> None:
    walk = add(coach, "walk daily 11:30")
    name = one(coach, TOMORROW)
    coach.items.remove(walk.id)
    with pytest.raises(NotFound, match="not there any more"):
        act(coach, name)
    with pytest.raises(NotFound):
        coach.items.get("2611-x:nothing:2026-13-01")
