"""From the wish to breathe to the session kept: what was done counts, however it ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.domain.errors import NotSaved, Refused
from coach.domain.practices import Practice, Precheck
from coach.ui.screens.player import PlayerResult, PlayerScreen

if TYPE_CHECKING:
    from coach.bootstrap import Coach
    from coach.ui.app import CoachApp


PART_EVERY = 5.0
"""Seconds between two notes of how far a session is."""


@dataclass(frozen=True, slots=True)
class _Ready:
    practice: Practice
    precheck: Precheck | None
    """Asked once a day: a session today means that it was answered."""


def _prepare(coach: Coach, practice: str | None) -> _Ready:
    chosen = coach.practices.get(practice) if practice else coach.practices.all()[0]
    asked = any(session.seconds for session in coach.sessions.of_day(coach.items.today()))
    return _Ready(chosen, None if asked else coach.practices.precheck())


def _keep(coach: Coach, result: PlayerResult) -> None:
    coach.sessions.log(result.practice_id, result.seconds, result.before, result.after)
    coach.sessions.forget_part()


class KeptPlayer(PlayerScreen):
    """A player whose part done is kept even when the window closes."""

    def __init__(self, coach: Coach, ready: _Ready, minutes: float | None) -> None:
        self.is_done = False
        super().__init__(ready.practice, minutes=minutes, precheck=ready.precheck, motion=coach.settings.now.motion)
        self.coach = coach

    def on_mount(self) -> None:
        self.set_interval(PART_EVERY, self._keep_part)

    def _keep_part(self) -> None:
        part = self.part_done()
        if part.seconds and not self.is_done:
            self.coach.writer.submit(self.coach.sessions.keep_part, part.practice_id, part.seconds, part.before)

    def keep_draft(self) -> None:
        """Called when the program ends: whatever was done so far is a session."""
        result = self.part_done()
        if result.seconds and not self.is_done:
            self.is_done = True
            self.coach.writer.submit(_keep, self.coach, result)


async def breathe(app: CoachApp, practice: str | None = None, minutes: float | None = None) -> None:
    """Opens the player and keeps what was done; with nothing named, the practice to begin with."""
    if any(isinstance(screen, PlayerScreen) for screen in app.screen_stack):
        return
    try:
        ready = await app.ask(_prepare, app.coach, practice)
    except Refused as refused:
        app.notice(str(refused), "error")
        return
    player = KeptPlayer(app.coach, ready, minutes)
    result = await app.push_screen_wait(player)
    if result is None or not result.seconds or player.is_done:
        return
    player.is_done = True
    while True:
        try:
            await app.ask(_keep, app.coach, result)
        except NotSaved:
            if not await _again(app):
                return
        else:
            app.notice(f"{_length(result.seconds)}. Kept.")
            return


async def _again(app: CoachApp) -> bool:
    from coach.ui.dialogs.confirm import ConfirmDialog

    return await app.push_screen_wait(ConfirmDialog("The session is not saved yet. Try again?"))


def _length(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{rest} seconds"
    return f"{minutes} min {rest:02} s" if rest else f"{minutes} min"
