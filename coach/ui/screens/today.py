"""Today: one timeline, one present thing, and the keys that shape the day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from textual import events, getters, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal

from coach.domain.days import show_day
from coach.domain.items import SETTLED, Item, State
from coach.ui.asking import ask_line, ask_reading
from coach.ui.day_words import LATER, DayWords
from coach.ui.page import Page
from coach.ui.text import fit
from coach.ui.today_view import TodayView, begin_at, fetch, now_line, panel_lines, planned_words
from coach.ui.widgets.day_rows import DayRows
from coach.ui.widgets.now import NowLine
from coach.ui.widgets.panel import Panel

if TYPE_CHECKING:
    from coach.domain.quickadd import Reading

_NEEDS_AN_ITEM = frozenset({"mark", "edit", "move", "delete", "shift", "excuse"})
FOLD_BELOW = 60
"""Columns below which what is settled is only counted."""


class TodayPage(Page):
    """The day on the left, what matters now on the right."""

    PLACE = "today"
    HELP = "Type what you plan: walk 07:30 30m\nSpace ticks it, or opens it again."
    BINDING_GROUP_TITLE = "Today"
    BINDINGS = [
        Binding("a", "add", "Add", tooltip="Plan something: walk 07:30 30m", id="add"),
        Binding("space", "mark", "Done", tooltip="Tick, or open again", id="mark"),
        Binding("e", "edit", "Edit", tooltip="Change the line", id="edit"),
        Binding("m", "move", "Move", tooltip="To another day", id="move"),
        Binding("l", "look", "Waiting", tooltip="What was left over, and the Later list", id="look"),
        Binding("s", "excuse", "Excuse", show=False, tooltip="Not this time; it counts against nothing", id="excuse"),
        Binding("d", "delete", "Delete", show=False, tooltip="Delete; u brings it back", id="delete"),
        Binding("J", "shift(1)", "Down", show=False, tooltip="Move down in the list", id="shift-down"),
        Binding("K", "shift(-1)", "Up", show=False, tooltip="Move up in the list", id="shift-up"),
        Binding("left,left_square_bracket", "day(-1)", "Day before", show=False, tooltip="The day before", id="back"),
        Binding("right,right_square_bracket", "day(1)", "Day after", show=False, tooltip="The day after", id="on"),
        Binding("t", "day(0)", "Today", show=False, tooltip="Back to today", id="to-today"),
    ]
    DEFAULT_CSS = """
    TodayPage Horizontal { height: 1fr; }
    TodayPage Panel { margin: 1 0; }
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
        before, self._view = self._view, await self.app.ask(fetch, self.app.coach, self._day)
        self._draw()
        if before is None or before.day.day != self._view.day.day:
            self.rows.move_to(begin_at(self._view))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """On an empty day only what helps there is offered."""
        return action not in _NEEDS_AN_ITEM or self._view is None or bool(self._view.day.sections)

    minute_passed = Page.reload

    def on_resize(self, event: events.Resize) -> None:
        self._draw()

    def on_rows_selected(self) -> None:
        self.action_edit()

    def on_rows_marked(self) -> None:
        self.action_mark()

    @work
    async def action_add(self) -> None:
        async def save(reading: Reading) -> None:
            rows = self.rows
            rows.adding(reading.title)
            try:
                item = await self.app.ask(self.app.coach.items.add, reading)
                await self._go_to(item)
            finally:
                rows.adding("")

        title = f"Add to {show_day(self._shown, self._today)}"
        await ask_reading(self.app, title, self._shown, save, draft="add", placeholder="walk 07:30 30m")

    @work
    async def action_edit(self) -> None:
        from coach.ui.one_or_all import edit

        if (item := self.rows.item) is not None:
            await edit(self.app, item, self._shown, self._go_to)

    @work
    async def action_move(self) -> None:
        if (item := self.rows.item) is None:
            return
        days = DayWords(self.app.coach.items)

        async def move(text: str) -> None:
            await self._go_to(await self.app.ask(self.app.coach.items.move, item.id, days.read_or_later(text)))

        await ask_line(
            self.app,
            f"Move {'only this ' if item.of else ''}“{fit(item.title, 40)}” to",
            move,
            value="tomorrow" if self._shown == self._today else "today",
            offer=True,
            placeholder=f"tomorrow, fri, 3 dec, {LATER}",
            read=days.name,
            check=days.read_or_later,
        )

    @work
    async def action_mark(self) -> None:
        if (line := self.rows.line) is None:
            return
        rows = self.rows
        state: State = "open" if rows.state_of(line) in SETTLED else "done"
        rows.marking(line.item.id, state)
        try:
            await self.app.ask(self.app.coach.items.mark, line.item.id, self._shown, state)
            await self.load()
        finally:
            rows.marked(line.item.id, state)

    @work
    async def action_excuse(self) -> None:
        """Not this time; said of what is excused already, it gives another reason."""
        from coach.ui.one_or_all import ask_reason

        if (item := self.rows.item) is None:
            return
        day = self._shown
        if (reason := await ask_reason(self.app, item)) is not None:
            await self.app.ask(self.app.coach.items.mark, item.id, day, "excused", reason=reason)

    @work
    async def action_delete(self) -> None:
        from coach.ui.one_or_all import delete

        if (item := self.rows.item) is not None:
            await delete(self.app, item)

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
        """So many days on or back; 0 is today, wherever one is."""
        day = self._shown + timedelta(days=by) if by else self._today
        self._day = None if day == self._today else day
        self.reload()

    async def _go_to(self, item: Item) -> None:
        """The cursor goes with what was added or changed; what went to another day is followed in words only."""
        await self.load()
        if item.rule is None and item.day == self._shown:
            self.rows.move_to(item.id)
        elif item.rule is None or not self.rows.move_to_series(item.id):
            self.app.notice(f"“{fit(item.title, 40)}” {planned_words(item, self._today)}")

    @property
    def _today(self) -> date:
        return self._view.today if self._view else self.app.coach.items.today()

    @property
    def _shown(self) -> date:
        return self._day or self._today

    def _draw(self) -> None:
        if self._view is None or not (self.is_mounted and self.is_attached):
            return
        fold = self.size.width < FOLD_BELOW
        self.rows.show(self._view, fold=fold)
        self.panel.set_lines(panel_lines(self._view))
        self.now_line.show(*(now_line(self._view) if fold else ("", "")))
