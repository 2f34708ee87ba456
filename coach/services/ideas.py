"""The ideas there are: those shipped with coach and the person's own files, and which of them suit a day."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from coach.domain.day_view import Line
from coach.domain.ideas import MOST, MOST_NEW, Activities, Idea, fitting, key_of
from coach.domain.items import Item, Mark
from coach.paths import Paths
from coach.resources import content_dir
from coach.services.items import Items
from coach.storage.ids import PLAN
from coach.storage.packs import Packs, read_packs
from coach.storage.records import Records
from coach.storage.store import Store

ORDER = ("body", "people", "place", "making", "learning", "helping", "rest", "money", "meaning", "admin")
"""Of the shipped files; a person's own come before papers and offices."""
WEEK, FOUR_WEEKS = timedelta(weeks=1), timedelta(weeks=4)


class Ideas:
    """The files are read once, when first asked for."""

    def __init__(self, paths: Paths, store: Store, items: Items, now: Callable[[], datetime]) -> None:
        self._own = os.path.join(os.path.dirname(paths.config), "activities")
        self._store, self._items, self._now = store, items, now
        self._kept = Records(store, "items", Item)
        self._marks = Records(store, "marks", Mark)
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
        lines = [line for section in self._items.view(day).sections for line in section.lines]
        planned = {key_of(line.item.title) for line in lines if isinstance(line, Line)}
        ideas, liked = self.all(), self._liked(day)
        found = fitting(ideas, day, minutes, liked=liked, planned=planned, most_new=MOST_NEW if first_week else MOST)
        if not first_week:
            return found
        left = max(0, MOST_NEW - self._taken_up(ideas))
        new = [one for one in found if key_of(one.title) not in liked][:left]
        return tuple(one for one in found if one in new or key_of(one.title) in liked)

    def take_up(self, idea: Idea, day: date | None, start: time | None = None) -> Item:
        """Puts it on a day, or on the Later list, as one thing to undo."""
        from coach.domain.quickadd import Reading  # 8 ms that nobody needs before choosing

        with self._store.change(f"Added “{idea.title}”"):
            item = self._items.add(Reading(idea.title, day, start if day else None, idea.minutes))
            item = replace(item, area=idea.area)
            self._kept.put(item)
        return item

    def _taken_up(self, ideas: tuple[Idea, ...]) -> int:
        """How many were put on a day, or on the Later list, in the last seven days."""
        names, today = {key_of(idea.title) for idea in ideas}, self._items.today()
        kept = [*self._kept.all(PLAN), *self._kept.between(today - WEEK, today + WEEK)]
        new = [item for item in kept if item.made is not None and item.made > self._now() - WEEK]
        return len({key_of(item.title) for item in new} & names)

    def _liked(self, day: date) -> Mapping[str, float]:
        """Titles of what was done in the last eight weeks, with how pleasant it was, or five where nobody said."""
        found: dict[str, list[int]] = {}
        for mark in self._marks_near(day):
            if (item := self._kept.get(mark.subject)) is not None:
                found.setdefault(key_of(item.title), []).append(5 if mark.pleasure is None else mark.pleasure)
        return {title: sum(given) / len(given) for title, given in found.items()}

    def _marks_near(self, day: date) -> list[Mark]:
        """Four weeks at a time: they touch no more than the two months that are read."""
        ends = (day - timedelta(days=1) - FOUR_WEEKS, day)
        marks = [mark for end in ends for mark in self._marks.between(end - FOUR_WEEKS, end)]
        return [mark for mark in marks if mark.state in ("done", "part")]

    def _read(self) -> Packs[Activities]:
        if self._packs is None:
            self._packs = read_packs(Activities, "activity", str(content_dir() / "activities"), self._own)
        return self._packs
