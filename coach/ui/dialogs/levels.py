"""The five levels of a goal in a person's own words, written before it is known how it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.timer import Timer
from textual.widgets import Input, Static

from coach.domain.errors import NotSaved, Refused
from coach.domain.goals import LEVELS
from coach.ui.app import CoachApp
from coach.ui.dialogs.ask import KEEP_AFTER, LONGEST, Line
from coach.ui.dialogs.dialog import Dialog
from coach.ui.draft import Draft
from coach.ui.draft_names import draft_name
from coach.ui.text import content
from coach.ui.widgets.form import FormRow
from coach.ui.widgets.keybar import KeyBar

ORDER = tuple(reversed(LEVELS))
"""The most on top, as on a ladder."""
LABELS = {"2": "much more", "1": "more", "0": "as hoped", "-1": "less", "-2": "much less"}


class LevelLine(Line):
    """One of the five; Enter goes on to the next, and saves all of them on the last."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "Next")]


class LevelsDialog(Dialog[None]):
    """Five lines, of which any may stay empty; it goes only when they are on the disk, or when the person goes back."""

    BINDING_GROUP_TITLE = "Five levels"
    AUTO_FOCUS = "#level-0"
    DEFAULT_CSS = """
    LevelsDialog {
        #about { height: auto; margin: 0 0 1 0; color: $dim; text-style: $dim-style; }
        #problem { height: auto; color: $error; }
        &.-low #about { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save all"),
        Binding("up", "app.focus_previous", "Up", show=False),
        Binding("down", "app.focus_next", "Down", show=False),
        Binding("escape", "cancel", "Back"),
    ]

    app = getters.app(CoachApp)

    def __init__(
        self, goal: str, title: str, words: Mapping[str, str], save: Callable[[dict[str, str]], object]
    ) -> None:
        """`words` are those there are, by level; `save` is given those changed, and runs in the store thread."""
        super().__init__()
        self._title, self._save = title, save
        self._draft = Draft(self.app.coach, draft_name("levels", goal))
        self._first = {level: words.get(level, "") for level in ORDER}
        self._waiting: Timer | None = None
        self._saving = False

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="dialog"):
            yield Static(content(f"How far with “{self._title}”"), classes="dialog--title")
            yield Static(content("What would each look like? Begin with what you hope for."), id="about")
            for level in ORDER:
                yield FormRow(LABELS[level], self._level(level))
            yield Static(id="problem")
        yield KeyBar()

    def _level(self, level: str) -> LevelLine:
        words = self._first[level][:LONGEST]
        return LevelLine(words, max_length=LONGEST, select_on_focus=False, id=f"level-{level}")

    @work
    async def on_mount(self) -> None:
        kept = (await self.app.ask(self._draft.offered)).split("\n")
        for level, line in zip(ORDER, kept, strict=False):
            if line and self._line(level).value == self._first[level]:
                self._line(level).value = line

    def on_input_changed(self) -> None:
        self._say("")
        self._stop_waiting()
        self._waiting = self.set_timer(KEEP_AFTER, self.keep_draft)

    def on_line_overlong(self) -> None:
        self._say(f"That is longer than {LONGEST} characters. Take a shorter piece.")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next line, and saves on the last."""
        if event.input.id == f"level-{ORDER[-1]}":
            self.action_save()
        else:
            self.focus_next()

    @work
    async def action_save(self) -> None:
        if self._saving:
            return
        self._saving = True
        try:
            await self.app.ask(self._draft.save, self._save, self._changed())
        except (NotSaved, Refused) as trouble:
            self._saving = False
            self._say(str(trouble))
            return
        self._stop_waiting()
        self.dismiss(None)

    def action_cancel(self) -> None:
        """While it is being saved there is nothing to go back from: it goes by itself, or says why not."""
        if not self._saving:
            self.keep_draft()
            self.dismiss(None)

    def keep_draft(self) -> None:
        """The lines are offered again next time; also called when the program ends."""
        if self.is_mounted:
            changed = self._changed()
            text = "\n".join(changed.get(level, "") for level in ORDER) if changed else ""
            self.app.coach.writer.submit(self._draft.keep, text)

    def _changed(self) -> dict[str, str]:
        """What was written here, by level: the others may have been changed elsewhere meanwhile."""
        words = {level: self._line(level).value for level in ORDER}
        return {level: line for level, line in words.items() if line != self._first[level][:LONGEST]}

    def _line(self, level: str) -> Line:
        return self.query_one(f"#level-{level}", Line)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()

    def _say(self, problem: str) -> None:
        self.query_one("#problem", Static).update(content(problem))
