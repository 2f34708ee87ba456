"""Reads JSON that anybody may have written: what cannot be kept is named by the place where it stands."""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

from coach.domain.errors import Refused
from coach.domain.text import clean, in_words
from coach.storage.log import MOST_DIGITS

LONGEST_SHOWN = 60
"""Characters of one name in a sentence."""


@dataclass(frozen=True, slots=True)
class _Unusable:
    """Stands where a value did that no file of coach holds; reading goes on, so that its place can be told."""

    why: str


class Misplaced(Exception):
    """A value that cannot be kept; the names of where it stands are put before it one by one."""

    def __init__(self, why: str, *names: str) -> None:
        super().__init__(why)
        self.why, self.names = why, list(names)

    def __str__(self) -> str:
        return f"{'.'.join(map(shown, self.names)) or 'at the top'}: {self.why}"


def load(data: bytes) -> Any:
    """The value of a JSON text; Refused, with the line, for what is none."""
    try:
        return _decode(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused(f"That is no text: byte {error.start + 1} is not UTF-8. Nothing was taken in.") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Refused(f"That is no JSON that can be read: {error.msg} at {where}. Nothing was taken in.") from None
    except RecursionError:
        raise Refused("That holds lists and tables within each other without end. Nothing was taken in.") from None


def check(value: Any, depth: int) -> None:
    """Misplaced when a value, or something in it, cannot be kept; `depth` is how many containers may be nested."""
    if isinstance(value, dict | list):
        if not depth:
            raise Misplaced("there are too many lists and tables within each other")
        for name, item in value.items() if isinstance(value, dict) else enumerate(value, 1):
            try:
                check(name, depth)
                check(item, depth - 1)
            except Misplaced as error:
                error.names.insert(0, str(name))
                raise
    elif isinstance(value, str):
        if not value.isascii() and not _is_whole(value):
            raise Misplaced("there is half a character, which no file can hold")
    elif isinstance(value, _Unusable):
        raise Misplaced(value.why)


def shown(name: str) -> str:
    """A name from elsewhere, short and harmless."""
    short = clean(name, LONGEST_SHOWN) if not _is_whole(name) else name
    return in_words(short if len(short) <= LONGEST_SHOWN else f"{short[:LONGEST_SHOWN]}...")


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _once(pairs: list[tuple[str, Any]]) -> Any:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    counts = Counter(name for name, _ in pairs)
    twice = next(name for name, count in counts.items() if count > 1)
    return _Unusable(f"the name {shown(twice)} stands there twice")


def _whole(text: str) -> Any:
    return int(text) if len(text) <= MOST_DIGITS else _Unusable(f"a whole number has more than {MOST_DIGITS} digits")


def _finite(text: str) -> Any:
    number = float(text)
    return number if math.isfinite(number) else _Unusable("a number is too large to be one")


def _constant(name: str) -> Any:
    return _Unusable(f"{name} is not a number")


_decode = json.JSONDecoder(
    object_pairs_hook=_once, parse_int=_whole, parse_float=_finite, parse_constant=_constant
).decode
