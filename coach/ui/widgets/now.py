"""The present thing in one line, where there is no room for a column."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from coach.ui.glyphs import glyphs_of
from coach.ui.text import cell_len, pad

_SHORTEST = 16
"""Cells of text below which the words on the right give way."""


class NowLine(Widget):
    """One line and the space under it; gone when there is nothing to say."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"nowline--text"}
    DEFAULT_CSS = """
    NowLine { height: 2; width: 100%; display: none; }
    NowLine.-said { display: block; }
    NowLine > .nowline--text { color: $primary; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._said = ("", "")

    def show(self, text: str, right: str) -> None:
        """`text` may be anything a person typed; it gives way before `right` does."""
        if (text, right) != self._said:
            self._said = (text, right)
            self.set_class(bool(text), "-said")
            self.refresh()

    def render_line(self, y: int) -> Strip:
        text, right = self._said if y == 0 else ("", "")
        width, ellipsis = self.size.width, glyphs_of(self.app).ellipsis
        tail = f"  {right} " if right and width - cell_len(right) > _SHORTEST else ""
        line = pad(f"   {text}", width - cell_len(tail), ellipsis) + tail
        return Strip([Segment(line, self.get_component_rich_style("nowline--text"))], width)
