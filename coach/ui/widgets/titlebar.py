"""The line at the top of a screen that is not a place: what it is, a word on the right, and a thin rule."""

from __future__ import annotations

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from coach.ui.glyphs import glyphs_of
from coach.ui.text import cell_len, fit, pad


class TitleBar(Widget):
    """`title` and `note` may be anything a person typed."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"titlebar--title", "titlebar--note", "titlebar--rule"}
    DEFAULT_CSS = """
    TitleBar { dock: top; height: 2; width: 100%; }
    TitleBar > .titlebar--title { color: $primary; text-style: bold; }
    TitleBar > .titlebar--note { color: $dim; text-style: $dim-style; }
    TitleBar > .titlebar--rule { color: $rule; }
    """

    note = reactive("")

    def __init__(self, title: str, note: str = "") -> None:
        super().__init__()
        self._title = title
        self.set_reactive(TitleBar.note, note)

    def render_line(self, y: int) -> Strip:
        width, glyphs, style = self.size.width, glyphs_of(self.app), self.get_component_rich_style
        if y:
            return Strip([Segment(glyphs.rule * width, style("titlebar--rule"))], width)
        note = fit(self.note, max(0, width - 2), glyphs.ellipsis)
        room = max(0, width - cell_len(note) - 2)
        title = pad(f" {self._title}", room, glyphs.ellipsis)
        parts = [Segment(title, style("titlebar--title")), Segment(f" {note} ", style("titlebar--note"))]
        return Strip(parts).adjust_cell_length(width, style("titlebar--note"))
