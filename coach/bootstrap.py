"""Builds coach from a home and a clock; with `nouns`, the only module that knows every part."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from coach.nouns import Nouns
from coach.paths import Paths

if TYPE_CHECKING:
    from coach.services.answers import Answers
    from coach.services.doctor import Doctor
    from coach.services.helpnow import HelpNow
    from coach.services.ideas import Ideas
    from coach.services.notify import Notices
    from coach.services.presence import Presence
    from coach.services.prompts import Prompts
    from coach.services.reminders import Reminders
    from coach.services.search import Search
    from coach.services.status import Status
    from coach.services.tables import Tables
    from coach.services.told import Told
    from coach.services.undo import Undo
    from coach.services.weeks import Weeks
    from coach.storage.ledger import Ledger
    from coach.storage.writer import Writer


def system_now() -> datetime:
    """The computer's own clock and offset."""
    return datetime.now().astimezone()


class Coach(Nouns):
    """Every part: what a person keeps, and what works with it."""

    @cached_property
    def prompts(self) -> Prompts:
        from coach.services.prompts import Prompts
        from coach.services.sources import HabitTimes, Reviews, Starts

        starts, habits = Starts(self.items, self.settings), HabitTimes(self.habits, self.settings)
        sources = (starts, habits, Reviews(self.goals), self.sentences)
        return Prompts(sources, self._ledger, self.quiet, self.settings, self.now)

    @cached_property
    def answers(self) -> Answers:
        from coach.services.answers import Answers

        return Answers(self.prompts, self._ledger, self.items, self.habits, self.now)

    @cached_property
    def reminders(self) -> Reminders:
        from coach.services.reminders import Reminders

        return Reminders(self.prompts, self.notices, self.presence, self.told, self.settings, self.now)

    @cached_property
    def notices(self) -> Notices:
        from coach.services.notify import Notices

        return Notices(self.settings, self.paths.state)

    @cached_property
    def presence(self) -> Presence:
        from coach.services.presence import Presence

        return Presence(os.path.join(self.paths.state, "screen"))

    @cached_property
    def told(self) -> Told:
        from coach.services.told import Told

        return Told(os.path.join(self.paths.state, "told"))

    @cached_property
    def weeks(self) -> Weeks:
        from coach.services.weeks import Weeks

        return Weeks(self.items, self.goals, self.habits, self.areas, self.settings)

    @cached_property
    def ideas(self) -> Ideas:
        from coach.services.ideas import Ideas

        return Ideas(self.paths, self.store, self.items, self.now)

    @cached_property
    def search(self) -> Search:
        from coach.services.search import Search

        return Search(self.store, self.summaries, self.settings)

    @cached_property
    def tables(self) -> Tables:
        from coach.services.tables import Tables

        return Tables(self.store, self.summaries)

    @cached_property
    def undo(self) -> Undo:
        from coach.services.undo import Undo

        return Undo(self.store)

    @cached_property
    def doctor(self) -> Doctor:
        from coach.services.doctor import Doctor

        return Doctor(self.store, self.summaries, self.settings, self._own_problems, self.helpnow, self.now)

    def _own_problems(self) -> tuple[str, ...]:
        """A sentence for each of the person's own files that cannot be used."""
        return (*self.practices.problems(), *self.starters.problems(), *self.ideas.problems())

    @cached_property
    def status(self) -> Status:
        from coach.services.status import Status

        return Status(self.items, self.settings, self.paths, self.now)

    @cached_property
    def helpnow(self) -> HelpNow:
        from coach.services.helpnow import HelpNow

        return HelpNow(self.paths)

    @cached_property
    def _ledger(self) -> Ledger:
        from coach.storage.ledger import Ledger

        return Ledger(os.path.join(self.paths.state, "delivered.log"))

    @cached_property
    def writer(self) -> Writer:
        from coach.storage.writer import Writer

        return Writer(self.store)


def build(paths: Paths, now: Callable[[], datetime] = system_now) -> Coach:
    """Coach over a home; reads config.toml and nothing else."""
    return Coach(paths, now)
