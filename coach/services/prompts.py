"""What is due of all that asks: claimed once, by whichever process shows it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from coach.domain.asks import URGENT, Ask, Known
from coach.domain.prompts import LOOK_AHEAD, LOOK_BACK, Occurrence, Plan, Reason, coming, plan
from coach.services.quiet import Quiet
from coach.services.settings import SettingsService
from coach.services.sources import Source
from coach.services.zone import zone_name, zone_of
from coach.storage.ledger import Ledger

LATE_AFTER = timedelta(minutes=2)
"""Older than this, a prompt is told as something that came while the person was away."""
_SOON = timedelta(hours=30)


class Prompts:
    """Everything that is due now, and that is still to come."""

    def __init__(
        self,
        sources: Sequence[Source],
        ledger: Ledger,
        quiet: Quiet,
        settings: SettingsService,
        now: Callable[[], datetime],
    ) -> None:
        self._sources, self._ledger, self._quiet = tuple(sources), ledger, quiet
        self._settings, self._now = settings, now

    def pause(self) -> None:
        """Everything but what is urgent is silent from now on, or comes again."""
        self._let_pass()
        self._settings.change(pause_prompts=not self._settings.now.pause_prompts)

    def pause_starts(self) -> None:
        """The same for what has a time, when it begins."""
        self._let_pass()
        self._settings.change(reminders=not self._settings.now.reminders)

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

    def again(self, keys: AbstractSet[str]) -> tuple[Occurrence, ...]:
        """Those of the claimed ones that nobody has answered, of the last day."""
        if not keys:
            return ()
        now, zone, known = self._now(), self.zone(), self._ledger.known()
        unshown = replace(known, claimed=known.claimed - keys)
        limits = replace(self._quiet.limits(), aloud=False)
        asks = self._asked(now - LOOK_BACK, now, zone, known)
        return tuple(one for one in plan(asks, unshown, now, zone, limits).due if one.key in keys)

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
        all_paused = self._settings.now.pause_prompts
        for source in self._sources:
            for ask in source.asks(earliest, days[1]):
                yield replace(ask, paused=True) if all_paused and ask.kind not in URGENT else ask

    def _let_pass(self) -> None:
        """What a pause kept silent does not come in one heap when it ends."""
        self.claim(one.occurrence for one in self.plan().held if one.reason == "paused")
