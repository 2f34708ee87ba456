"""What undo has to do, said once more over plain dictionaries: the reference of the trial in histories.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from coach.storage.log import GONE
from coach.storage.store import Store

ABSENT = "(absent)"
WHOLE = "(whole)"
"""In place of an entry's name: every entry the map has."""
Where = tuple[str, str]
"""Table and record."""
Path = tuple[str, ...]
"""A field, or a map and the name of an entry."""
Flat = dict[Path, Any]
"""A record; a path that is not in it is absent, and a record that is there has no `_gone`."""
State = dict[Where, Flat]
_GONE: Path = (GONE,)


@dataclass(frozen=True, slots=True)
class Effect:
    """What an own change did to one record."""

    values: dict[Path, tuple[Any, Any]]
    """Before and after."""
    goes: bool = False
    comes: bool = False
    whole: Flat = field(default_factory=dict)
    """All of a record that goes or comes, while it is there."""


@dataclass(slots=True)
class Model:
    """The records as they have to be, and what can be undone and repeated."""

    state: State = field(default_factory=dict)
    done: list[tuple[str, dict[Where, Effect]]] = field(default_factory=list)
    undone: list[tuple[str, dict[Where, Effect]]] = field(default_factory=list)

    def change(self, label: str, writes: dict[Where, Flat]) -> None:
        """An own change: its writes win, because its clock comes after everything seen."""
        effects = {where: self._write(where, write) for where, write in writes.items()}
        effects = {where: one for where, one in effects.items() if one.values or one.goes or one.comes}
        if label and effects:
            self.done.append((label, effects))
            self.undone.clear()

    def _write(self, where: Where, write: Flat) -> Effect:
        now = self.state.get(where, {_GONE: True})
        plain = {path: value for path, value in write.items() if path[-1] != WHOLE}
        taken_out = {path[0] for path in write if path[-1] == WHOLE}
        plain |= {path: ABSENT for path in now if len(path) == 2 and path[0] in taken_out}
        if where not in self.state:
            plain.setdefault(_GONE, ABSENT)
        after = self.state[where] = _with(now, plain)
        values = {path: (now.get(path, ABSENT), value) for path, value in plain.items() if path != _GONE}
        values = {path: pair for path, pair in values.items() if not same(*pair)}
        if _GONE in now and _GONE not in after:
            return Effect({}, comes=True, whole=after)
        if _GONE not in now and _GONE in after:
            return Effect(values, goes=True, whole=now)
        return Effect(values)

    def take_back(self, kind: str) -> tuple[str, set[tuple[str, ...]], bool] | None:
        """The label, what has to be named as left alone, and whether anything changes."""
        taken, given = (self.done, self.undone) if kind == "undo" else (self.undone, self.done)
        if not taken:
            return None
        label, effects = taken.pop()
        given.append((label, effects))
        kept: set[tuple[str, ...]] = set()
        changed = False
        for where, effect in effects.items():
            now = self.state[where]
            write, left = _turned(now, effect, kind)
            kept |= {(*where, *path, "")[:4] for path in left}
            changed = changed or bool(write)
            self.state[where] = _with(now, write)
        return label, kept, changed


def _turned(now: Flat, effect: Effect, kind: str) -> tuple[Flat, set[Path]]:
    """What changes back (or again) in a record, and what is another's by now."""
    delete = effect.comes if kind == "undo" else effect.goes
    revive = effect.goes if kind == "undo" else effect.comes
    if _GONE in now and not revive:
        return {}, set() if delete else {_GONE}
    others = {path[:1] for path in {**now, **effect.whole} if not same(now.get(path), effect.whole.get(path))}
    if revive and _GONE not in now:
        return {}, others if kind == "redo" else set()
    if delete and others:
        return {}, others
    write: Flat = {_GONE: True if delete else ABSENT} if delete or revive else {}
    left: set[Path] = set()
    for path, (before, after) in effect.values.items():
        held, goal = (after, before) if kind == "undo" else (before, after)
        current = now.get(path, ABSENT)
        if same(current, goal):
            continue
        if same(current, held):
            write[path] = goal
        else:
            left.add(path)
    return write, left


def same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


def written(seen: dict[str, Any] | None, new: dict[str, Any] | None) -> Flat:
    """What a change writes that makes the record a store shows into another; None is no record."""
    if new is None:
        return {_GONE: True}
    before, after = flat(seen or {}), flat(new)
    write = {path: value for path, value in after.items() if not same(before.get(path, ABSENT), value)}
    write |= {path: ABSENT for path in before if path not in after}
    maps = [name for name, value in (seen or {}).items() if isinstance(value, dict)]
    return write | {(name, WHOLE): ABSENT for name in maps if name not in new}


def _with(record: Flat, write: Flat) -> Flat:
    return {path: value for path, value in {**record, **write}.items() if value != ABSENT}


def flat(raw: dict[str, Any]) -> Flat:
    """A stored record by paths; an empty map is none."""
    found: Flat = {}
    for name, value in raw.items():
        if name == GONE:
            found |= {_GONE: True} if value else {}
        elif isinstance(value, dict):
            found |= {(name, entry): item for entry, item in value.items()}
        else:
            found[(name,)] = value
    return found


def state_of(store: Store, books: tuple[str, ...]) -> State:
    """Everything a store holds, deleted records too."""
    found: State = {}
    for name in books:
        book = store.book(name)
        for table in book.records():
            found |= {(table, record): flat(dict(raw)) for record, raw in book.raw(table).items()}
    return found
