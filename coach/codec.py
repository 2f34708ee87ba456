"""Turns dataclasses into plain data and back, saying exactly what is wrong and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_ISO = (datetime, date, time)
_SIMPLE = frozenset({str, int, float, bool, NoneType})
"""Most values by far: looked at before anything that takes longer."""
_NOUNS = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


class Malformed(ValueError):
    """The data does not have the shape that was asked for."""


def encode(value: Any) -> Any:
    """Plain data: dataclasses become tables, tuples lists, moments ISO text."""
    if type(value) in _SIMPLE:
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, _ISO):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if isinstance(value, Mapping):
        return {key: encode(item) for key, item in value.items()}
    return value


def decode(kind: type[T], data: Any, where: str = "", *, strict: bool = True) -> T:
    """The dataclass behind plain data.

    Raises Malformed naming the place. With `strict=False` keys nobody knows are passed over: a stored record may
    have been written by a newer coach, and its other fields stay in the store.
    """
    decoded: T = _decode(kind, data, where, strict)
    return decoded


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _decode(kind: Any, data: Any, where: str, strict: bool) -> Any:
    if kind in _SIMPLE:
        return _plain(kind, data, where)
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(kind, data, where, strict)
    origin, args = get_origin(kind), get_args(kind)
    if origin is tuple:
        _expect(isinstance(data, list), where, "a list")
        return tuple(_decode(args[0], item, f"{where}[{index}]", strict) for index, item in enumerate(data))
    if origin is dict:
        _expect(isinstance(data, dict), where, "a table")
        return {key: _decode(args[1], item, f"{where}.{key}", strict) for key, item in data.items()}
    if origin in (Union, UnionType):
        return None if data is None else _decode(next(a for a in args if a is not NoneType), data, where, strict)
    if origin is Literal:
        _expect(isinstance(data, str | int) and data in args, where, "one of " + ", ".join(map(repr, args)))
        return data
    return _plain(kind, data, where)


def _plain(kind: Any, data: Any, where: str) -> Any:
    if kind in _ISO:
        return _iso(kind, data, where)
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    right = kind is Any or (isinstance(data, kind) and (kind is bool or not isinstance(data, bool)))
    _expect(right, where, _NOUNS.get(kind, f"a {getattr(kind, '__name__', kind)}"))
    return data


def _iso(kind: Any, data: Any, where: str) -> Any:
    _expect(isinstance(data, kind | str), where, f"a {kind.__name__} such as {_EXAMPLES[kind]}")
    try:
        found = kind.fromisoformat(data) if isinstance(data, str) else data
    except ValueError:
        raise Malformed(f"{where}: {data!r} is not a {kind.__name__} such as {_EXAMPLES[kind]}") from None
    # A time of day is wall-clock time wherever the person is; one with an offset compares with no other.
    _expect(kind is not time or found.tzinfo is None, where, f"a time without an offset, such as {_EXAMPLES[time]}")
    return found


_EXAMPLES = {datetime: "2026-11-23T07:30:00+00:00", date: "2026-11-23", time: "07:30"}


def _record(kind: type, data: Any, where: str, strict: bool) -> Any:
    _expect(isinstance(data, dict), where, "a table")
    known = {field.name: field for field in fields(kind)}
    if strict and (unknown := data.keys() - known.keys()):
        raise Malformed(f"{where or kind.__name__}: unknown key {sorted(unknown)[0]!r}")
    for name, field in known.items():
        if name not in data and field.default is MISSING and field.default_factory is MISSING:
            raise Malformed(f"{where or kind.__name__}: {name!r} is missing")
    hints = _hints(kind)
    values = {
        name: _decode(hints[name], item, f"{where}.{name}".lstrip("."), strict)
        for name, item in data.items()
        if name in known
    }
    try:
        return kind(**values)
    except ValueError as error:
        raise Malformed(f"{where or kind.__name__}: {error}") from None


def _expect(right: bool, where: str, what: str) -> None:
    if not right:
        raise Malformed(f"{where}: expected {what}")
