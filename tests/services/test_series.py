"""What repeats, over the real store: its days, and what is done to one time of it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.domain.errors import Ambiguous, NotFound, Refused
from coach.domain.items import Item
from coach.domain.occurrences import occurrences, rule_of
from coach.domain.repeat import Rule
from tests.services.clock import TODAY, Watch, add, coach_at, lines, titles
from tests.services.repeating import at, days, one

TOMORROW = TODAY + timedelta(days=1)


def test_it_comes_on_its_days_also_after_a_restart(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    walk = add(coach, "walk every weekday 11:30 30m @park #out")
    for fresh in (coach, coach_at(tmp_path, watch)):
        assert sorted(days(fresh, 8)) == ["11-23", "11-24", "11-25", "11-26", "11-27", "11-30"]
        item = lines(fresh, TOMORROW)[0].item
        assert (item.start, item.minutes, item.place, item.tags) == (time(11, 30), 30, "park", ("out",))
        assert (item.of, item.on, item.day, item.rule) == (walk.id, TOMORROW, TOMORROW, None)
    assert walk.id.startswith("p-"), "what repeats lives in the plan"


def test_a_rule_of_another_program_that_never_falls_leaves_it_on_its_first_day(coach: Coach) -> None:
    """Counted, not timed: dateutil would look through every day there is, at each look."""
    for number, rule in enumerate(("FREQ=DAILY;BYSETPOS=5", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=HOURLY")):
        series = Item(f"p-{number}", "x", TODAY, rule=rule)
        assert rule_of(series) == Rule("DAILY", count=1)
        assert [one.day for one in occurrences(series, TODAY, date(2030, 1, 1))] == [TODAY]
    assert rule_of(Item("p-x", "x", TODAY, rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")).frequency == "YEARLY"


def test_ticking_one_time_is_for_that_time(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    add(coach, "meds 8 and 20 daily")
    coach.items.mark(one(coach, TOMORROW, 1), TOMORROW, "done")
    for fresh in (coach, coach_at(tmp_path, watch)):
        assert at(fresh, TODAY) == ["08:00 meds open", "20:00 meds open"]
        assert at(fresh, TOMORROW) == ["08:00 meds open", "20:00 meds done"]
    kept = [record["id"] for record in coach.tables.records("marks")]
    assert kept == [f"2611-m:{lines(coach, TODAY)[0].item.of}:2026-11-24:2000"]
    coach.undo.undo()
    assert at(coach, TOMORROW)[1] == "20:00 meds open"


def test_a_mark_by_the_id_of_the_series_is_for_its_time_that_day(coach: Coach) -> None:
    walk, meds = add(coach, "walk every tue 11:30"), add(coach, "meds 8 and 20 daily")
    coach.items.mark(walk.id, TOMORROW, "done")
    assert at(coach, TOMORROW)[1] == "11:30 walk done"
    with pytest.raises(NotFound, match="does not come on Monday 23 November"):
        coach.items.mark(walk.id, TODAY, "done")
    with pytest.raises(Ambiguous, match=rf"2611-x:{meds.id}:2026-11-23:0800  08:00"):
        coach.items.mark(meds.id, TODAY, "done")
    assert coach.items.find("walk", TOMORROW).on == TOMORROW


def test_one_time_is_changed_and_the_others_are_not(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    walk = add(coach, "walk daily 11:30")
    name = one(coach, TOMORROW)
    changed = coach.items.edit(name, coach.items.read("long walk tomorrow 15:00 2h"))
    assert (changed.id, changed.of, changed.on) == (name, walk.id, TOMORROW)
    assert [record["id"] for record in coach.tables.records("items")] == [f"2611-x:{walk.id}:2026-11-24", walk.id]
    for fresh in (coach, coach_at(tmp_path, watch)):
        assert [at(fresh, TODAY + timedelta(days=day))[0] for day in range(3)] == [
            *("11:30 walk open", "15:00 long walk open", "11:30 walk open")
        ]
    coach.items.mark(name, TOMORROW, "done")
    assert at(coach, TOMORROW) == ["15:00 long walk done"]
    assert coach.undo.undo() == "Undone: ticked “long walk”."
    coach.undo.undo()
    assert at(coach, TOMORROW) == ["11:30 walk open"]


def test_an_old_time_is_changed_and_earlier_ones_stay(coach: Coach, watch: Watch) -> None:
    """What another calendar loses: https://github.com/pimutils/khal/issues/750."""
    add(coach, "walk daily 11:30")
    watch.now += timedelta(days=5)
    coach.items.mark(one(coach, TODAY), TODAY, "done")
    coach.items.edit(one(coach, TODAY + timedelta(days=3)), coach.items.read("swim 2026-11-26 12:00"))
    assert days(coach, 5) == {
        "11-23": ["11:30 walk done"],
        **{f"11-{day}": ["11:30 walk open"] for day in (24, 25)},
        "11-26": ["12:00 swim open"],
        "11-27": ["11:30 walk open"],
    }


