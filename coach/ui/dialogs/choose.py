"""A question with a few answers: its digit picks one, or the arrows and Enter; Escape leaves everything as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.widgets import Static

from coach.ui.dialogs.dialog import Dialog
from coach.ui.text import content
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.rows import Row, Rows

MOST = 9
"""Answers that have a digit each; what comes after them is reached with the arrows."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `key` is what the question gives back."""

    key: str
    words: str


class Answers(Rows):
    """The answers, Enter being named below."""

    BINDINGS = [Binding("enter", "select", "Choose")]


class ChooseDialog(Dialog[str | None]):
    """Gives back the key of the answer picked, or None."""

    BINDING_GROUP_TITLE = "Choose one"
    DEFAULT_CSS = """
    ChooseDialog .dialog { padding: 1 0; }
    ChooseDialog .dialog Static { padding: 0 3; height: auto; }
    ChooseDialog .dialog--title { margin: 0; }
    ChooseDialog #about { color: $dim; text-style: $dim-style; }
    ChooseDialog Rows { height: auto; max-height: 50vh; margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"pick({number})", show=False) for number in range(1, MOST + 1)),
        Binding("escape", "dismiss", "Back"),
    ]

    def __init__(self, question: str, answers: Sequence[Answer], about: str = "") -> None:
        """`about` is a quiet sentence under the question."""
        super().__init__()
        self._question, self._answers, self._about = question, tuple(answers), about

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="dialog"):
            yield Static(content(self._question), classes="dialog--title")
            if self._about:
                yield Static(content(self._about), id="about")
            yield Answers(
                Row(one.words, key=one.key, time=str(n) if n <= MOST else " ") for n, one in enumerate(self._answers, 1)
            )
        yield KeyBar()

    def on_rows_selected(self, event: Rows.Selected) -> None:
        self.dismiss(event.row.key)

    def action_pick(self, number: int) -> None:
        if number <= len(self._answers):
            self.dismiss(self._answers[number - 1].key)
