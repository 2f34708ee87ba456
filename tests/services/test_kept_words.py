"""What a person wrote about something stays with it, wherever it is put and however often it is to come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.domain.errors import Refused
from coach.domain.items import Item, Mark
from tests.services.clock import TODAY, Watch, add, coach_at, lines
from tests.services.repeating import at, days, one

TOMORROW = TODAY + timedelta(days=1)
DECEMBER = date(2026, 12, 2)
NEXT_WEEK = TODAY + timedelta(days=7)
"""Mondays, both today and this."""

Put = Callable[[Coach, Item], object]
WAYS: dict[str, Put] = {
    "m": lambda coach, item: coach.items.move(item.id, DECEMBER),
    "e": lambda coach, item: coach.items.edit(item.id, coach.items.read(f"{item.title} 2026-12-02")),
    "m twice": lambda coach, item: (coach.items.move(item.id, TOMORROW), coach.items.move(item.id, DECEMBER)),
    "l, then t": lambda coach, item: (coach.items.move(item.id, None), coach.items.move(item.id, DECEMBER)),
}
"""To a day of another month."""


def wrote(coach: Coach, line: str) -> Item:
    """A routine of three with a note, a guess and one step ticked."""
    item = add(coach, line)
    coach.items.routines.add_steps(item.id, "phone away\nshower\nread a page")
    found = coach.items.get(one(coach, TODAY))
    coach.items.marks.note(found.id, TODAY, "bring the form")
    coach.items.marks.rate(found.id, TODAY, 7, 3)
    coach.items.marks.tick_step(found.id, TODAY, found.in_order()[1][0], done=True)
    return found


def kept(coach: Coach, day: date, number: int = 0) -> tuple[str, str, int | None, int]:
    """What its line says: its state, the note, the guess, and how many steps are ticked."""
    line = lines(coach, day)[number]
    mark = line.mark or Mark("", day, "open")
    return line.state, mark.note, mark.expected_pleasure, line.steps_done


@pytest.mark.parametrize("line", ["wind down today", "wind down every mon"])
@pytest.mark.parametrize("way", WAYS)
def test_it_goes_along_to_another_day_and_comes_back_with_undo(
    tmp_path: Path, watch: Watch, coach: Coach, line: str, way: str
) -> None:
    item = wrote(coach, line)
    WAYS[way](coach, item)
    for fresh in (coach, coach_at(tmp_path, watch)):
        assert kept(fresh, DECEMBER) == ("part", "bring the form", 7, 1)
        assert not lines(fresh)
    coach.items.mark(item.id, DECEMBER, "done")
    assert kept(coach, DECEMBER) == ("done", "bring the form", 7, 3)
    coach.undo.undo()
    while not lines(coach):
        coach.undo.undo()
    assert kept(coach, TODAY) == ("part", "bring the form", 7, 1)
    assert coach.undo.undo() == "Undone: ticked a step of “wind down”.", "no more was undone than the move"


@pytest.mark.parametrize("line", ["call today", "call every mon"])
def test_what_was_done_stays_done_and_what_was_excused_is_asked_for_there(coach: Coach, line: str) -> None:
    add(coach, line)
    call = one(coach, TODAY)
    coach.items.mark(call, TODAY, "done")
    coach.items.move(call, TOMORROW)
    assert at(coach, TOMORROW) == ["call done"]
    coach.items.mark(call, TOMORROW, "excused", reason="ill")
    coach.items.marks.note(call, TOMORROW, "ask for Jo")
    coach.items.move(call, DECEMBER)
    assert at(coach, DECEMBER) == ["call open"], "an appointment put off is not silent on its new day"
    assert kept(coach, DECEMBER)[1] == "ask for Jo"
    coach.undo.undo()
    assert (at(coach, TOMORROW), lines(coach, TOMORROW)[0].reason) == (["call excused"], "ill")


@pytest.mark.parametrize("line", ["wind down today", "wind down every mon"])
def test_what_is_begun_or_done_waits_for_later_and_is_not_hidden(coach: Coach, line: str) -> None:
    """A routine of which a step is ticked counts as part of it; for later it must still be in the list."""
    item = wrote(coach, line)
    coach.items.move(item.id, None)
    assert [one.id for one in coach.items.later()] == [item.id]
    with pytest.raises(Refused, match="waits for later"):
        coach.items.mark(item.id, TODAY, "excused")
    coach.items.mark(item.id, TOMORROW, "done")
    assert kept(coach, TOMORROW) == ("done", "bring the form", 7, 3)
    coach.items.move(item.id, None)
    assert [one.id for one in coach.items.later()] == [item.id]
    coach.items.let_go(item.id)
    assert coach.items.later() == ()


def test_a_time_that_is_dropped_and_opened_again_keeps_its_note(coach: Coach) -> None:
    wrote(coach, "wind down every mon")
    coach.items.remove(one(coach, TODAY))
    assert kept(coach, TODAY)[:2] == ("dropped", "bring the form")


LINES = {
    "other words": ("meds 8 and 20 daily", "pills 8 and 20 daily from 2026-11-23", "08:00 pills open"),
    "other times": ("meds 8 and 20 daily", "meds 9 and 22 daily from 2026-11-23", "09:00 meds open"),
    "one time": ("meds 8 and 20 daily", "meds 9:00 daily from 2026-11-23", "09:00 meds open"),
    "two times": ("meds 8:00 daily", "meds 9 and 22 daily from 2026-11-23", "09:00 meds open"),
}


@pytest.mark.parametrize("began", [TODAY, TODAY - timedelta(days=9)])
@pytest.mark.parametrize("change", LINES)
def test_a_note_on_an_open_time_stays_when_the_series_changes(coach: Coach, change: str, began: date) -> None:
    first, then, expected = LINES[change]
    series = coach.items.add(coach.items.read(f"{first} from {began}"))
    for day in (TODAY, NEXT_WEEK):
        coach.items.marks.note(one(coach, day), day, f"of {day}")
        coach.items.marks.rate(one(coach, day), day, 4, None)
    before = days(coach, 9)
    coach.items.series.change(series.id, coach.items.read(then.replace("2026-11-23", str(began))), "all")
    for day in (TODAY, NEXT_WEEK):
        assert (at(coach, day)[0], kept(coach, day)) == (expected, ("open", f"of {day}", 4, 0))
        assert len(coach.search.find(f"of {day}")) == 1, "it is written down once"
    coach.undo.undo()
    assert days(coach, 9) == before
    assert kept(coach, NEXT_WEEK)[1] == f"of {NEXT_WEEK}"


def test_what_has_no_place_in_the_new_days_stays_on_its_own(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    """Mondays become Tuesdays: what was done on a Monday is still there, and so is what was written for one."""
    add(coach, "walk every mon 11:00")
    coach.items.mark(one(coach, TODAY), TODAY, "done")
    coach.items.marks.note(one(coach, NEXT_WEEK), NEXT_WEEK, "with Anna")
    coach.items.edit(one(coach, date(2026, 12, 7)), coach.items.read("swim at the lake 2026-12-08 12:00"))
    coach.items.mark(one(coach, date(2026, 12, 14)), date(2026, 12, 14), "excused")
    before = days(coach, 30)
    coach.items.series.change(one(coach, TODAY), coach.items.read("walk every tue 11:00"), "following")
    after = {
        "11-23": ["11:00 walk done"],
        "11-24": ["11:00 walk open"],
        "11-30": ["11:00 walk open"],
        "12-01": ["11:00 walk open"],
        "12-08": ["11:00 walk open", "12:00 swim at the lake open"],
        **{f"12-{day}": ["11:00 walk open"] for day in (15, 22)},
    }
    for fresh in (coach, coach_at(tmp_path, watch)):
        assert days(fresh, 30) == after
        assert kept(fresh, NEXT_WEEK)[1] == "with Anna"
    coach.undo.undo()
    assert days(coach, 30) == before


def test_one_time_that_becomes_a_single_thing_takes_its_note_along(coach: Coach) -> None:
    add(coach, "walk daily 11:00")
    coach.items.marks.note(one(coach, TOMORROW), TOMORROW, "with Anna")
    coach.items.series.change(one(coach, TOMORROW), coach.items.read("walk 2026-12-02 11:00"), "following")
    assert (list(days(coach, 12)), kept(coach, DECEMBER)[1]) == (["11-23", "12-02"], "with Anna")


def test_one_thing_that_becomes_a_series_takes_its_note_to_its_first_time(coach: Coach) -> None:
    item = add(coach, "walk today")
    coach.items.marks.note(item.id, TODAY, "with Anna")
    coach.items.edit(item.id, coach.items.read("walk every wed"))
    assert (list(days(coach, 9)), kept(coach, TODAY + timedelta(days=2))[1]) == (["11-25"], "with Anna")
    done = add(coach, "swim today")
    coach.items.mark(done.id, TODAY, "done")
    coach.items.edit(done.id, coach.items.read("swim every tue"))
    assert (at(coach, TODAY), at(coach, TOMORROW)) == (["swim done"], ["swim open"]), "what was done was done"
    coach.undo.undo()
    assert (at(coach, TODAY), at(coach, TOMORROW)) == (["swim done"], [])


@pytest.mark.parametrize("then", ["run daily 11:00 from 2026-11-23", "run daily 16:00 from 2026-11-23"])
def test_a_pinned_time_changes_with_all_of_them(coach: Coach, then: str) -> None:
    """The line on which e was pressed is the first that a person looks at."""
    add(coach, "walk daily 11:00")
    coach.items.pin(one(coach, TODAY), True)
    coach.items.edit(one(coach, TOMORROW), coach.items.read("walk far tomorrow 12:00"))
    coach.items.series.change(one(coach, TODAY), coach.items.read(then), "all")
    assert at(coach, TODAY) == [f"{then[10:15]} run open"]
    assert lines(coach)[0].item.pinned
    assert at(coach, TOMORROW) == ["12:00 walk far open"], "what was said of one time stays"
    coach.items.pin(one(coach, TODAY), False)
    assert len([record for record in coach.tables.records("items") if record.get("of")]) == 1
