"""Today: one timeline, one present thing, and the keys that shape the day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from textual import events, getters, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal

from coach.domain.days import show_day
from coach.domain.errors import Refused
from coach.domain.items import SETTLED, State
from coach.ui.asking import ask_line
from coach.ui.day_words import LATER, DayWords
from coach.ui.page import Page
from coach.ui.text import fit
from coach.ui.today_view import TodayView, fetch, now_line, panel_lines
from coach.ui.widgets.day_rows import DayRows
from coach.ui.widgets.now import NowLine
from coach.ui.widgets.panel import Panel

if TYPE_CHECKING:
    from coach.domain.quickadd import Reading

FOLD_BELOW = 60
"""Columns below which what is settled is only counted."""


class TodayPage(Page):
    """The day on the left, what matters now on the right."""

    PLACE = "today"
    HELP = "Type what you plan in your own words: walk 07:30 30m. Space ticks it; nothing is ever counted against you."
    BINDING_GROUP_TITLE = "Today"
    BINDINGS = [
        Binding("a", "add", "Add", tooltip="Plan something: walk 07:30 30m", id="add"),
        Binding("space", "mark", "Done", tooltip="Tick, or open again", id="mark"),
        Binding("e", "edit", "Edit", tooltip="Change the line", id="edit"),
        Binding("m", "move", "Move", tooltip="To another day", id="move"),
        Binding("l", "look", "Later", tooltip="What was left over, and the Later list", id="look"),
        Binding("d", "delete", "Delete", show=False, tooltip="Delete; u brings it back", id="delete"),
        Binding("J", "shift(1)", "Down", show=False, tooltip="Move down in the list", id="shift-down"),
        Binding("K", "shift(-1)", "Up", show=False, tooltip="Move up in the list", id="shift-up"),
        Binding("left,left_square_bracket", "day(-1)", "Day before", show=False, tooltip="The day before", id="back"),
        Binding("right,right_square_bracket", "day(1)", "Day after", show=False, tooltip="The day after", id="on"),
        Binding("t", "today", "Today", show=False, tooltip="Back to today", id="to-today"),
    ]
    DEFAULT_CSS = """
    TodayPage Horizontal { height: 1fr; }
    TodayPage Panel { border-left: solid $rule; width: 36; margin: 1 0; }
    TodayPage.-narrow Panel { display: none; }
    TodayPage.-roomy Panel { width: 44; }
    """

    rows = getters.query_one(DayRows)
    panel = getters.query_one(Panel)
    now_line = getters.query_one(NowLine)

    def __init__(self) -> None:
        super().__init__()
        self._day: date | None = None
        """The day shown; None follows today, also past midnight."""
        self._view: TodayView | None = None

    def compose_body(self) -> ComposeResult:
        yield NowLine()
        with Horizontal():
            yield DayRows()
            yield Panel()

    async def load(self) -> None:
        self._view = await self.app.ask(fetch, self.app.coach, self._day)
        self._draw()

    def minute_passed(self) -> None:
        self.reload()

    def on_resize(self, event: events.Resize) -> None:
        self._draw()

    def on_day_rows_selected(self) -> None:
        self.action_edit()

    def on_day_rows_marked(self) -> None:
        self.action_mark()

    @work
    async def action_add(self) -> None:
        async def save(reading: Reading) -> None:
            self.rows.adding(reading.title)
            try:
                await self.app.ask(self.app.coach.items.add, reading)
            finally:
                self.rows.adding("")

        title = f"Add to {show_day(self._shown, self._today)}"
        await self._ask(title, self._shown, save, draft="add", placeholder="walk 07:30 30m")

    @work
    async def action_edit(self) -> None:
        from coach.domain.quickadd import line_of

        if (item := self.rows.item) is None:
            return
        edit = self.app.coach.items.edit
        await self._ask(
            "Change",
            item.day or self._shown,
            lambda reading: self.app.ask(edit, item.id, reading),
            value=line_of(item, self._today),
        )

    @work
    async def action_move(self) -> None:
        if (item := self.rows.item) is None:
            return
        days = DayWords(self.app.coach.items)

        async def move(text: str) -> None:
            await self.app.ask(self.app.coach.items.move, item.id, days.read_or_later(text))

        await ask_line(
            self.app,
            f"Move “{fit(item.title, 40)}” to",
            move,
            value="tomorrow",
            placeholder=f"tomorrow, fri, 3 dec, {LATER}",
            read=days.name,
            check=days.read_or_later,
        )

    @work
    async def action_mark(self) -> None:
        if (line := self.rows.line) is None:
            return
        state: State = "open" if line.state in SETTLED else "done"
        self.rows.marking(line.item.id, state)
        try:
            await self.app.ask(self.app.coach.items.mark, line.item.id, self._shown, state)
        finally:
            self.rows.marking(line.item.id, None)
            self.reload()

    @work
    async def action_delete(self) -> None:
        if (item := self.rows.item) is not None:
            await self.app.ask(self.app.coach.items.remove, item.id)
            self.app.notice(f"Deleted “{fit(item.title, 40)}”. u brings it back.")

    @work
    async def action_shift(self, by: Literal[-1, 1]) -> None:
        if (item := self.rows.item) is None:
            return
        if item.start is None:
            await self.app.ask(self.app.coach.items.shift, item.id, by)
        else:
            self.app.notice("It has a time, so its time is its place. e changes it.")

    @work
    async def action_look(self) -> None:
        from coach.ui.dialogs.leftovers import LeftoversDialog

        await self.app.push_screen_wait(LeftoversDialog())

    def action_day(self, by: int) -> None:
        day = self._shown + timedelta(days=by)
        self._day = None if day == self._today else day
        self.reload()

    def action_today(self) -> None:
        self._day = None
        self.reload()

    async def _ask(
        self,
        title: str,
        day: date,
        save: Callable[[Reading], Awaitable[object]],
        *,
        value: str = "",
        draft: str = "",
        placeholder: str = "",
    ) -> None:
        """A line that is read while it is typed."""
        read = self.app.coach.items.read
        await ask_line(
            self.app,
            title,
            lambda text: save(read(text, day)),
            value=value,
            draft=draft,
            placeholder=placeholder,
            read=lambda text: _sentence(lambda: read(text, day)),
            check=lambda text: read(text, day),
        )

    @property
    def _today(self) -> date:
        return self._view.today if self._view else self.app.coach.items.today()

    @property
    def _shown(self) -> date:
        return self._day or self._today

    def _draw(self) -> None:
        if self._view is None or not self.is_mounted:
            return
        fold = self.size.width < FOLD_BELOW
        self.rows.show(self._view, fold=fold)
        self.panel.set_lines(panel_lines(self._view))
        self.now_line.show(now_line(self._view) if fold else "")


def _sentence(read: Callable[[], Reading]) -> str:
    """How the line is understood, or nothing while it cannot be."""
    try:
        return read().sentence
    except Refused:
        return ""
