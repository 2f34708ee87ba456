"""Turns dataclasses into plain data and back, saying exactly what is wrong and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
_Reader = Callable[[Any], Any]
_ISO = (datetime, date, time)
_SIMPLE = frozenset({str, int, float, bool, NoneType})
"""Most values by far, written as they are: looked at before anything that takes longer."""
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
    have been written by a newer coach, and its other fields stay in the store. A date-time without an offset, as
    another program may have written it, is then taken as this computer's local time.
    """
    try:
        decoded: T = _reader(cast(Any, kind), strict)(data)
    except _Misfit as misfit:
        place = f"{where}{misfit.place}".lstrip(".") or misfit.noun
        raise Malformed(f"{place}: {misfit.what}") from None
    return decoded


class _Misfit(Exception):
    """What is wrong; its place is put together on the way up, so that what is right costs nothing for it."""

    def __init__(self, what: str, noun: str = "") -> None:
        super().__init__(what)
        self.what, self.noun, self.place = what, noun, ""

    def within(self, step: str) -> _Misfit:
        self.place = step + self.place
        return self


@cache
def _reader(kind: Any, strict: bool) -> _Reader:
    """How values of a kind are read, worked out once: many thousands are."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _record_reader(kind, strict)
    origin, args = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _list_reader(_reader(args[0], strict))
    if origin is dict:
        return _table_reader(_reader(args[1], strict))
    if origin in (Union, UnionType):
        read = _reader(next(one for one in args if one is not NoneType), strict)
        return lambda data: None if data is None else read(data)
    if origin is Literal:
        return _choice_reader(args)
    if kind is datetime and not strict:
        return _moment_reader(_iso_reader(kind))
    return _iso_reader(kind) if kind in _ISO else _plain_reader(kind)


def _plain_reader(kind: Any) -> _Reader:
    what = _NOUNS.get(kind, f"a {getattr(kind, '__name__', kind)}")

    def read(data: Any) -> Any:
        if kind is Any or type(data) is kind:
            return data
        if kind is float and isinstance(data, int) and not isinstance(data, bool):
            try:
                return float(data)
            except OverflowError:
                raise _Misfit(f"expected {what} that is not as large") from None
        _expect(isinstance(data, kind) and (kind is bool or not isinstance(data, bool)), what)
        return data

    return read


def _iso_reader(kind: Any) -> _Reader:
    example = f"{kind.__name__} such as {_EXAMPLES[kind]}"

    def read(data: Any) -> Any:
        _expect(isinstance(data, kind | str), f"a {example}")
        try:
            found = kind.fromisoformat(data) if isinstance(data, str) else data
        except ValueError:
            raise _Misfit(f"{data!r} is not a {example}") from None
        # A time of day is wall-clock time wherever the person is; one with an offset compares with no other.
        _expect(kind is not time or found.tzinfo is None, f"a time without an offset, such as {_EXAMPLES[time]}")
        return found

    return read


def _moment_reader(read: _Reader) -> _Reader:
    """Always with an offset: one without compares with no other, so a single one would stop whatever sorts them."""

    def read_moment(data: Any) -> Any:
        found = read(data)
        if found.tzinfo is not None:
            return found
        try:
            return found.astimezone()
        except (ValueError, OverflowError, OSError):  # the first and the last hours there are
            return found.replace(tzinfo=UTC)

    return read_moment


_EXAMPLES = {datetime: "2026-11-23T07:30:00+00:00", date: "2026-11-23", time: "07:30"}


def _list_reader(each: _Reader) -> _Reader:
    def read(data: Any) -> Any:
        _expect(isinstance(data, list), "a list")
        return tuple(_within(f"[{index}]", each, item) for index, item in enumerate(data))

    return read


def _table_reader(each: _Reader) -> _Reader:
    def read(data: Any) -> Any:
        _expect(isinstance(data, dict), "a table")
        return {key: _within(f".{key}", each, item) for key, item in data.items()}

    return read


def _within(step: str, read: _Reader, data: Any) -> Any:
    try:
        return read(data)
    except _Misfit as misfit:
        raise misfit.within(step) from None


def _choice_reader(choices: tuple[Any, ...]) -> _Reader:
    what = "one of " + ", ".join(map(repr, choices))

    def read(data: Any) -> Any:
        _expect(isinstance(data, str | int) and data in choices, what)
        return data

    return read


def _record_reader(kind: type, strict: bool) -> _Reader:
    hints, described = get_type_hints(kind), fields(kind)
    readers = {field.name: _reader(hints[field.name], strict) for field in described}
    needed = [field.name for field in described if field.default is MISSING and field.default_factory is MISSING]

    def read(data: Any) -> Any:
        _expect(isinstance(data, dict), "a table")
        if strict and (unknown := data.keys() - readers.keys()):
            raise _Misfit(f"unknown key {sorted(unknown)[0]!r}", kind.__name__)
        for name in needed:
            if name not in data:
                raise _Misfit(f"{name!r} is missing", kind.__name__)
        values = {}
        for name, item in data.items():
            if known := readers.get(name):
                try:
                    values[name] = known(item)
                except _Misfit as misfit:
                    raise misfit.within(f".{name}") from None
        try:
            return kind(**values)
        except ValueError as error:
            raise _Misfit(str(error), kind.__name__) from None

    return read


def _expect(right: bool, what: str) -> None:
    if not right:
        raise _Misfit(f"expected {what}")
