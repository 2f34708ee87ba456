"""Tells about what is due while no screen is open: one neutral notification, claimed only when something took it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coach.domain.prompts import Occurrence
from coach.services.notify import Notices
from coach.services.presence import Presence
from coach.services.prompts import Prompts
from coach.services.settings import SettingsService
from coach.services.told import Told

YIELDS = timedelta(seconds=60)
"""So long an open screen has what came due to itself."""
AGAIN = timedelta(seconds=60)
"""After which something that found nobody to take it is tried once more."""
NAMED = 3
"""Titles in one notice, for those who chose titles."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of what was due."""

    told: tuple[Occurrence, ...] = ()
    """Shown and claimed."""
    accepted: bool = True
    """False when there was something to tell and nothing took it."""
    again: datetime | None = None
    """When to look once more, for what was left to an open screen or found nobody; None when nothing was."""


class Reminders:
    """What `coach remind` does at one moment."""

    def __init__(
        self,
        prompts: Prompts,
        notices: Notices,
        presence: Presence,
        told: Told,
        settings: SettingsService,
        now: Callable[[], datetime],
    ) -> None:
        self._prompts, self.notices, self._presence, self._told = prompts, notices, presence, told
        self._settings, self._now = settings, now

    def deliver(self) -> Delivery:
        due = self._prompts.due(aloud=True)
        if not due or self.notices.is_off:
            return Delivery()
        ours = self._left_by_a_screen(due)
        first = min((one.instant for one in due if one not in ours), default=None)
        again = first + YIELDS if first else None
        if not ours:
            return Delivery(again=again)
        answers: list[bool] = []

        def show(count: int) -> bool:
            answers.append(self.notices.send(self._words(ours, count)))
            return answers[-1]

        told = self._prompts.claim_if(ours, show)
        if not self._is_named(told, len(told)):
            self._told.add(one.key for one in told)
        accepted = all(answers)
        return Delivery(told, accepted, again if accepted else self._now() + AGAIN)

    def _left_by_a_screen(self, due: Sequence[Occurrence]) -> tuple[Occurrence, ...]:
        """All of it; while a screen is open, what it has had its minute for."""
        if not self._presence.is_live():
            return tuple(due)
        now = self._now()
        return tuple(one for one in due if not timedelta(0) <= now - one.instant < YIELDS)

    def _words(self, ours: Sequence[Occurrence], count: int) -> str:
        """ "coach: 2 things"; which they are only for those who chose so, and when all of them are told here."""
        plain = f"coach: {count} thing{'' if count == 1 else 's'}"
        if not self._is_named(ours, count):
            return plain
        return "coach: " + ", ".join(f"{one.at:%H:%M} {one.title}" for one in ours)

    def _is_named(self, ours: Sequence[Occurrence], count: int) -> bool:
        return self._settings.now.notify_titles and count == len(ours) and count <= NAMED
