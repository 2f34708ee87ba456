"""The ideas there are: those shipped with coach and the person's own files, and which of them suit a day."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from coach.domain.ideas import LIKED, MOST, MOST_NEW, Activities, Idea, fitting
from coach.domain.items import Item
from coach.domain.text import clean, title_key
from coach.paths import Paths
from coach.resources import content_dir
from coach.services.items import Items
from coach.storage.ids import PLAN, book_of, month_book
from coach.storage.log import GONE
from coach.storage.packs import Packs, read_packs
from coach.storage.store import Store

ORDER = ("body", "people", "place", "making", "learning", "helping", "rest", "money", "meaning", "admin")
"""Of the shipped files; a person's own come before papers and offices."""
WEEK, EIGHT_WEEKS = timedelta(weeks=1), timedelta(weeks=8)
_DONE = ("done", "part")


class Ideas:
    """The files are read once, when first asked for."""

    def __init__(self, paths: Paths, store: Store, items: Items, now: Callable[[], datetime]) -> None:
        self._own = os.path.join(os.path.dirname(paths.config), "activities")
        self._store, self._items, self._now = store, items, now
        self._packs: Packs[Activities] | None = None

    def all(self) -> tuple[Idea, ...]:
        """By area, the smallest first, papers and offices last."""
        order = {name: place for place, name in enumerate(ORDER)}
        order["admin"] = len(ORDER) + 1
        packs = sorted(self._read().things, key=lambda pack: (order.get(pack.id, len(ORDER)), pack.id))
        return tuple(idea for pack in packs for idea in pack.ideas())

    def problems(self) -> tuple[str, ...]:
        """A sentence for each file that could not be used."""
        return self._read().problems

    def for_gap(self, day: date, minutes: int | None, first_week: bool) -> tuple[Idea, ...]:
        """At most nine for so many free minutes of a day; in the first week no more than three are new."""
        planned = {title_key(line.item.title) for line in self._items.view(day).lines}
        ideas, liked = self.all(), self._liked(day)
        found = fitting(ideas, day, minutes, liked=liked, planned=planned, most_new=MOST_NEW if first_week else MOST)
        if not first_week:
            return found
        left = max(0, MOST_NEW - self._taken_up(ideas))
        new = [one for one in found if title_key(one.title) not in liked][:left]
        return tuple(one for one in found if one in new or title_key(one.title) in liked)

    def take_up(self, idea: Idea, day: date | None, start: time | None = None) -> Item:
        """Puts it on a day, or on the Later list."""
        from coach.domain.quickadd import Reading  # 8 ms that nobody needs before choosing

        return self._items.add(Reading(idea.title, day, start if day else None, idea.minutes, area=idea.area))

    def _taken_up(self, ideas: tuple[Idea, ...]) -> int:
        """How many were put on a day, or on the Later list, in the last seven days."""
        names, today = {title_key(idea.title) for idea in ideas}, self._items.today()
        since = self._now().replace(tzinfo=None) - WEEK
        found = set()
        for book in [PLAN, *_months(today - WEEK, today + WEEK)]:
            for fields in self._raw(book, "items").values():
                if (title := _title(fields)) in names and (made := _moment(fields)) is not None and made > since:
                    found.add(title)
        return len(found)

    def _liked(self, day: date) -> Mapping[str, float]:
        """Titles of what was done in the last eight weeks, with how pleasant it was, or five where nobody said.

        They are looked up as they are stored: to decode eight full weeks takes seconds.
        """
        found: dict[str, list[int]] = {}
        for mark in self._done_between(day - EIGHT_WEEKS, day):
            if (book := book_of(mark["subject"])) is not None:
                title = _title(self._raw(book, "items").get(mark["subject"], {}))
                found.setdefault(title, []).append(_pleasure(mark))
        return {title: sum(given) / len(given) for title, given in found.items()}

    def _done_between(self, first: date, last: date) -> Iterator[Mapping[str, Any]]:
        start, end = first.isoformat(), last.isoformat()
        for book in _months(first, last):
            for mark in self._raw(book, "marks").values():
                if mark.get("state") not in _DONE or mark.get(GONE):
                    continue
                if isinstance(mark.get("subject"), str) and start <= str(mark.get("day")) <= end:
                    yield mark

    def _raw(self, book: str, table: str) -> Mapping[str, Mapping[str, Any]]:
        return self._store.book(book).raw(table)

    def _read(self) -> Packs[Activities]:
        if self._packs is None:
            self._packs = read_packs(Activities, "activity", str(content_dir() / "activities"), self._own)
        return self._packs


def _months(first: date, last: date) -> list[str]:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return sorted({month_book(day) for day in days})


def _title(fields: Mapping[str, Any]) -> str:
    """What makes it the same as an idea; "" of what is deleted."""
    title = fields.get("title")
    return title_key(clean(title)) if isinstance(title, str) and not fields.get(GONE) else ""


def _moment(fields: Mapping[str, Any]) -> datetime | None:
    """When it was added, by the clock on the wall there: another program may have written no offset."""
    try:
        return datetime.fromisoformat(str(fields.get("made"))).replace(tzinfo=None)
    except ValueError:
        return None


def _pleasure(mark: Mapping[str, Any]) -> int:
    given = mark.get("pleasure")
    return given if type(given) is int and 0 <= given <= 10 else LIKED
