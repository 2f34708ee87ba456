"""The timeline of a day: which item the cursor is on, and what is still on its way to the disk."""

from __future__ import annotations

from textual.binding import Binding

from coach.domain.items import Item, State
from coach.domain.planner import Line
from coach.ui.glyphs import glyphs_of
from coach.ui.today_view import TodayView, day_rows
from coach.ui.widgets.rows import Rows


class DayRows(Rows):
    """Rows made from a day's view."""

    BINDINGS = [Binding("enter", "select", "Open", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self._view: TodayView | None = None
        self._fold = False
        self._saving: dict[str, State] = {}
        self._adding: tuple[str, ...] = ()

    def show(self, view: TodayView, *, fold: bool) -> None:
        """Draws the day; folded, what is settled is only counted."""
        self._view, self._fold = view, fold
        self._draw()

    def marking(self, item: str, state: State) -> None:
        """A mark on its way to the disk is seen at once, as "saving"."""
        self._saving[item] = state
        self._draw()

    def marked(self, item: str, state: State) -> None:
        """It has arrived, or could not; one given after it may still be on its way."""
        if self._saving.get(item) == state:
            del self._saving[item]
        self._draw()

    def state_of(self, line: Line) -> State:
        """As it stands on the screen, what is still being saved included."""
        return self._saving.get(line.item.id, line.state)

    def adding(self, title: str) -> None:
        """A line on its way to the disk; an empty title when it has arrived or not."""
        self._adding = (title,) if title else ()
        self._draw()

    def move_to_series(self, series: str) -> bool:
        """Puts the cursor on a time of what repeats, unless it is on one; whether the day has any."""
        times = [line.item.id for line in self._lines if line.item.of == series]
        here = self.current is not None and self.current.key in times
        return here or any(self.move_to(one) for one in times)

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        key = self.current.key if self.current else ""
        return next((line for line in self._lines if line.item.id == key), None)

    @property
    def item(self) -> Item | None:
        return self.line.item if self.line else None

    @property
    def _lines(self) -> list[Line]:
        lines = [line for section in self._view.day.sections for line in section.lines] if self._view else []
        return [line for line in lines if isinstance(line, Line)]

    def _draw(self) -> None:
        if self._view is not None and self.is_attached:
            glyphs = glyphs_of(self.app)
            self.set_rows(day_rows(self._view, glyphs, fold=self._fold, saving=self._saving, adding=self._adding))
