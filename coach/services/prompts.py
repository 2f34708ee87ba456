"""Own sentences at times of day, and what is due: claimed once, by whichever process shows it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta, tzinfo

from coach.domain.errors import NotFound
from coach.domain.items import SETTLED
from coach.domain.prompts import Occurrence, Prompt, Timed, due, next_instant
from coach.domain.text import one_line
from coach.services.items import Items
from coach.services.settings import SettingsService
from coach.services.zone import zone_name, zone_of
from coach.storage.ids import PLAN
from coach.storage.ledger import Ledger
from coach.storage.records import Records
from coach.storage.store import Store

LATE_AFTER = timedelta(minutes=2)
"""Older than this, a prompt is told as something that came while the person was away."""
LOOK_BACK = timedelta(hours=24)


class Prompts:
    """The person's own prompts, and everything that is due now."""

    def __init__(
        self, store: Store, items: Items, ledger: Ledger, settings: SettingsService, now: Callable[[], datetime]
    ) -> None:
        self._store, self._items, self._ledger, self._settings, self._now = store, items, ledger, settings, now
        self._prompts = Records(store, "prompts", Prompt)

    def all(self) -> tuple[Prompt, ...]:
        return tuple(sorted(self._prompts.all(PLAN), key=lambda prompt: (prompt.at, prompt.id)))

    def add(self, at: time, sentence: str) -> Prompt:
        prompt = Prompt(self._store.new_id(PLAN), one_line(sentence), at, made=self._now())
        self._put("Added a reminder", prompt)
        return prompt

    def edit(self, prompt: str, at: time, sentence: str) -> None:
        """A new time counts from now on: what is past today does not come again."""
        self._put(
            "Changed a reminder", replace(self._get(prompt), at=at, sentence=one_line(sentence), made=self._now())
        )

    def switch(self, prompt: str) -> None:
        """On becomes off, and off on."""
        found = self._get(prompt)
        self._put("Changed a reminder", replace(found, on=not found.on, made=self._now()))

    def remove(self, prompt: str) -> Prompt:
        found = self._get(prompt)
        with self._store.change("Deleted a reminder"):
            self._prompts.remove(prompt)
        return found

    def zone(self) -> tzinfo:
        return zone_of(zone_name(os.environ, self._settings.now.zone), self._now())[0]

    def due(self, at: datetime | None = None) -> tuple[Occurrence, ...]:
        """What came due in the last day and nobody has shown, first to last; nothing is claimed."""
        now = at or self._now()
        day_start = self._settings.now.day_start
        found = due(self.all(), self._timed(), now, self.zone(), now - LOOK_BACK, day_start)
        claimed = self._ledger.claimed([occurrence.key for occurrence in found])
        return tuple(occurrence for occurrence in found if occurrence.key not in claimed)

    def next_instant(self) -> datetime | None:
        """The next moment anything comes due; None when nothing does in the next days."""
        return next_instant(self.all(), self._timed(), self._now(), self.zone(), self._settings.now.day_start)

    def claim(self, occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
        """Those that are now this process's to show; each only ever is once."""
        found = tuple(occurrences)
        won = self._ledger.claim_many(occurrence.key for occurrence in found)
        return tuple(occurrence for occurrence in found if occurrence.key in won)

    def claim_if(self, occurrences: Iterable[Occurrence], shown: Callable[[int], bool]) -> tuple[Occurrence, ...]:
        """Those that are this process's and that `shown`, given how many they are, says somebody took."""
        by_key = {occurrence.key: occurrence for occurrence in occurrences}
        won = self._ledger.claim_if(by_key, lambda keys: shown(len(keys)))
        return tuple(occurrence for key, occurrence in by_key.items() if key in won)

    def is_late(self, occurrence: Occurrence) -> bool:
        return self._now() - occurrence.instant > LATE_AFTER

    def _timed(self) -> list[Timed]:
        """Items with a start, around today; one that is done or moved is silent."""
        if not self._settings.now.reminders:
            return []
        today = self._items.today()
        views = self._items.views(today - timedelta(days=1), today + timedelta(days=1))
        lines = [line for view in views for line in view.lines]
        return [
            Timed(line.item.of or line.item.id, line.item.title, line.item.day, line.item.start, line.item.made)
            for line in lines
            if line.item.day and line.item.start and line.state not in SETTLED
        ]

    def _get(self, prompt: str) -> Prompt:
        if (found := self._prompts.get(prompt)) is None:
            raise NotFound("That prompt is not there any more.")
        return found

    def _put(self, label: str, prompt: Prompt) -> None:
        with self._store.change(label):
            self._prompts.put(prompt)
