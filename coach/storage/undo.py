"""What each change replaced, so that it can be taken back, also after a restart."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from coach.storage import disk
from coach.storage.fold import Fields
from coach.storage.log import GONE, REMOVED, Operation

Kind = Literal["do", "undo", "redo"]
Raw = Callable[[str, str], Mapping[str, Any] | None]
"""Table and record to the raw record as it is now."""
KEPT_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Step:
    """One change as the undo log keeps it: each field as [before, after]."""

    id: str
    kind: Kind
    of: str
    """The change this one takes back or repeats; its own id for a new one."""
    label: str
    operations: tuple[Operation, ...]


class UndoLog:
    """The latest changes of this device, newest last."""

    def __init__(self, path: str) -> None:
        self._path = path

    def keep(self, step: Step, *, alone: bool = True) -> None:
        """Notes a step; not `alone` when somebody else holds the lock, and then only whole lines are added."""
        data = {"c": step.id, "k": step.kind, "of": step.of, "label": step.label}
        line = json.dumps(data | {"ops": step.operations}, ensure_ascii=False, separators=(",", ":"))
        if not alone:
            disk.add(self._path, line.encode() + b"\n")
            return
        disk.append(self._path, line.encode() + b"\n", durable=False)
        if os.stat(self._path).st_size > 2 * KEPT_BYTES:
            before = disk.read(self._path)[: -len(line.encode()) - 1][-KEPT_BYTES:]
            # The latest step stays however large it is, and of the others whole ones.
            kept = before[before.find(b"\n") + 1 :] + line.encode() + b"\n"
            disk.replace(self._path, kept, durable=False)

    def next(self, kind: Literal["undo", "redo"]) -> Step | None:
        """The change that undo (or redo) is about now."""
        done: list[Step] = []
        undone: list[Step] = []
        for step in self._lines():
            if step.kind == "do":
                done.append(step)
                undone.clear()
            elif step.kind == "undo":
                undone += [done.pop()] if done and done[-1].of == step.of else []
            else:
                done += [undone.pop()] if undone and undone[-1].of == step.of else []
        stack = done if kind == "undo" else undone
        return stack[-1] if stack else None

    def _lines(self) -> list[Step]:
        found = []
        for line in disk.read(self._path).split(b"\n"):
            try:
                data = json.loads(line)
                operations = tuple((table, record, fields) for table, record, fields in data["ops"])
                found.append(Step(data["c"], data["k"], data["of"], data["label"], operations))
            except (ValueError, KeyError, TypeError):
                continue  # the sealed rest of a torn line: one step of undo less, nothing else
        return found


def step(change: str, label: str, operations: tuple[Operation, ...], of: Step | None) -> Step:
    """What the undo log keeps of a change: of one that takes another back, that other's operations."""
    if of is None:
        return Step(change, "do", change, label, operations)
    return Step(change, of.kind, of.of, of.label, of.operations)


def pairs(before: Mapping[str, Any] | None, fields: Fields) -> Fields:
    """[before, after] of each field a change writes; of maps, of each entry."""
    if before is None or before.get(GONE):
        return {GONE: [True, False]}
    found: Fields = {}
    for name, value in fields.items():
        old = before.get(name, REMOVED if name != GONE else False)
        if isinstance(value, dict) and value != REMOVED and isinstance(old, dict) and old != REMOVED:
            found[name] = {key: [old.get(key, REMOVED), item] for key, item in value.items()}
        else:
            found[name] = [old, value]
    return found


def take_back(step: Step, raw: Raw, *, forward: bool) -> tuple[list[Operation], int]:
    """The operations that undo (or, forward, redo) a change, and how many fields were left as they are now.

    Only what still holds the value the change gave (or, forward, the value undo gave back) is touched.
    """
    operations: list[Operation] = []
    kept = 0
    for table, record, fields in step.operations:
        now = raw(table, record) or {}
        wanted: Fields = {}
        for name, pair in fields.items():
            if isinstance(pair, dict):
                entries, left = _entries(now.get(name), pair, forward)
                kept += left
                wanted |= {name: entries} if entries else {}
            elif _holds(now, name, pair[0 if forward else 1]):
                wanted[name] = pair[1 if forward else 0]
            else:
                kept += 1
        if wanted:
            operations.append((table, record, wanted))
    return operations, kept


def _entries(now: Any, pairs: Mapping[str, list[Any]], forward: bool) -> tuple[Fields, int]:
    current = now if isinstance(now, dict) else {}
    held = {key: pair for key, pair in pairs.items() if _holds(current, key, pair[0 if forward else 1])}
    return {key: pair[1 if forward else 0] for key, pair in held.items()}, len(pairs) - len(held)


def _holds(now: Mapping[str, Any], name: str, value: Any) -> bool:
    if value == REMOVED:
        return name not in now
    if name == GONE:
        return bool(now.get(GONE)) is bool(value)
    return name in now and bool(now[name] == value)
