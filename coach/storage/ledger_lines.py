"""What a line of the ledger says, and what can still be told from one that says nothing any more.

`KEY` alone is shown, `KEY answered` and `KEY snoozed MOMENT` what the person said, `SUBJECT@DAY skipped` no more of it
that day. What was said last counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from coach.domain.asks import Known, skip_key

SEAL = b" ?\n"
"""Closes the tail a crash left, in a way that is no key: its claim was never acknowledged, so nobody showed it."""
_AT, _ZONE = rb"\d{4}-\d\d-\d\dT[\d:.]+", rb"[+-]\d\d:\d\d(?::\d\d(?:\.\d+)?)?"
_READABLE = re.compile(
    rb"(?P<key>[!-~][ -~]*@(?P<day>\d{4}-\d\d-\d\d)(?P<time>T[\d:.]+)(?:-\d+)?)"
    rb"(?:(?:~" + _AT + _ZONE + rb")?(?:#\d+)?|(?P<answered> answered)| snoozed (?P<until>" + _AT + _ZONE + rb"))"
    rb"|(?P<skip>[!-~][ -~]*@(?P<on>\d{4}-\d\d-\d\d)) skipped"
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


def read(lines: Iterable[bytes]) -> Known:
    """All that whole lines say."""
    claimed: set[str] = set()
    said: dict[str, datetime | None] = {}
    skips: set[str] = set()
    doubts = _Doubts()
    for line in lines:
        match = _READABLE.fullmatch(line)
        what = match.lastgroup if match else None
        until = _moment(match["until"]) if match and what == "until" else None
        if match is None or (what == "until" and until is None):
            doubts.odd(line)
            continue
        if what == "skip":
            skips.add(_key(match["skip"]))
            continue
        if what == "key":
            claimed.add(_key(line))
        else:
            said[_key(match["key"])] = until
        doubts.whole(match)
    return Known(claimed, said, skips, doubts.found())


class _Doubts:
    """The local times that lines nobody can read may have been about: their own, or those of the lines around them."""

    def __init__(self) -> None:
        self._before: re.Match[bytes] | None = None
        self._waiting = False
        self._times: set[bytes] = set()

    def odd(self, line: bytes) -> None:
        if not line.strip() or line.endswith(SEAL[:-1]):
            return
        if own := [match[0] for match in _SOME_TIME.finditer(line)]:
            self._times.update(own)
            return
        self._waiting = True
        if self._before:
            self._times.add(self._before["day"] + self._before["time"])

    def whole(self, match: re.Match[bytes]) -> None:
        """A line one can read, the next after some that nobody can."""
        self._before = match
        if self._waiting:
            self._times.add(match["day"] + match["time"])
            self._waiting = False

    def found(self) -> tuple[datetime, ...]:
        moments = {_moment(text) for text in self._times}
        return tuple(sorted(moment.replace(tzinfo=None) for moment in moments if moment))


def _moment(text: bytes) -> datetime | None:
    try:
        return datetime.fromisoformat(text.decode())
    except ValueError:
        return None


def _key(line: bytes) -> str:
    return line.decode("unicode_escape", "replace") if b"\\" in line else line.decode()
