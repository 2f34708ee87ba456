"""A home with everything in it, what is true of it, and what still holds after one of its files was damaged."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from coach.domain.summary import strays_of, summarise
from coach.paths import Paths
from coach.storage import log
from coach.storage.care.heal import heal
from coach.storage.care.mended import Mended
from coach.storage.device import known_device
from coach.storage.drafts import Drafts
from coach.storage.fold import Fold
from coach.storage.ids import home_of
from coach.storage.ledger import Ledger
from coach.storage.log import Change
from coach.storage.store import Store
from coach.storage.summary import Summaries
from coach.storage.undo import Step
from tests.bench.history import write_history
from tests.fire.histories import lock_held
from tests.storage.homes import NOVEMBER, START, Clock, document, edit, open_store, visible

OWN = 40
"""Rounds of changes of this device, on top of three others' history."""
MONTHS = ("2026-10", NOVEMBER)
BOOKS = ("plan", *MONTHS)
PROMPTS = [f"p-prompt{number}@2026-11-{number + 1:02}T07:30:00" for number in range(20)]
DRAFT = "a sentence that was not finished"
NOW = START + timedelta(hours=3)


def build(home: Path, older: Path, days: int) -> None:
    """A home in use, with a change that waits for the lock; and a copy of it from half-way."""
    write_history(Paths(str(home)), days)
    store = open_store(home, Clock(START))
    for number in range(OWN):
        if number == OWN // 2:
            _rest(store)
            shutil.copytree(home, older)
        _change(store, number)
    _rest(store)
    with lock_held(home):
        store.appender.lock._patience = 0.0
        store.append("Added “waiting”", NOVEMBER, [("items", "2611-waiting", {"title": "waiting"})])


def _change(store: Store, number: int) -> None:
    items, goals = store.table(NOVEMBER, "items"), store.table("plan", "goals")
    with store.change(f"Added {number}"):
        note = "a long walk " * (50 * (number % 3 == 0))  # a line of many hundred bytes is checked like a short one
        items.insert(
            document(f"2611-own{number}", title=f"walk {number}", day=f"2026-11-{number % 28 + 1:02}", note=note)
        )
        if number % 4 == 0:
            goals.insert(document(f"p-own{number}", title="t", order=float(number), steps={"a": {"title": "one"}}))
    with store.change(f"Changed {number}"):
        edit(store, "items", f"2611-own{number // 2}", title=f"walk slowly {number}", minutes=number + 1)
    if number % 7 == 6:
        with store.change(f"Deleted {number}"):
            items.remove(doc_ids=[f"2611-own{number - 1}"])  # type: ignore[list-item]  # text ids


def _rest(store: Store) -> None:
    """What a day's use leaves beside the logs."""
    state = store.paths.state
    Drafts(os.path.join(state, "drafts")).keep("journal", DRAFT)
    ledger = Ledger(os.path.join(state, "delivered.log"))
    ledger.claim_many(PROMPTS[: 10 + len(ledger.claimed(PROMPTS))])
    settle(Path(state).parent)
    store.sync_mirror()


def settle(home: Path) -> None:
    """Summaries and the memory of the files, as they are after a start."""
    store = fresh(home)
    summaries = Summaries(store, store.paths)
    for month in MONTHS:
        summaries.get(month)
    summaries.strays()
    heal(store, thorough=False)


@dataclass(slots=True)
class Truth:
    """What the home holds."""

    changes: dict[str, Change]
    places: dict[str, set[str]]
    """Change to the files it stands in, relative to the home."""
    steps: list[Step]
    device: str
    whole: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Book to its tables, when nothing is missing."""
    claimed: set[str] = field(default_factory=lambda: set(PROMPTS))

    def only_in(self, file: str) -> set[str]:
        """Changes with one copy on this machine: another device's, or a waiting one."""
        return {change for change, places in self.places.items() if places == {file}}

    def records(self, without: set[str]) -> dict[str, dict[str, Any]]:
        """Book to its tables, as all changes but these make them."""
        if self.whole and not without:
            return self.whole
        folds = {book: Fold() for book in BOOKS}
        for change in self.changes.values():
            if change.id not in without:
                for book, fold in folds.items():
                    own = tuple(operation for operation in change.operations if home_of(operation[1]) == book)
                    fold.apply(Change(change.reading, change.id, own))
        return {book: _plain({table: fold.visible(table) for table in fold.tables}) for book, fold in folds.items()}


