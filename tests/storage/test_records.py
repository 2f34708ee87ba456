"""Dataclasses in and out of tables, keeping what is not theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from coach.domain.errors import ReadOnly
from coach.domain.goals import Goal, Step
from coach.domain.habits import Habit, Target
from coach.domain.items import Item, Mark, RoutineStep
from coach.domain.shapes import DayShape
from coach.domain.templates import Template, TemplateLine
from coach.storage import log
from coach.storage.fold import Fold
from coach.storage.records import Records
from tests.storage.homes import NOVEMBER, Clock, change, log_of, open_store, put, visible, write_lines

DAY = date(2026, 11, 23)
MADE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WALK = Item("2611-walk", "Walk", DAY, time(7, 30), 30, made=MADE)


def last_operations(home: Path, book: str) -> tuple[log.Operation, ...]:
    found = log.decode(log_of(home, book).read_bytes().split(b"\n")[-2])
    assert isinstance(found, log.Change)
    return found.operations


def test_round_trip_and_only_what_says_something_is_written(tmp_path: Path) -> None:
    items = Records(open_store(tmp_path), "items", Item)
    items.put(WALK)
    said = {"title": "Walk", "day": "2026-11-23", "start": "07:30:00", "minutes": 30, "made": MADE.isoformat()}
    assert last_operations(tmp_path, NOVEMBER) == (("items", "2611-walk", said),)
    again = Records(open_store(tmp_path), "items", Item)
    assert (again.get("2611-walk"), again.all(NOVEMBER), again.of_day(DAY)) == (WALK, [WALK], [WALK])
    assert again.of_day(date(2026, 11, 24)) == []
    assert again.get("2611-other") is again.get("not an id") is None


def test_days_are_found_in_every_month_between(tmp_path: Path) -> None:
    days = [date(2026, 10, 30), date(2026, 10, 31), date(2026, 11, 30), date(2027, 1, 1), date(2027, 2, 28)]
    items = Records(open_store(tmp_path), "items", Item)
    for day in days:
        items.put(Item(f"{day:%y%m}-{day.day}", "Walk", day))

    def found(first: date, last: date) -> list[date | None]:
        return [item.day for item in items.between(first, last)]

    assert found(days[1], days[-1]) == days[1:], "none in December"
    assert found(days[1], days[3]) == days[1:4]
    assert found(days[0], days[0]) == days[:1]
    assert found(days[3], days[0]) == []


def test_an_edit_writes_what_differs_and_leaves_unknown_fields(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    put(store, "items", "2611-walk", title="Walk", day="2026-11-23", from_a_newer_coach=[1])
    items = Records(store, "items", Item)
    items.put(replace(WALK, start=None, minutes=None, made=None, title="Run", day=None))
    assert last_operations(tmp_path, NOVEMBER) == (("items", "2611-walk", {"title": "Run", "day": {"_gone": True}}),)
    assert visible(store)["items"]["2611-walk"] == {"title": "Run", "from_a_newer_coach": [1]}
    size = log_of(tmp_path).stat().st_size
    items.put(Item("2611-walk", "Run"))
    assert log_of(tmp_path).stat().st_size == size


def test_removed_and_put_again(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    items = Records(store, "items", Item)
    items.put(WALK)
    items.remove(WALK.id)
    assert items.get(WALK.id) is None
    items.put(replace(WALK, minutes=None))
    assert items.get(WALK.id) == replace(WALK, minutes=None)


def test_an_id_of_its_own_making(tmp_path: Path) -> None:
    marks = Records(open_store(tmp_path), "marks", Mark, lambda mark: f"2611-m:{mark.subject}:{mark.day}")
    mark = Mark("p-x", DAY, "done", MADE)
    marks.append("Done", mark)
    assert marks.get(f"2611-m:p-x:{DAY}") == mark


def test_what_something_else_wrote_is_passed_over(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    put(store, "items", "2611-bad", title=7)
    put(store, "items", "2611-worse", title=" ")
    hostile = {"title": "a\x1b[2Jb\u202e", "tags": ["\x07y"], "from_a_newer_coach": {"x": ["\x07y"]}}
    put(store, "items", "2611-hostile", day="2026-11-23", **hostile)
    assert Records(store, "items", Item).all(NOVEMBER) == [Item("2611-hostile", "a[2Jb", DAY, tags=("y",))]
    assert len(visible(store)["items"]) == 3


def test_emptying_a_map_leaves_what_another_device_added_meanwhile(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    goals = Records(store, "goals", Goal)
    goal = Goal("p-g", "Goal", steps={"a": Step("one", 1.0)})
    goals.put(goal)
    goals.put(replace(goal, steps={}))
    later = change(1, "phone", ("goals", "p-g", {"steps": {"b": {"title": "two", "order": 2.0}}}))
    write_lines(tmp_path, "phone", "plan", later)
    store.catch_up()
    assert goals.get("p-g") == replace(goal, steps={"b": Step("two", 2.0)})


def test_a_record_of_defaults_alone_is_there(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.append("Put", "plan", [("odd", "p-a", {"_gone": False})])
    assert visible(open_store(tmp_path), "plan") == {"odd": {"p-a": {}}}
    assert Fold().visible("odd") == {}


GOAL = "p-00000000000000000000000001"
LINKED = {"title": "x", "order": 1, "link": "of a newer coach"}


@pytest.mark.parametrize(
    ("kind", "table", "record_id", "stored", "record"),
    [
        (Item, "items", "2611-a", {"title": "Walk", "minutes": 10**9, "note": "long"}, Item("2611-a", "Run")),
        (
            DayShape,
            "shapes",
            "2611-a",
            {"day": "2026-11-23", "kind": "hospital", "essentials": {"x": True}},
            DayShape(DAY),
        ),
        (
            Mark,
            "marks",
            "2611-a",
            {"subject": "p-x", "day": "2026-11-23", "state": "rested", "note": "words", "pleasure": 3},
            Mark("p-x", DAY, "done", MADE),
        ),
        (
            Mark,
            "marks",
            "2611-a",
            {"subject": "p-x", "day": "2026-11-23", "state": "done", "steps": {"a": "yes"}},
            Mark("p-x", DAY, "open", note="new"),
        ),
    ],
    ids=["item", "shape", "mark", "ticks"],
)
def test_what_cannot_be_read_here_is_never_written_over(
    tmp_path: Path, kind: type[Any], table: str, record_id: str, stored: dict[str, Any], record: Any
) -> None:
    store = open_store(tmp_path)
    put(store, table, record_id, **stored)
    records: Records[Any] = Records(store, table, kind, lambda _: record_id)
    size = log_of(tmp_path).stat().st_size
    with pytest.raises(ReadOnly, match="not known here, so it stays as it is"), store.change("Changed"):
        records.put(record)
    assert visible(store)[table][record_id] == stored
    assert log_of(tmp_path).stat().st_size == size
    put(store, table, "2611-b", **stored)
    with store.change("Removed"):
        records.remove("2611-b")
    assert list(visible(store)[table]) == [record_id], "it can be deleted all the same"


def test_entries_that_are_not_changed_are_not_written(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    put(store, "goals", GOAL, title="g", steps={"a": LINKED, "b": {"title": "y", "order": 2, "done": True}}, order=3)
    goals = Records(store, "goals", Goal)
    goal = goals.get(GOAL)
    assert goal is not None
    goals.put(replace(goal, why="w"))
    assert last_operations(tmp_path, "plan") == (("goals", GOAL, {"why": "w"}),)
    goals.put(replace(goal, why="w", steps={**goal.steps, "a": replace(goal.steps["a"], done=True)}))
    assert last_operations(tmp_path, "plan") == (("goals", GOAL, {"steps": {"a": {**LINKED, "done": True}}}),)


def test_an_entry_within_an_entry_keeps_what_nobody_here_knows(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    line = {"title": "wash", "colour": 1, "steps": {"a": LINKED, "b": {"title": "b", "order": 2}}}
    put(store, "templates", GOAL, title="t", lines={"l": line, "m": {"title": "eat", "colour": 2}})
    templates = Records(store, "templates", Template)
    template = templates.get(GOAL)
    assert template is not None
    steps = template.lines["l"].steps
    steps = {"a": replace(steps["a"], title="z"), "c": RoutineStep("c", 3.0)}
    lines = {**template.lines, "l": replace(template.lines["l"], minutes=5, steps=steps), "n": TemplateLine("new")}
    templates.put(replace(template, lines=lines))
    assert templates.get(GOAL) == replace(template, lines=lines)
    kept = visible(store, "plan")["templates"][GOAL]["lines"]
    assert kept["m"] == {"title": "eat", "colour": 2}
    new = {"a": {**LINKED, "title": "z"}, "c": {"title": "c", "order": 3.0, "minutes": None}}
    assert kept["l"] == {"title": "wash", "colour": 1, "minutes": 5, "steps": new}


@pytest.mark.parametrize("entry", [LINKED, {"title": "x", "order": 1.0, "done": False, "minutes": None}], ids=str)
def test_only_the_change_is_written_whatever_another_process_changed_meanwhile(
    tmp_path: Path, entry: dict[str, Any]
) -> None:
    clock = Clock()
    store = open_store(tmp_path, clock)
    put(store, "goals", GOAL, title="g", steps={"a": entry})
    goals = Records(store, "goals", Goal)
    goal = goals.get(GOAL)
    assert goal is not None
    other = ("goals", GOAL, {"title": "theirs", "steps": {"a": {**entry, "done": True}}})
    just_after = int(clock.at.timestamp() * 1000) + 500
    write_lines(tmp_path, "phone", "plan", change(just_after, "phone", other))
    goals.put(replace(goal, why="w"))
    store.catch_up()
    now = goals.get(GOAL)
    assert now is not None
    assert (now.title, now.why, now.steps["a"].done) == ("theirs", "w", True)


def test_a_value_that_is_written_in_another_way_is_left_as_it_is(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    stored = {"title": "Walk\x07", "start": "07:30", "minutes": None, "order": 0, "made": "2026-11-23T10:00:00+01:00"}
    put(store, "items", "2611-walk", **stored)
    items = Records(store, "items", Item)
    items.put(Item("2611-walk", "Walk", start=time(7, 30), made=MADE, place="wood"))
    assert last_operations(tmp_path, NOVEMBER) == (("items", "2611-walk", {"place": "wood"}),)


def test_targets_of_other_days_stay_as_another_device_wrote_them(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    put(store, "habits", GOAL, title="h", targets={"2026-01-01": {"times": 3, "per": 7, "unit": "km"}})
    habits = Records(store, "habits", Habit)
    habit = habits.get(GOAL)
    assert habit is not None
    habits.put(replace(habit, targets={**habit.targets, "2026-11-23": Target(times=2, per=7)}))
    [(_, _, fields)] = last_operations(tmp_path, "plan")
    assert list(fields["targets"]) == ["2026-11-23"]
    habits.put(replace(habit, targets={}))
    [(_, _, fields)] = last_operations(tmp_path, "plan")
    gone = {"_gone": True}
    assert fields == {"targets": {"2026-01-01": gone, "2026-11-23": gone}}
