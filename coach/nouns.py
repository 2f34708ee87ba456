"""What a person keeps here, one service a noun, each built over the same home and clock."""

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
    from coach.services.entries import Cravings, Journal, Moods, Sessions
    from coach.services.goals import Goals
    from coach.services.habits import Habits
    from coach.services.items import Items
    from coach.services.practices import Practices
    from coach.services.quiet import Quiet
    from coach.services.sentences import Sentences
    from coach.services.starters import Starters
    from coach.services.templates import Templates
    from coach.storage.drafts import Drafts
    from coach.storage.summary import Summaries


class Nouns:
    """Each built when it is first asked for: a one-shot command pays only for what it uses."""

    def __init__(self, paths: Paths, now: Callable[[], datetime]) -> None:
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
    def sentences(self) -> Sentences:
        from coach.services.sentences import Sentences

        return Sentences(self.store, self.quiet, self.now)

    @cached_property
    def quiet(self) -> Quiet:
        from coach.services.quiet import Quiet

        return Quiet(os.path.join(self.paths.state, "quiet"), self.settings, self.now)
