"""A process that fills its disk: `python -m tests.fire.filling CASE HOME REFUSALS` prints what became of it as JSON."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coach.domain.errors import NotSaved
from coach.storage.care.heal import heal
from coach.storage.store import Store
from tests.fire import raw
from tests.fire.pen import everything, open_now
from tests.sources import ROOT
from tests.storage.homes import NOVEMBER, document, edit

FULL = "Not saved: the disk is full. Free some space, then try again; nothing else was touched."
DISK, LARGER, LIMIT = "400k", "16m", 60_000
"""The small disk; the same when space returns; and the bytes of the largest file where there is a limit instead."""
MOST = 800
"""Changes tried at most: where only state is full none is refused."""
Records = dict[str, dict[str, Any]]


class SmallDisk:
    """One that is mounted over the home, or over one of its two folders."""

    def __init__(self, home: Path, what: str) -> None:
        place = home if what == "both" else home / what
        place.mkdir(exist_ok=True)
        self._place = str(place)
        self._mount(f"size={DISK}", "none")
        self.around: Callable[[], None] | None = None

    def free(self) -> None:
        self._mount(f"remount,size={LARGER}")

    def _mount(self, options: str, *what: str) -> None:
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, *what, self._place], check=True)


class Limit:
    """No file may be larger; other programs may make theirs."""

    def __init__(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, resource.RLIM_INFINITY))
        self.around = self.free

    def free(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


class Filling:
    """A person who goes on writing."""

    def __init__(self, home: Path) -> None:
        self.bad: list[str] = []
        self.kept: Records = {}
        """Every record as it was acknowledged."""
        self.refused: list[int] = []
        self.acknowledged = 0
        self._home, self.store = str(home), open_now(str(home))

    def write(self, number: int, store: Store | None = None) -> None:
        """One change of four kinds, the refused ones noted."""
        store = store or self.store
        kind = (self._insert, self._insert, self._edit, self._change_both_books)[number % 4]
        try:
            with store.change("Write"):
                new = kind(store, number)
        except NotSaved as refusal:
            self.refused.append(number)
            self.bad += [] if str(refusal) == FULL else [f"a refusal said {refusal}"]
            return
        self.acknowledged += 1
        self.kept |= new

    def write_until(self, refusals: int) -> None:
        """From when the disk is full every fourth change is by a process that has just started."""
        for number in range(MOST):
            self.write(number, open_now(self._home) if self.refused and number % 8 == 0 else None)
            if len(self.refused) >= refusals:
                return

    def compare(self, when: str, *stores: Store) -> None:
        for store in (*stores, open_now(self._home)):
            found = {record: fields for _, record, fields in everything(store)}
            lost = [record for record in self.kept if found.get(record) != self.kept[record]]
            more = [record for record in found if record not in self.kept]
            if lost or more:
                self.bad.append(f"{when}: {lost[:3]} lost, {more[:3]} there though refused")

    def retry(self) -> None:
        """Everything that was refused, as the person tries again: each once, under whatever id it gets."""
        again, self.refused = self.refused, []
        for number in again:
            self.write(number)
        if self.refused:
            self.bad.append(f"{len(self.refused)} refused again, with space")
        self.compare("after the retries", self.store)
        texts = [fields["text"] for fields in self.kept.values() if fields["text"]]
        if len(texts) != len(set(texts)):
            self.bad.append("something is there twice")

    @staticmethod
    def _insert(store: Store, number: int) -> Records:
        record, fields = store.new_id(NOVEMBER), {"n": number, "text": f"{number} ".ljust(number * 370 % 2900, "x")}
        store.table(NOVEMBER, "items").insert(document(record, **fields))
        return {record: fields}

    def _edit(self, store: Store, number: int) -> Records:
        record = next(record for record in reversed(self.kept) if record.startswith("2611-0"))
        edit(store, "items", record, n=number)
        return {record: {**self.kept[record], "n": number}}

    @staticmethod
    def _change_both_books(store: Store, number: int) -> Records:
        both = {f"2611-{number}": {"n": number, "text": ""}, f"p-{number}": {"n": number, "text": ""}}
        for record, fields in both.items():
            book, table = ("plan", "goals") if record.startswith("p-") else (NOVEMBER, "marks")
            store.table(book, table).insert(document(record, **fields))
        return both


def main(case: str, home: Path, refusals: int) -> dict[str, Any]:
    space = Limit() if case == "limit" else SmallDisk(home, case)
    filling = Filling(home)
    filling.write_until(refusals)
    refused = len(filling.refused)
    if (case == "state") is bool(refused):
        filling.bad.append(f"{refused} changes were refused")
    filling.compare("full", filling.store)
    filling.bad += _commands(home, len(filling.kept), space.around)
    space.free()
    filling.retry()
    store = open_now(str(home))
    heal(store, thorough=True)
    filling.compare("healed", filling.store, store)
    filling.bad += raw.unlike(home, allowed=0)
    filling.bad += [f"{path.name} has torn lines" for path in raw.files(home) if raw.lines_of(path).torn]
    return {"acknowledged": filling.acknowledged, "refused": refused, "bad": filling.bad}


def _commands(home: Path, records: int, around: Callable[[], None] | None) -> list[str]:
    """Help now, and everything written to a file elsewhere, while the disk is full."""
    bad, out = [], home.parent / "export.json"
    for words in (["crisis"], ["export", str(out)]):
        command = [sys.executable, "-B", "-m", "coach", *words, "--home", str(home)]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=around)
        if result.returncode:
            bad.append(f"coach {words[0]} ended with {result.returncode}: {result.stderr[-500:]}")
        elif words == ["crisis"] and not any(sign.isdigit() for sign in result.stdout):
            bad.append("Help now has no number")
    exported = sum(map(len, json.loads(out.read_text())["tables"].values())) if out.exists() else 0
    return bad if exported == records else [*bad, f"{exported} of {records} records were exported"]


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
