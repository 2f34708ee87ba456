"""What another tracker keeps comes over once, from whichever of its files; older files are read as they were meant."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from coach.bootstrap import Coach
from coach.domain.habits import Target
from coach.exchange.importing import take_back
from tests.exchange.loop_files import (
    OLDER,
    OLDEST,
    WRITERS,
    Day,
    Kept,
    Writer,
    brought,
    database,
    days_of,
    every_day,
    exported,
    files_of,
    listed,
    marks,
    only,
    take,
    zipped,
)
from tests.services.clock import Watch

DAY = date(2026, 11, 2)


def test_both_files_come_to_the_same(coach: Coach, tmp_path: Any) -> None:
    habits = (
        Kept("Walk", every_day("2026-09-28", (2, 0, 3, 2, -1, 2) * 6), times=3, per=7, archived=True),
        Kept("Water", every_day("2026-10-30", (8000, 0, 3, 500)), numerical=True, unit="glasses", target=8),
        Kept("Walk", (("2026-11-01", 2, "the other one"),)),
    )
    take(coach, exported(*habits))
    again = take(coach, database(*habits))
    assert (again.done, again.kept) == (0, {})
    ids = {habit.title: habit.id for habit in coach.habits.all()}
    assert ids["Water"] == "p-loop-0c38c17605e38cf096a4", "the same on every computer, and in every version of coach"
    assert len(ids) == 2


@pytest.mark.parametrize("written", WRITERS)
def test_a_newer_file_adds_what_is_new_and_writes_over_nothing(coach: Coach, watch: Watch, written: Writer) -> None:
    before: tuple[Day, ...] = (("2026-11-02", 2), ("2026-11-03", 0), ("2026-11-04", 2, "a note"))
    take(coach, written(Kept("Walk", before)))
    found = only(coach)
    coach.habits.change(found.id, title="Walk far")
    coach.habits.mark(found.id, date(2026, 11, 3), "excused", "ill")
    mine = marks(coach)["2026-11-03"]
    watch.now = watch.now.replace(day=25)
    newer = written(Kept("Walk", (("2026-10-01", 2), *before, ("2026-11-05", 2)), archived=True), Kept("Read"))
    assert take(coach, newer, dry_run=True).done == 3
    assert len(marks(coach)) == 3
    done = take(coach, newer)
    assert (done.done, done.known, done.kept) == (3, 3, {"marks": 1})
    assert [habit.title for habit in coach.habits.all()] == ["Walk far", "Read"]
    assert marks(coach)["2026-11-03"] == mine
    assert len(marks(coach)) == 5
    assert take_back(coach.store, done.batch).done == 3, "the days before stay"
    assert len(marks(coach)) == 3


@pytest.mark.parametrize("written", WRITERS)
def test_all_of_it_can_be_taken_back_and_come_again(coach: Coach, written: Writer) -> None:
    before = coach.tables.everything()
    data = written(Kept("Walk", every_day("2026-09-28", (2, 0, 3, 2) * 12)), Kept("Read", question="Did you?"))
    done = take(coach, data)
    whole = coach.tables.everything()
    assert (done.done, done.known) == (50, 0)
    assert take(coach, data).done == 0
    assert take_back(coach.store, done.batch).done == 50
    assert coach.tables.everything() == before
    assert take(coach, data).done == 50
    assert coach.tables.everything() == whole


@pytest.mark.parametrize("written", WRITERS)
def test_what_is_not_taken_is_said(coach: Coach, written: Writer) -> None:
    days: tuple[Day, ...] = (
        *(("1999-12-31", 2), ("2026-11-01", 1), ("2026-11-02", -1), ("2026-11-03", 2, "x" * 20_001)),
        *(("2026-11-04", 9), ("2026-11-24", 2), ("2026-11-25", 2), ("2026-11-26", 3), ("2100-01-01", 2)),
    )
    found = brought(coach, written(Kept("Walk", days, question="Did you?", reminder=8), Kept("Read")))
    assert (found.habits, found.days, found.notes) == (2, 3, 1)
    reminder = "Not taken: the reminder of 1 habit: a sentence for a time of day is set in Settings."
    assert found.left_out == (
        "Not taken: 2 days of which nobody said anything: they stay not known.",
        "Not taken: 1 day that is still to come.",
        "Not taken: 2 days without a date from 2000 to 2099.",
        "Not taken: 1 day with a value coach does not know.",
        "Not taken: the end of 1 note: 20,000 characters are.",
        "Not taken: the question or description of 1 habit, for which there is no place here.",
        *([reminder] if written is database else []),
        "Not taken: the colours of 2 habits.",
    )


def test_only_the_habits_whose_days_are_in_the_zip(coach: Coach) -> None:
    """The tracker lists all of them, also where the person sent only some out."""
    files = files_of(Kept("Walk", (("2026-11-02", 2),)), Kept("Read"), Kept("Run"))
    del files["001 Walk/Checkmarks.csv"], files["003 Run/Checkmarks.csv"]
    files["009 Gone/Checkmarks.csv"] = days_of(Kept("", (("2026-11-02", 2),)))
    inside = {f"Loop Habits CSV/{name}": text for name, text in files.items()}
    found = brought(coach, zipped(inside | {"002 Else/Checkmarks.csv": "something else"}))
    assert (found.habits, found.days) == (1, 0)
    assert "Not taken: 2 habits, as their days are not in there." in found.left_out
    assert "Not taken: 1 day of a habit that is not in there." in found.left_out


@pytest.mark.parametrize("written", WRITERS)
def test_a_habit_deleted_here_comes_back_as_it_is_in_the_file(coach: Coach, written: Writer) -> None:
    data = written(Kept("Walk", (("2026-11-02", 2),)))
    take(coach, data)
    coach.habits.change(only(coach).id, title="Walk far")
    coach.habits.remove(only(coach).id)
    done = take(coach, data)
    assert (done.done, done.known, only(coach).title) == (1, 1, "Walk")


def test_the_order_in_a_database_is_the_persons(coach: Coach) -> None:
    take(coach, database(Kept("Walk"), Kept("Read"), Kept("Run"), more=["UPDATE Habits SET position = 9 - position"]))
    assert [habit.title for habit in coach.habits.all()] == ["Run", "Read", "Walk"]


def test_folders_are_found_by_the_number_in_front(coach: Coach) -> None:
    habits = (Kept("学习", (("2026-11-02", 2),)), Kept("Café / bar", (("2026-11-03", 0),)))
    assert {"001/Checkmarks.csv", "002 Caf  bar/Checkmarks.csv"} < files_of(*habits).keys()
    take(coach, exported(*habits))
    views = {view.habit.title: view.letters.strip(".-") for view in coach.habits.view(date(2026, 11, 3))}
    assert views == {"学习": "d", "Café / bar": "m"}


def test_older_zips(coach: Coach) -> None:
    """Whole numbers without a header; what was counted is seen by its numbers."""
    walk = Kept("Walk", every_day("2026-11-01", (2, 1, 0, 3)), times=3, per=7)
    water = Kept("Water", every_day("2026-11-01", (8000, 0)), numerical=True)
    take(coach, exported(walk, water, columns=OLDER))
    found = {view.habit.title: (view.letters.strip(".-"), view.habit) for view in coach.habits.view(date(2026, 11, 4))}
    assert (found["Walk"][0], found["Walk"][1].target_on(DAY)) == ("d.me", Target(times=3, per=7))
    assert (found["Water"][0], found["Water"][1].counted) == ("dm", True)


def test_in_the_oldest_zips_no_day_was_said_to_be_missed(coach: Coach) -> None:
    take(coach, exported(Kept("Walk", every_day("2026-11-01", (2, 0, 0, 2))), columns=OLDEST))
    assert marks(coach).keys() == {"2026-11-01", "2026-11-04"}


def test_the_oldest_database_has_days_without_a_value(coach: Coach) -> None:
    schema = (
        "CREATE TABLE Habits (Id INTEGER PRIMARY KEY, archived INTEGER, freq_den INTEGER, freq_num INTEGER, name TEXT)",
        "CREATE TABLE Repetitions (Id INTEGER PRIMARY KEY, habit INTEGER, timestamp INTEGER)",
        "INSERT INTO Habits VALUES (15, 0, 7, 3, 'Walk')",
        "INSERT INTO Repetitions VALUES (1, 15, 1793577600000), (2, 15, 1793577600001), (3, 15, NULL), (4, 9, 0)",
    )
    data = database(schema=schema)
    told = brought(coach, data).left_out
    assert told[:3] == (
        "Not taken: 1 day without a date from 2000 to 2099.",
        "Not taken: the second mark of 1 day: the first counts.",
        "Not taken: 1 day of a habit that is not in there.",
    )
    take(coach, data)
    assert {day: said["state"] for day, said in marks(coach).items()} == {"2026-11-02": "done"}
    assert only(coach).target_on(DAY) == Target(times=3, per=7)


def test_the_list_may_have_been_through_a_spreadsheet(coach: Coach) -> None:
    files = files_of(Kept("Walk", (("2026-11-02", 2),)))
    files["Habits.csv"] = "\ufeff" + listed([Kept("Walk")]).replace("\n", "\r\n") + "\r\n"
    assert brought(coach, zipped(files)).days == 1
