"""Dataclasses in and out of tables, keeping what is not theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from coach.domain.goals import Goal, Step
from coach.domain.items import Item, Mark
from coach.storage import log
from coach.storage.fold import Fold
from coach.storage.records import Records
from tests.storage.homes import NOVEMBER, change, log_of, open_store, put, visible, write_lines

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
