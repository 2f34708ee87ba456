"""What a line of the ledger says, and what can still be told from one that says nothing any more.

`KEY` alone is shown, `KEY answered` and `KEY snoozed MOMENT` what the person said, `SUBJECT@DAY skipped` no more of it
that day. What was said last counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from coach.domain.asks import Known, skip_key

SEAL = b" ?\n"
"""Closes the tail a crash left, in a way that is no key: its claim was never acknowledged, so nobody showed it."""
_AT, _ZONE = rb"\d{4}-\d\d-\d\dT[\d:.]+", rb"[+-]\d\d:\d\d(?::\d\d(?:\.\d+)?)?"
_READABLE = re.compile(
    rb"(?P<key>\S.*@(?P<day>\d{4}-\d\d-\d\d)(?P<time>T[\d:.]+)(?:-\d+)?)"
    rb"(?:(?:~" + _AT + _ZONE + rb")?(?:#\d+)?|(?P<answered> answered)| snoozed (?P<until>" + _AT + _ZONE + rb"))"
    rb"|(?P<skip>\S.*@(?P<on>\d{4}-\d\d-\d\d)) skipped"
)
_SOME_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d")


def shown(key: str) -> bytes:
    """The key as one line of plain ASCII; different keys give different lines, whatever an id holds."""
    return key.encode("unicode_escape")


def answered(key: str) -> bytes:
    return shown(key) + b" answered"


def snoozed(key: str, until: datetime) -> bytes:
    return shown(key) + f" snoozed {until.isoformat()}".encode()


def skipped(subject: str, day: date) -> bytes:
    return shown(skip_key(subject, day)) + b" skipped"


def is_readable(line: bytes) -> bool:
    return _READABLE.fullmatch(line) is not None


def day_of_line(line: bytes) -> bytes:
    """The day it is about, as text; empty where it cannot be read."""
    match = _READABLE.fullmatch(line)
    return (match["day"] or match["on"]) if match else b""


def read(lines: list[bytes]) -> Known:
    """All that whole lines say."""
    claimed: set[str] = set()
    said: dict[str, datetime | None] = {}
    skips: set[str] = set()
    odd: list[int] = []
    for number, line in enumerate(lines):
        match = _READABLE.fullmatch(line)
        what = match.lastgroup if match else None
        if match is None or (what == "until" and (until := _moment(match["until"])) is None):
            odd.append(number)
        elif what == "key":
            claimed.add(_key(line))
        elif what == "skip":
            skips.add(_key(match["skip"]))
        else:
            said[_key(match["key"])] = until if what == "until" else None
    return Known(claimed, said, skips, tuple(sorted(set(_doubts(lines, odd)))))


def _doubts(lines: list[bytes], odd: Iterable[int]) -> Iterator[datetime]:
    """The local times that lines nobody can read may have been about: their own, or those of the lines around them."""
    for number in odd:
        line = lines[number]
        if not line.strip() or line.endswith(SEAL[:-1]):
            continue
        own = [match[0] for match in _SOME_TIME.finditer(line)]
        around = (
            _nearest(lines[max(0, number - _FAR) : number][::-1]),
            _nearest(lines[number + 1 : number + 1 + _FAR]),
        )
        for text in own or around:
            if text and (moment := _moment(text)):
                yield moment.replace(tzinfo=None)


_FAR = 100
"""Lines that are looked at for a neighbour one can read."""


def _nearest(lines: list[bytes]) -> bytes:
    """The time the first readable line is about."""
    matches = (_READABLE.fullmatch(line) for line in lines)
    return next((match["day"] + match["time"] for match in matches if match and match["day"]), b"")


def _moment(text: bytes) -> datetime | None:
    try:
        return datetime.fromisoformat(text.decode())
    except ValueError:
        return None


def _key(line: bytes) -> str:
    return line.decode("unicode_escape") if b"\\" in line else line.decode("ascii", "replace")
