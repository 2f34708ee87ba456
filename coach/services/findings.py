"""What became of the logs that were looked after, in sentences and in numbers."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from coach.domain.text import in_words
from coach.services.wording import counted, listed, span
from coach.storage.care.mended import Mended
from coach.storage.care.quarantine import Loss
from coach.storage.ids import PLAN

Days = Mapping[date | None, int]


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything one time of looking after found."""

    mended: tuple[Mended, ...] = ()
    known: frozenset[str] = frozenset()
    """Quarantine files that were there before: what of other devices they hold has been told."""
    losses: tuple[Loss, ...] = ()
    """What of this device's lies in quarantine since an earlier time."""
    waits: str = ""
    """Why nothing could be mended now; empty when it could."""

    def good_news(self) -> list[str]:
        """What was put back: nothing is left to do about it."""
        return [*_by_book(self.mended, lambda one: one.restored, _put_back)]

    def troubles(self) -> list[str]:
        """What somebody should know, or do something about; a loss is one when it is first noticed."""
        return list(_troubles(self.mended, self._news()))

    def kept_aside(self) -> list[str]:
        """What was a trouble once, and is told for as long as its bytes are there."""
        new, told = [one.aside for one in self._news()], self._told()
        ours = [loss for loss in self.losses if loss.aside not in new]
        kept = [Mended("", loss.book, True, unreadable=loss.days, aside=loss.aside) for loss in ours]
        return [*_by_book(kept, _unreadable, _OWN.unread), *_by_book(told, _unreadable, _OTHERS.unread)]

    def in_short(self) -> list[str]:
        """All of it for a notice, troubles first; it names the folder of what was set aside instead of each file."""
        news = [replace(one, aside=os.path.dirname(one.aside)) for one in self._news()]
        return [*_troubles(self.mended, news), *self.good_news()]

    def _news(self) -> list[Mended]:
        return [one for one in self.mended if one.unreadable and (one.own or one.aside not in self.known)]

    def _told(self) -> list[Mended]:
        return [one for one in self.mended if one.unreadable and not one.own and one.aside in self.known]

    def numbers(self) -> dict[str, Any]:
        """For a script: counts, and what became of each file."""
        return {
            "restored": sum(sum(one.restored.values()) for one in self.mended),
            "set_aside": sum(sum(one.unreadable.values()) for one in self.mended),
            "missing": sum(sum(one.missing.values()) for one in self.mended),
            "mended": [_as_plain(one) for one in self.mended],
        }


def _troubles(mended: Iterable[Mended], lost: Iterable[Mended]) -> Iterator[str]:
    for own, words in ((True, _OWN), (False, _OTHERS)):
        yield from _by_book([one for one in lost if one.own is own], _unreadable, words.unread)
        yield from _by_book([one for one in mended if one.own is own], lambda one: one.missing, words.gone)
    yield from (f"{in_words(one.path)} was passed over. {one.obstacle}" for one in mended if one.obstacle)


def _unreadable(one: Mended) -> Days:
    return one.unreadable


_Sentence = Callable[[int, str, list[Mended]], str]
"""How many, of which book and days, in which files."""


def _by_book(mended: Iterable[Mended], days: Callable[[Mended], Days], sentence: _Sentence) -> Iterator[str]:
    """A sentence for each book of which there is anything of this kind."""
    books: dict[str, list[Mended]] = {}
    for one in mended:
        if sum(days(one).values()):
            books.setdefault(one.book, []).append(one)
    for book, those in sorted(books.items()):
        total = sum(sum(days(one).values()) for one in those)
        yield sentence(total, _when(book, [day for one in those for day in days(one) if day]), those)


def _when(book: str, days: Collection[date]) -> str:
    """ "of 20 to 22 Nov 2026", "of the plan, noted 21 Nov 2026,": what is there has no date, but was noted on one."""
    noted = span([*days])
    if book == PLAN:
        return f"of the plan, noted {noted}," if noted else "of the plan"
    if noted:
        return f"of {noted}"
    return f"of {book}" if book else "that waited"


def _put_back(count: int, when: str, those: list[Mended]) -> str:
    was = "was" if count == 1 else "were"
    return f"{counted(count, 'entry', 'entries')} {when} {was} put back from the second copy."


@dataclass(frozen=True, slots=True)
class _Words:
    """How it is said of whose entries something is, and what can be done."""

    whose: str
    where: bool
    """Whether the files are named."""
    to_read: str
    to_find: str

    def unread(self, count: int, when: str, those: list[Mended]) -> str:
        files = f", in {listed(one.path for one in those)}" if self.where else ""
        said = f"{counted(count, 'entry', 'entries')} {_around(when)}{self.whose} cannot be read{files}"
        return f"{said}{_kept(those)}.{self.to_read}"

    def gone(self, count: int, when: str, those: list[Mended]) -> str:
        was, they = ("was", "it is") if count == 1 else ("were", "they are")
        said = f"{counted(count, 'entry', 'entries')} {when}{self.whose} {was} here before, and {they} in no file now"
        return f"{said}. {self.to_find}. Nothing to be done? coach doctor --let-go stops looking for it."


_OWN = _Words("", False, "", "If you have an old copy of the data folder, coach merge FILE takes in what it holds")
_OTHERS = _Words(
    " from another device",
    True,
    " Start coach on that device: it may put them back.",
    "Start coach on that device, then let the folder synchronise",
)


def _around(when: str) -> str:
    """Of what nobody can read only the neighbours say the day."""
    return when.replace("of ", "noted around ", 1) if when[3:4].isdigit() else when


def _kept(those: list[Mended]) -> str:
    files = sorted({one.aside for one in those if one.aside})
    return f"; the bytes are kept in {listed(files)}" if files else ""


def _as_plain(one: Mended) -> dict[str, Any]:
    plain: dict[str, Any] = {"file": one.path, "book": one.book, "own": one.own, "aside": one.aside or None}
    plain["obstacle"] = one.obstacle or None
    for name, days in (("restored", one.restored), ("set_aside", one.unreadable), ("missing", one.missing)):
        plain[name] = {day.isoformat() if day else "unknown": count for day, count in days.items()}
    return plain
