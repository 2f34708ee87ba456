"""The one way to give a number from 0 to 10: a digit is its value, at once."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from coach.ui.glyphs import glyphs_of
from coach.ui.text import cell_len, fit

TEN_WITHIN = 1.5
"""Seconds in which a 0 after a 1 makes ten."""
_MIDDLE = 5
_WIDTH = 34
"""Cells of the eleven numbers: three each, four for ten."""


class Scale(Widget, can_focus=True):
    """Eleven numbers in a line, and a word at each end."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"scale--number", "scale--chosen", "scale--word"}
    DEFAULT_CSS = """
    Scale { height: 2; width: 34; }
    Scale > .scale--number { color: $foreground; }
    Scale > .scale--chosen { color: $primary; text-style: bold; }
    Scale > .scale--word { color: $dim; text-style: $dim-style; }
    """
    BINDINGS = [
        Binding("left,down", "adjust(-1)", "Less", show=False),
        Binding("right,up", "adjust(1)", "More", show=False),
        Binding("enter", "rate", "Save", show=False),
    ]

    @dataclass
    class Rated(Message):
        """A number was given. After a 1, a 10 may follow."""

        scale: Scale
        value: int

        @property
        def control(self) -> Scale:
            return self.scale

    def __init__(self, value: int | None = None, *, low: str = "", high: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._value = value
        self._low, self._high = low, high
        self._one_at = -TEN_WITHIN

    @property
    def value(self) -> int | None:
        """The number shown; None as long as there is none."""
        return self._value

    @property
    def awaits_zero(self) -> bool:
        """Whether a 0 now would still make ten."""
        return monotonic() - self._one_at < TEN_WITHIN

    def on_key(self, event: events.Key) -> None:
        if event.character is None or event.character not in "0123456789":
            return
        event.stop()  # the digits of the places stay out of it
        event.prevent_default()
        digit = int(event.character)
        ten = digit == 0 and self.awaits_zero
        self._one_at = monotonic() if digit == 1 else -TEN_WITHIN
        self._rate(10 if ten else digit)

    def on_click(self, event: events.Click) -> None:
        if event.y == 0 and 0 <= event.x < _WIDTH:
            self._rate(min(10, event.x // 3))

    def action_adjust(self, by: int) -> None:
        self._value = _MIDDLE if self._value is None else max(0, min(10, self._value + by))
        self.refresh()

    def action_rate(self) -> None:
        if self._value is not None:
            self._rate(self._value)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return _WIDTH

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        parts = self._numbers() if y == 0 else self._words(width) if y == 1 else []
        return Strip(parts).adjust_cell_length(width, self.get_component_rich_style("scale--number"))

    def _rate(self, value: int) -> None:
        self._value = value
        self.refresh()
        self.post_message(self.Rated(self, value))

    def _numbers(self) -> list[Segment]:
        number, chosen = (self.get_component_rich_style(f"scale--{name}") for name in ("number", "chosen"))
        return [Segment(f"[{n}]", chosen) if n == self._value else Segment(f" {n} ", number) for n in range(11)]

    def _words(self, width: int) -> list[Segment]:
        ellipsis = glyphs_of(self.app).ellipsis
        room = min(width, _WIDTH) - 1
        low = fit(self._low, max(0, room // 2 - 1), ellipsis)
        high = fit(self._high, max(0, room // 2 - 1), ellipsis)
        fill = " " * max(0, room - 1 - cell_len(low) - cell_len(high))
        return [Segment(f" {low}{fill}{high}", self.get_component_rich_style("scale--word"))]
