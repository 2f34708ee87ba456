"""A few lines to write over whatever is on the screen: kept while they are typed, gone only when they are saved."""

from __future__ import annotations

from collections.abc import Callable
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
from coach.ui.draft import Draft
from coach.ui.draft_names import draft_name
from coach.ui.text import content
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.notebook import Notebook


class Lines(Notebook):
    """What is written in; a subclass says which Enter means that was all."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "screen.save", "Save")]

    class Finished(Message):
        """That was all."""

    def ends(self) -> bool:
        """Whether Enter here means that was all."""
        return False

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter" and self.ends():
            event.stop()
            event.prevent_default()
            self.post_message(self.Finished())


class WritingDialog(Dialog[None]):
    """Saves by itself; it goes only when the words are on the disk, or when the person goes back."""

    HINT = ""
    OVERLONG = "That was more than fits; the rest was left out."
    DEFAULT_CSS = """
    WritingDialog {
        Lines { height: 10; margin: 0 0 1 0; padding: 0 1; background: $panel; scrollbar-background: $panel; }
        #hint { height: auto; color: $dim; text-style: $dim-style; }
        #problem { height: auto; color: $error; }
        &.-low Lines { height: 5; margin: 0; }
    }
    """
    BINDINGS = [Binding("escape", "cancel", "Back")]

    app = getters.app(CoachApp)
    lines = getters.query_one(Lines)

    def __init__(self, title: str, save: Callable[[str], object], draft: str, *, text: str = "") -> None:
        """`save` is called in the store thread; `draft` names where the words are kept; `text` is what there is."""
        super().__init__()
        self._title, self._save, self._first = title, save, text
        self._draft = Draft(self.app.coach, draft_name(draft), text)
        self._saving = False

    def compose_lines(self) -> Lines:
        """The field."""
        return Lines(self._first)

    def problem(self) -> str:
        """Why what stands there cannot be saved; "" when it can."""
        return ""

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="dialog"):
            yield Static(content(self._title), classes="dialog--title")
            yield self.compose_lines()
            yield Static(content(self.HINT), id="hint")
            yield Static(id="problem")
        yield KeyBar()

    @work
    async def on_mount(self) -> None:
        kept = await self.app.ask(self._draft.offered)
        if kept and kept != self._first:
            lines = self.lines
            lines.replace(kept, (0, 0), lines.document.end if lines.text == self._first else (0, 0))
            lines.move_cursor(lines.document.end)

    def on_notebook_rested(self) -> None:
        self.keep_draft()

    def on_notebook_overlong(self) -> None:
        self._say(self.OVERLONG)

    def on_text_area_changed(self) -> None:
        self._say("")

    def on_lines_finished(self) -> None:
        self.action_save()

    @work
    async def action_save(self) -> None:
        if self._saving or (problem := self.problem()):
            self._say("" if self._saving else problem)
            return
        self._saving, self.lines.read_only = True, True
        try:
            await self.app.ask(self._draft.save, self._save, self.lines.text)
        except (NotSaved, Refused) as trouble:
            self._saving, self.lines.read_only = False, False
            self._say(str(trouble))
            return
        self.dismiss()

    def action_cancel(self) -> None:
        """While it is being saved there is nothing to go back from: it goes by itself, or says why not."""
        if not self._saving:
            self.keep_draft()
            self.dismiss()

    def keep_draft(self) -> None:
        """The words are offered again next time; also called when the program ends."""
        if self.is_mounted:
            self.lines.stop_resting()
            self.app.coach.writer.submit(self._draft.keep, self.lines.text)

    def _say(self, problem: str) -> None:
        self.query_one("#problem", Static).update(content(problem))
