"""Steps for a goal: one on each line, typed or pasted, and kept while they are typed."""

from __future__ import annotations

from typing import ClassVar

from textual import events, getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.message import Message
from textual.widgets import Static

from coach.domain.errors import NotSaved, Refused
from coach.ui.app import CoachApp
from coach.ui.dialogs.dialog import Dialog
from coach.ui.text import content
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.notebook import Notebook

MOST, LONGEST = 200, 500
"""Steps added at once, and characters of one: what the service takes."""


class StepLines(Notebook):
    """One step a line; Enter on an empty last line means that was all."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "screen.save", "Save")]

    class Finished(Message):
        """That was all."""

    def on_key(self, event: events.Key) -> None:
        at_end = self.selection.is_empty and self.cursor_location == self.document.end
        if event.key == "enter" and at_end and self.text.strip() and self.text.endswith("\n"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Finished())


class StepsDialog(Dialog[None]):
    """Saves by itself; it goes only when the steps are on the disk, or when the person goes back."""

    BINDING_GROUP_TITLE = "Steps"
    DEFAULT_CSS = """
    StepsDialog {
        StepLines { height: 10; margin: 0 0 1 0; padding: 0 1; background: $panel; scrollbar-background: $panel; }
        #hint { height: auto; color: $dim; text-style: $dim-style; }
        #problem { height: auto; color: $error; }
        &.-low StepLines { height: 5; margin: 0; }
    }
    """
    BINDINGS = [Binding("escape", "cancel", "Back")]

    app = getters.app(CoachApp)
    lines = getters.query_one(StepLines)

    def __init__(self, goal: str, title: str) -> None:
        super().__init__()
        self._goal, self._title = goal, title
        self._draft = f"steps-{goal}".lower()
        self._saving = self._finished = False

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="dialog"):
            yield Static(content(f"Steps for “{self._title}”"), classes="dialog--title")
            yield StepLines()
            yield Static(
                content("One step a line; a whole list can be pasted. Enter on an empty line saves."), id="hint"
            )
            yield Static(id="problem")
        yield KeyBar()

    @work
    async def on_mount(self) -> None:
        drafts = self.app.coach.drafts
        if kept := await self.app.ask(drafts.get, self._draft):
            self.lines.insert(kept, (0, 0))
            self.lines.move_cursor(self.lines.document.end)

    def on_notebook_rested(self) -> None:
        self.keep_draft()

    def on_notebook_overlong(self) -> None:
        self._say("That was more than fits; the rest was left out. Save these, then add more.")

    def on_text_area_changed(self) -> None:
        self._say("")

    def on_step_lines_finished(self) -> None:
        self.action_save()

    @work
    async def action_save(self) -> None:
        if self._saving or self._problem():
            self._say(self._problem())
            return
        self._saving, self.lines.read_only = True, True
        coach = self.app.coach
        try:
            await self.app.ask(coach.goals.add_steps, self._goal, self.lines.text)
        except (NotSaved, Refused) as trouble:
            self._saving, self.lines.read_only = False, False
            self._say(str(trouble))
            return
        self._finished = True
        coach.writer.submit(coach.drafts.forget, self._draft)
        self.dismiss()

    def action_cancel(self) -> None:
        self.keep_draft()
        self.dismiss()

    def keep_draft(self) -> None:
        """The lines are offered again next time; also called when the program ends."""
        if self.is_mounted and not self._finished:
            self.lines.stop_resting()
            self.app.coach.writer.submit(self.app.coach.drafts.keep, self._draft, self.lines.text)

    def _problem(self) -> str:
        lines = [line for line in self.lines.text.splitlines() if line.strip()]
        if len(lines) > MOST:
            return f"{len(lines)} lines are more than the {MOST} that can be added at once. Take some away for now."
        if any(len(line) > LONGEST for line in lines):
            return f"One line is longer than {LONGEST} characters. Shorten it, or make two steps of it."
        return ""

    def _say(self, problem: str) -> None:
        self.query_one("#problem", Static).update(content(problem))
