"""One template: its name, the days of the week it is usual on, and its lines."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from coach.domain.days import show_minutes, show_time
from coach.domain.errors import Refused
from coach.domain.templates import LOW, Template, TemplateLine
from coach.ui.asking import ask_line
from coach.ui.dialogs.templates import ENOUGH, Kept
from coach.ui.template_words import (
    NEVER,
    check_name,
    read_line,
    read_weekdays,
    say_line,
    say_weekdays,
    text_of,
)
from coach.ui.text import fit
from coach.ui.widgets.rows import Row

_NAME, _DAYS = "name", "weekdays"


class TemplateDialog(Kept):
    """Enter changes the line it stands on."""

    BINDING_GROUP_TITLE = "One template"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add", tooltip="Add a line", id="template-add"),
        Binding("e", "edit", "Change", tooltip="Change the line, the name or the days", id="template-edit"),
        Binding("d", "delete", "Delete", tooltip="Take the line out; u brings it back", id="template-remove"),
        Binding("escape", "dismiss", "Back"),
    ]

    def __init__(self, template: str) -> None:
        super().__init__()
        self._which = template
        self._template: Template = LOW

    async def load(self) -> tuple[str, list[Row]]:
        self._template = template = await self.app.ask(self.app.coach.templates.get, self._which)
        rows = []
        if template.kind != "low":
            rows += [Row("Name", key=_NAME, right=template.title)]
            rows += [Row("Usual on", key=_DAYS, right=say_weekdays(template.weekdays)), Row("", kind="gap")]
        lines = template.in_order()
        rows += [self._row(key, line) for key, line in lines]
        if not lines:
            rows.append(Row("No lines. a adds the first.", kind="note"))
        title = "A low-energy day asks for" if template.kind == "low" else fit(template.title, ENOUGH)
        return title, rows

    def _row(self, key: str, line: TemplateLine) -> Row:
        time = show_time(line.start, self.app.coach.settings.now.clock) if line.start else ""
        return Row(line.title, key=key, time=time, right=_more(line))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "delete":
            return self.key in self._template.lines
        return action != "edit" or bool(self.key)

    def on_rows_selected(self) -> None:
        self.action_edit()

    @work(exclusive=True, group="ask")
    async def action_add(self) -> None:
        coach, template = self.app.coach, self._template

        async def save(text: str) -> None:
            await self.app.ask(coach.templates.add_line, template.id, read_line(coach.items, text))

        await self._ask_for_line(f"Add to “{fit(template.title, ENOUGH)}”", "", save)

    @work(exclusive=True, group="ask")
    async def action_edit(self) -> None:
        key = self.key
        if key == _NAME:
            await self._rename()
        elif key == _DAYS:
            await self._choose_days()
        elif key in self._template.lines:
            coach, template = self.app.coach, self._template

            async def save(text: str) -> None:
                await self.app.ask(coach.templates.change_line, template.id, key, read_line(coach.items, text))

            await self._ask_for_line("Change the line", text_of(template.lines[key]), save)

    def action_delete(self) -> None:
        self.do(self._delete)

    async def _delete(self) -> str:
        line = self._template.lines[self.key]
        await self.app.ask(self.app.coach.templates.remove_line, self._template.id, self.key)
        return f"Took out “{fit(line.title, ENOUGH)}”. u brings it back."

    async def _rename(self) -> None:
        async def save(title: str) -> None:
            await self.app.ask(self.app.coach.templates.rename, self._template.id, title)

        await ask_line(self.app, "Its name", save, value=self._template.title, check=check_name)

    async def _choose_days(self) -> None:
        items = self.app.coach.items

        async def save(words: str) -> None:
            days = read_weekdays(items, words)
            await self.app.ask(self.app.coach.templates.use_on, self._template.id, days)

        def told(words: str) -> str:
            try:
                days = read_weekdays(items, words)
            except Refused:
                return ""
            return f"Offered on an empty day, {say_weekdays(days)}." if days else "Offered on no day by itself."

        await ask_line(
            self.app,
            "On which days is it usual?",
            save,
            value=say_weekdays(self._template.weekdays) if self._template.weekdays else "",
            placeholder=f"mon-fri, weekend, tue and thu, {NEVER}",
            read=told,
            check=lambda words: read_weekdays(items, words),
        )

    async def _ask_for_line(self, title: str, value: str, save: Callable[[str], Awaitable[None]]) -> None:
        items, clock = self.app.coach.items, self.app.coach.settings.now.clock

        def told(text: str) -> str:
            try:
                return say_line(read_line(items, text), clock)
            except Refused:
                return ""  # not yet: half a line is no mistake

        await ask_line(
            self.app,
            title,
            save,
            value=value,
            placeholder="walk 07:30 30m",
            read=told,
            check=lambda text: read_line(items, text),
        )


def _more(line: TemplateLine) -> str:
    """How long, after what, how many steps, and whether it comes first."""
    steps = f"{len(line.steps)} steps" if len(line.steps) > 1 else "1 step" if line.steps else ""
    after = f"after {line.follows}" if line.follows and not line.start else ""
    length, pinned = show_minutes(line.minutes) if line.minutes else "", "pinned" if line.pinned else ""
    return ", ".join(filter(None, [length, steps, after, pinned]))
