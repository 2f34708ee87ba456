"""The small scenes the store is tried with: what each step does, and what every record is afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coach.domain.settings import Room
from coach.storage import log, undo
from coach.storage.care.heal import heal
from coach.storage.drafts import Drafts
from coach.storage.intake import Intake
from coach.storage.ledger import Ledger
from coach.storage.settings import write_settings
from coach.storage.store import Store
from coach.storage.summary import Summaries
from tests.fire.stage import FORMS, PROMPTS, Key, Scene, Step
from tests.storage.homes import NOVEMBER, Clock, change, document, edit

OLD: Key = ("items", "2611-old")
GOAL: Key = ("goals", "p-old")
NEW: Key = ("items", "2611-new")
OTHER: Key = ("items", "2611-other")
MARK: Key = ("marks", "2611-mark")
AIM: Key = ("goals", "p-new")


def _insert(store: Store) -> None:
    store.append("Insert", NOVEMBER, [(*NEW, {"n": 1})])


def _other(store: Store) -> None:
    store.append("Other", NOVEMBER, [(*OTHER, {"n": 1})])


def _second(store: Store) -> None:
    with store.change("Second"):
        edit(store, *NEW, n=3)


def _edit(store: Store) -> None:
    with store.change("Edit"):
        edit(store, *OLD, n=2)


def _delete(store: Store) -> None:
    with store.change("Delete"):
        store.table(NOVEMBER, OLD[0]).remove(doc_ids=[OLD[1]])  # type: ignore[list-item]  # text ids


def _both(store: Store) -> None:
    with store.change("Both"):
        store.table(NOVEMBER, MARK[0]).upsert(document(MARK[1], state="done"))
        store.table("plan", AIM[0]).upsert(document(AIM[1], n=1))


def _pair(store: Store) -> None:
    with store.change("Pair"):
        store.table(NOVEMBER, NEW[0]).upsert(document(NEW[1], n=1))
        edit(store, *OLD, n=2)


def _old(store: Store) -> None:
    store.append("Old", NOVEMBER, [(*OLD, {"n": 1, "day": "2026-11-23"})])


def _goal(store: Store) -> None:
    store.append("Goal", "plan", [(*GOAL, {"n": 1})])


def summarise(store: Store) -> None:
    """As at the start of a process: from the file of the month, or afresh and kept."""
    summaries = Summaries(Store(store.paths, Clock()), store.paths)
    summaries.get(NOVEMBER)
    summaries.strays()


def write_draft(text: str) -> Step:
    def do(store: Store) -> None:
        Drafts(f"{store.paths.state}/drafts").keep(FORMS[0], text)

    return Step("", do, {("drafts", FORMS[0]): {"text": text}})


def claim(prompt: str) -> Step:
    def do(store: Store) -> None:
        assert Ledger(f"{store.paths.state}/delivered.log").claim(prompt)

    return Step("", do, {("claims", prompt): {}})


def open_rooms(*rooms: Room) -> Step:
    def do(store: Store) -> None:
        write_settings(store.paths.config, {"rooms": rooms})

    return Step("", do, {("settings", "rooms"): {"open": rooms, "odd": []} if rooms else None})


def _merge(store: Store) -> None:
    """A change over two books, from another device's log."""
    theirs = change(1, "zz", (*AIM, {"n": 1}), (*MARK, {"state": "done"}))
    intake = Intake()
    intake.collect(theirs, log.encode(theirs))
    intake.append(store)


def _heal(store: Store) -> None:
    heal(store, thorough=False)


def damage(book: str, hurt: Callable[[bytes], bytes], folder: str = "data/books") -> Step:
    """What a disk or another program did to a file, long ago."""

    def do(store: Store) -> None:
        for path in (Path(store.paths.data).parent / folder).rglob(f"{book}.log"):
            path.write_bytes(hurt(path.read_bytes()))

    return Step("", do, {})


def rolled_back(data: bytes) -> bytes:
    return data[: data.rstrip(b"\n").rfind(b"\n") + 1]


def torn(data: bytes) -> bytes:
    return data[:-9]


def flipped(data: bytes) -> bytes:
    """One bit in the first line after the header."""
    place = data.find(b"\n") + 30
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def unfinished(data: bytes) -> bytes:
    """Part of a line whose writer was killed before anybody was told anything."""
    return data + data[data.rstrip(b"\n").rfind(b"\n") + 1 :][:50]


