"""A child process for the trials: writes without end (or so many records) and says what is saved.

`python -m tests.storage.writing HOME NAME [COUNT]` prints one JSON line for each acknowledged change.
"""

from __future__ import annotations

import json
import random
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coach.paths import Paths
from coach.storage.store import Store
from tests.storage.homes import NOVEMBER, document, edit


def say(*words: Any) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def insert_many(store: Store, name: str, count: int) -> None:
    for number in range(count):
        record = f"2611-{name}-{number}"
        store.table(NOVEMBER, "items").insert(document(record, n=number))
        say("put", record, number)


def write_for_ever(store: Store, name: str) -> None:
    """Inserts, edits, deletes and two-book changes; each value says which step wrote it."""
    chance = random.Random(name)
    items, marks = store.table(NOVEMBER, "items"), store.table(NOVEMBER, "marks")
    mine: list[str] = []
    for step in range(1_000_000):
        what = chance.random()
        if what < 0.4 or not mine:
            mine.append(store.new_id(NOVEMBER))
            say("try", mine[-1])
            items.insert(document(mine[-1], n=step, text="x" * chance.randrange(3000)))
            say("put", mine[-1], step)
        elif what < 0.6:
            record = chance.choice(mine)
            say("try", record)
            edit(store, "items", record, n=step)
            say("put", record, step)
        elif what < 0.7:
            record = mine.pop(chance.randrange(len(mine)))
            say("try", record)
            items.remove(doc_ids=[record])  # type: ignore[list-item]
            say("gone", record)
        else:
            pair = f"{name}-{step}"
            with store.change("Both"):
                marks.insert(document(f"2611-{pair}", n=step))
                store.table("plan", "goals").insert(document(f"p-{pair}", n=step))
            say("both", pair)


if __name__ == "__main__":
    home, name, *count = sys.argv[1:]
    store = Store(Paths(str(Path(home))), lambda: datetime.now(UTC))
    if count:
        insert_many(store, name, int(count[0]))
    else:
        write_for_ever(store, name)
