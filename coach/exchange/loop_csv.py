"""Reads the CSV export of the tracker Loop: a zip with one list of habits, and a folder of days for each."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from itertools import islice
from math import isfinite

from coach.domain.errors import Refused
from coach.domain.text import in_words
from coach.exchange.left_out import LeftOut
from coach.exchange.loop_habits import (
    AUTO,
    EXPORT_AGAIN,
    MOST_DAYS,
    MOST_HABITS,
    NO,
    SKIPPED,
    UNKNOWN,
    YES,
    Said,
    Tracked,
)

LARGEST = 64_000_000
"""Bytes of all that is unpacked: what the zip says of its sizes is not believed."""
MOST_FILES = 10_000
HABITS = "Habits.csv"
DAYS = "Checkmarks.csv"
LONGEST_SHOWN = 40
_FOLDER = re.compile(r"(\d{3,6})(?: [^/]*)?/" + re.escape(DAYS))
_A_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_A_NUMBER = re.compile(r"-?\d{1,15}", re.ASCII)
_UNREADABLE = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)
_VALUES = {"YES_MANUAL": YES, "YES_AUTO": AUTO, "NO": NO, "SKIP": SKIPPED[0], "UNKNOWN": UNKNOWN}
_YES_NO_VALUES = frozenset({*_VALUES.values(), SKIPPED[1]})
_AGAIN = "Export it again in the tracker, or mend that line. Nothing was taken in."
_Row = tuple[str, dict[str, str]]
"""Where a habit stands, and its columns."""


def habits_in(data: bytes, left: LeftOut) -> list[Tracked]:
    """The habits of which the zip holds the days, in the tracker's order; Refused when anything in it is wrong."""
    files = _Files(data)
    rows = list(islice(_rows(files.text(HABITS)), MOST_HABITS + 1))
    if len(rows) > MOST_HABITS:
        raise Refused(f"{HABITS} holds more than {MOST_HABITS:,} habits, so it is no export of a person's.")
    positions = [_whole(row, "Position", where) for where, row in rows]
    if len(set(positions)) != len(positions):
        raise Refused(f"{HABITS} gives two habits the same position. {_AGAIN}")
    by_position = dict(sorted(zip(positions, rows, strict=True)))
    folders = files.folders()
    left.count("unexported", len(by_position.keys() - folders.keys()))
    found, days = [], 0
    for position, path in sorted(folders.items()):
        said = tuple(islice(_said(files.text(path), path), MOST_DAYS + 1 - days))
        days += len(said)
        if days > MOST_DAYS:
            raise Refused(f"That zip holds more than {MOST_DAYS:,} days, so it is no export of a person's.")
        if position in by_position:
            found.append(_tracked(by_position[position], said))
        else:
            left.count("orphan", len(said))
    return found


class _Files:
    """The zip: read in memory and within bounds, and never unpacked to disk."""

    def __init__(self, data: bytes) -> None:
        self._left = LARGEST
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _UNREADABLE:
            raise Refused(f"That zip is damaged or not whole. {EXPORT_AGAIN}") from None
        names = self._zip.namelist()
        if len(names) > MOST_FILES:
            raise Refused(f"That zip holds more than {MOST_FILES:,} files, so it is no export of a person's.")
        lists = [name for name in names if name.rpartition("/")[2] == HABITS]
        if not lists:
            raise Refused(f"That zip holds no {HABITS}, so it is no CSV export of the tracker Loop.")
        self._root = min(lists, key=lambda name: (name.count("/"), name))[: -len(HABITS)]
        self._names = names

    def folders(self) -> dict[int, str]:
        """Position to the days of the habit there: its name has lost signs, the number in front has not."""
        found: dict[int, str] = {}
        for name in self._names:
            inside = name.removeprefix(self._root)
            match = _FOLDER.fullmatch(inside) if name.startswith(self._root) else None
            if match and found.setdefault(int(match[1]), inside) != inside:
                raise Refused(f"Two folders in that zip begin with {match[1]}. {EXPORT_AGAIN}")
        return found

    def text(self, name: str) -> str:
        try:
            with self._zip.open(self._root + name) as file:
                data = file.read(self._left + 1)
        except _UNREADABLE:
            raise Refused(f"{in_words(name)} in that zip is damaged, locked or packed oddly. {EXPORT_AGAIN}") from None
        self._left -= len(data)
        if self._left < 0:
            raise Refused(f"That zip unpacks to more than {LARGEST // 1_000_000} MB, so it is no export of a person's.")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Refused(f"{in_words(name)}: byte {error.start + 1} is not UTF-8. {EXPORT_AGAIN}") from None


