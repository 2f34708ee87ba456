"""Takes in what an export holds, and takes it back: only what is not here is added, and nothing is ever overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from coach.domain.errors import NotFound, NotSaved, Refused
from coach.domain.text import steers
from coach.exchange.export import FORMAT
from coach.exchange.strict import Misplaced, check, load, shown
from coach.storage import batch
from coach.storage.batch import Batch, Tally
from coach.storage.ids import home_of
from coach.storage.intake import plan_first
from coach.storage.log import DEEPEST, GONE, LONGEST_NAME, REMOVED, Operation
from coach.storage.store import Store

LARGEST = 64_000_000
"""Bytes of one file: ten years of full days come to a third of it, and reading it takes nine times as much memory."""
ODD_NAME = f"a name is empty, holds odd signs or has more than {LONGEST_NAME} characters"
FIELDS_DEPTH = DEEPEST - 3
"""Containers of a record within each other: on a line of a log it stands within three more."""
_LOG = b'{"log":'


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an import, or of taking one back."""

    batch: str
    """Its name; empty when nothing was written."""
    done: int
    known: int
    kept: Mapping[str, int]
    """Table to how many records hold something else here, and stay as they are."""


def read(file: BinaryIO) -> bytes:
    """All of a file; Refused when it is too large to be an export."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Refused(f"That is larger than {LARGEST // 1_000_000} MB, so it is no export of coach.")
    return data


def take_in(store: Store, data: bytes, *, dry_run: bool = False) -> Imported:
    """Adds the records of an export that are not here; Refused before anything is written."""
    return add(store, records_in(data), dry_run=dry_run)


def add(store: Store, books: Mapping[str, list[Operation]], *, dry_run: bool = False) -> Imported:
    """Adds records that are not here, as one batch; with `dry_run`, only says what it would come to.

    Raises NotSaved and Locked with what was added until then.
    """
    one, whole = Batch(store, batch.new_name()), Tally()
    for book in sorted(books, key=plan_first):
        try:
            whole.add(batch.compare(store, book, books[book])[0] if dry_run else one.add(book, books[book]))
        except NotSaved as error:
            raise type(error)(f"{error}{_until_then(whole, one)}") from error
    store.catch_up()
    return Imported(one.name if whole.done and not dry_run else "", whole.done, whole.known, dict(whole.kept))


def take_back(store: Store, name: str) -> Imported:
    """Removes the records of an import that still hold what it wrote; NotFound when there is nothing of it left."""
    here = batch.names_in(store)
    if name not in here:
        others = f" Those that were: {', '.join(sorted(here))}." if here else ""
        raise NotFound(f"No import called {shown(name)} was made here.{others}")
    whole = Tally()
    for book in sorted(here[name], key=plan_first):
        try:
            whole.add(batch.take_back(store, name, book))
        except NotSaved as error:
            before = f" Before that, {whole.done} records were taken back; the same command goes on from there."
            raise type(error)(f"{error}{before if whole.done else ''}") from error
    store.catch_up()
    if not whole.done:
        stay = f" {sum(whole.kept.values())} were changed since and stay." if whole.kept else ""
        raise NotFound(f"There is nothing left of {name} to take back.{stay}")
    return Imported(name, whole.done, whole.known, dict(whole.kept))


def records_in(data: bytes) -> dict[str, list[Operation]]:
    """Book to the records of an export; Refused, naming the place, when anything in it is not as coach writes it."""
    if data.startswith(_LOG):
        raise Refused("That is a log of coach, not an export. coach merge takes it in.")
    found: dict[str, list[Operation]] = {}
    try:
        for table, records in _tables(load(data)).items():
            for record, fields in records.items():
                _check_record(table, record, fields)
                found.setdefault(home_of(record), []).append((table, record, fields))
    except Misplaced as error:
        raise Refused(f"{error}. Nothing was taken in.") from None
    return found


def _tables(whole: Any) -> dict[str, dict[str, Any]]:
    top = _table(whole)
    if "coach" not in top or "tables" not in top:
        raise Refused("That is not what coach export writes. Nothing was taken in.")
    if type(top["coach"]) is not int or top["coach"] < 1:
        raise Misplaced("that is not the number of an export", "coach")
    if top["coach"] > FORMAT:
        raise Refused("A newer coach wrote that. Update coach, then import it; nothing was taken in.")
    tables = _table(top["tables"], "tables")
    return {table: _table(records, "tables", table) for table, records in tables.items()}


def _table(value: Any, *names: str) -> dict[str, Any]:
    """A value as the table it has to be, with names that can be kept; Misplaced when it is something else."""
    if not isinstance(value, dict):
        try:
            check(value, 1)  # a table with a name twice in it is none either, and says so itself
        except Misplaced as error:
            raise Misplaced(error.why, *names) from None
        raise Misplaced("something else stands where a table should", *names)
    for name in value:
        if not name or not _is_name(name):
            raise Misplaced(ODD_NAME, *names, name)
    return value


def _is_name(name: str) -> bool:
    """As every reader of a log wants the name of a table or field, and the id of a record."""
    return len(name) <= LONGEST_NAME and not steers(name)


def _check_record(table: str, record: str, fields: Any) -> None:
    try:
        check(fields, FIELDS_DEPTH)
        if not isinstance(fields, dict):
            raise Misplaced("a record is a table of fields")
        _check_fields(fields)
        batch.check_size(table, record, fields)
    except Misplaced as error:
        raise Misplaced(error.why, "tables", table, record, *error.names) from None
    except Refused:
        raise Misplaced("a value is longer than any entry can be", "tables", table, record) from None


def _check_fields(fields: dict[str, Any]) -> None:
    """Names that can be kept, and nothing that would read as taken out."""
    for name, value in fields.items():
        if not _is_name(name):
            raise Misplaced(ODD_NAME, name)
        marks = name == GONE or value == REMOVED
        if marks or (isinstance(value, dict) and (GONE in value or REMOVED in value.values())):
            raise Misplaced(f"there is a {GONE}, the mark of what was taken out", name)


def _until_then(whole: Tally, one: Batch) -> str:
    if not whole.done:
        return ""
    back = f"take them back with: coach import --undo {one.name}"
    return f" Before that, {whole.done} records were taken in and stay. Import the file again for the rest, or {back}"
