"""The keys that work here: those of the place first, then those that work everywhere."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from textual.app import App, ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.screen import Screen
from textual.widgets import Static

from coach.ui.dialogs.dialog import Dialog
from coach.ui.palette import commands
from coach.ui.text import content, pad
from coach.ui.widgets.keybar import KeyBar, show_key
from coach.ui.widgets.lines import MARGIN
from coach.ui.widgets.rows import Row, Rows

_KEYS = 8
"""Cells of a key."""
_NARROWEST = 20
"""Cells of words, however narrow the screen is."""


class KeysDialog(Dialog[ActiveBinding | None]):
    """A list made from the bindings; Enter does what the line says."""

    BINDING_GROUP_TITLE = "Keys"
    DEFAULT_CSS = """
    KeysDialog { align: left top; .dialog--title { margin: 0; padding: 1 3; } }
    """
    BINDINGS = [Binding("escape,question_mark", "dismiss", "Back"), Binding("x", "app.hide", "Hide", show=False)]

    def __init__(self, app: App[Any], screen: Screen[Any]) -> None:
        super().__init__()
        self._found = list(commands(app, screen))
        self._groups = (
            (screen.BINDING_GROUP_TITLE or "Here", [a for a in self._found if a.node is not app]),
            ("Everywhere", [a for a in self._found if a.node is app]),
        )
        self._about = screen.HELP or ""

    def compose(self) -> ComposeResult:
        yield Static(content("Keys"), classes="dialog--title")
        yield Rows()
        yield KeyBar()

    def on_mount(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        room = max(_NARROWEST, self.size.width - MARGIN - 1)
        about = [line.strip() for line in self._about.splitlines() if line.strip()]
        rows = [Row(part, kind="note") for line in about for part in wrap(line, room)]
        for title, found in self._groups:
            if found:
                rows += [Row("", kind="gap")] if rows else []
                rows.append(Row(title, kind="heading"))
            rows += [row for active in found for row in self._rows(active, room)]
        self.query_one(Rows).set_rows(rows)

    def on_rows_selected(self, event: Rows.Selected) -> None:
        self.dismiss(next((a for a in self._found if a.binding.id == event.row.key), None))

    def _rows(self, active: ActiveBinding, room: int) -> list[Row]:
        """What it does is said whole, in more than one line where one is too short."""
        key = pad(show_key(self.app, active), _KEYS)
        words = wrap(active.binding.tooltip or active.binding.description, room - _KEYS - 2) or [""]
        more = [Row(line, kind="note", indent=_KEYS + 1 + (self.size.width > 40)) for line in words[1:]]
        return [Row(words[0], key=active.binding.id or "", time=key), *more]
