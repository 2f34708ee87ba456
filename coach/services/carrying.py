"""Takes along what a person said of something, time by time, when it becomes a series, another series, or one thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date

from coach.domain.items import Item, Mark
from coach.domain.occurrences import Name, name_of, occurrence, occurrences, rule_of, slots
from coach.domain.repeat import next_day
from coach.services.agenda import Agenda, mark_key
from coach.services.marks import STAYS, elsewhere
from coach.storage.ids import mark_id, month_book
from coach.storage.store import Store

_PLACE = {"id", "of", "on", "slot"}
_BY_THE_WAY = {"pinned", "order", "made"}
"""What a key changes of one time, and nobody writes."""


@dataclass(frozen=True, slots=True)
class _Time:
    """One time of a series of which something was said, as the rule gave it and as it was changed by hand."""

    was: Item
    changed: Item | None
    mark: Mark | None

    @property
    def says_something(self) -> bool:
        """What would be missed if its day no longer came."""
        if self.mark is not None and _says(self.mark):
            return True
        if self.changed is None or (self.mark is not None and self.mark.state == "dropped"):
            return False
        return bool(_differing(self.changed, self.was) - _BY_THE_WAY)


class Carrying:
    """Each call belongs inside a change: old records go and new ones come in one step."""

    def __init__(self, store: Store, agenda: Agenda) -> None:
        self._store, self._agenda = store, agenda

    def to_other(self, old: Item, new: Item, cut: date, meant: Name | None = None) -> Item:
        """From a day on to the same times of another series, or to the one thing it became; that thing as it is then.

        One thing takes what was said of the time that was meant, or else of that of its day. What has no place any
        more, and would be missed, stays on its day as a thing of its own.
        """
        renamed = dict(zip((slot for slot, _ in slots(old)), (slot for slot, _ in slots(new)), strict=False))
        meant = meant or Name(old.id, new.day or cut, slots(old)[0][0])
        moves: list[tuple[_Time, Item]] = []
        for time in self._times(old, cut):
            slot = renamed.get(time.was.slot, "-")
            there = occurrence(new, Name(new.id, time.was.on or cut, slot)) if new.rule else None
            if not new.rule and name_of(time.was) == meant:
                there = new
            if there is not None or time.says_something:
                moves.append((time, there or self._alone(time)))
        for time, there in moves:
            self._take_out(time, there)
        for time, there in moves:
            put = self._put(time, there)
            new = put if there is new else new
        return new

    def to_first(self, item: Item, new: Item) -> bool:
        """From one thing to the series it becomes: to its time that day, or the first; False where it was done before.

        Then it stays what it was, on its own day.
        """
        day = item.on or item.day
        key = mark_key(item, day) if day else None
        mark = self._agenda.marks.get(mark_id(key.of, key.on, key.slot)) if key else None
        if mark is None:
            return True
        days = [item.day, next_day(rule_of(new), new.day, new.day) if new.day else None]
        first = next((time for one in days if one for time in occurrences(new, one, one)), None)
        if first is None or first.on is None or (first.on != item.day and mark.as_ticked(item).state == "done"):
            return False
        said = mark if first.on == item.day else elsewhere(mark)
        self._agenda.marks.remove(mark_id(mark.subject, mark.day, mark.slot))
        self._agenda.marks.put(replace(said, subject=new.id, day=first.on, slot=first.slot))
        return True

    def _times(self, series: Item, cut: date) -> Iterator[_Time]:
        """Those from a day on of which anything is kept."""
        marks = {Name(series.id, mark.day, mark.slot): mark for mark in self._agenda.marks_from(series.id, cut)}
        names = ((name_of(item), item) for item in self._agenda.changed_from(series.id, cut))
        changed = {name: item for name, item in names if name}
        for name in {**marks, **changed}:
            if (was := occurrence(series, name)) is not None:
                yield _Time(was, changed.get(name), marks.get(name))

    def _alone(self, time: _Time) -> Item:
        now = time.changed or time.was
        book = month_book(time.was.on or date.min)
        return replace(now, id=self._store.new_id(book), of=None, on=None, slot="")

    def _take_out(self, time: _Time, there: Item) -> None:
        """Where it keeps its name its records stay and are written over."""
        if there.id == time.was.id:
            return
        if time.mark is not None:
            self._agenda.marks.remove(mark_id(time.mark.subject, time.mark.day, time.mark.slot))
        if time.changed is not None:
            self._agenda.items.remove(time.changed.id)

    def _put(self, time: _Time, there: Item) -> Item:
        """What stands there then."""
        if there.of is None:
            return self._put_alone(time, there)
        if time.mark is not None:
            self._agenda.marks.put(replace(time.mark, subject=there.of, slot=there.slot))
        renewed = _renewed(time, there)
        if renewed != there:
            self._agenda.items.put(renewed)
        elif time.changed is not None and time.changed.id == there.id:
            self._agenda.items.remove(there.id)
        return renewed

    def _put_alone(self, time: _Time, there: Item) -> Item:
        if time.mark is not None:
            now = time.changed or time.was
            said = time.mark if there.day == now.day else elsewhere(time.mark)
            self._agenda.marks.put(replace(said, subject=there.id, slot=""))
            there = there if there.day == said.day else replace(there, on=said.day)
        self._agenda.items.put(there)
        return there


def _renewed(time: _Time, there: Item) -> Item:
    """As the series is now, but for what was changed of this time by hand."""
    if time.changed is None:
        return there
    by_hand = {name: getattr(time.changed, name) for name in _differing(time.changed, time.was)}
    now = replace(there, **by_hand)
    return now if now.day else replace(now, start=None)


def _differing(one: Item, other: Item) -> set[str]:
    names = {field.name for field in fields(Item)} - _PLACE
    return {name for name in names if getattr(one, name) != getattr(other, name)}


def _says(mark: Mark) -> bool:
    numbers = (mark.expected_pleasure, mark.expected_mastery, mark.pleasure, mark.mastery)
    rated = any(number is not None for number in numbers)
    return mark.state in STAYS or bool(mark.note) or rated or any(mark.steps.values())
