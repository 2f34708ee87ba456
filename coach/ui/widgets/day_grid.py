"""The last weeks of something, one small cell a day, with a cursor that goes by day and by week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from coach.domain.days import MONTHS, WEEKDAYS
from coach.ui.text import fit, pad

WEEKS = 5
_LABEL, _CELL = 8, 4
"""Cells of the date before a week, and of a day."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cell:
    """Two cells that say what became of a day."""

    sign: str = ""
    quiet: bool = False
    """Nothing was asked or said of it."""


class DayGrid(Widget, can_focus=True):
    """Five weeks up to a last day; days after it cannot be reached."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"daygrid--text", "daygrid--dim", "daygrid--chosen"}
    DEFAULT_CSS = """
    DayGrid { height: 6; width: 37; }
    DayGrid > .daygrid--text { color: $foreground; }
    DayGrid > .daygrid--dim { color: $dim; text-style: $dim-style; }
    DayGrid > .daygrid--chosen { color: $primary; text-style: bold; background: $selected; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Day before", show=False),
        Binding("right", "move(1)", "Day after", show=False),
        Binding("up", "move(-7)", "Week before", show=False),
        Binding("down", "move(7)", "Week after", show=False),
        Binding("home", "move(-35)", "First", show=False),
        Binding("end", "move(35)", "Last", show=False),
    ]

    class Moved(Message):
        """The cursor stands on another day."""

    class Pressed(Message):
        """A click on the day of the cursor."""

    def __init__(self, day: date, last: date, week_start: int = 0) -> None:
        """The cursor begins on `day`; `week_start` 0 is Monday."""
        super().__init__()
        self._last, self._week_start = last, week_start
        self._cells: Mapping[date, Cell] = {}
        this_week = last - _DAY * ((last.weekday() - week_start) % 7)
        self.first = this_week - 7 * (WEEKS - 1) * _DAY
        self.day = min(max(day, self.first), last)

    def show(self, cells: Mapping[date, Cell]) -> None:
        if cells != self._cells:
            self._cells = cells
            self.refresh()

    def action_move(self, by: int) -> None:
        if abs(by) == 7 and not self.first <= self.day + by * _DAY <= self._last:
            return  # the same weekday, or none
        self._go(min(max(self.day + by * _DAY, self.first), self._last))

    def on_click(self, event: events.Click) -> None:
        week, column = event.y - 1, (event.x - _LABEL) // _CELL
        day = self.first + (7 * week + column) * _DAY
        if not (0 <= week < WEEKS and 0 <= column < 7 and day <= self._last):
            return
        if day == self.day:
            self.post_message(self.Pressed())
        self._go(day)

    def on_focus(self) -> None:
        self._point()

    def render_line(self, y: int) -> Strip:
        dim = self.get_component_rich_style("daygrid--dim")
        if y == 0:
            names = (WEEKDAYS[(self._week_start + number) % 7][:2] for number in range(7))
            parts = [Segment(" " * _LABEL, dim), *(Segment(f" {name} ", dim) for name in names)]
        elif y <= WEEKS:
            parts = self._week(self.first + 7 * (y - 1) * _DAY)
        else:
            parts = []
        return Strip(parts).adjust_cell_length(self.size.width, dim)

    def _week(self, first: date) -> list[Segment]:
        label = f"{first.day:2} {MONTHS[first.month - 1][:3]}"
        dim = self.get_component_rich_style("daygrid--dim")
        return [Segment(label.ljust(_LABEL), dim), *(self._cell(first + number * _DAY) for number in range(7))]

    def _cell(self, day: date) -> Segment:
        cell = self._cells.get(day, Cell(quiet=True)) if day <= self._last else Cell(quiet=True)
        sign = pad(fit(cell.sign, 2, "+").rjust(2), 2)
        if day == self.day:
            return Segment(f"[{sign}]", self.get_component_rich_style("daygrid--chosen"))
        return Segment(f" {sign} ", self.get_component_rich_style("daygrid--dim" if cell.quiet else "daygrid--text"))

    def _go(self, day: date) -> None:
        if day != self.day:
            self.day = day
            self.refresh()
            self._point()
            self.post_message(self.Moved())

    def _point(self) -> None:
        """Where a screen reader or a braille line looks."""
        week, column = divmod((self.day - self.first).days, 7)
        self.app.cursor_position = Offset(self.region.x + _LABEL + _CELL * column + 1, self.region.y + week + 1)
