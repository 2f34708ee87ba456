"""Reads the database of the tracker Loop, as it lies in memory: nothing is opened, locked or written on disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date, timedelta
from math import isfinite
from typing import Any

from coach.domain.errors import Refused
from coach.domain.text import in_words
from coach.exchange.left_out import LeftOut
from coach.exchange.loop_habits import EXPORT_AGAIN, MOST_DAYS, MOST_HABITS, YES, Said, Tracked

MILLISECONDS = 86_400_000
"""Of a day: the tracker keeps midnight UTC."""
_HABITS = "SELECT * FROM Habits ORDER BY rowid LIMIT ?"
_DAYS = "SELECT * FROM Repetitions ORDER BY rowid LIMIT ?"
_HABIT = {
    "id": None,
    "name": "",
    "freq_num": 1,
    "freq_den": 1,
    "position": 0,
    "archived": 0,
    "type": 0,
    "target_type": 0,
    "target_value": 0.0,
    "unit": "",
    "question": "",
    "description": "",
    "reminder_hour": None,
}
"""Columns, and what stands for one that an older version did not have."""
_DAY = {"habit": None, "timestamp": None, "value": YES, "notes": ""}
_NEEDED = frozenset({"id", "name", "freq_num", "freq_den", "habit", "timestamp"})
"""Columns that every version had."""
_EPOCH = date(1970, 1, 1)


def habits_in(data: bytes, left: LeftOut) -> list[Tracked]:
    """All habits in the tracker's order; Refused when it is not the tracker's, or damaged."""
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            _open(database, data)
            habits = _rows(database, _HABITS, _HABIT, MOST_HABITS)
            days = _rows(database, _DAYS, _DAY, MOST_DAYS)
        except (sqlite3.Error, UnicodeDecodeError) as error:  # the second of a name in it
            raise Refused(f"That database cannot be read: {in_words(str(error)[:80])}. {EXPORT_AGAIN}") from None
    said: dict[Any, list[Said]] = {row["id"]: [] for row in habits}
    for row in days:
        if row["habit"] not in said:
            left.count("orphan")
        elif row["timestamp"] is None:
            left.count("far")
        else:
            said[row["habit"]].append(_said(row))
    places = {row["id"]: _whole(row, "position", "The table Habits") for row in habits}
    habits.sort(key=lambda row: places[row["id"]])
    return [_tracked(row, tuple(said[row["id"]]), number) for number, row in enumerate(habits, 1)]


def _open(database: sqlite3.Connection, data: bytes) -> None:
    if data[18:20] == b"\2\2":  # it says that more may lie in a file beside it, which memory does not have
        data = data[:18] + b"\1\1" + data[20:]
    database.deserialize(data)
    database.text_factory = lambda text: text.decode("utf-8", "replace")
    for rule in ("trusted_schema = off", "ignore_check_constraints = on", "cell_size_check = on"):
        database.execute(f"PRAGMA {rule}")
    tables = database.execute("SELECT lower(name) FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%'").fetchall()
    if not {("habits",), ("repetitions",)} <= set(tables):
        raise Refused("That database has no tables Habits and Repetitions, so it is none of the tracker Loop.")
    columns = database.execute("SELECT * FROM pragma_table_xinfo('Habits')").fetchall()
    columns += database.execute("SELECT * FROM pragma_table_xinfo('Repetitions')").fetchall()
    if any(hidden for *_, hidden in columns):  # what a table works out by itself could fill the memory
        raise Refused("That database works some of its columns out, so it is none of the tracker Loop.")
    if (found := database.execute("PRAGMA quick_check(1)").fetchone()) != ("ok",):
        raise Refused(f"That database is damaged: {str(found[0])[:80]!r}. {EXPORT_AGAIN}")


def _rows(database: sqlite3.Connection, query: str, columns: Mapping[str, Any], most: int) -> list[dict[str, Any]]:
    """The columns we know of a table; those it does not have as they were before there were any."""
    found = database.execute(query, (most + 1,))
    there = [str(described[0]).lower() for described in found.description]
    if missing := sorted((_NEEDED & columns.keys()) - set(there)):
        raise Refused(f"That database has no column {missing[0]}, so it is none of the tracker Loop.")
    rows = found.fetchall()
    if len(rows) > most:
        raise Refused(f"That database has more than {most:,} lines in a table, so it is no export of a person's.")
    named = [(name, there.index(name)) for name in columns if name in there]
    return [{**columns, **{name: row[at] for name, at in named if row[at] is not None}} for row in rows]


def _tracked(row: Mapping[str, Any], said: tuple[Said, ...], number: int) -> Tracked:
    where = f"Habit {number} in that database"
    amount = row["target_value"]
    if not isinstance(amount, int | float) or not isfinite(amount):
        raise Refused(f"{where}: target_value is not a number. {EXPORT_AGAIN}")
    counted = _whole(row, "type", where) == 1
    return Tracked(
        where,
        str(row["name"]),
        _whole(row, "freq_num", where),
        _whole(row, "freq_den", where),
        said,
        counted=counted,
        unit=str(row["unit"]),
        amount=float(amount) if counted else 0.0,
        at_most=_whole(row, "target_type", where) == 1,
        archived=_whole(row, "archived", where) != 0,
        words=bool(str(row["question"]).strip() or str(row["description"]).strip()),
        reminder=row["reminder_hour"] is not None,
    )


def _said(row: Mapping[str, Any]) -> Said:
    where = "The table Repetitions"
    try:
        day = _EPOCH + timedelta(days=_whole(row, "timestamp", where) // MILLISECONDS)
    except OverflowError:
        day = date.max
    return Said(day, _whole(row, "value", where), str(row["notes"]))


def _whole(row: Mapping[str, Any], column: str, where: str) -> int:
    value = row[column]
    if not isinstance(value, int):
        raise Refused(f"{where}: {column} holds {str(value)[:40]!r}, which is no whole number. {EXPORT_AGAIN}")
    return value
