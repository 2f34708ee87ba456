"""Compares what writers said was saved with what is there: nothing lost, nothing back, each change whole or absent."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coach.storage.fold import Stamp
from coach.storage.store import Store
from tests.fire.pen import SHARED, Effect, Kept, everything, kept_by


@dataclass(slots=True)
class _Mark:
    """One writer's change of what all of them write: when it was begun and when it was known to be over."""

    value: str
    begun: float
    over: float
    acknowledged: bool


class Witness:
    """Of one home."""

    def __init__(self, writers: Iterable[str]) -> None:
        self.acknowledged = 0
        self.bad: list[str] = []
        """A sentence for each thing that is not as the writers said."""
        self._kept: dict[str, Kept] = {writer: {} for writer in writers}
        self._unsure: dict[str, Effect] = {}
        """Writer to the change it was busy with when it was killed: it may be there or not."""
        self._gone: set[str] = set()
        self._marks: dict[str, list[_Mark]] = {record: [] for record in SHARED}

    def hear(self, writer: str, lines: list[list[Any]]) -> None:
        """All that one life of a writer said, after its death."""
        doing: tuple[Effect, float] | None = None
        for what, *rest in lines:
            if what == "found":
                self.compare(writer, rest[0])
            elif what == "try":
                doing = (rest[0], rest[1])
            elif what == "ok" and doing:
                self.acknowledged += 1
                self._settle(writer, doing[0])
                self._mark(writer, *doing, rest[0], acknowledged=True)
                doing = None
            else:
                self.bad.append(f"{writer}: {rest[0]}")
        if doing:
            self._unsure[writer] = doing[0]
            self._mark(writer, *doing, time.monotonic(), acknowledged=False)

    def compare(self, writer: str, found: Kept) -> None:
        """A writer's part of the home as somebody read it; from then on it stays like that."""
        kept, unsure = self._kept[writer], self._unsure.pop(writer, {})
        whole = {record: value for record, value in {**kept, **unsure}.items() if value is not None}
        if found == whole:
            self._settle(writer, unsure)
        elif found != kept:
            self.bad += [f"{writer}: {told}" for told in self._differences(kept, unsure, found)]
            self._kept[writer] = found  # so that each thing is told once

    def look(self, store: Store) -> None:
        """The whole home, when nobody writes."""
        records = list(everything(store))
        for writer in self._kept:
            self.compare(writer, kept_by(store, writer))
        strangers = [record for table, record, fields in records if table != "shared" and "who" not in fields]
        self.bad += [f"{record} is there without what it was made with" for record in strangers]
        for table, record, fields in records:
            if table == "shared" and (told := self._overtaken(record, fields.get("last"))):
                self.bad.append(told)

    def order(self, stamps: Mapping[tuple[str, str], Stamp]) -> None:
        """Of what all write: whoever began when another was over also wins over it, by the stamps in the logs."""
        for record, marks in self._marks.items():
            # A number that a death left unused is given again: what is in the logs is the later one's.
            latest_of = {mark.value: mark for mark in marks}
            known = [mark for mark in latest_of.values() if (record, mark.value) in stamps]
            over, latest = sorted(known, key=lambda mark: -mark.over), ("", "")
            for mark in sorted(known, key=lambda mark: mark.begun):
                while over[-1].over < mark.begun:
                    latest = max(latest, stamps[record, over.pop().value])
                if stamps[record, mark.value] < latest:
                    self.bad.append(f"{record}: {mark.value} loses to a change that was over before it began")

    def _settle(self, writer: str, effect: Effect) -> None:
        for record, value in effect.items():
            if value is None:
                self._kept[writer].pop(record, None)
                self._gone.add(record)
            else:
                self._kept[writer][record] = value
                self._gone.discard(record)

    def _differences(self, kept: Kept, unsure: Effect, found: Kept) -> Iterator[str]:
        for record in sorted({*kept, *unsure, *found}):
            there, before = found.get(record), kept.get(record)
            if record in unsure:
                yield f"{record} is {there}, part of a change from {before} to {unsure[record]} that is not whole"
            elif there is None:
                yield f"{record} is lost, it was {before}"
            elif before is None:
                yield f"{record} is there: {'it was deleted' if record in self._gone else 'nobody made it'}"
            elif there != before:
                yield f"{record} is {there}, it was {before}"

    def _mark(self, writer: str, effect: Effect, begun: float, over: float, *, acknowledged: bool) -> None:
        for name, value in effect.items():
            record, dot, _ = name.partition(".")
            if dot and value is not None:
                self._marks[record].append(_Mark(f"{writer}{value[0]}", begun, over, acknowledged))

    def _overtaken(self, record: str, last: object) -> str:
        """What all write is what the last of them wrote: nobody began, and was acknowledged, after it was over."""
        marks = self._marks[record]
        over = max((mark.over for mark in marks if mark.value == last), default=0.0)
        later = [mark.value for mark in marks if mark.acknowledged and mark.begun > over]
        return f"{record} is {last!r}, though {', '.join(later[:3])} came after it" if later else ""
