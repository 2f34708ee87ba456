"""The templates a person has: opened, put on the day, and deleted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.widgets import Static

from coach.domain.days import show_day
from coach.domain.errors import NotFound, NotSaved, Refused
from coach.domain.events import Changed
from coach.domain.templates import LOW, Template
from coach.ui.app import CoachApp
from coach.ui.dialogs.dialog import Dialog
from coach.ui.template_words import say_weekdays, size
from coach.ui.text import content, fit
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.rows import Row, Rows

ENOUGH = 40
"""Cells of a name that say which one is meant."""


class Kept(Dialog[None]):
    """A title and rows that show what is there after every change, undo included."""

    DEFAULT_CSS = """
    Kept {
        .dialog { padding: 1 0; }
        .dialog--title { padding: 0 3; margin: 0; }
        Rows { height: auto; max-height: 60vh; margin: 1 0 0 0; }
        &.-low .dialog { padding: 0; }
        &.-low Rows { margin: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("u", "app.undo", "Undo", show=False)]

    app = getters.app(CoachApp)
    rows = getters.query_one(Rows)

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="dialog"):
            yield Static(classes="dialog--title")
            yield self.make_rows()
        yield KeyBar()

    def on_mount(self) -> None:
        self.app.changed.subscribe(self, self._heed)
        self.reload()

    def _heed(self, changed: Changed) -> None:
        if "templates" in changed.tables:
            self.reload()

    def on_rows_highlighted(self) -> None:
        self.refresh_bindings()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Shows what is there now; nothing is left to show of what was deleted meanwhile."""
        try:
            title, rows = await self.load()
        except NotFound:
            self.dismiss(None)
            return
        self.query_one(Static).update(content(title))
        self.rows.set_rows(rows)
        self.rows.focus()
        self.refresh_bindings()

    def make_rows(self) -> Rows:
        """The list, with the word for Enter on it."""
        return Rows()

    async def load(self) -> tuple[str, list[Row]]:
        """The title and the rows."""
        return "", []

    @work(exclusive=True, group="do")
    async def do(self, change: Callable[[], Awaitable[str]]) -> None:
        """Makes one change, and says what was done."""
        try:
            said = await change()
        except (NotSaved, Refused) as trouble:
            self.app.refused(trouble)
            return
        if said:
            self.app.notice(said)

    @property
    def key(self) -> str:
        """Of the row under the cursor."""
        return self.rows.current.key if self.is_mounted and self.rows.current else ""


class Openable(Rows):
    """Enter opens, and says so."""

    BINDINGS = [Binding("enter", "select", "Open")]


class TemplatesDialog(Kept):
    """All of them, the low-energy one first: it is always there."""

    BINDING_GROUP_TITLE = "Templates"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "use", "Use", tooltip="Put its lines on the day", id="template-use"),
        Binding("d", "delete", "Delete", tooltip="Delete; u brings it back", id="template-delete"),
        Binding("escape", "dismiss", "Back"),
    ]

    def __init__(self, day: date) -> None:
        super().__init__()
        self._day = day
        self._found: dict[str, Template] = {}

    def make_rows(self) -> Rows:
        return Openable()

    async def load(self) -> tuple[str, list[Row]]:
        templates = self.app.coach.templates
        low, others = await self.app.ask(lambda: (templates.low(), templates.all()))
        self._found = {one.id: one for one in (low, *others)}
        rows = [Row(one.title, key=one.id, right=_about(one)) for one in self._found.values()]
        if not others:
            rows += [Row("", kind="gap"), Row("p on a day keeps it as a template.", kind="note")]
        return "Templates", rows

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What comes with coach cannot be deleted, and is put on a day by making it a low-energy one."""
        return action not in ("use", "delete") or self.key in self._found.keys() - {LOW.id}

    async def on_rows_selected(self) -> None:
        await self.app.run_action("open", self)

    @work(exclusive=True, group="open")
    async def action_open(self) -> None:
        """Its lines, its name and its days."""
        from coach.ui.dialogs.template import TemplateDialog

        if self.key:
            await self.app.push_screen_wait(TemplateDialog(self.key))

    def action_use(self) -> None:
        self.do(self._use)

    async def _use(self) -> str:
        added = await self.app.ask(self.app.coach.templates.apply, self.key, self._day)
        near = show_day(self._day, self.app.coach.items.today())
        things = "1 thing was" if added == 1 else f"{added} things were"
        return f"{things} added to {near}. u takes it back." if added else f"All of it is there already, {near}."

    def action_delete(self) -> None:
        self.do(self._delete)

    async def _delete(self) -> str:
        gone = await self.app.ask(self.app.coach.templates.remove, self.key)
        return f"Deleted “{fit(gone.title, ENOUGH)}”. u brings it back."


def _about(template: Template) -> str:
    return ", ".join(filter(None, [say_weekdays(template.weekdays) if template.weekdays else "", size(template)]))
