"""What is planned on which day: things of one day, the times of what repeats, and those of them that were changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from coach.domain.after_phrases import anchors_of
from coach.domain.days import FIRST_DAY, LAST_DAY, show_day
from coach.domain.errors import Ambiguous, NotFound
from coach.domain.items import Item, Mark
from coach.domain.occurrences import Name, name_of, occurrence, occurrences, read_name
from coach.storage.ids import PLAN, book_of, mark_id, month_book
from coach.storage.records import Records
from coach.storage.store import Store
from coach.storage.summary import Strays, Summaries

_GONE = "That item is not there any more. coach today shows what is."


def repeats(item: Item) -> bool:
    """What another program wrote into a month's book with a rule is on its own day only."""
    return item.rule is not None and book_of(item.id) == PLAN


class Agenda:
    """Reads the days; a repeating item is one record in `plan`, and each time of it a name that may have a record."""

    def __init__(self, store: Store, summaries: Summaries) -> None:
        self._summaries = summaries
        self._held: tuple[list[Item], Strays] | None = None
        self.items = Records(store, "items", Item)
        self.marks = Records(store, "marks", Mark, lambda mark: mark_id(mark.subject, mark.day, mark.slot))

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Within it the plan, and what strayed from its month, are read once; nothing may be written meanwhile."""
        self._held = (self.items.all(PLAN), self._summaries.strays())
        try:
            yield
        finally:
            self._held = None

    def get(self, ref: str) -> Item:
        """An item by its id, or one time of what repeats by its name; NotFound otherwise."""
        if found := self.items.get(ref):
            return found
        name = read_name(ref)
        series = self.items.get(name.of) if name else None
        found = occurrence(series, name) if name and series else None
        if found is None:
            raise NotFound(_GONE)
        return found

    def on_day(self, ref: str, day: date) -> Item:
        """The same; of what repeats, its time on a day."""
        found = self.get(ref)
        if not repeats(found):
            return found
        times = [item for item in self.between(day, day) if item.of == found.id]
        if not times:
            raise NotFound(f"“{found.title}” does not come on {show_day(day)}. coach plan --week shows when it does.")
        if len(times) > 1:
            listed = "\n".join(f"  {item.id}  {item.start:%H:%M}" for item in times if item.start)
            raise Ambiguous(f"“{found.title}” comes more than once that day. Say which, by its id:\n{listed}")
        return times[0]

    def series(self) -> dict[str, Item]:
        """Everything that repeats, by id."""
        return _series(self._plan())

    def between(self, first: date, last: date, wanted: Callable[[Item], bool] = repeats) -> list[Item]:
        """What is on some days: from their months, the plan, and what was moved here from other months.

        Of what repeats only the series that are wanted, and the times that were moved to a day of their own: to work
        out times nobody asks for is most of the cost.
        """
        plan = self._plan()
        strays = [record for record, day in self._strays().items() if day and first <= day <= last]
        moved = filter(None, map(self.items.get, strays))
        series = _series(plan)
        dated = {item.id: item for item in [*plan, *self.items.between(first, last), *moved] if item.id not in series}
        here = [item for item in dated.values() if item.day and first <= item.day <= last]
        found = [item for item in here if item.of is None or self._stands(item, series)]
        found = [item for item in found if item.of is None or item.day != item.on or wanted(series[item.of])]
        for one in filter(wanted, series.values()):
            for time in occurrences(one, first, last):
                if time.id not in dated and self.items.get(time.id) is None:  # a changed one is where it was put
                    found.append(time)
        return found

    def on(self, day: date | None) -> list[Item]:
        """What is on a day, or on the Later list."""
        return self.undated() if day is None else self.between(day, day)

    def undated(self) -> list[Item]:
        """The Later list."""
        strays = [record for record, where in self._strays().items() if where is None]
        found = [*self._plan(), *filter(None, map(self.items.get, strays))]
        items = list({item.id: item for item in found if item.day is None}.values())
        series = self.series() if any(item.of for item in items) else {}
        return [item for item in items if item.of is None or self._stands(item, series)]

    def anchors(self, day: date) -> dict[str, str]:
        """What something can come after, and what it already does: of that day, and of what repeats."""
        items = [*self.between(day, day), *self.series().values()]
        return anchors_of([*(item.title for item in items), *(item.follows for item in items)])

    def marks_of(self, items: Iterable[Item]) -> dict[str, Mark]:
        """What became of them, by their ids; each is looked up: a month holds far more marks than a day asks for."""
        found = {}
        for item in items:
            day = item.on or item.day
            key = mark_key(item, day) if day and FIRST_DAY <= day <= LAST_DAY else None
            mark = self.marks.get(mark_id(key.of, key.on, key.slot)) if key else None
            if mark is not None:
                found[item.id] = mark.as_ticked(item)
        return found

    def marks_from(self, subject: str, day: date) -> list[Mark]:
        """The marks of something from a day on."""
        found = [mark for book in self._books_from(day) for mark in self.marks.all(book)]
        return [mark for mark in found if mark.subject == subject and mark.day >= day]

    def changed_from(self, series: str, day: date) -> list[Item]:
        """The times of a series, from a day on, that were changed by hand."""
        found = [item for book in self._books_from(day) for item in self.items.all(book)]
        return [item for item in found if item.of == series and item.on and item.on >= day]

    def _plan(self) -> list[Item]:
        return self._held[0] if self._held else self.items.all(PLAN)

    def _strays(self) -> Strays:
        return self._held[1] if self._held else self._summaries.strays()

    def _books_from(self, day: date) -> list[str]:
        return [month for month in self._summaries.months() if month >= month_book(day)]

    def _stands(self, changed: Item, series: dict[str, Item]) -> bool:
        """Whether what one time was changed from is still there: its series, with its day and time of day."""
        name = name_of(changed)
        if name is None or name.of not in series:
            return False
        return occurrence(series[name.of], name) is not None


def _series(plan: Iterable[Item]) -> dict[str, Item]:
    return {item.id: item for item in plan if repeats(item)}


def mark_key(item: Item, day: date) -> Name:
    """Whose mark it is, and of which day: of what repeats, the one its rule gave it."""
    return name_of(item) or Name(item.id, item.on or day)
