"""Asks for one line until it is saved: a draft is offered again, and a line that was not saved comes back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from coach.domain.errors import NotSaved, Refused
from coach.ui.dialogs.ask import AskLine, Line
from coach.ui.text import fit

if TYPE_CHECKING:
    from coach.domain.quickadd import Reading  # 8 ms that nobody needs before typing
    from coach.ui.app import CoachApp


TITLE_SHOWN = 40
"""Cells of a title in the reading of its line: what matters there is how the rest was read."""


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

    accept, keep_draft = partial(_problem, check) if check else None, keep if draft else None
    kind = OfferedLine if offer else AskLine
    while True:
        dialog = kind(title, value, placeholder=placeholder, read=read, accept=accept, keep_draft=keep_draft)
        if (line := await app.push_screen_wait(dialog)) is None:
            return None
        try:
            await save(line)
        except (NotSaved, Refused) as trouble:
            app.refused(trouble)
            value, kind = line, AskLine
            if draft:
                keep(line)
            continue
        if draft:
            writer.submit(drafts.forget, draft)
        return line


async def ask_reading(
    app: CoachApp,
    title: str,
    day: date,
    save: Callable[[Reading], Awaitable[object]],
    *,
    value: str = "",
    draft: str = "",
    placeholder: str = "",
) -> None:
    """Something to plan, read while it is typed; `day` is meant when the line names none."""
    read = app.coach.items.read

    def sentence(text: str) -> str:
        try:
            reading = read(text, day)
        except Refused:
            return ""  # not yet: half a line is no mistake
        return fit(reading.title, TITLE_SHOWN) + reading.sentence.removeprefix(reading.title)

    await ask_line(
        app,
        title,
        lambda text: save(read(text, day)),
        value=value,
        draft=draft,
        placeholder=placeholder,
        read=sentence,
        check=lambda text: read(text, day),
    )


def _problem(check: Callable[[str], object], text: str) -> Refused | None:
    """What cannot be taken, and why."""
    try:
        check(text)
    except Refused as refused:
        return refused
    return None
