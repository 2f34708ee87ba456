"""The present thing in one line, where there is no room for a column."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from coach.ui.glyphs import glyphs_of
from coach.ui.text import pad


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
        self._text = ""

    def show(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.set_class(bool(text), "-said")
            self.refresh()

    def render_line(self, y: int) -> Strip:
        style = self.get_component_rich_style("nowline--text")
        text = f"   {self._text}" if y == 0 else ""
        return Strip([Segment(pad(text, self.size.width, glyphs_of(self.app).ellipsis), style)])
