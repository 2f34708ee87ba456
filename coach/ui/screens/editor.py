"""The editor: one journal entry, the whole screen for it, and a draft that is never far behind the keys."""

from __future__ import annotations

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Static

from coach.domain.days import show_day, show_time
from coach.domain.entries import Entry
from coach.domain.errors import NotFound, NotSaved, Refused
from coach.domain.text import LONGEST
from coach.ui.app import CoachApp
from coach.ui.draft_names import draft_name
from coach.ui.text import content
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.notebook import Notebook
from coach.ui.widgets.titlebar import TitleBar

NEW = "journal-new"


class EditorScreen(Screen[Entry | None]):
    """Gives back what was saved. Going back saves: there is no key that loses what was written."""

    HELP = "Write. Escape saves and goes back; what you type is kept as you type it."
    BINDING_GROUP_TITLE = "Entry"
    BINDINGS = [Binding("escape", "save", "Save and go back")]
    DEFAULT_CSS = """
    EditorScreen {
        background: $background; color: $foreground;
        #before { display: none; height: auto; margin: 1 3 0 3; color: $dim; text-style: $dim-style; }
        #problem { display: none; height: auto; margin: 1 3 0 3; color: $error; }
        #before.-said, #problem.-said { display: block; }
        Notebook { margin: 1 3 0 3; max-width: 84; }
        &.-narrow Notebook, &.-narrow #before, &.-narrow #problem { margin: 0 1; }
    }
    """

    app = getters.app(CoachApp)
    notebook = getters.query_one(Notebook)

    def __init__(self, entry: Entry | None = None) -> None:
        super().__init__()
        self._entry = entry
        self._draft = draft_name(entry.id) if entry else NEW
        self._saving = self._finished = False

    def compose(self) -> ComposeResult:
        moment = self._entry.at if self._entry else self.app.coach.now()
        when = f"{show_day(moment.date(), short=True)} {show_time(moment.time(), self.app.coach.settings.now.clock)}"
        yield TitleBar("Journal" if self._entry else "New entry", when)
        yield Static(content("From before: this was not finished."), id="before")
        yield Static(id="problem")
        yield Notebook(self._first)
        yield KeyBar()

    @property
    def _first(self) -> str:
        """What is on the disk."""
        return self._entry.text if self._entry else ""

    @work
    async def on_mount(self) -> None:
        kept = await self.app.ask(self.app.coach.drafts.get, self._draft)
        if kept and kept != self._first:
            notebook = self.notebook
            notebook.replace(kept, (0, 0), notebook.document.end if notebook.text == self._first else (0, 0))
            notebook.move_cursor(notebook.document.end)
            self.query_one("#before").add_class("-said")

    def on_notebook_rested(self) -> None:
        self.keep_draft()

    def on_notebook_overlong(self) -> None:
        self.app.notice(f"An entry holds {LONGEST:,} characters; what was more is not in it.", "warning")

    @work
    async def action_save(self) -> None:
        if self._saving:
            return
        text = self.notebook.text
        if not text.strip() or text == self._first:
            self._forget()
            self.dismiss(None)
            return
        self._saving, self.notebook.read_only = True, True
        try:
            saved = await self._save(text)
        except (NotSaved, Refused) as trouble:
            self._saving, self.notebook.read_only = False, False
            self.keep_draft()
            self._say(str(trouble))
            return
        self._forget()
        self.dismiss(saved)

    async def _save(self, text: str) -> Entry:
        journal = self.app.coach.journal
        if self._entry is None:
            return await self.app.ask(journal.write, text)
        try:
            return await self.app.ask(journal.rewrite, self._entry.id, text)
        except NotFound:  # deleted elsewhere meanwhile; the words are still worth keeping
            return await self.app.ask(journal.write, text)

    def keep_draft(self) -> None:
        """The words are offered again next time; also called when the program ends."""
        if self.is_mounted and not self._finished:
            text = self.notebook.text
            coach = self.app.coach
            coach.writer.submit(coach.drafts.keep, self._draft, "" if text == self._first else text)

    def _forget(self) -> None:
        self._finished = True
        self.app.coach.writer.submit(self.app.coach.drafts.forget, self._draft)

    def _say(self, problem: str) -> None:
        line = self.query_one("#problem", Static)
        line.update(content(problem))
        line.add_class("-said")
