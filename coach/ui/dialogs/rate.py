"""One number from 0 to 10, asked for over whatever is on the screen."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalGroup
from textual.timer import Timer
from textual.widgets import Static

from coach.ui.dialogs.dialog import Dialog
from coach.ui.text import content
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.scale import TEN_WITHIN, Scale


class RateDialog(Dialog[None]):
    """Calls `on_rated` at once with each number given, then goes; after a 1 it waits for a 0 that would make ten."""

    BINDING_GROUP_TITLE = "0 to 10"
    BINDINGS = [
        Binding("escape", "dismiss", "Not now"),
        Binding("x", "app.hide", "Hide", show=False),
        Binding("0", "digit", "Save", key_display="0-10"),
    ]

    def __init__(
        self,
        question: str,
        on_rated: Callable[[int], object],
        *,
        value: int | None = None,
        low: str = "not at all",
        high: str = "very much",
    ) -> None:
        super().__init__()
        self._question, self._on_rated = question, on_rated
        self._first, self._ends = value, (low, high)
        self._going: Timer | None = None

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="dialog"):
            yield Static(content(self._question), classes="dialog--title")
            yield Scale(self._first, low=self._ends[0], high=self._ends[1])
        yield KeyBar()

    def on_scale_rated(self, event: Scale.Rated) -> None:
        if self._going is not None:
            self._going.stop()
        self._on_rated(event.value)
        if event.value == 1 and event.scale.awaits_zero:
            self._going = self.set_timer(TEN_WITHIN, self._go)
        else:
            self._go()

    def _go(self) -> None:
        self.dismiss(None)