def _lines(text: str, name: str) -> Iterator[tuple[str, list[str]]]:
    """The lines that are not empty, and where each ends."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        for row in reader:
            if row:
                yield f"{in_words(name)}, line {reader.line_num}", row
    except csv.Error as error:
        raise Refused(f"{in_words(name)}, line {reader.line_num}: {error}. {_AGAIN}") from None


def _rows(text: str) -> Iterator[_Row]:
    lines = _lines(text, HABITS)
    _, header = next(lines, ("", []))
    renamed = {"NumRepetitions": "FrequencyNumerator", "Interval": "FrequencyDenominator"}
    columns = [renamed.get(name.strip(), name.strip()) for name in header]
    for wanted in ("Position", "Name", "FrequencyNumerator", "FrequencyDenominator"):
        if wanted not in columns:
            raise Refused(f"{HABITS} has no column {wanted}, so it is no list of the tracker Loop. {EXPORT_AGAIN}")
    for where, row in lines:
        if len(row) != len(columns):
            raise Refused(f"{where}: {len(row)} columns, where the first line has {len(columns)}. {_AGAIN}")
        yield where, dict(zip(columns, row, strict=True))


def _tracked(found: _Row, said: tuple[Said, ...]) -> Tracked:
    where, row = found
    counted = row.get("Type") == "NUMERICAL"
    if "Type" not in row:  # before 2.3 the list did not say it, but no day of a ticked one holds a number
        counted = any(one.value not in _YES_NO_VALUES for one in said)
    if "Question" not in row:  # before 2.0 a day without a mark was written as NO
        said = tuple(one for one in said if one.value != NO)
    return Tracked(
        where,
        row["Name"],
        _whole(row, "FrequencyNumerator", where),
        _whole(row, "FrequencyDenominator", where),
        said,
        counted=counted,
        unit=row.get("Unit", ""),
        amount=_amount(row.get("Target Value", ""), where) if counted else 0.0,
        at_most=row.get("Target Type") == "AT_MOST",
        archived=row.get("Archived?", "").strip().casefold() == "true",
        words=bool(row.get("Question", "").strip() or row.get("Description", "").strip()),
    )


def _said(text: str, name: str) -> Iterator[Said]:
    """Newer exports have a header, names and notes; older ones neither, and whole numbers."""
    for number, (where, row) in enumerate(_lines(text, name)):
        if number == 0 and row[0] == "Date":
            continue
        if len(row) < 2:
            raise Refused(f"{where}: a day needs a date and a value. {_AGAIN}")
        value = _VALUES.get(row[1].strip())
        yield Said(
            _day(row[0].strip(), where),
            _number(row[1], where) if value is None else value,
            row[2] if len(row) > 2 else "",
        )


def _day(text: str, where: str) -> date:
    try:
        if _A_DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Refused(f"{where}: {_shown(text)} is not a day such as 2026-11-23. {_AGAIN}")


def _whole(row: dict[str, str], column: str, where: str) -> int:
    return _number(row[column], f"{where}, {column}")


def _number(text: str, where: str) -> int:
    if _A_NUMBER.fullmatch(text.strip()):
        return int(text)
    raise Refused(f"{where}: {_shown(text)} is not a number that can be read. {_AGAIN}")


def _amount(text: str, where: str) -> float:
    try:
        if isfinite(amount := float(text or 0)):
            return amount
    except ValueError:
        pass
    raise Refused(f"{where}, Target Value: {_shown(text)} is not a number that can be read. {_AGAIN}")


def _shown(text: str) -> str:
    return repr(text[:LONGEST_SHOWN])
