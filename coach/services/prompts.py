"""Own sentences at times of day, and what is due of all that asks: claimed once, by whichever process shows it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from coach.domain.asks import Ask, Known
from coach.domain.errors import NotFound
from coach.domain.prompts import LOOK_AHEAD, LOOK_BACK, Occurrence, Plan, Prompt, Reason, coming, plan
from coach.domain.text import one_line
from coach.services.quiet import Quiet
from coach.services.settings import SettingsService
from coach.services.sources import Source
from coach.services.zone import zone_name, zone_of
from coach.storage.ids import PLAN
from coach.storage.ledger import Ledger
from coach.storage.records import Records
from coach.storage.store import Store

LATE_AFTER = timedelta(minutes=2)
"""Older than this, a prompt is told as something that came while the person was away."""
_SOON = timedelta(hours=30)


class Prompts:
    """The person's own prompts, and everything that is due now."""

    def __init__(
        self,
        store: Store,
        sources: Sequence[Source],
        ledger: Ledger,
        quiet: Quiet,
        settings: SettingsService,
        now: Callable[[], datetime],
    ) -> None:
        """What the person wrote themselves is one source more."""
        self._store, self._ledger, self._quiet, self._settings, self._now = store, ledger, quiet, settings, now
        self._sources: tuple[Source, ...] = (*sources, self)
        self._prompts = Records(store, "prompts", Prompt)

    def all(self) -> tuple[Prompt, ...]:
        return tuple(sorted(self._prompts.all(PLAN), key=lambda prompt: (prompt.at, prompt.id)))

    def add(self, at: time, sentence: str, **more: Any) -> Prompt:
        """`more` are fields of a Prompt: days, times, leads, window and so on."""
        prompt = Prompt(self._store.new_id(PLAN), one_line(sentence), at, made=self._now(), **more)
        self._put("Added a reminder", prompt)
        return prompt

    def change(self, prompt: str, **fields: Any) -> None:
        """A new time counts from now on: what is past today does not come again."""
        if "sentence" in fields:
            fields["sentence"] = one_line(fields["sentence"])
        self._put("Changed a reminder", replace(self._get(prompt), **fields, made=self._now()))

    def switch(self, prompt: str) -> None:
        """On becomes off, and off on."""
        self.change(prompt, on=not self._get(prompt).on)

    def remove(self, prompt: str) -> Prompt:
        found = self._get(prompt)
        with self._store.change("Deleted a reminder"):
            self._prompts.remove(prompt)
        return found

    def asks(self, first: date, last: date) -> Iterator[Ask]:
        """What the person's own sentences ask."""
        limits = self._quiet.limits()
        for prompt in self.all():
            yield from prompt.asks(first, last, limits)

    def zone(self) -> tzinfo:
        return zone_of(zone_name(os.environ, self._settings.now.zone), self._now())[0]

    def plan(self, at: datetime | None = None, ahead: timedelta = timedelta(0), *, aloud: bool = False) -> Plan:
        """All that is due and held back at a moment; nothing is claimed.

        `aloud` is outside the program, where quiet hours hold more than for somebody who looks.
        """
        now, zone, known = at or self._now(), self.zone(), self._ledger.known()
        asks = self._asked(now - LOOK_BACK, now + ahead, zone, known)
        limits = replace(self._quiet.limits(), aloud=aloud)
        return plan(asks, known, now, zone, limits, self._settings.now.day_start)

    def due(self, at: datetime | None = None, *, aloud: bool = False) -> tuple[Occurrence, ...]:
        """What came due in the last day and nobody has shown, first to last; nothing is claimed."""
        return self.plan(at, aloud=aloud).due

    def next_instant(self, *, aloud: bool = False) -> datetime | None:
        """The next moment anything comes due; None when nothing does in the next days."""
        spans = (self.plan(ahead=ahead, aloud=aloud) for ahead in (_SOON, LOOK_AHEAD))
        return next((found.next_instant for found in spans if found.next_instant), None)

    def held(self) -> Counter[Reason]:
        """How many are due and not shown for now, by the reason."""
        return Counter(one.reason for one in self.plan().held)

    def coming(self, days: int = 7) -> tuple[Occurrence, ...]:
        """What the next days are to bring, with why each comes."""
        now, zone, known = self._now(), self.zone(), self._ledger.known()
        until = now + timedelta(days=days)
        found = coming(self._asked(now, until, zone, known), known, now, zone)
        return tuple(one for one in found if one.instant <= until)

    def claim(self, occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
        """Those that are now this process's to show; each only ever is once."""
        return self.claim_if(occurrences, lambda _count: True)

    def claim_if(self, occurrences: Iterable[Occurrence], took: Callable[[int], bool]) -> tuple[Occurrence, ...]:
        """Those that are this process's and that `took`, given how many they are, says somebody took."""
        found = tuple(occurrences)
        own = {one.key for one in found}
        won = self._ledger.claim_if(
            [key for one in found for key in (one.key, *one.also)],
            lambda keys: took(len(keys & own)) if keys & own else True,
        )
        return tuple(one for one in found if one.key in won)

    def is_late(self, occurrence: Occurrence) -> bool:
        return self._now() - occurrence.instant > LATE_AFTER

    def _asked(self, first: datetime, last: datetime, zone: tzinfo, known: Known) -> Iterator[Ask]:
        """By local dates, from as long ago as something was put off that is still to come."""
        days = first.astimezone(zone).date(), last.astimezone(zone).date()
        earliest = min(days[0], known.put_off_since(first) or days[0])
        for source in self._sources:
            yield from source.asks(earliest, days[1])

    def _get(self, prompt: str) -> Prompt:
        if (found := self._prompts.get(prompt)) is None:
            raise NotFound("That prompt is not there any more.")
        return found

    def _put(self, label: str, prompt: Prompt) -> None:
        with self._store.change(label):
            self._prompts.put(prompt)
