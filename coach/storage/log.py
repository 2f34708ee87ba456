"""Format 1 of a log: a header line, then one checksummed line for each change."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from coach.domain.errors import Refused
from coach.domain.text import steers
from coach.storage.checksum import digest
from coach.storage.clock import is_beyond, is_reading

FORMAT = 1
LARGEST = 256_000_000
"""Bytes of one log: many times what ten years of notes take in all, and little enough to be read within minutes."""
LONGEST_LINE = 1_000_000
"""Bytes; a longer line is not one of ours."""
DEEPEST = 32
"""Lists and tables within each other; deeper is not one of ours, and would exhaust whoever copies it."""
LONGEST_NAME = 200
"""Characters of the name of a table or field, and of the id of a record or change; ours have under a hundred."""
MOST_DIGITS = 40
"""Of a whole number: more overflow what counts with them, and thousands would take seconds to read."""
UNFIT = "That text holds something that cannot be kept. Type it again without special signs."
_CONTAINERS = (dict, list)
GONE = "_gone"
REMOVED = {GONE: True}
"""The value of a field or map entry that was taken out."""

Why = Literal["damaged", "newer", "sealed", "clock", "large", "closed"]
Operation = tuple[str, str, dict[str, Any]]
"""Table, record id, fields."""


@dataclass(frozen=True, slots=True)
class Change:
    """One user action: all of its operations, or none."""

    reading: str
    id: str
    operations: tuple[Operation, ...]

    @property
    def stamp(self) -> tuple[str, str]:
        return (self.reading, self.id)


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that could not be taken in; it stays in its file."""

    why: Why
    """The last two speak of a whole file: one too large to be ours, one that may not be opened."""
    records: tuple[str, ...] = ()
    """Ids a newer line speaks of: they may only be read here."""
    count: int = 1
    """Lines of this kind: where a file holds very many, the later ones are counted only."""


class Unfit(Refused, TypeError):
    """JSON or UTF-8 cannot hold it; a TypeError as well, which is what TinyDB's own file storage raises."""


@cache
def encode_head(device: str, book: str, generation: int = 1) -> bytes:
    return _compact({"log": FORMAT, "device": device, "book": book, "gen": generation}) + b"\n"


def encode(change: Change) -> bytes:
    """The line of a change, newline included; Refused for what JSON or UTF-8 cannot hold."""
    payload = _compact({"v": FORMAT, "h": change.reading, "c": change.id, "ops": change.operations})
    line = _checksum(payload) + b" " + payload + b"\n"
    if len(line) > LONGEST_LINE:
        raise Refused("That is too much for one entry. Split it into smaller pieces.")
    return line


def is_head(line: bytes) -> bool:
    """Whether it is a header, and nothing else: one whose newline was damaged holds the first change as well."""
    if not line.startswith(b'{"log":') or len(line) > LONGEST_LINE:
        return False
    try:
        return isinstance(_read(line.decode()), dict)
    except (ValueError, RecursionError):
        return False


def decode(line: bytes) -> Change | Unread | None:
    """The change of a line without its newline; None for a header or an empty line.

    The line may come from anybody: its size, checksum, depth, numbers, names and shape are checked before anything of
    it is kept. A key that stands twice counts once, with its last value, on every device alike.
    """
    if not line or is_head(line):
        return None
    if line.startswith(b"e1 "):
        return Unread("sealed")
    if len(line) > LONGEST_LINE or line[16:17] != b" " or line[:16] != _checksum(line[17:]):
        return Unread("damaged")
    try:
        data = _read(line[17:].decode())
        if b"\\u" in line:
            _compact(data)  # an escape can smuggle in half a character, which no file or screen takes
    except (ValueError, RecursionError):
        return Unread("damaged")
    if line.count(b"{") + line.count(b"[") > DEEPEST and not _is_shallow(data, DEEPEST):
        return Unread("damaged")
    return _change(data)


def _change(data: Any) -> Change | Unread:
    if not isinstance(data, dict) or type(data.get("v")) is not int or data["v"] < 1:
        return Unread("damaged")
    operations = data.get("ops")
    if data["v"] > FORMAT:
        return Unread("newer", tuple(_ids(operations)))
    if not isinstance(operations, list):
        return Unread("damaged")
    if not is_reading(data.get("h")) or not all(map(_is_operation, operations)):
        return Unread("damaged")
    names = [data.get("c")]
    for table, record, fields in operations:
        names += (table, record, *fields)
    if not _are_names(names):
        return Unread("damaged")
    if is_beyond(data["h"]):
        return Unread("clock")
    return Change(data["h"], data["c"], tuple((table, record, fields) for table, record, fields in operations))


def _is_operation(operation: Any) -> bool:
    return isinstance(operation, list) and len(operation) == 3 and isinstance(operation[2], dict)


def _are_names(names: list[Any]) -> bool:
    """Whether all are text that can stand in a sentence or a file: short, on one line, steering nothing."""
    try:
        joined = "".join(names)
    except TypeError:
        return False
    short = len(joined) <= LONGEST_NAME or max(map(len, names)) <= LONGEST_NAME
    return short and not steers(joined)


def _ids(operations: Any) -> Iterator[str]:
    for operation in operations if isinstance(operations, list) else []:
        if isinstance(operation, list) and len(operation) > 1 and _are_names(operation[1:2]):
            yield operation[1]


def _compact(data: Any) -> bytes:
    try:
        return _write(data).encode()
    except (ValueError, TypeError, RecursionError) as error:
        raise Unfit(UNFIT) from error


def as_read(data: Any) -> Any:
    """Plain data as a reader of the log will see it: every name a text, every sequence a list."""
    return _read(_compact(data).decode())


def _checksum(payload: bytes) -> bytes:
    """64 bits: a flipped or torn line is noticed."""
    return digest(payload).encode()


def _is_shallow(value: Any, left: int) -> bool:
    """Level by level: a line of many records has far fewer containers than values."""
    containers = [value]
    for _ in range(left):
        items = (one.values() if isinstance(one, dict) else one for one in containers)
        containers = [item for some in items for item in some if isinstance(item, _CONTAINERS)]
        if not containers:
            return True
    return False


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number anybody wrote here")


def _finite(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise ValueError(f"{text} is not a number anybody wrote here")
    return number


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise ValueError("that is not a number anybody wrote here")
    return int(text)


_write = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_read = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite, parse_int=_whole).decode
