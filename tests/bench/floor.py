"""The floor: about the least a Textual program with a header, a list, a field and a footer can be."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer, Header, Input, OptionList, Static

READY = "The floor is ready"
LINES = 40


class Floor(App[None]):
    """Six stock widgets and nothing else."""

    CSS = "OptionList { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "quit", "Quit"),
        Binding("t", "nothing", "Today"),
        Binding("b", "nothing", "Breathe"),
        Binding("g", "nothing", "Goals"),
    ]

    def compose(self) -> ComposeResult:
        yield Header()
        yield Static(READY)
        yield OptionList(*(f"line {number}" for number in range(LINES)))
        yield Input(placeholder="type here")
        yield Static("the last line")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    def action_nothing(self) -> None:
        """The keys of the footer; they are never pressed."""


if __name__ == "__main__":
    Floor().run()
