"""Quiet lines beside the day: what is now, what is next, the goal, and what else is worth a glance."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from coach.ui.glyphs import glyphs_of
from coach.ui.text import cell_len, fit, pad

_LEFT = 3
_IN = 7
"""Cells by which a bar stands under the words beside a time."""


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One line; `text` and `right` may be anything a person typed."""

    text: str = ""
    right: str = ""
    look: str = "text"
    """heading, text, strong, dim or bar."""
    part: float = 0.0
    """Of a bar, how much is full."""
    time: str = ""


class Panel(Widget):
    """Drawn line by line; it has no cursor."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"panel--text", "panel--strong", "panel--dim", "panel--heading", "panel--bar", "panel--rule"}
    DEFAULT_CSS = """
    Panel { width: 36; height: 1fr; }
    Panel > .panel--text { color: $foreground; }
    Panel > .panel--strong { color: $primary; text-style: bold; }
    Panel > .panel--dim { color: $dim; text-style: $dim-style; }
    Panel > .panel--heading { color: $dim; text-style: $dim-style; }
    Panel > .panel--bar { color: $primary; }
    Panel > .panel--rule { color: $rule; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[PanelLine, ...] = ()

    def set_lines(self, lines: tuple[PanelLine, ...]) -> None:
        if lines != self._lines:
            self._lines = lines
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width, glyphs = self.size.width, glyphs_of(self.app)
        blank = self.get_component_rich_style("panel--text")
        rule = Segment("|" if glyphs.is_ascii else "│", self.get_component_rich_style("panel--rule"))
        if y >= len(self._lines):
            return Strip([rule]).adjust_cell_length(width, blank)
        line = self._lines[y]
        style = self.get_component_rich_style(f"panel--{line.look}")
        quiet = self.get_component_rich_style("panel--dim")
        room = max(0, width - _LEFT - 3)
        if line.look == "bar":
            body = [Segment(glyphs.bar(line.part, max(0, room - _IN)), style)]
            return Strip([rule, Segment(" " * (_LEFT + _IN), blank), *body]).adjust_cell_length(width, blank)
        parts = [rule, Segment(" " * _LEFT, blank), *self._words(line, room, style, quiet, glyphs.ellipsis)]
        return Strip(parts).adjust_cell_length(width, blank)

    @staticmethod
    def _words(line: PanelLine, room: int, style: Style, quiet: Style, ellipsis: str) -> list[Segment]:
        right = fit(line.right, max(0, room - 10), ellipsis)
        time = f"{line.time}  " if line.time else ""
        text = max(0, room - cell_len(right) - cell_len(time) - (2 if right else 0))
        gap = "  " if right else ""
        return [Segment(time, quiet), Segment(pad(line.text, text, ellipsis), style), Segment(gap + right, quiet)]
