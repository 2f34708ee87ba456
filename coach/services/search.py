"""Finds words in everything written, opening only the months that hold them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from coach.domain.summary import NOT_WRITTEN, count_tags, tags_in
from coach.domain.text import clean, one_line
from coach.services.settings import SettingsService
from coach.storage.ids import PLAN
from coach.storage.store import Store
from coach.storage.summary import Summaries

NOT_SEARCHED = frozenset({"settings", "shapes", "measures"})
IN_ROOMS = {"cravings": "urges"}
"""Tables of a room that can be off; what is off is found by nobody."""
TAGS = "tags"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:T.*)?|\d\d:\d\d(?::\d\d)?")


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that holds every word."""

    table: str
    id: str
    day: str
    text: str
    subject: str = ""
    """What it is about: of a mark, the item or habit."""
    repeats: bool = False


class Search:
    """Every word must be in the same record, in any of its texts; capitals do not matter; #tag means the whole tag."""

    def __init__(self, store: Store, summaries: Summaries, settings: SettingsService) -> None:
        self._store, self._summaries, self._settings = store, summaries, settings

    def find(self, text: str, *, most: int | None = None, wanted: Callable[[], bool] = lambda: True) -> tuple[Hit, ...]:
        """Newest first; nothing for an empty text. Months are opened, the latest first, until `most` are found there.

        What the plan holds is never cut off: goals and habits have no day to be new by. It gives up when what it
        found is no longer `wanted`.
        """
        words = one_line(text).casefold().split()
        if not words or not wanted():
            return ()
        dated: list[Hit] = []
        for month in self._months(words):
            if not wanted() or (most is not None and len(dated) >= most):
                break
            dated += self._in_book(month, words)
        return _newest([*_newest(dated)[:most], *self._in_book(PLAN, words)])

    def tags(self) -> tuple[tuple[str, int], ...]:
        """Every tag with how many things have it, the most used first."""
        counted = Counter(count_tags(self._store.book(PLAN).records().get("items", {})))
        for month in self._summaries.months():
            counted.update(self._summaries.get(month).tags)
        return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

    def _months(self, words: list[str]) -> Iterator[str]:
        months = sorted(self._summaries.months(), reverse=True)
        return (month for month in months if self._summaries.get(month).may_hold(words))

    def _in_book(self, book: str, words: list[str]) -> Iterator[Hit]:
        tags = {word[1:] for word in words if word[0] == "#"} - {""}
        others = [word for word in words if word[0] != "#"]
        books = self._store.books
        # A month that nobody looks at is not kept: what a search reads of ten years would stay for good.
        found = books.book(book) if book == PLAN or books.is_open(book) else books.fresh(book)
        for table, records in found.records().items():
            if table in NOT_SEARCHED or IN_ROOMS.get(table, "") not in ("", *self._settings.now.rooms):
                continue
            for record, fields in records.items():
                if not tags <= set(tags_in(fields)):
                    continue
                text = "\n".join(chain(_written(fields), (f"#{tag}" for tag in tags_in(fields))))
                folded = text.casefold()
                if text and all(word in folded for word in others):
                    yield _hit(table, str(record), fields, text)


def _newest(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    return tuple(sorted(hits, key=lambda hit: (hit.day, hit.id), reverse=True))


def _hit(table: str, record: str, fields: Mapping[str, Any], text: str) -> Hit:
    day, subject = fields.get("day"), fields.get("subject")
    return Hit(
        table,
        record,
        day if isinstance(day, str) else "",
        clean(text),
        subject if isinstance(subject, str) else "",
        bool(fields.get("rule")),
    )


def _written(value: Any, name: str = "") -> Iterator[str]:
    """Every text a person may have written, the title first."""
    if isinstance(value, str):
        yield from () if _MOMENT.fullmatch(value) else (value,)
    elif isinstance(value, Mapping):
        for key in sorted(value, key=lambda key: key != "title"):
            if key not in NOT_WRITTEN and key != TAGS:
                yield from _written(value[key], str(key))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _written(item, name)
