"""Builds coach from a home and a clock; the only module that knows every part."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from coach.paths import Paths
from coach.services.moments import Moments
from coach.services.settings import SettingsService
from coach.services.zone import zone_of
from coach.storage.store import Store

if TYPE_CHECKING:
    from coach.services.areas import Areas
    from coach.services.days import Days
    from coach.services.doctor import Doctor
    from coach.services.entries import Cravings, Journal, Moods, Sessions
    from coach.services.goals import Goals
    from coach.services.habits import Habits
    from coach.services.helpnow import HelpNow
    from coach.services.ideas import Ideas
    from coach.services.items import Items
    from coach.services.practices import Practices
    from coach.services.prompts import Prompts
    from coach.services.reminders import Reminders
    from coach.services.search import Search
    from coach.services.starters import Starters
    from coach.services.status import Status
    from coach.services.tables import Tables
    from coach.services.templates import Templates
    from coach.services.undo import Undo
    from coach.services.weeks import Weeks
    from coach.storage.drafts import Drafts
    from coach.storage.summary import Summaries
    from coach.storage.writer import Writer


def system_now() -> datetime:
    """The computer's own clock and offset."""
    return datetime.now().astimezone()


class Nouns:
    """What a person keeps here, one service a noun, each built when it is first asked for."""

    def __init__(self, paths: Paths, now: Callable[[], datetime] = system_now) -> None:
        self.paths = paths
        self.settings = SettingsService(paths)
        self._wall = now
        self.moments = Moments(self.settings, self.now)
        self.store = Store(paths, self.now)
        self.listen, self.stamp, self.catch_up = self.store.listen, self.store.stamp, self.store.catch_up
        self.close = self.store.sync_mirror

    def now(self) -> datetime:
        """Aware, in the zone of the settings when one is set."""
        now = self._wall()
        zone = self.settings.now.zone
        return now.astimezone(zone_of(zone, now)[0]) if zone else now

    @cached_property
    def summaries(self) -> Summaries:
        from coach.storage.summary import Summaries

        return Summaries(self.store, self.paths)

    @cached_property
    def drafts(self) -> Drafts:
        from coach.storage.drafts import Drafts

        return Drafts(os.path.join(self.paths.state, "drafts"))

    @cached_property
    def goals(self) -> Goals:
        from coach.services.goals import Goals

        return Goals(self.store, self.now)

    @cached_property
    def starters(self) -> Starters:
        from coach.services.starters import Starters

        return Starters(self.paths)

    @cached_property
    def areas(self) -> Areas:
        from coach.services.areas import Areas

        return Areas(self.store, self.settings, self.now)

    @cached_property
    def habits(self) -> Habits:
        from coach.services.habits import Habits

        return Habits(self.store, self.summaries, self.settings, self.now)

    @cached_property
    def items(self) -> Items:
        from coach.services.items import Items

        return Items(self.store, self.summaries, self.goals, self.settings, self.now)

    @cached_property
    def templates(self) -> Templates:
        from coach.services.templates import Templates

        return Templates(self.store, self.items, self.now)

    @cached_property
    def days(self) -> Days:
        from coach.services.days import Days

        return Days(self.store, self.summaries, self.items, self.templates, self.settings, self.now)

    @cached_property
    def practices(self) -> Practices:
        from coach.services.practices import Practices

        return Practices(self.paths)

    @cached_property
    def sessions(self) -> Sessions:
        from coach.services.entries import Sessions

        return Sessions(self.store, self.moments, self.drafts)

    @cached_property
    def cravings(self) -> Cravings:
        from coach.services.entries import Cravings

        return Cravings(self.store, self.moments)

    @cached_property
    def moods(self) -> Moods:
        from coach.services.entries import Moods

        return Moods(self.store, self.moments)

    @cached_property
    def journal(self) -> Journal:
        from coach.services.entries import Journal

        return Journal(self.store, self.moments)

    @cached_property
    def prompts(self) -> Prompts:
        from coach.services.prompts import Prompts
        from coach.storage.ledger import Ledger

        ledger = Ledger(os.path.join(self.paths.state, "delivered.log"))
        return Prompts(self.store, self.items, ledger, self.settings, self.now)


class Coach(Nouns):
    """Every part: a one-shot command pays only for what it uses."""

    @cached_property
    def reminders(self) -> Reminders:
        from coach.services import notify
        from coach.services.reminders import Reminders

        return Reminders(self.prompts, notify.send)

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

        return Status(self.items, self.settings, self.paths)

    @cached_property
    def helpnow(self) -> HelpNow:
        from coach.services.helpnow import HelpNow

        return HelpNow(self.paths)

    @cached_property
    def writer(self) -> Writer:
        from coach.storage.writer import Writer

        return Writer(self.store)


def build(paths: Paths, now: Callable[[], datetime] = system_now) -> Coach:
    """Coach over a home; reads config.toml and nothing else."""
    return Coach(paths, now)