def _trim(store: Store) -> None:
    """The undo log has grown so long that old steps are let go."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(undo, "KEPT_BYTES", 100)
        _edit(store)


def _sync(store: Store) -> None:
    store.sync_mirror()


def _again(store: Store) -> None:
    store.append("Again", NOVEMBER, [(*NEW, {"n": 2})])


INSERT = Step("Insert", _insert, {NEW: {"n": 1}})
EDIT = Step("Edit", _edit, {OLD: {"n": 2, "day": "2026-11-23"}})
DELETE = Step("Delete", _delete, {OLD: None})
BOTH = Step("Both", _both, {MARK: {"state": "done"}, AIM: {"n": 1}})
PAIR = Step("Pair", _pair, {NEW: {"n": 1}, OLD: {"n": 2, "day": "2026-11-23"}})
MERGE = Step("", _merge, BOTH.then, goes_on=True)
WAITS = Step("Insert", _insert, {NEW: {"n": 1}}, busy=True)
WAIT_BOTH = Step("Both", _both, {MARK: {"state": "done"}, AIM: {"n": 1}}, busy=True)
SUMMARY = Step("", summarise, {})
MIRROR = Step("", _sync, {}, copies=True)
UNDO_EDIT = Step("", lambda store: store.take_back("undo"), {OLD: {"n": 1, "day": "2026-11-23"}})
REDO_EDIT = Step("", lambda store: store.take_back("redo"), {OLD: {"n": 2, "day": "2026-11-23"}})
REFUSED = Step("Insert", _insert, {NEW: {"n": 1}}, fail_sync=1)
AGAIN = Step("Again", _again, {NEW: {"n": 2}})
HEAL = Step("", _heal, {}, anew=True, mends=True)
TRIM = Step("Edit", _trim, {OLD: {"n": 2, "day": "2026-11-23"}})
SECOND = Step("Second", _second, {NEW: {"n": 3}})
OLD_HOME = (
    Step("Old", _old, {OLD: {"n": 1, "day": "2026-11-23"}}),
    Step("Goal", _goal, {GOAL: {"n": 1}}),
    SUMMARY,
    MIRROR,
)

LONG_HOME = (*OLD_HOME, INSERT, MIRROR, HEAL)
DAMAGES = {
    "rolled back": (damage(NOVEMBER, rolled_back),),
    "torn": (damage(NOVEMBER, torn),),
    "a bit flipped": (damage(NOVEMBER, flipped),),
    "emptied": (damage(NOVEMBER, lambda data: b""),),
    "plan rolled back": (damage("plan", rolled_back),),
    "second copy flipped": (damage(NOVEMBER, flipped, "state/mirror"),),
    "each hurt elsewhere": (damage(NOVEMBER, flipped), damage(NOVEMBER, rolled_back, "state/mirror")),
    "both hurt": (damage(NOVEMBER, rolled_back), damage(NOVEMBER, flipped, "state/mirror")),
}
GOES_ON = Step("Other", _other, {OTHER: {"n": 1}}, anew=True)
WAITS_TOO = replace(GOES_ON, busy=True)


def killed(name: str, steps: tuple[Step, Step], before: tuple[Step, ...], calls: int) -> Iterator[Scene]:
    """Killed at each of its calls; another process goes on where the first one ended."""
    for number in range(1, calls + 1):
        first, second = steps
        yield Scene(f"{name}, killed at call {number}", (replace(first, kill_at=number), second), before)


SCENES = {
    scene.name: scene
    for scene in (
        Scene("first start", (INSERT, SECOND)),
        Scene("first start, two books", (BOTH,)),
        Scene("insert", (INSERT,), OLD_HOME),
        Scene("edit", (EDIT,), OLD_HOME),
        Scene("delete", (DELETE,), OLD_HOME),
        Scene("insert, edit, delete", (INSERT, EDIT, DELETE), OLD_HOME),
        Scene("two books", (BOTH, EDIT), OLD_HOME),
        Scene("two records", (PAIR,), OLD_HOME),
        Scene("unfinished line", (INSERT, EDIT), (*OLD_HOME, damage(NOVEMBER, unfinished))),
        Scene("waiting", (WAITS, EDIT), OLD_HOME),
        Scene("waiting, two books", (WAIT_BOTH, EDIT), OLD_HOME),
        Scene("summary", (EDIT, SUMMARY, INSERT, SUMMARY), OLD_HOME),
        Scene("undo and redo", (EDIT, UNDO_EDIT, REDO_EDIT), OLD_HOME),
        Scene("first draft", (write_draft("half a"), write_draft("half a sentence")), ()),
        Scene("draft", (write_draft("half a"), write_draft("half a sentence")), OLD_HOME),
        Scene("claims", tuple(map(claim, PROMPTS)), ()),
        Scene("settings", (open_rooms("urges"), open_rooms()), ()),
        Scene("merge", (MERGE, EDIT), OLD_HOME),
        Scene("second copy", (EDIT, MIRROR, INSERT), OLD_HOME),
        Scene("refused, then again", (REFUSED, AGAIN), OLD_HOME),
        Scene("undo log let go of old steps", (TRIM, INSERT), OLD_HOME),
        *(Scene(f"heal, {name}", (HEAL, EDIT), (*LONG_HOME, *done)) for name, done in DAMAGES.items()),
        *killed("first start", (INSERT, GOES_ON), (), 50),
        *killed("waiting", (WAITS, WAITS_TOO), OLD_HOME, 20),
        *killed("heal", (HEAL, replace(HEAL, mends=False)), (*LONG_HOME, *DAMAGES["a bit flipped"]), 40),
        *killed("draft", (write_draft("half a"), replace(write_draft("half a sentence"), anew=True)), (), 20),
        *killed("claim", (claim(PROMPTS[0]), replace(claim(PROMPTS[1]), anew=True)), (), 20),
        *killed("taken in", (EDIT, GOES_ON), (*OLD_HOME, WAITS), 20),
    )
}
