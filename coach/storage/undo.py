"""What each change replaced, so that it can be taken back, also after a restart."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from coach.storage import disk
from coach.storage.checksum import digest
from coach.storage.fold import Fields, same
from coach.storage.log import GONE, REMOVED, Operation

Kind = Literal["do", "undo", "redo"]
Raw = Callable[[str, str], Mapping[str, Any] | None]
"""Table and record to the raw record as it is now."""
KEPT_BYTES = 200_000
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_sorted = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_EMPTY = digest(b"{}")
"""No map is the same as an empty one."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change as the undo log keeps it: each field as [before, after]; of maps, each entry."""

    id: str
    kind: Kind
    of: str
    """The change this one takes back or repeats; its own id for a new one."""
    label: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that was left as it is, because it is not the one the change wrote."""

    table: str
    record: str
    field: str
    """`_gone`: the whole record was deleted since."""
    entry: str = ""
    """Of a map, its key."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of an undo, or a redo."""

    label: str
    kept: tuple[Kept, ...] = ()
    changed: bool = True
    """Whether anything was written."""


class UndoLog:
    """The latest changes of this device, newest last; a line that cannot be read costs its step and nothing else."""

    def __init__(self, path: str) -> None:
        self._path = path

    def keep(self, step: Step, *, alone: bool = True) -> None:
        """Notes a step; not `alone` when somebody else holds the lock, and then none is let go."""
        size = disk.add(self._path, _encode(step))
        if alone and size > 2 * KEPT_BYTES:
            self._let_go()

    def _let_go(self) -> None:
        """The latest step stays however large it is, and of the others the newest whole ones."""
        with disk.open_ordinary(self._path) as file:
            data = file.read()
            latest = data.rfind(b"\n")
            disk.replace(self._path, data[data.find(b"\n", max(0, latest - KEPT_BYTES)) :], durable=False)
            if added := file.read():  # by somebody without the lock, who had opened this file before
                disk.add(self._path, added)

    def next(self, kind: Literal["undo", "redo"]) -> Step | None:
        """The change that undo (or redo) is about now."""
        done: list[Step] = []
        undone: list[Step] = []
        for step in self.steps():
            if step.kind == "do":
                done.append(step)
                undone.clear()
            elif step.kind == "undo":
                undone += [done.pop()] if done and done[-1].of == step.of else []
            else:
                done += [undone.pop()] if undone and undone[-1].of == step.of else []
        stack = done if kind == "undo" else undone
        return stack[-1] if stack else None

    def steps(self) -> list[Step]:
        """Every step that can be read, oldest first; one that stands there twice counts once."""
        found: dict[str, Step] = {}
        for line in disk.read(self._path).split(b"\n"):
            if (step := _decode(line)) is not None:
                found.setdefault(step.id, step)
        return list(found.values())


def _encode(step: Step) -> bytes:
    """The newline comes first: whatever torn end stands there, nothing grows into it."""
    data = {"c": step.id, "k": step.kind, "of": step.of, "label": step.label, "ops": step.operations}
    payload = _write(data).encode(errors="replace")
    return b"\n" + digest(payload).encode() + b" " + payload


def _decode(line: bytes) -> Step | None:
    """The step of a line; None unless every byte is as it was written: undo puts back what stands here."""
    checksum, _, payload = line.partition(b" ")
    if checksum != digest(payload).encode():
        return None
    try:
        data = json.loads(payload)
        operations = tuple((table, record, fields) for table, record, fields in data["ops"])
        return Step(data["c"], data["k"], data["of"], data["label"], operations)
    except (ValueError, KeyError, TypeError):
        return None


def step(change: str, label: str, operations: tuple[Operation, ...], of: Step | None) -> Step:
    """What the undo log keeps of a change: of one that takes another back, that other's operations."""
    if of is None:
        return Step(change, "do", change, label, tuple(operation for operation in operations if operation[2]))
    return Step(change, of.kind, of.of, of.label, of.operations)


def pairs(before: Mapping[str, Any] | None, fields: Fields) -> Fields:
    """[before, after] of each field a change writes; of maps, of each entry: no map is the same as an empty one.

    Of a record that is new, deleted or brought back, `_gone` has besides the digest of each field it has while it is
    there: enough to see whether it still is so, and what a person wrote stands in no more files than it must.
    """
    was_gone = before is None or bool(before.get(GONE))
    is_gone = bool(fields.get(GONE, before is not None and was_gone))
    raw = before or {}
    if was_gone and not is_gone:
        return {GONE: [True, False, _digests(_merged(raw, fields))]}
    found: Fields = {} if was_gone or not is_gone else {GONE: [False, True, _digests(_merged(raw, {}))]}
    for name, value in fields.items():
        old = raw.get(name, REMOVED)
        if name == GONE or (was_gone and GONE in fields):
            continue  # a note that was never anything but deleted is nobody's to take back
        if not isinstance(old, dict) or not isinstance(value, dict):
            found |= {} if same(old, value) else {name: [old, value]}
        elif entries := _entries(old, value):
            found[name] = entries
    return found


