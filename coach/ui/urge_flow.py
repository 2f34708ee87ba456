"""Noting an urge: one key, one digit, saved; the room is asked about first where it is off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.domain.entries import Craving
from coach.ui.dialogs.urge import OpenRoom, UrgeDialog

if TYPE_CHECKING:
    from coach.ui.app import CoachApp

SAVED = "Saved. It is here now, and it can move."


def urge_words(craving: Craving) -> str:
    """What stands about it in a list."""
    return f"urge {craving.intensity}"


async def note_urge(app: CoachApp) -> None:
    """From a worker: it waits for answers."""
    if not app.coach.settings.now.urges:
        if not await app.push_screen_wait(OpenRoom()):
            return
        await app.ask(app.coach.settings.open_room, "urges")
        app.refresh_bindings()
    noted: Craving | None = None

    async def save(value: int) -> None:
        nonlocal noted
        if noted is None:
            noted = await app.ask(app.coach.cravings.log, value)
        else:
            await app.ask(app.coach.cravings.amend, noted.id, value)

    if await app.push_screen_wait(UrgeDialog(save)):
        app.notice(SAVED)
