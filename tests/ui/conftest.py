"""A small app with our variables and glyphs, for widgets on their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.app import App, ComposeResult
from textual.widget import Widget

from coach.ui import themes
from coach.ui.glyphs import UNICODE, Glyphs


class WidgetApp(App[None]):
    """One widget, focused."""

    def __init__(self, widget: Widget, glyphs: Glyphs = UNICODE) -> None:
        super().__init__()
        self.glyphs = glyphs
        self._widget = widget
        self.seen: list[object] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.defaults(self.current_theme)

    def compose(self) -> ComposeResult:
        yield self._widget

    def on_mount(self) -> None:
        self._widget.focus()


@pytest.fixture
def alone() -> Callable[[Widget], WidgetApp]:
    """Makes the app around a widget."""
    return WidgetApp
