"""Files as the tracker Loop writes them, made here in its published layout: the zip of CSV files, and the database."""

from __future__ import annotations

import csv
import io
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from coach.bootstrap import Coach
from coach.domain.habits import Habit
from coach.exchange.importing import Imported, add
from coach.exchange.loop import Brought, bring

COLUMNS = (
    *("Position", "Name", "Type", "Question", "Description", "FrequencyNumerator", "FrequencyDenominator", "Color"),
    *("Unit", "Target Type", "Target Value", "Archived?"),
)
OLDER = ("Position", "Name", "Question", "Description", "NumRepetitions", "Interval", "Color")
OLDEST = ("Position", "Name", "Description", "NumRepetitions", "Interval", "Color")
NAMES = {2: "YES_MANUAL", 1: "YES_AUTO", 0: "NO", 3: "SKIP", -1: "UNKNOWN"}
Day = tuple[str, int] | tuple[str, int, str]


@dataclass(frozen=True)
class Kept:
    """A habit, as both files hold it."""

    name: str
    days: tuple[Day, ...] = ()
    times: int = 1
    per: int = 1
    numerical: bool = False
    unit: str = ""
    at_most: bool = False
    target: float = 0.0
    archived: bool = False
    question: str = ""
    reminder: int | None = None


def row_of(number: int, habit: Kept, columns: Iterable[str]) -> list[str]:
    counted = habit.numerical
    values = {
        "Position": f"{number:03}",
        "Name": habit.name,
        "Type": "NUMERICAL" if counted else "YES_NO",
        "Question": habit.question,
        "Description": "",
        "FrequencyNumerator": str(habit.times),
        "NumRepetitions": str(habit.times),
        "FrequencyDenominator": str(habit.per),
        "Interval": str(habit.per),
        "Color": "#FF8F00",
        "Unit": habit.unit if counted else "",
        "Target Type": ("AT_MOST" if habit.at_most else "AT_LEAST") if counted else "",
        "Target Value": str(habit.target) if counted else "",
        "Archived?": str(habit.archived).lower(),
    }
    return [values[column] for column in columns]


def days_of(habit: Kept, *, named: bool = True) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if named:
        writer.writerow(("Date", "Value", "Notes"))
    for day, value, *note in reversed(habit.days):
        shown = NAMES.get(value, str(value)) if named else str(value)
        writer.writerow((day, shown, *(note or [""])) if named else (day, shown))
    return out.getvalue()


def listed(habits: Iterable[Kept], columns: Iterable[str] = COLUMNS) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(row_of(number, habit, columns) for number, habit in enumerate(habits, 1))
    return out.getvalue()


def folder(number: int, habit: Kept) -> str:
    kept = "".join(sign for sign in habit.name if sign.isascii() and (sign.isalnum() or sign in " ._-"))
    return f"{number:03} {kept[:100]}".strip()


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items():
            made.writestr(name, text)
    return out.getvalue()


def files_of(*habits: Kept, columns: Iterable[str] = COLUMNS) -> dict[str, str | bytes]:
    named = "Type" in columns
    return {
        "Habits.csv": listed(habits, columns),
        **{
            f"{folder(number, habit)}/Checkmarks.csv": days_of(habit, named=named)
            for number, habit in enumerate(habits, 1)
        },
        "Checkmarks.csv": "Date,wrong\n2020-01-01,YES_MANUAL,\n",
    }


def exported(*habits: Kept, columns: Iterable[str] = COLUMNS) -> bytes:
    return zipped(files_of(*habits, columns=columns))


SCHEMA = (
    "CREATE TABLE Habits (id integer primary key autoincrement, archived integer, color integer, description text, "
    "freq_den integer, freq_num integer, highlight integer, name text, position integer, reminder_hour integer, "
    "reminder_min integer, reminder_days integer not null default 127, type integer not null default 0, "
    "target_type integer not null default 0, target_value real not null default 0, unit text not null default '', "
    "question text, uuid text)",
    "CREATE TABLE Repetitions (id integer primary key autoincrement, habit integer not null, "
    "timestamp integer not null, value integer not null, notes text)",
)


def stamp(day: str) -> int:
    return int(datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).timestamp()) * 1000


def database(*habits: Kept, more: Iterable[str] = (), schema: Iterable[str] = SCHEMA) -> bytes:
    """`more` is what else is done to it."""
    with closing(sqlite3.connect(":memory:")) as made:
        for statement in schema:
            made.execute(statement)
        for number, habit in enumerate(habits, 1):
            made.execute(
                "INSERT INTO Habits (id, name, freq_num, freq_den, position, type, target_type, target_value, unit, "
                "archived, question, description, reminder_hour) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?)",
                (
                    *(number + 40, habit.name, habit.times, habit.per, number, int(habit.numerical)),
                    *(int(habit.at_most), habit.target, habit.unit, int(habit.archived), habit.question),
                    habit.reminder,
                ),
            )
            for day, value, *note in habit.days:
                made.execute(
                    "INSERT INTO Repetitions (habit, timestamp, value, notes) VALUES (?, ?, ?, ?)",
                    (number + 40, stamp(day), value, note[0] if note else None),
                )
        for statement in more:
            made.execute(statement)
        made.commit()
        return made.serialize()


def every_day(first: str, values: Iterable[int]) -> tuple[Day, ...]:
    begin = date.fromisoformat(first)
    return tuple(((begin + timedelta(days=number)).isoformat(), value) for number, value in enumerate(values))


def brought(coach: Coach, data: bytes) -> Brought:
    return bring(coach.store, data, coach.now(), coach.habits.today())


def take(coach: Coach, data: bytes, *, dry_run: bool = False) -> Imported:
    return add(coach.store, brought(coach, data).books, dry_run=dry_run)


WRITERS = [pytest.param(exported, id="zip"), pytest.param(database, id="database")]
Writer = Callable[..., bytes]


def only(coach: Coach) -> Habit:
    (habit,) = (*coach.habits.all(), *coach.habits.all(archived=True))
    return habit


def marks(coach: Coach) -> dict[str, dict[str, Any]]:
    """What was said, by day."""
    return {fields["day"]: fields for fields in coach.tables.everything().get("marks", {}).values()}
