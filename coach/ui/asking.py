"""Asks for one line until it is saved: a draft is offered again, and a line that was not saved comes back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from coach.domain.errors import NotSaved, Refused
from coach.domain.text import one_line
from coach.ui.dialogs.ask import AskLine, Line
from coach.ui.draft import Draft
from coach.ui.text import fit

if TYPE_CHECKING:
    from coach.domain.quickadd import Reading  # 8 ms that nobody needs before typing
    from coach.ui.app import CoachApp


TITLE_SHOWN = 40
"""Cells of a title in the reading of its line: what matters there is how the rest was read."""


KEPT = "Kept from before: type on, or Ctrl+U empties the line."


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
    doubted: Callable[[str], str] | None = None,
) -> str | None:
    """The saved line, or None; `check` raises Refused for what cannot be taken, `draft` names where it is kept.

    With `offer` the first key typed replaces the value, never a draft from before: nothing a person wrote goes by
    itself. `fields` takes the line to another form and back; `doubted` are the words of it that were not understood.
    """
    kept = Draft(app.coach, draft, value) if draft else None
    offered = await app.ask(kept.offered) if kept else ""
    asks: dict[str, Any] = {"placeholder": placeholder, "read": read, "fields": fields, "doubted": doubted}
    asks |= {"accept": partial(_problem, check) if check else None}
    asks |= {"keep_draft": (lambda text: app.coach.writer.submit(kept.keep, text)) if kept else None}
    value, kind, note = offered or value, OfferedLine if offer and not offered else AskLine, KEPT if offered else ""
    while True:
        if (line := await app.push_screen_wait(kind(title, value, note=note, **asks))) is None:
            return None
        try:
            await save(line)
        except (NotSaved, Refused) as trouble:
            app.refused(trouble)
            value, kind, note = line, AskLine, ""
            if kept:
                app.coach.writer.submit(kept.keep, line)
            continue
        if kept:
            app.coach.writer.submit(kept.keep, "")
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
    area: str = "",
    once: str = "",
) -> None:
    """Something to plan, read while it is typed; `day` is meant when the line names none.

    `area` is the life area it has; only the fields behind Tab change it. `once` is said where it does not repeat.
    """
    anchors = await app.ask(app.coach.items.anchors, day)  # once: nothing is read from the disk while somebody types
    plan = _Plan(app, day, anchors, area, once)
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
        doubted=plan.doubted,
    )


class _Plan:
    """A line about a day: how it is read, and the same in fields."""

    def __init__(self, app: CoachApp, day: date, anchors: Mapping[str, str], area: str, once: str) -> None:
        self._app, self._day, self._anchors, self._area, self._once = app, day, anchors, area, once
        self._last: tuple[str, Reading | Refused] | None = None
        """What was read last: of each line its sentence, its doubtful words and whether it will do are asked for."""

    def read(self, text: str) -> Reading:
        if self._last is None or self._last[0] != text:
            self._last = text, self._read(text)
        if isinstance(self._last[1], Refused):
            raise self._last[1]
        return replace(self._last[1], area=self._area)

    def _read(self, text: str) -> Reading | Refused:
        try:
            return self._app.coach.items.read(text, self._day, self._anchors)
        except Refused as refused:
            return refused

    def sentence(self, text: str) -> str:
        try:
            return self._say(text)
        except Refused:
            return ""  # not yet: half a line is no mistake

    def _say(self, text: str) -> str:
        reading = self.read(text)
        told = fit(reading.title, TITLE_SHOWN) + reading.sentence.removeprefix(reading.title)
        return "\n".join(filter(None, [told, reading.hint, "" if reading.rule else self._once]))

    def doubted(self, text: str) -> str:
        try:
            return self.read(text).unread
        except Refused:
            return ""

    async def ask_fields(self, line: str) -> tuple[str, bool]:
        """The line from its fields, and whether it is meant; a line that cannot be read stands in the first."""
        from coach.domain.reading_fields import FIELDS, fields_of
        from coach.ui.dialogs.fields import FieldsDialog

        coach, now = self._app.coach, self._app.coach.settings.now
        try:
            values = fields_of(self.read(line), coach.items.today(), now.clock, now.day_start)
        except Refused:
            values = {**dict.fromkeys(FIELDS, ""), "title": line.strip()}
        filled = await self._app.push_screen_wait(FieldsDialog(line, values, self._area, self._anchors, self._say))
        self._area = filled.area
        return filled.line, filled.save


def needs_words(line: str, way_out: str = "") -> None:
    """For `check`, where an empty line says nothing; `way_out` is what else the person may have meant."""
    if not one_line(line):
        raise Refused(" ".join(filter(None, ("Say it in a few words.", way_out))))


def _problem(check: Callable[[str], object], text: str) -> Refused | None:
    """What cannot be taken, and why."""
    try:
        check(text)
    except Refused as refused:
        return refused
    return None
