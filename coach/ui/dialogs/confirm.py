"""A question with yes and no; Escape is no."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.widgets import Static

from coach.ui.dialogs.dialog import Dialog
from coach.ui.text import content
from coach.ui.widgets.keybar import KeyBar


class ConfirmDialog(Dialog[bool]):
    """Gives back True only for a clear yes."""

    BINDING_GROUP_TITLE = "Yes or no"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "dismiss(True)", "Yes"),
        Binding("n,escape", "dismiss(False)", "No"),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="dialog"):
            yield Static(content(self._question), classes="dialog--title")
        yield KeyBar()
