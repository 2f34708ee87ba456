"""Names of books, records and changes: a record's id says for ever which book it was born in."""

from __future__ import annotations

import os
import time
from datetime import date
from functools import lru_cache

from coach.domain.errors import Refused

PLAN = "plan"
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
_last = (0, 0)


def ulid() -> str:
    """26 characters that sort by time, and in order within this process: 48 bits of milliseconds, 80 of chance."""
    global _last  # noqa: PLW0603  (order within one millisecond needs the last one given)
    now, chance = time.time_ns() // 1_000_000, int.from_bytes(os.urandom(10))
    if now <= _last[0]:
        now, chance = _last[0], _last[1] + 1
    _last = (now, chance)
    number = (now << 80) | (chance & ((1 << 80) - 1))
    return "".join([_PAIRS[(number >> shift) & 1023] for shift in range(120, -1, -10)])


def made_at(name: str) -> int | None:
    """Milliseconds since 1970 at which a name of `ulid` was given; None for any other name."""
    if len(name) != 26 or set(name) - set(_ALPHABET):
        return None
    number = 0
    for sign in name[:10]:
        number = number * 32 + _ALPHABET.index(sign)
    return number


def month_book(day: date) -> str:
    """ "2026-11" for any day of that month."""
    if not 2000 <= day.year <= 2099:
        raise Refused(f"{day.isoformat()} is outside 2000 to 2099. Give a day in between.")
    return f"{day:%Y-%m}"


def prefix_of(book: str) -> str:
    return "p" if book == PLAN else book[2:4] + book[5:7]


def book_of(record: str) -> str | None:
    """The book a record was born in, or None for an id that is not ours."""
    prefix, _, rest = record.partition("-")
    return _book_of(prefix) if rest else None


@lru_cache(maxsize=256)  # asked of every record that is read
def _book_of(prefix: str) -> str | None:
    if prefix == "p":
        return PLAN
    if len(prefix) == 4 and prefix.isascii() and prefix.isdigit() and 1 <= int(prefix[2:]) <= 12:
        return f"20{prefix[:2]}-{prefix[2:]}"
    return None


def home_of(record: str) -> str:
    """The book a record lives in: an id that is not ours is the plan's."""
    return book_of(record) or PLAN


def new_id(book: str) -> str:
    return f"{prefix_of(book)}-{ulid()}"


def mark_id(subject: str, day: date, slot: str = "") -> str:
    """There is only one mark of a subject on a day (and time of day), whichever device makes it."""
    return f"{prefix_of(month_book(day))}-m:{subject}:{day.isoformat()}" + (f":{slot}" if slot else "")
