"""Journal: what was written, newest first, and between it how it felt."""

from __future__ import annotations

from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from coach.domain.entries import Entry
from coach.ui.journal_view import EARLIER, PAGE, JournalView, fetch, journal_rows
from coach.ui.page import Page
from coach.ui.text import content, fit
from coach.ui.widgets.rows import Rows


class EntryRows(Rows):
    """The list, with its Enter in the line of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Open", tooltip="Read or change the entry", id="open")
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "select" or self.current is not None


class JournalPage(Page):
    """Entries by day."""

    PLACE = "journal"
    TABLES = frozenset({"journal", "moods", "cravings"})
    HELP = "Write what you like, as long or short as you like. What you type is kept as you type it."
    BINDING_GROUP_TITLE = "Journal"
    BINDINGS = [
        Binding("a", "add", "Add", tooltip="Write a new entry", id="add"),
        Binding("e", "edit", "Edit", show=False, tooltip="Change the entry", id="edit"),
        Binding("d", "delete", "Delete", tooltip="Delete; u brings it back", id="delete"),
    ]
    DEFAULT_CSS = """
    JournalPage EntryRows { margin: 1 0 0 0; }
    JournalPage.-low EntryRows { margin: 0; }
    JournalPage #empty { display: none; height: auto; padding: 1 3; color: $dim; text-style: $dim-style; }
    JournalPage.-empty #empty { display: block; }
    """

    rows = getters.query_one(EntryRows)

    def __init__(self) -> None:
        super().__init__()
        self._view: JournalView | None = None
        self._shown = PAGE
        self._wanted = ""
        """The key of the row the cursor should go to as soon as it is there."""

    def compose_body(self) -> ComposeResult:
        yield Static(content("Nothing here yet. a adds the first."), id="empty")
        yield EntryRows()

    async def load(self) -> None:
        self._view = view = await self.app.ask(fetch, self.app.coach, self._shown)
        rows = journal_rows(view)
        self.set_class(not rows, "-empty")
        there = any(row.key == self._wanted for row in rows)
        self.rows.set_rows(rows, self._wanted if self._wanted and there else None)
        self._wanted = "" if there else self._wanted
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is no entry yet, only what adds one is offered."""
        return action not in ("edit", "delete") or bool(self._view and self._view.entries)

    def on_screen_resume(self) -> None:
        """A room may have been opened or closed in Settings, which changes no record."""
        if self._view is not None and self._view.opened != self.app.coach.settings.now.urges:
            self.reload()

    def on_rows_selected(self, event: Rows.Selected) -> None:
        if event.row.key == EARLIER:
            self._shown += PAGE
            self.reload()
        else:
            self.action_edit()

    @work
    async def action_add(self) -> None:
        await self._write(None)

    @work
    async def action_edit(self) -> None:
        if (entry := self._entry()) is not None:
            await self._write(entry)

    async def _write(self, entry: Entry | None) -> None:
        from coach.ui.screens.editor import EditorScreen

        if saved := await self.app.push_screen_wait(EditorScreen(entry)):
            self._wanted = saved.id
            self.reload()

    @work
    async def action_delete(self) -> None:
        if (entry := self._entry()) is not None:
            words = fit(entry.text, 40)
            await self.app.ask(self.app.coach.journal.remove, entry.id)
            self.app.notice(f"Deleted “{words}”. u undoes it.")

    def _entry(self) -> Entry | None:
        key = self.rows.current.key if self.rows.current else ""
        return next((entry for entry in self._view.entries if entry.id == key), None) if self._view else None
