"""config.toml: read key by key, so that one bad line costs one key; written keeping every other line."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import time
from typing import Any, get_args

from coach.codec import Malformed, decode, encode
from coach.domain.settings import Room, Settings
from coach.storage import disk

LONGEST = 256_000
_ROOMS = get_args(Room)


def read_settings(path: str) -> tuple[Settings, list[str]]:
    """The settings, and a sentence for each thing in the file that could not be used."""
    try:
        data = tomllib.loads(_text(path))
    except OSError as error:
        return Settings(), [f"{path}: could not be read ({error.strerror}). coach goes on with its own settings."]
    except (ValueError, RecursionError) as error:
        return Settings(), [f"{path}: {error}. Mend it, or delete the file; coach goes on with its own settings."]
    known = {field.name for field in fields(Settings)}
    good: dict[str, Any] = {}
    problems = []
    if isinstance(rooms := data.get("rooms"), list):  # one of a newer coach must not close the others
        problems = [f"{path}: there is no room {room!r}. It was passed over." for room in rooms if room not in _ROOMS]
        data["rooms"] = [room for room in rooms if room in _ROOMS]
    for key, value in data.items():
        if key not in known:
            problems.append(f"{path}: unknown key {key!r}. It was passed over; Settings ( , ) shows the right ones.")
            continue
        try:
            decode(Settings, {key: value})
        except Malformed as error:
            problems.append(f"{path}: {error}. It was passed over.")
        else:
            good[key] = value
    return decode(Settings, good), problems


def write_settings(path: str, changes: dict[str, Any]) -> None:
    """Puts these keys into the file; comments and keys coach does not know stay as they are.

    Raises ValueError for a file that cannot be read: it is never replaced by something else.
    """
    path = os.path.realpath(path)  # a link into somebody's dotfiles stays a link
    statements = list(_statements(_text(path)))
    for key, value in changes.items():
        put = _with_table if isinstance(value, dict) else _with_key
        statements = put(statements, key, value)
    text = "".join(statement.text for statement in statements)
    tomllib.loads(text)  # never replace a readable file by an unreadable one
    disk.replace(path, text.encode())


@dataclass(frozen=True, slots=True)
class _Statement:
    """A key with its value over however many lines, the head of a table, or lines that say nothing."""

    text: str
    table: str = ""
    """Where it stands: the first name of its table's head, "" before the first."""
    data: dict[str, Any] | None = None
    """What it sets; None for a head, a comment and an empty line."""

    def sets(self, name: str) -> bool:
        return self.data is not None and name in self.data


def _text(path: str) -> str:
    data = disk.read(path, most=LONGEST + 1)
    if len(data) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST} bytes")
    return data.decode("utf-8-sig")


def _statements(text: str) -> Iterator[_Statement]:
    """A readable file in pieces, each readable alone; together they are the file."""
    tomllib.loads(text)
    table, piece = "", ""
    for line in text.removesuffix("\n").split("\n") if text else ():
        piece += f"{line}\n"
        try:
            data = tomllib.loads(piece)
        except tomllib.TOMLDecodeError:
            continue  # a value that goes on in the next line
        if piece.lstrip().startswith("["):
            table, data = next(iter(data)), {}
        yield _Statement(piece, table, data or None)
        piece = ""


def _with_key(statements: list[_Statement], key: str, value: Any) -> list[_Statement]:
    """Where the key stands, or before the first table."""
    return _put(statements, "", key, value)


def _with_table(statements: list[_Statement], key: str, table: dict[str, Any]) -> list[_Statement]:
    """Each entry where it stands under the table's head; those no longer wanted go."""
    kept = [one for one in statements if one.table or not one.sets(key)]  # keys = {...} and keys.name = ... move
    kept = [one for one in kept if one.table != key or one.data is None or one.data.keys() & table.keys()]
    if table and not any(one.table == key for one in kept):
        kept += [_Statement("\n" if kept else "", kept[-1].table if kept else ""), _Statement(f"[{key}]\n", key)]
    for name, value in table.items():
        kept = _put(kept, key, name, value)
    return kept


def _put(statements: list[_Statement], table: str, name: str, value: Any) -> list[_Statement]:
    """In place of what sets the name, its comment kept; else after what the table holds."""
    new = _Statement(f"{_name(name)} = {_toml(value)}\n", table, {name: value})
    for index, old in enumerate(statements):
        if old.table == table and old.data is not None and name in old.data:
            if repr(encode(old.data[name])) == repr(encode(value)):
                return statements
            return [*statements[:index], _with_comment(new, old), *statements[index + 1 :]]
    last = max((index for index, one in enumerate(statements) if one.table == table and one.text.strip()), default=-1)
    return [*statements[: last + 1], new, *statements[last + 1 :]]


def _with_comment(new: _Statement, old: _Statement) -> _Statement:
    """What stood after the old value on its line stands after the new one."""
    for at in (at for at, sign in enumerate(old.text) if sign == "#"):
        try:
            same = tomllib.loads(old.text[:at]) == old.data
        except tomllib.TOMLDecodeError:
            continue
        if same:
            return _Statement(f"{new.text.rstrip()}  {old.text[at:]}", new.table, new.data)
    return new


def _name(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else _toml(name)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, time) and not value.second and not value.microsecond:
        return f'"{value:%H:%M}"'
    text = str(encode(value)).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text) + '"'
