"""Today: one timeline, one present thing, and the keys that shape the day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Literal

from textual import events, getters, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal

from coach.domain.days import show_day
from coach.domain.errors import NotSaved, Refused
from coach.domain.items import SETTLED, Item, State
from coach.domain.planner import Line
from coach.domain.quickadd import Reading, line_of
from coach.ui.asking import ask_line
from coach.ui.page import Page
from coach.ui.today_view import TodayView, day_rows, fetch, now_line, panel_lines
from coach.ui.widgets.now import NowLine
from coach.ui.widgets.panel import Panel
from coach.ui.widgets.rows import Rows

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

    rows = getters.query_one(Rows)
    panel = getters.query_one(Panel)
    now_line = getters.query_one(NowLine)

    def __init__(self) -> None:
        super().__init__()
        self._day: date | None = None
        self._view: TodayView | None = None
        self._saving: dict[str, State] = {}
        self._adding: tuple[str, ...] = ()

    def compose_body(self) -> ComposeResult:
        yield NowLine()
        with Horizontal():
            yield Rows()
            yield Panel()

    async def load(self) -> None:
        self._view = await self.app.ask(fetch, self.app.coach, self._day)
        self._draw()

    def minute_passed(self) -> None:
        self.reload()

    def on_resize(self, event: events.Resize) -> None:
        self._draw()

    def on_rows_selected(self) -> None:
        self.action_edit()

    def on_rows_marked(self) -> None:
        self.action_mark()

    @work
    async def action_add(self) -> None:
        shown = self._shown
        await self._ask(
            f"Add to {show_day(shown, self._today)}",
            shown,
            lambda reading: self.app.ask(self.app.coach.items.add, reading),
            draft="add",
            placeholder="walk 07:30 30m",
        )

    @work
    async def action_edit(self) -> None:
        item = self._item()
        if item is None:
            return
        await self._ask(
            "Change",
            item.day or self._shown,
            lambda reading: self.app.ask(self.app.coach.items.edit, item.id, reading),
            value=line_of(item),
        )

    @work
    async def action_move(self) -> None:
        item = self._item()
        if item is None:
            return

        async def move(text: str) -> None:
            await self.app.ask(self.app.coach.items.move, item.id, self._day_named(text))

        await ask_line(
            self.app,
            f"Move “{item.title}” to",
            move,
            value="tomorrow",
            placeholder="tomorrow, fri, 3 dec, later",
            read=lambda text: _said(lambda: self._named(self._day_named(text))),
            check=self._day_named,
        )

    @work
    async def action_mark(self) -> None:
        line = self._line()
        if line is None:
            return
        state: State = "open" if line.state in SETTLED else "done"
        self._saving[line.item.id] = state
        self._draw()
        await self._try(lambda: self.app.ask(self.app.coach.items.mark, line.item.id, self._shown, state))
        self._saving.pop(line.item.id, None)
        self.reload()

    @work
    async def action_delete(self) -> None:
        item = self._item()
        if item is not None and await self._try(lambda: self.app.ask(self.app.coach.items.remove, item.id)):
            self.app.notice(f"Deleted “{item.title}”. u brings it back.")

    @work
    async def action_shift(self, by: Literal[-1, 1]) -> None:
        item = self._item()
        if item is None:
            return
        if item.start is not None:
            self.app.notice("It has a time, so its time is its place. e changes it.")
            return
        await self._try(lambda: self.app.ask(self.app.coach.items.shift, item.id, by))

    @work
    async def action_look(self) -> None:
        from coach.ui.dialogs.leftovers import LeftoversDialog

        await self.app.push_screen_wait(LeftoversDialog())

    def action_day(self, by: int) -> None:
        self._day = self._shown + timedelta(days=by)
        self._day = None if self._day == self._today else self._day
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
        """A line that is read as it is typed."""
        read = self.app.coach.items.read

        async def keep(text: str) -> None:
            reading = read(text, day)
            self._adding = (reading.title,) if draft else ()
            self._draw()
            try:
                await save(reading)
            finally:
                self._adding = ()
                self._draw()

        await ask_line(
            self.app,
            title,
            keep,
            value=value,
            draft=draft,
            placeholder=placeholder,
            read=lambda text: _said(lambda: read(text, day).sentence),
            check=lambda text: read(text, day),
        )

    async def _try(self, work: Callable[[], Awaitable[object]]) -> bool:
        try:
            await work()
        except (NotSaved, Refused) as trouble:
            self.app.refused(trouble)
            return False
        return True

    def _day_named(self, text: str) -> date | None:
        """The day of "fri" or "3 dec"; None for the Later list."""
        return self.app.coach.items.read(f'"x" {text}', self._shown).day

    def _named(self, day: date | None) -> str:
        return show_day(day, self._today) if day else "the Later list"

    @property
    def _today(self) -> date:
        return self._view.today if self._view else self.app.coach.items.today()

    @property
    def _shown(self) -> date:
        return self._day or self._today

    def _line(self) -> Line | None:
        key = self.rows.current.key if self.rows.current else ""
        lines = [line for section in self._view.day.sections for line in section.lines] if self._view else []
        return next((line for line in lines if isinstance(line, Line) and line.item.id == key), None)

    def _item(self) -> Item | None:
        line = self._line()
        return line.item if line else None

    def _draw(self) -> None:
        if self._view is None or not self.is_mounted:
            return
        fold = self.size.width < FOLD_BELOW
        rows = day_rows(self._view, self.app.glyphs, fold=fold, saving=self._saving, adding=self._adding)
        self.rows.set_rows(rows)
        self.panel.set_lines(panel_lines(self._view))
        self.now_line.show(now_line(self._view) if fold else "")


def _said(sentence: Callable[[], str]) -> str:
    """The sentence, or nothing while the line cannot be read yet."""
    try:
        return sentence()
    except Refused:
        return ""
