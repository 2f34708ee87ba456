"""A question answered with one line; a line that cannot be read stays where it is."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.events import Paste
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from coach.domain.errors import Refused
from coach.ui.dialogs.dialog import Dialog
from coach.ui.text import content
from coach.ui.widgets.keybar import KeyBar

LONGEST = 500
KEEP_AFTER = 0.3
"""Seconds of not typing after which the draft is kept."""


class _Underlined(Highlighter):
    """Underlines some words, however many spaces were typed between them."""

    def __init__(self, words: str) -> None:
        self._found = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)

    def highlight(self, text: Text) -> None:
        for match in self._found.finditer(text.plain):
            text.stylize("underline", *match.span())


class Line(Input):
    """One line to type in; says so when more was given than it takes."""

    DEFAULT_CSS = """
    Line { border: none; height: 1; padding: 0 1; background: $panel; color: $foreground; &:focus { border: none; } }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "Save", show=True)]

    class Overlong(Message):
        """More was typed or pasted than a line holds."""

    class OneLine(Message):
        """More lines were pasted than the one that it takes."""

        def __init__(self, left_out: int) -> None:
            super().__init__()
            self.left_out = left_out

        def __str__(self) -> str:
            lines = "1 more line was" if self.left_out == 1 else f"{self.left_out:,} more lines were"
            return f"One line at a time: {lines} left out. The journal holds more."

    def on_paste(self, event: Paste) -> None:
        left_out = sum(bool(line.strip()) for line in event.text.splitlines()[1:])
        if left_out:  # said once the first line stands there: whatever is typed next takes the words away
            self.call_after_refresh(self.post_message, self.OneLine(left_out))

    def mark(self, words: str) -> None:
        """Underlines words of the line that could not be taken; "" for none."""
        self.highlighter = _Underlined(words) if words else None
        self.refresh()

    def restricted(self) -> None:
        self.post_message(self.Overlong())


class AskLine(Dialog[str | None]):
    """Gives back the accepted line, or None when the person went back."""

    BINDING_GROUP_TITLE = "One line"
    DEFAULT_CSS = """
    AskLine {
        #reading { height: auto; max-height: 8; margin: 1 0 0 0; color: $dim; text-style: $dim-style; }
        #problem { height: auto; color: $error; }
    }
    """
    BINDINGS = [
        Binding("tab", "fields", "Fields"),
        Binding("escape", "cancel", "Back"),
    ]

    def __init__(
        self,
        title: str,
        value: str = "",
        *,
        placeholder: str = "",
        read: Callable[[str], str] | None = None,
        accept: Callable[[str], str | Refused | None] | None = None,
        keep_draft: Callable[[str], object] | None = None,
        fields: Callable[[str], Awaitable[tuple[str, bool]]] | None = None,
        doubted: Callable[[str], str] | None = None,
        note: str = "",
    ) -> None:
        """`read` says how the line is understood; `accept` says why it cannot be taken, and which of its words.

        `keep_draft` is given the line 0.3 s after the last key, on the way back and when the program ends. `fields`
        takes the line to another form, and gives it back with whether it is meant. `doubted` are words of the line
        that were not understood; `note` is said of the line as it stands there first.
        """
        super().__init__()
        self._title, self._value, self._placeholder = title, value[:LONGEST], placeholder
        self._read, self._accept, self._keep, self._fields = read, accept, keep_draft, fields
        self._doubted, self._note = doubted, note
        self._noted = self._value
        """The line that the note is about; it goes with the first change."""
        self._waiting: Timer | None = None
        self._answered = False
        self._refused = False

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="dialog"):
            yield Static(content(self._title), classes="dialog--title")
            yield Line(
                self._value, placeholder=content(self._placeholder).plain, max_length=LONGEST, select_on_focus=False
            )
            yield Static(id="reading")
            yield Static(id="problem")
        yield KeyBar()

    def on_mount(self) -> None:
        self._show_reading()

    @property
    def line(self) -> str:
        """What stands in the field now."""
        return self.query_one(Line).value

    def on_input_changed(self, event: Input.Changed) -> None:
        self._say("")
        self._show_reading()
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(KEEP_AFTER, self._rested)

    def on_line_overlong(self) -> None:
        self._say(f"That is longer than {LONGEST} characters. Take a shorter piece; the journal holds more.")

    def on_line_one_line(self, event: Line.OneLine) -> None:
        self._note, self._noted = str(event), self.line
        self._show_reading()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self._submit(event.value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "fields" or self._fields is not None

    @work(exclusive=True, group="fields")
    async def action_fields(self) -> None:
        if self._fields is None:
            return
        line, meant = await self._fields(self.line)
        field = self.query_one(Line)
        field.value = line
        field.cursor_position = len(line)
        if meant:
            self._submit(line)

    def action_cancel(self) -> None:
        self.keep_draft()
        self.dismiss(None)

    def keep_draft(self) -> None:
        """Hands the line to whoever keeps drafts; also called when the program ends."""
        if self._keep is not None and self.is_mounted and not self._answered:
            self._keep(self.line)

    def _submit(self, line: str) -> None:
        if problem := self._problem(line):
            self._say(str(problem), problem.words if isinstance(problem, Refused) else "")
            return
        self._answered = True
        if self._waiting is not None:
            self._waiting.stop()
        self.dismiss(line)

    def _problem(self, line: str) -> str | Refused | None:
        return self._accept(line) if self._accept is not None else None

    def _rested(self) -> None:
        """A line that cannot be read says so quietly once the hand rests; until then half of it is no mistake."""
        self.keep_draft()
        if self._refused or self._read is None or not self.line.strip() or self._read(self.line):
            return
        if problem := self._problem(self.line):
            self.query_one(Line).mark(problem.words if isinstance(problem, Refused) else "")
            self.query_one("#reading", Static).update(content(str(problem)))

    def _show_reading(self) -> None:
        line = self.line if self.line.strip() else ""
        reading = self._read(line) if self._read is not None and line else ""
        note = self._note if self.line == self._noted else ""
        self.query_one("#reading", Static).update(content("\n".join(filter(None, [reading, note]))))
        if self._doubted is not None and line:
            self.query_one(Line).mark(self._doubted(line))

    def _say(self, problem: str, words: str = "") -> None:
        """A problem is said once, and takes the place of the reading."""
        self._refused = bool(problem)
        self.query_one(Line).mark(words)
        self.query_one("#problem", Static).update(content(problem))
        if problem:
            self.query_one("#reading", Static).update("")