def _entries(old: Fields, value: Fields) -> Fields:
    before = {} if old == REMOVED else old
    if value == REMOVED:
        return {key: [item, REMOVED] for key, item in before.items()}
    entries = {key: [before.get(key, REMOVED), item] for key, item in value.items()}
    return {key: pair for key, pair in entries.items() if not same(*pair)}


def _merged(raw: Mapping[str, Any], fields: Fields) -> Fields:
    """The record after a change, without `_gone`."""
    whole = {name: value for name, value in {**raw, **fields}.items() if name != GONE and value != REMOVED}
    for name, value in whole.items():
        if isinstance(value, dict) and isinstance(before := raw.get(name), dict):
            whole[name] = {key: item for key, item in {**before, **value}.items() if item != REMOVED}
    return whole


def _digests(record: Mapping[str, Any]) -> dict[str, str]:
    return {name: digest(_sorted(value).encode(errors="replace")) for name, value in record.items()}


def take_back(step: Step, raw: Raw, *, forward: bool) -> tuple[list[Operation], tuple[Kept, ...]]:
    """The operations that undo (or, forward, redo) a change, and what is left as it is now.

    Only what still holds the value the change gave (or, forward, the one before it) is touched, and a record goes
    only while all of it is as it was left. Values are compared, not who wrote them: where another device chose the
    same one, the person who undoes sees their own, and gets the one before it. What was deleted since stays deleted,
    and what already is as wanted is neither written nor named.
    """
    operations: list[Operation] = []
    kept: list[Kept] = []
    for table, record, fields in step.operations:
        wanted, left = _turned(raw(table, record), fields, forward)
        kept += [Kept(table, record, *place) for place in left]
        if wanted:
            operations.append((table, record, wanted))
    return operations, tuple(kept)


_Left = list[tuple[str, ...]]
"""Fields, or maps with an entry, that hold another value by now."""


def _turned(now: Mapping[str, Any] | None, fields: Fields, forward: bool) -> tuple[Fields, _Left]:
    """What to write to one record, and what of it is left."""
    if now is None:
        return {}, [(GONE,)]
    if GONE not in fields:
        return ({}, [(GONE,)]) if now.get(GONE) else _turned_fields(now, fields, forward)
    before, after, digests = fields[GONE]
    goal = after if forward else before
    found = dict.fromkeys(digests, _EMPTY) | _digests(now)
    newer: _Left = [(name,) for name, value in found.items() if name != GONE and value != digests.get(name, _EMPTY)]
    if bool(now.get(GONE)) is goal:
        return {}, newer if forward and not goal else []
    if goal and newer:
        return {}, newer
    rest = {name: value for name, value in fields.items() if name != GONE}
    wanted, left = _turned_fields(now, rest, forward)
    return {GONE: goal, **wanted}, left


def _turned_fields(now: Mapping[str, Any], fields: Fields, forward: bool) -> tuple[Fields, _Left]:
    wanted, names = _turned_values(
        now, {name: pair for name, pair in fields.items() if isinstance(pair, list)}, forward
    )
    left: _Left = [(name,) for name in names]
    for name, entries in fields.items():
        if isinstance(entries, list):
            continue
        if not isinstance(current := now.get(name, {}), dict):
            left.append((name,))  # no map any more
            continue
        turned, names = _turned_values(current, entries, forward)
        wanted |= {name: turned} if turned else {}
        left += [(name, key) for key in names]
    return wanted, left


def _turned_values(now: Mapping[str, Any], pairs: Mapping[str, list[Any]], forward: bool) -> tuple[Fields, list[str]]:
    wanted: Fields = {}
    names: list[str] = []
    for name, (before, after) in pairs.items():
        held, goal = (before, after) if forward else (after, before)
        if _holds(now, name, goal):
            continue
        if _holds(now, name, held):
            wanted[name] = goal
        else:
            names.append(name)
    return wanted, names


def _holds(now: Mapping[str, Any], name: str, value: Any) -> bool:
    return name not in now if value == REMOVED else name in now and same(now[name], value)
