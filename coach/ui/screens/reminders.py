"""All reminders: one's own, how they come and when they are silent, and what the next seven days bring."""

from __future__ import annotations

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding

from coach.domain.prompts import Occurrence
from coach.domain.sentences import Prompt
from coach.ui.find_flow import Spot, go_to
from coach.ui.habits.view import habit_key
from coach.ui.page import Page
from coach.ui.reminder_flow import ask_limit, ask_prompt, send_test
from coach.ui.reminders_view import ALL, COMING, CYCLES, STARTS, TEST, RemindersView, fetch, reminder_rows
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.rows import Rows
from coach.ui.widgets.titlebar import TitleBar


class RemindersScreen(Page, inherit_bindings=False):
    """Over Settings."""

    HELP = "Space or Enter changes a line; on something to come, it leads to where it is kept."
    BINDING_GROUP_TITLE = "Reminders"
    BINDINGS = [
        Binding("space", "change", "Change", tooltip="Change this line, or go to it", id="reminder-change"),
        Binding("a", "add", "Add", tooltip="A sentence at a time of day", id="reminder-add"),
        Binding("e", "edit", "Edit", tooltip="Change this sentence and its times", id="reminder-edit"),
        Binding("d", "delete", "Delete", tooltip="Delete this sentence; u brings it back", id="reminder-delete"),
        Binding("escape,comma", "leave", "Back"),
    ]

    rows = getters.query_one(Rows)

    def __init__(self) -> None:
        super().__init__()
        self._view: RemindersView | None = None

    def compose(self) -> ComposeResult:
        yield TitleBar("Reminders")
        yield Rows()
        yield KeyBar()

    async def load(self) -> None:
        self._view = await self.app.ask(fetch, self.app.coach)
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        if self._view is not None:
            self.rows.set_rows(reminder_rows(self._view, self.app.glyphs, self.size.width))
            self.refresh_bindings()

    async def on_rows_selected(self) -> None:
        await self.run_action("change")

    on_rows_marked = on_rows_selected

    def on_rows_highlighted(self) -> None:
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action not in ("edit", "delete") or self._prompt() is not None

    def action_leave(self) -> None:
        self.dismiss(None)

    @work(group="change")
    async def action_change(self) -> None:
        coach, key = self.app.coach, self._key
        if prompt := self._prompt():
            await self.app.ask(coach.sentences.switch, prompt.id)
        elif one := self._coming():
            self._go_to(one)
            return
        elif key in (ALL, STARTS):
            await self.app.ask(coach.prompts.pause if key == ALL else coach.prompts.pause_starts)
        elif key in CYCLES:
            now, choices = getattr(coach.settings.now, key), CYCLES[key]
            await self.app.ask(coach.settings.change, **{key: choices[(choices.index(now) + 1) % len(choices)]})
        elif key == TEST:
            await send_test(self.app)
        elif key:
            await ask_limit(self.app, key)
        await self.load()

    def _go_to(self, one: Occurrence) -> None:
        """One's own sentence stands above; anything else is kept in a place of its own."""
        if one.kind == "prompt":
            self.rows.move_to(one.subject)
            return
        row = habit_key(one.subject) if one.kind == "habit" else one.subject
        spot = Spot("today", one.ref, one.on) if one.kind == "item" else Spot("goals", row)
        self.dismiss(None)
        self.app.run_worker(go_to(self.app, spot), group="go")

    @work(group="change")
    async def action_add(self) -> None:
        added = await ask_prompt(self.app, None)
        await self.load()
        self.rows.move_to(added)

    @work(group="change")
    async def action_edit(self) -> None:
        if prompt := self._prompt():
            await ask_prompt(self.app, prompt)

    @work(group="change")
    async def action_delete(self) -> None:
        if prompt := self._prompt():
            await self.app.ask(self.app.coach.sentences.remove, prompt.id)
            self.app.notice("Deleted. u brings it back.")

    @property
    def _key(self) -> str:
        return self.rows.current.key if self.is_mounted and self.rows.current else ""

    def _prompt(self) -> Prompt | None:
        return next((one for one in self._view.own if one.id == self._key), None) if self._view else None

    def _coming(self) -> Occurrence | None:
        found = (one.occurrence for one in self._view.coming) if self._view else ()
        return next((one for one in found if f"{COMING}{one.key}" == self._key), None)
