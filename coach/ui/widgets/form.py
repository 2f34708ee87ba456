"""The lines of a small form: a quiet word, and beside it a text to type or one of a few words to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from coach.ui.dialogs.ask import LONGEST, Line
from coach.ui.glyphs import glyphs_of
from coach.ui.text import content, pad


class Choice(Widget, can_focus=True):
    """One of a few words: Left and Right take the one before and after, a letter the next that begins with it."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"choice--text", "choice--chosen"}
    DEFAULT_CSS = """
    Choice { height: 1; background: $panel; }
    Choice > .choice--text { color: $foreground; }
    Choice > .choice--chosen { color: $primary; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "step(1)", "Other", key_display="Space"),
        Binding("left", "step(-1)", "Before", show=False),
        Binding("enter", "submit", "Save"),
    ]

    @dataclass
    class Changed(Message):
        """Another word is chosen."""

        choice: Choice

        @property
        def control(self) -> Choice:
            return self.choice

    class Submitted(Message):
        """Enter: the form is meant."""

    def __init__(self, words: Mapping[str, str], value: str, *, id: str | None = None) -> None:
        """`words` are what is shown for each value, in order."""
        super().__init__(id=id)
        self._words = dict(words)
        self._value = value if value in self._words else next(iter(self._words))

    @property
    def value(self) -> str:
        return self._value

    @value.setter
    def value(self, value: str) -> None:
        if value in self._words and value != self._value:
            self._value = value
            self.refresh()
            self.post_message(self.Changed(self))

    def on_key(self, event: events.Key) -> None:
        letter = (event.character or "").casefold()
        if not letter.isalpha():
            return
        values = list(self._words)
        here = values.index(self._value) + 1
        after = [*values[here:], *values[:here]]
        found = next((one for one in after if self._words[one].casefold().startswith(letter)), None)
        if found is not None:
            self.value = found
        event.stop()
        event.prevent_default()

    def on_click(self) -> None:
        if self.has_focus:
            self.action_step(1)

    def action_step(self, by: int) -> None:
        values = list(self._words)
        self.value = values[(values.index(self._value) + by) % len(values)]

    def action_submit(self) -> None:
        self.post_message(self.Submitted())

    def render_line(self, y: int) -> Strip:
        name = "choice--chosen" if self.has_focus else "choice--text"
        words = self._words[self._value]
        shown = f" < {words} >" if self.has_focus else f" {words}"
        style = self.get_component_rich_style(name)
        return Strip([Segment(pad(shown, self.size.width, glyphs_of(self.app).ellipsis), style)], self.size.width)


class FormRow(Horizontal):
    """A quiet word and its field; `hint` says what the field takes."""

    DEFAULT_CSS = """
    FormRow { height: 1; width: 100%; }
    FormRow > .form--label { width: 13; color: $dim; text-style: $dim-style; }
    FormRow > .form--field { width: 1fr; }
    """

    def __init__(self, label: str, field: Line | Choice, hint: str = "") -> None:
        super().__init__()
        self._label, self.field, self.hint = label, field, hint
        field.add_class("form--field")

    def compose(self) -> ComposeResult:
        yield Static(content(self._label), classes="form--label")
        yield self.field


def form_line(name: str, value: str = "", placeholder: str = "") -> Line:
    """A field to type in."""
    shown = content(placeholder).plain
    return Line(value[:LONGEST], placeholder=shown, max_length=LONGEST, select_on_focus=False, id=name)
