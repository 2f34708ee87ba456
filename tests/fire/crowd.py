"""Several writers at once: every change of each is there, whole, once, and nothing waits any more.

`without_lock(folder)` shows at the smallest size, in half a second, what becomes of them without the lock: it is never
held. `together(folder, "ab", 20, without=NAME)` does so for any protection of tests/fire/without.py.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from coach.storage.store import Store
from tests.fire import raw
from tests.fire.nursery import Nursery, Say, in_two_pieces
from tests.fire.pen import open_now
from tests.fire.trial import Outcome, scaled
from tests.storage.homes import edit, put, visible

WRITERS, WRITES = "abcd", 250
SHARED = "2611-shared"


def four_at_once(folder: Path, share: float) -> Outcome:
    return together(folder, WRITERS, scaled(WRITES, share, 10))


def without_lock(folder: Path) -> Outcome:
    """Two writers that do not wait for each other."""
    return together(folder, "ab", 20, without="lock")


def together(folder: Path, writers: str, writes: int, without: str = "") -> Outcome:
    """Each makes so many changes, all from the same moment on."""
    home, all_of_them = folder / "home", len(writers) * writes
    put(open_now(str(home)), "shared", SHARED, **dict.fromkeys(writers, -1))
    with Nursery(without=without) as nursery:
        begin = str(time.monotonic() + 0.1)
        children = [
            nursery.start("tests.fire.crowd:write_many", folder / name, str(home), name, str(writes), begin)
            for name in writers
        ]
        for child in children:
            child.ended()
    said = [line for child in children for line in child.heard()]
    acknowledged = sum(what == "ok" for what, *_ in said)
    bad = [f"a writer said {rest[0]}" for what, *rest in said if what == "bad"]
    if acknowledged != all_of_them:
        bad.append(f"{acknowledged} of {all_of_them} changes were acknowledged")
    bad += [*_different(home, writers, writes), *_untidy(home)]
    there = len(_change_ids(home)) - 1
    if there != all_of_them:
        bad.append(f"{there} of {all_of_them} changes are there")
    return Outcome(f"{len(writers)} writers at once", f"{there:,} of {all_of_them:,} changes there", tuple(bad))


def write_many(say: Say, home: str, name: str, writes: str, begin: str) -> None:
    """Of five changes three are new records, one edits the last of them, and one a field of the shared record."""
    store = open_now(home)
    visible(store)
    while time.monotonic() < float(begin):
        pass
    with in_two_pieces():
        for number in range(int(writes)):
            _write(store, name, number)
            say("ok", number)


def _write(store: Store, name: str, number: int) -> None:
    if number % 5 < 3:
        put(store, "items", f"2611-{name}{number}", n=number)
    elif number % 5 == 3:
        edit(store, "items", f"2611-{name}{number - 1}", n=number)
    else:
        edit(store, "shared", SHARED, **{name: number})


def _expected(writers: str, writes: int) -> dict[str, dict[str, dict[str, int]]]:
    items: dict[str, dict[str, int]] = {}
    shared = dict.fromkeys(writers, -1)
    for name in writers:
        for number in range(writes):
            if number % 5 < 3:
                items[f"2611-{name}{number}"] = {"n": number}
            elif number % 5 == 3:
                items[f"2611-{name}{number - 1}"] = {"n": number}
            else:
                shared[name] = number
    return {"items": items, "shared": {SHARED: shared}}


def _different(home: Path, writers: str, writes: int) -> list[str]:
    found: dict[str, dict[str, Any]] = visible(open_now(str(home)))
    bad = []
    for table, records in _expected(writers, writes).items():
        there = found.get(table, {})
        bad += [f"{record} is {there.get(record)}" for record in records if there.get(record) != records[record]]
        bad += [f"{record} was made by nobody" for record in there.keys() - records.keys()]
    return bad


def _change_ids(home: Path) -> set[str]:
    return {change.id for path in raw.logs(home) for change in raw.lines_of(path).changes}


def _untidy(home: Path) -> list[str]:
    """What should not be left behind."""
    bad = [f"{name} still waits" for name in raw.waiting(home)]
    for path in raw.files(home):
        lines = raw.lines_of(path)
        bad += [f"{path.name}: {len(lines.torn)} lines nobody can read"] if lines.torn else []
        if twice := len(lines.changes) - len({change.id for change in lines.changes}):
            bad.append(f"{path.name}: {twice} changes stand there twice")
    return [*bad, *raw.unlike(home, allowed=0)]
