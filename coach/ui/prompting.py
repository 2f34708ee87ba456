"""Brings what is due to the screen: claimed when it is shown, and never over a player, a dialog or while typing."""

from __future__ import annotations

import asyncio
import os
from datetime import datetime, timedelta
from types import ModuleType
from typing import TYPE_CHECKING

from coach.domain.errors import NotSaved
from coach.domain.events import Changed
from coach.domain.prompts import Occurrence
from coach.services.zone import zone_stamp

if TYPE_CHECKING:
    from coach.bootstrap import Coach
    from coach.services.alarm import Alarm
    from coach.ui.app import CoachApp


REST = timedelta(minutes=10)
_TABLES = frozenset({"prompts", "items", "marks", "habits", "goals"})


class Prompting:
    """Between the alarm and the screen."""

    def __init__(self, app: CoachApp) -> None:
        self._app, self._coach = app, app.coach
        self._alarm: Alarm | None = None
        self._one_at_a_time = asyncio.Lock()
        self._wanted = False
        """A check is on its way and has not begun: many changes at once need only one."""
        self._rests: tuple[str, datetime] | None = None
        """The place somebody was welcomed in, and when: that was the one question of the start."""
        self._claimed: tuple[Occurrence, ...] = ()
        """Ours to show, and not yet shown: a player or a dialog opened while they were claimed."""

    async def start(self) -> None:
        """Begins in a worker: whoever calls this is the app itself, and a key would wait for the disk with it."""
        self._app.run_worker(self._begin(), group="prompts")

    async def _begin(self) -> None:
        """Loads the scheduler in a thread; then looks at what came meanwhile."""
        alarm = await asyncio.to_thread(_load_alarm)
        self._sign_of_life()
        self._alarm = alarm.Alarm(self.check, self._coach.now, self._stamp, self._sign_of_life)
        self._alarm.start(None)
        await self.check()

    def rest(self) -> None:
        """What came before now waits, unclaimed, for another place, for something new, or for ten minutes."""
        self._rests = (self._app.current_mode, self._coach.now())

    def stop(self) -> None:
        if self._alarm is not None:
            self._alarm.stop()
            self._coach.writer.submit(self._coach.presence.gone)

    def _sign_of_life(self) -> None:
        """What a timer waits for; from the store thread, so that a screen whose disk stands still gives none."""
        self._coach.writer.submit(self._coach.presence.here)

    def _stamp(self) -> tuple[object, ...]:
        return self._coach.stamp(), zone_stamp(os.environ), self._coach.quiet.stamp()

    def check_soon(self) -> None:
        """Looks again: a page is in front once more, or something changed."""
        # Not exclusive: a check that is stopped between claiming and showing would lose what it claimed.
        if self._app.is_running and not self._wanted:
            self._wanted = True
            self._app.run_worker(self.check(), group="prompts")

    def heed(self, changed: Changed) -> None:
        if not changed.tables or changed.tables & _TABLES:
            self.check_soon()

    async def check(self) -> None:
        """Shows what is due if the person can be spoken to now, and sets the alarm to what comes next."""
        async with self._one_at_a_time:
            self._wanted = False
            try:
                if self._may_speak() and not await self._is_resting():
                    self._claimed += await self._app.ask(_take_due, self._coach)
                    self._show()
                following = await self._app.ask(_look_ahead, self._coach)
            except NotSaved:
                return  # said already; the next heartbeat tries again
            if self._alarm is not None:
                self._alarm.plan(following)

    async def _is_resting(self) -> bool:
        if self._rests is None:
            return False
        place, since = self._rests
        if place == self._app.current_mode and timedelta(0) <= self._coach.now() - since < REST:
            return await self._app.ask(_all_older, self._coach, since)
        self._rests = None
        return False

    def _may_speak(self) -> bool:
        from coach.ui.dialogs.prompts import PromptsDialog
        from coach.ui.page import Page

        return not self._app.is_hidden and isinstance(self._app.screen, Page | PromptsDialog)

    def _show(self) -> None:
        from coach.ui.dialogs.prompts import PromptsDialog

        if not self._claimed or not self._may_speak():
            return
        due, self._claimed = self._claimed, ()
        if isinstance(self._app.screen, PromptsDialog):
            self._app.screen.add(due)
        else:
            late = all(self._coach.prompts.is_late(one) for one in due)
            self._app.push_screen(PromptsDialog(due, late=late))


def _load_alarm() -> ModuleType:
    from coach.services import alarm

    alarm.load()
    return alarm


def _all_older(coach: Coach, moment: datetime) -> bool:
    """Whether nothing has come due since a moment; runs in the store thread."""
    return all(one.instant <= moment for one in coach.prompts.due())


def _take_due(coach: Coach) -> tuple[Occurrence, ...]:
    """What is due and from now on this screen's to show, and what was only counted; runs in the store thread."""
    told = coach.prompts.again(coach.told.take())
    due = coach.prompts.claim(coach.prompts.due())
    asked = {one.ask for one in due}
    return (*(one for one in told if one.ask not in asked), *due)


def _look_ahead(coach: Coach) -> datetime | None:
    """The next moment anything comes due; status bars are told as well, whatever page is in front."""
    coach.status.write()
    return coach.prompts.next_instant()
