"""What became of the logs that were looked after, in sentences and in numbers."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from coach.services.wording import counted, listed, span
from coach.storage.care.heal import Mended
from coach.storage.ids import PLAN

Days = Mapping[date | None, int]


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything one time of looking after found."""

    mended: tuple[Mended, ...] = ()
    known: frozenset[str] = frozenset()
    """Quarantine files that were there before: what they hold has been told."""
    waits: str = ""
    """Why nothing could be mended now; "" when it could."""

    def good_news(self) -> list[str]:
        """What was put back: nothing is left to do about it."""
        return [*_by_book(self.mended, lambda one: one.restored, _put_back)]

    def troubles(self) -> list[str]:
        """What somebody should know, or do something about; a loss is told of when it is first noticed."""
        return list(_troubles(self.mended, self._news()))

    def in_short(self) -> list[str]:
        """All of it for a notice, which names the folder of what was set aside instead of each file."""
        news = [replace(one, aside=os.path.dirname(one.aside)) for one in self._news()]
        return [*self.good_news(), *_troubles(self.mended, news)]

    def _news(self) -> list[Mended]:
        return [one for one in self.mended if one.unreadable and (not one.aside or one.aside not in self.known)]

    def numbers(self) -> dict[str, Any]:
        """For a script: counts, and what became of each file."""
        return {
            "restored": sum(sum(one.restored.values()) for one in self.mended),
            "set_aside": sum(sum(one.unreadable.values()) for one in self.mended),
            "missing": sum(sum(one.missing.values()) for one in self.mended),
            "mended": [_as_plain(one) for one in self.mended],
        }


_LET_GO = ". Nothing to be done? coach doctor --let-go stops looking for it."


def _troubles(mended: Iterable[Mended], lost: Iterable[Mended]) -> Iterator[str]:
    for own, aside, gone in ((True, _set_aside, _missing), (False, _set_aside_of_others, _missing_of_others)):
        yield from _by_book([one for one in lost if one.own is own], lambda one: one.unreadable, aside)
        yield from _by_book([one for one in mended if one.own is own], lambda one: one.missing, gone)


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


def _set_aside(count: int, when: str, those: list[Mended]) -> str:
    kept = _kept(those)
    return f"{counted(count, 'entry', 'entries')} {_around(when)} cannot be read{kept}."


def _set_aside_of_others(count: int, when: str, those: list[Mended]) -> str:
    files = listed(one.path for one in those)
    said = f"{counted(count, 'entry', 'entries')} {_around(when)} from another device cannot be read, in {files}"
    return f"{said}{_kept(those)}. Start coach on that device: it may put them back."


def _missing(count: int, when: str, those: list[Mended]) -> str:
    was, they = ("was", "it is") if count == 1 else ("were", "they are")
    said = f"{counted(count, 'entry', 'entries')} {when} {was} here before, and {they} in no file now"
    return f"{said}. If you have an old copy of the data folder, coach merge FILE takes in what it holds{_LET_GO}"


def _missing_of_others(count: int, when: str, those: list[Mended]) -> str:
    was, they = ("was", "it is") if count == 1 else ("were", "they are")
    said = (
        f"{counted(count, 'entry', 'entries')} {when} from another device {was} here before, and {they} in no file now"
    )
    return f"{said}. Start coach on that device, then let the folder synchronise{_LET_GO}"


def _around(when: str) -> str:
    """Of what nobody can read only the neighbours say the day."""
    return when.replace("of ", "noted around ", 1) if when[3:4].isdigit() else when


def _kept(those: list[Mended]) -> str:
    files = sorted({one.aside for one in those if one.aside})
    return f"; the bytes are kept in {listed(files)}" if files else ""


def _as_plain(one: Mended) -> dict[str, Any]:
    plain: dict[str, Any] = {"file": one.path, "book": one.book, "own": one.own, "aside": one.aside or None}
    for name, days in (("restored", one.restored), ("set_aside", one.unreadable), ("missing", one.missing)):
        plain[name] = {day.isoformat() if day else "unknown": count for day, count in days.items()}
    return plain
