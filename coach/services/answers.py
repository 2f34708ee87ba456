"""What a person says to a prompt: done, later, or not today; heeded by every process of this device."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

from coach.domain.asks import Occurrence, instant_of
from coach.domain.errors import Refused
from coach.services.habits import Habits
from coach.services.items import Items
from coach.services.prompts import Prompts
from coach.storage.ledger import Ledger

SHORTEST, LONGEST = 5, 1440
"""Minutes something can be put off."""
EVENING = time(18)


class Answers:
    """To what is on the screen; each is on the disk when it returns."""

    def __init__(
        self, prompts: Prompts, ledger: Ledger, items: Items, habits: Habits, now: Callable[[], datetime]
    ) -> None:
        self._prompts, self._ledger, self._items, self._habits = prompts, ledger, items, habits
        self._now = now

    def done(self, occurrence: Occurrence) -> None:
        """What is on the day is marked done, and so is a habit; whatever it is, it stays silent.

        How much it was of something to reduce nobody can say with one key: that stays to be noted.
        """
        if occurrence.kind == "item" and occurrence.on:
            self._items.mark(occurrence.ref, occurrence.on, "done")
        if occurrence.kind == "habit" and occurrence.on and self._habits.get(occurrence.subject).kind != "reduce":
            self._habits.mark(occurrence.subject, occurrence.on, "done")
        self._ledger.answer(occurrence.ask)

    def snooze(self, occurrence: Occurrence, minutes: int) -> datetime:
        """The moment it comes again."""
        if not SHORTEST <= minutes <= LONGEST:
            raise Refused(f"Later is {SHORTEST} minutes to a day from now.")
        return self._until(occurrence, self._now() + timedelta(minutes=minutes))

    def this_evening(self, occurrence: Occurrence) -> datetime:
        if (evening := self.evening()) is None:
            raise Refused("It is evening already. Say how many minutes instead.")
        return self._until(occurrence, evening)

    def evening(self) -> datetime | None:
        """When this evening is; None once it is there."""
        now, zone = self._now(), self._prompts.zone()
        evening = instant_of(datetime.combine(now.astimezone(zone).date(), EVENING), zone).astimezone(zone)
        return evening if evening - now >= timedelta(minutes=SHORTEST) else None

    def skip_today(self, occurrence: Occurrence) -> None:
        """Nothing about it any more that day; nothing is marked, and tomorrow it comes as always."""
        self._ledger.skip(occurrence.subject, occurrence.on or occurrence.at.date())

    def _until(self, occurrence: Occurrence, moment: datetime) -> datetime:
        until = moment.astimezone(self._prompts.zone()).replace(microsecond=0)
        self._ledger.snooze(occurrence.ask, until)
        return until
