"""An empty screen that says nothing about what is behind it."""

from __future__ import annotations

from textual.binding import Binding
from textual.screen import ModalScreen

from coach.ui.running import HIDDEN


class HideScreen(ModalScreen[None]):
    """Enter comes back. There is no other sign of life on it."""

    HELP = ""
    DEFAULT_CSS = """
    HideScreen { background: $background; }
    """
    BINDINGS = [Binding("enter", "dismiss", "Back", show=False)]

    def __init__(self) -> None:
        super().__init__(id=HIDDEN)
