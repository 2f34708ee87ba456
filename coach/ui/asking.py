"""Asks for one line until it is saved: a draft is offered again, and a line that was not saved comes back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

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
    fields: Callable[[str], Awaitable[tuple[str, bool]]] | None = None,
) -> str | None:
    """The saved line, or None; `check` raises Refused for what cannot be taken, `draft` names where it is kept.

    With `offer` the first key typed replaces the value; `fields` takes the line to another form and back.
    """
    drafts, writer, keep = app.coach.drafts, app.coach.writer, partial(_keep, app, draft, value)
    if draft:
        value = await app.ask(drafts.get, draft) or value
    asks: dict[str, Any] = {"placeholder": placeholder, "read": read, "fields": fields}
    asks |= {"accept": partial(_problem, check) if check else None, "keep_draft": keep if draft else None}
    kind = OfferedLine if offer else AskLine
    while True:
        if (line := await app.push_screen_wait(kind(title, value, **asks))) is None:
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


def _keep(app: CoachApp, draft: str, first: str, text: str) -> None:
    app.coach.writer.submit(app.coach.drafts.keep, draft, "" if text == first else text)


async def ask_reading(
    app: CoachApp,
    title: str,
    day: date,
    save: Callable[[Reading], Awaitable[object]],
    *,
    value: str = "",
    draft: str = "",
    placeholder: str = "",
    area: str = "",
) -> None:
    """Something to plan, read while it is typed; `day` is meant when the line names none.

    `area` is the life area it has; only the fields behind Tab change it.
    """
    anchors = await app.ask(app.coach.items.anchors, day)  # once: nothing is read from the disk while somebody types
    plan = _Plan(app, day, anchors, area)
    await ask_line(
        app,
        title,
        lambda text: save(plan.read(text)),
        value=value,
        draft=draft,
        placeholder=placeholder,
        read=plan.sentence,
        check=plan.read,
        fields=plan.ask_fields,
    )


class _Plan:
    """A line about a day: how it is read, and the same in fields."""

    def __init__(self, app: CoachApp, day: date, anchors: Mapping[str, str], area: str) -> None:
        self._app, self._day, self._anchors, self._area = app, day, anchors, area

    def read(self, text: str) -> Reading:
        return replace(self._app.coach.items.read(text, self._day, self._anchors), area=self._area)

    def sentence(self, text: str) -> str:
        try:
            return self._say(text)
        except Refused:
            return ""  # not yet: half a line is no mistake

    def _say(self, text: str) -> str:
        reading = self.read(text)
        told = fit(reading.title, TITLE_SHOWN) + reading.sentence.removeprefix(reading.title)
        return f"{told}\n{reading.hint}" if reading.hint else told

    async def ask_fields(self, line: str) -> tuple[str, bool]:
        """The line from its fields, and whether it is meant; a line that cannot be read stands in the first."""
        from coach.domain.reading_fields import FIELDS, fields_of
        from coach.ui.dialogs.fields import FieldsDialog

        coach = self._app.coach
        try:
            values = fields_of(self.read(line), coach.items.today(), coach.settings.now.clock)
        except Refused:
            values = {**dict.fromkeys(FIELDS, ""), "title": line.strip()}
        filled = await self._app.push_screen_wait(FieldsDialog(line, values, self._area, self._anchors, self._say))
        self._area = filled.area
        return filled.line, filled.save


def _problem(check: Callable[[str], object], text: str) -> Refused | None:
    """What cannot be taken, and why."""
    try:
        check(text)
    except Refused as refused:
        return refused
    return None
