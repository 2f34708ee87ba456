"""The column beside the day: quiet lines, and between them the habits, which the cursor can go to."""

from __future__ import annotations

from collections.abc import Mapping

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from coach.domain.items import State
from coach.ui.glyphs import glyphs_of
from coach.ui.today.panel import column_of
from coach.ui.today.rows import habit_rows
from coach.ui.today.view import TodayView
from coach.ui.widgets.panel import Panel
from coach.ui.widgets.rows import Rows


class SideHabits(Rows):
    """The habits of the day, with the rule on their left that all of the column has."""

    DEFAULT_CSS = """
    SideHabits { border-left: solid $rule; padding: 0 1 0 0; }
    SideHabits.-ascii { border-left: ascii $rule; }
    """
    BINDINGS = [Binding("enter", "select", "Open", show=False)]


class SideColumn(Vertical):
    """What matters now, the habits, and what else is worth a glance: what does not fit is counted."""

    DEFAULT_CSS = """
    SideColumn { width: 36; height: 1fr; }
    SideColumn Panel { width: 100%; }
    """

    habits = getters.query_one(SideHabits)

    def __init__(self) -> None:
        super().__init__()
        self._view: TodayView | None = None
        self._saving: Mapping[str, State] = {}

    def compose(self) -> ComposeResult:
        yield Panel(id="above")
        yield SideHabits()
        yield Panel(id="below")

    def on_resize(self) -> None:
        self._draw()

    def show(self, view: TodayView, saving: Mapping[str, State]) -> None:
        """Draws it in the lines there are."""
        self._view, self._saving = view, saving
        self._draw()

    def _draw(self) -> None:
        if self._view is None or not self.size.height:
            return
        glyphs = glyphs_of(self.app)
        rows = habit_rows(self._view, glyphs, self._saving, "HABITS")
        column = column_of(self._view, len(rows), self.size.height)
        above, habits, below = self.query_one("#above", Panel), self.habits, self.query_one("#below", Panel)
        habits.set_class(glyphs.is_ascii, "-ascii")
        habits.display = bool(column.habits)
        habits.styles.height, above.styles.height = column.habits, len(column.above)
        above.set_lines(column.above)
        habits.set_rows(rows)
        below.set_lines(column.below)
