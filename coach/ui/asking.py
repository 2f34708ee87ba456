"""Asks for one line until it is saved: a draft is offered again, and a line that was not saved comes back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from coach.domain.errors import NotSaved, Refused
from coach.ui.dialogs.ask import AskLine, Line

if TYPE_CHECKING:
    from coach.ui.app import CoachApp


class OfferedLine(AskLine):
    """Its line is an offer: Enter takes it, the first key typed replaces it."""

    def on_mount(self) -> None:
        self.query_one(Line).action_select_all()


async def ask_line(
    app: CoachApp,
    title: str,
    save: Callable[[str], Awaitable[object]],
    *,
    value: str = "",
    draft: str = "",
    placeholder: str = "",
    read: Callable[[str], str] | None = None,
    check: Callable[[str], object] | None = None,
    offer: bool = False,
) -> str | None:
    """The saved line, or None; `check` raises Refused for what cannot be taken, `draft` names where it is kept.

    With `offer` the first key typed replaces the value.
    """
    drafts, writer, first = app.coach.drafts, app.coach.writer, value
    if draft:
        value = await app.ask(drafts.get, draft) or value

    def keep(text: str) -> None:
        writer.submit(drafts.keep, draft, "" if text == first else text)

    accept = partial(_problem, check) if check else None
    kind = OfferedLine if offer else AskLine
    while True:
        line = await app.push_screen_wait(
            kind(title, value, placeholder=placeholder, read=read, accept=accept, keep_draft=keep if draft else None)
        )
        if line is None:
            return None
        try:
            await save(line)
        except (NotSaved, Refused) as trouble:
            app.refused(trouble)
            value, kind = line, AskLine
            continue
        if draft:
            writer.submit(drafts.forget, draft)
        return line


def _problem(check: Callable[[str], object], text: str) -> str | None:
    """The sentence of what cannot be taken."""
    try:
        check(text)
    except Refused as refused:
        return str(refused)
    return None
