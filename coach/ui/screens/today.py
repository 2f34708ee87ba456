"""Today: one timeline, one present thing, and the keys that shape the day."""

from __future__ import annotations

from datetime import date

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Horizontal

from coach.domain.errors import Refused
from coach.domain.items import Item
from coach.ui.text import fit
from coach.ui.today.cursor import Kind
from coach.ui.today.keys import TodayKeys
from coach.ui.today.rows import Drawing, begin_at
from coach.ui.today.view import TodayView, fetch, now_words, planned_words
from coach.ui.widgets.day_rows import DayRows
from coach.ui.widgets.now import NowLine
from coach.ui.widgets.rows import Rows
from coach.ui.widgets.side import SideColumn

FOLD_BELOW = 60
"""Columns below which what is settled is only counted."""


class TodayPage(TodayKeys):
    """The day on the left, what matters now on the right."""

    PLACE = "today"
    HELP = (
        "Type what you plan: walk 07:30 30m\nSpace ticks it, or opens it again.\n"
        "Enter opens a line: its steps, or ideas for free room. o puts steps in."
    )
    DEFAULT_CSS = """
    TodayPage.-narrow SideColumn { display: none; }
    TodayPage.-roomy SideColumn { width: 44; }
    """

    now_line = getters.query_one(NowLine)

    def __init__(self) -> None:
        super().__init__()
        self._view: TodayView | None = None
        self._kind: Kind = ""
        """What the keys below were last shown for."""

    def compose_body(self) -> ComposeResult:
        yield NowLine()
        with Horizontal():
            yield DayRows()
            yield SideColumn()

    async def load(self) -> None:
        before = self._view
        try:
            self._view = await self.app.ask(fetch, self.app.coach, self._day, before)
        except Refused:  # beyond the years there are: it stays where it is
            self._day = None if before is None or before.day.day == before.today else before.day.day
            raise
        self.draw()
        day = self._view.day
        if before is None or (before.day.day, before.day.shape) != (day.day, day.shape):
            self.rows.move_to(begin_at(self._view.day))
        self._show_keys()

    def minute_passed(self) -> None:
        """Behind another place only what status bars show goes on."""
        self.reload_when_seen()
        if not self.is_current:
            self.app.coach.writer.submit(self.app.coach.status.write)

    def on_resize(self, event: events.Resize) -> None:
        self.draw()

    async def on_rows_selected(self) -> None:
        await self.app.run_action("open", self)

    def on_rows_marked(self) -> None:
        self.action_mark()

    def on_rows_highlighted(self) -> None:
        self._show_keys()

    def on_rows_ended(self, event: Rows.Ended) -> None:
        """Down from the last line of the day the cursor goes on to the habits beside it, and up from them back."""
        habits = self.side.habits
        if event.rows is habits and event.by < 0:
            self.rows.focus()
        elif event.rows is self.rows and event.by > 0 and habits.display and not self._folds:
            habits.focus()
            habits.action_leap(-1, True)

    def on_descendant_focus(self) -> None:
        self._show_keys()

    def jump(self) -> None:
        """The cursor goes to the habits, or back to the day."""
        if self._view is None or not self._view.habits:
            self.app.notice("No habits yet. They live with the goals: 2, then h, and a adds one.")
        elif self._folds:
            from coach.ui.habits.view import KEY

            back = self.kind == "habit"
            keys = (row.key for row in self.rows.rows if row.holds_cursor and row.key.startswith(KEY) != back)
            self.rows.move_to(next(keys, ""))
        elif self.side.habits.has_focus:
            self.rows.focus()
        elif self.side.habits.display:
            self.side.habits.focus()
        else:
            self.app.notice("The habits need a taller screen here. They are with the goals too: 2.")

    async def seek(self, key: str, day: date | None = None) -> None:
        self._day = None if day in (None, self.today) else day
        await super().seek(key)
        if self.rows.move_to_series(key):
            self.rows.focus()

    async def go_to(self, item: Item) -> None:
        """The cursor goes with what was added or changed; what went to another day is followed in words only."""
        await self.load()
        if item.rule is None and item.day == self.shown:
            self.rows.move_to(item.id)
        elif item.rule is None or not self.rows.move_to_series(item.id):
            self.app.notice(f"“{fit(item.title, 40)}” {planned_words(item, self.today)}")

    @property
    def today(self) -> date:
        return self._view.today if self._view else super().today

    def draw(self) -> None:
        if self._view is None or not (self.is_mounted and self.is_attached):
            return
        view, glyphs = self._view, self.app.glyphs
        self.rows.show(view, Drawing(glyphs, self._folds, self.saving, self.added, self.opened))
        self.side.show(view, self.saving)
        self.now_line.show(*(now_words(view) if self._folds else ("", "")))
        if self.side.habits.has_focus and (self._folds or not self.side.habits.display):
            self.rows.focus()

    @property
    def _folds(self) -> bool:
        return self.size.width < FOLD_BELOW

    def _show_keys(self) -> None:
        if self.kind != self._kind:
            self._kind = self.kind
            self.refresh_bindings()