def test_one_time_is_moved_also_into_another_month_and_to_later(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    add(coach, "laundry every saturday 12:00")
    saturday, december = date(2026, 11, 28), date(2026, 12, 2)
    name = one(coach, saturday)
    coach.items.mark(name, saturday, "done")
    moved = coach.items.move(name, december)
    assert (moved.id, moved.day, moved.on) == (name, december, saturday)
    for fresh in (coach, coach_at(tmp_path, watch)):
        assert (at(fresh, saturday), at(fresh, december)) == ([], ["12:00 laundry done"])
        assert at(fresh, date(2026, 12, 5)) == ["12:00 laundry open"]
    coach.items.mark(name, december, "open")
    coach.items.move(name, None)
    assert [item.id for item in coach_at(tmp_path, watch).items.later()] == [name]
    coach.items.let_go(name)
    assert coach.items.later() == ()
    for _ in range(3):
        coach.undo.undo()
    assert at(coach, december) == ["12:00 laundry done"]


def test_one_time_is_dropped(coach: Coach) -> None:
    walk = add(coach, "walk daily 11:30")
    coach.items.remove(one(coach, TOMORROW))
    assert at(coach, TOMORROW) == ["11:30 walk dropped"]
    assert coach.items.view(TOMORROW).total == 0
    assert at(coach, TODAY) == ["11:30 walk open"]
    coach.undo.undo()
    assert at(coach, TOMORROW) == ["11:30 walk open"]
    with pytest.raises(Refused, match="is all of it"):
        coach.items.series.drop(walk.id)


def test_only_what_comes_rarely_is_left_over(coach: Coach, watch: Watch) -> None:
    watch.now -= timedelta(days=10)
    for line in ("walk daily", "bins every mon", "rent 20th of every month", "post 8:00 and 20:00 tomorrow"):
        add(coach, line)
    watch.now += timedelta(days=10)
    assert [(left.title, left.start) for left in coach.items.leftovers()] == [
        *(("post", time(8)), ("post", time(20)), ("rent", None))
    ]
    rent = coach.items.leftovers()[2]
    coach.items.move(rent.id, TODAY)
    assert "rent open" in at(coach, TODAY)
    coach.items.let_go(coach.items.leftovers()[0].id)
    assert [left.start for left in coach.items.leftovers()] == [time(20)]


def test_each_time_prompts_once_wherever_it_was_moved(coach: Coach, watch: Watch) -> None:
    meds = add(coach, "meds 11:00 and 20:00 daily")
    coach.items.edit(one(coach, TODAY), coach.items.read("meds today 11:15"))
    watch.now += timedelta(hours=1)
    (due,) = coach.prompts.due()
    assert due.key == f"{meds.id}@2026-11-23T11:15:00"
    coach.prompts.claim([due])
    assert coach.prompts.due() == ()
    watch.now += timedelta(hours=9)
    assert [one.key for one in coach.prompts.due()] == [f"{meds.id}@2026-11-23T20:00:00"]
    coach.items.mark(one(coach, TODAY, 1), TODAY, "done")
    assert coach.prompts.due() == ()


def test_the_order_of_what_repeats_is_the_same_on_all_its_days(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    for line in ("one daily", "two", "three daily"):
        add(coach, line)
    coach.items.order.shift(one(coach, TODAY, 2), -1)
    coach.items.order.shift(one(coach, TODAY, 1), -1)
    for fresh in (coach, coach_at(tmp_path, watch)):
        assert (titles(fresh), titles(fresh, TOMORROW)) == (["three", "one", "two"], ["three", "one"])


def test_a_rule_nobody_can_read_spoils_no_day(coach: Coach) -> None:
    with coach.store.change(""):
        coach.items._items.put(Item("p-odd", "odd", TODAY, rule="FREQ=SECONDLY"))
    assert at(coach, TODAY) == ["odd open"]
    assert at(coach, TOMORROW) == []


def test_status_and_search_know_what_repeats(coach: Coach) -> None:
    add(coach, "meds 8:00 and 20:00 daily #care @clinic")
    assert coach.status.line() == "0/2 next 20:00"
    assert [hit.text for hit in coach.search.find("#care clinic")] == ["meds\nclinic\n#care"]


def test_a_start_the_clocks_skip_is_moved_on(tmp_path: Path, watch: Watch) -> None:
    watch.now = datetime.fromisoformat("2026-03-27T10:00:00+00:00")
    (tmp_path / "config.toml").write_text('zone = "Europe/Berlin"\n')
    reading = coach_at(tmp_path, watch).items.read("tea 2026-03-29 02:30")
    assert (reading.start, "the clocks go forward" in reading.sentence) == (time(3, 30), True)