def truth_of(home: Path) -> Truth:
    changes: dict[str, Change] = {}
    places: dict[str, set[str]] = {}
    for path in [*home.glob("data/books/*/*.log"), *home.glob("state/mirror/*.log"), *home.glob("state/spool/*.rec")]:
        for line in path.read_bytes().split(b"\n"):
            if isinstance(found := log.decode(line), Change):
                changes[found.id] = found
                places.setdefault(found.id, set()).add(str(path.relative_to(home)))
    state = home / "state"
    steps = fresh(home).appender.undo_log.steps()
    truth = Truth(changes, places, steps, known_device(str(state / "device.json")) or "")
    truth.whole = truth.records(set())
    return truth


def wrong_in(store: Store, truth: Truth, victim: str, missing: set[str]) -> Iterator[str]:
    """What a fresh program reads otherwise than it should, when these changes are gone for good."""
    wanted, whole = truth.records(missing), truth.whole
    for book in BOOKS:
        if _plain(visible(store, book)) != wanted[book]:
            yield f"{book} is not what its changes say"
    home = Path(store.paths.state).parent
    yield from _wrong_beside(home, truth, victim)
    reader = fresh(home)
    summaries = Summaries(reader, reader.paths)
    for month in MONTHS:
        # Where a disk changed bytes without a trace, the summary may still know what the log lost.
        if summaries.get(month) not in (summarise(month, wanted[month]), summarise(month, whole[month])):
            yield f"the summary of {month} has other numbers"
    if summaries.strays() not in (_strays(wanted), _strays(whole)):
        yield "the strays are others"


def _strays(books: dict[str, Any]) -> dict[str, Any]:
    found = [strays_of(month, books[month].get("items", {})) for month in MONTHS]
    return {**found[0], **found[1]}


def _plain(tables: dict[str, Any]) -> dict[str, Any]:
    hidden = {table: {record: dict(fields) for record, fields in found.items()} for table, found in tables.items()}
    for found in hidden.values():
        for fields in found.values():
            fields.pop(log.GONE, None)
    return {table: found for table, found in hidden.items() if found}


def _wrong_beside(home: Path, truth: Truth, victim: str) -> Iterator[str]:
    """Undo, prompts and drafts: as they were, and in the damaged file itself nothing that never was."""
    state = home / "state"
    steps = fresh(home).appender.undo_log.steps()
    if any(step not in truth.steps for step in steps) or (steps != truth.steps and victim != "undo.log"):
        yield "undo would put back something else"
    claimed = Ledger(str(state / "delivered.log")).claimed(PROMPTS)
    if claimed != truth.claimed and victim != "delivered.log":
        yield "other prompts count as shown"
    if Drafts(str(state / "drafts")).get("journal") != DRAFT and victim != "draft":
        yield "the draft is another"
    if known_device(str(state / "device.json")) != truth.device and victim != "device.json":
        yield "the device has another name"


def seen_in(store: Store) -> set[str]:
    """The changes a program takes in."""
    return {change for book in BOOKS for change in store.book(book).seen}


def fresh(home: Path) -> Store:
    """As a program that has just been started."""
    return open_store(home, Clock(NOW))


def healed(home: Path) -> list[Mended]:
    return heal(fresh(home), thorough=True)


def wrong_afterwards(home: Path, truth: Truth, missing: set[str]) -> Iterator[str]:
    """Undo and a new change still do what they should."""
    store = fresh(home)
    before = visible(store)
    taken = store.take_back("undo")
    if taken is None or taken.kept or taken.label != truth.steps[-1].label or visible(store) == before:
        yield f"undo gave {taken}"
    again = fresh(home)
    if again.take_back("redo") is None or visible(again) != before:
        yield "undo and redo do not give back what was there"
    edit(again, "items", "2611-own0", title="written after")
    reader = fresh(home)
    if visible(reader)["items"]["2611-own0"]["title"] != "written after" or visible(reader) != visible(again):
        yield "a new change does not show"
    if (truth.changes.keys() - missing) - seen_in(reader):
        yield "a new change hides others"
