"""The timeline of a day: what the cursor is on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.binding import Binding

from coach.ui.today.rows import Drawing, day_rows
from coach.ui.today.targets import targets_of
from coach.ui.today.view import TodayView
from coach.ui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from coach.ui.today.targets import Target


class DayRows(Rows):
    """Rows made from a day's view."""

    BINDINGS = [
        Binding("enter", "select", "Open", show=False),
        Binding("space", "unfold", "Show"),  # what is folded under a heading; on a line it is the page's key
    ]

    def __init__(self) -> None:
        super().__init__()
        self._view: TodayView | None = None
        self._drawing: Drawing | None = None
        self._targets: dict[str, Target] = {}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "unfold" or (self.current is not None and self.current.unfolds)

    def action_unfold(self) -> None:
        self.action_select()

    def show(self, view: TodayView, drawing: Drawing) -> None:
        self._view, self._drawing = view, drawing
        self._draw()

    def on_resize(self) -> None:
        super().on_resize()
        self._draw()

    def _draw(self) -> None:
        if self._view is not None and self._drawing is not None:
            self._drawing = replace(self._drawing, width=self.size.width)
            self._targets = targets_of(self._view.day, self._view.habits, self._drawing.opened, self._drawing.saving)
            rows = day_rows(self._view, self._drawing)
            self.set_rows(rows, self._nearest_thing(rows))

    def _nearest_thing(self, rows: Sequence[Row]) -> str | None:
        """Where the cursor goes when its line is gone: rather to another line than to a heading or to free room."""
        here = self.current
        if here is None or any(row.key == here.key for row in rows):
            return None
        things = [(abs(place - self._cursor), row.key) for place, row in enumerate(rows) if row.mark]
        return min(things, key=lambda one: one[0])[1] if things else None

    def move_to_series(self, series: str) -> bool:
        """Puts the cursor on a time of what repeats, unless it is on one; whether the day has any."""
        lines = self._view.day.lines if self._view else ()
        times = [line.item.id for line in lines if line.item.of == series]
        here = self.current is not None and self.current.key in times
        return here or any(self.move_to(one) for one in times)

    @property
    def target(self) -> Target | None:
        """What the cursor is on."""
        return self.target_of(self.current.key) if self.current else None

    def target_of(self, key: str) -> Target | None:
        """What a row stands for."""
        return self._targets.get(key)
