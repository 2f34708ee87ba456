"""The week: seven days one under another, and how they divide among the areas of a life."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from textual import events, getters, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal

from coach.domain.days import show_day
from coach.domain.errors import Refused
from coach.ui import week_view
from coach.ui.asking import ask_reading
from coach.ui.balance_view import balance_lines
from coach.ui.glyphs import glyphs_of
from coach.ui.page import Page
from coach.ui.text import fit
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.panel import Panel
from coach.ui.widgets.rows import Row, Rows
from coach.ui.widgets.titlebar import TitleBar

if TYPE_CHECKING:
    from coach.domain.items import Item
    from coach.domain.quickadd import Reading
    from coach.services.weeks import Week

NARROW, ROOMY = 60, 100
"""Columns below which a day has one line, and from which each thing has."""
TALL = 34
"""Lines below which a day has two, however wide the screen is."""
MINUTE = 60.0
"""Seconds after which it looks whether another day has begun."""
_BARS = 4
"""Lines of the title and of the keys."""


class WeekRows(Rows):
    """Days, and at roomy sizes their things; Enter is named below."""

    BINDINGS = [Binding("enter", "select", "Day")]


class WeekScreen(Page, inherit_bindings=False):
    """Over Today; gives back the day to go to, or None."""

    PLACE = "today"
    HELP = "Enter opens the day under the cursor on Today.\nLeft and Right go to the week before and after."
    BINDING_GROUP_TITLE = "Week"
    BINDINGS = [
        Binding("a", "add", "Add", tooltip="Plan something on the day", id="week-add"),
        Binding("escape", "leave", "Back"),
        Binding("left,left_square_bracket", "week(-1)", "Before", tooltip="The week before", id="week-back"),
        Binding("right,right_square_bracket", "week(1)", "After", tooltip="The week after", id="week-on"),
        Binding("t", "week(0)", "This week", tooltip="Back to this week", id="week-this"),
        Binding("w,1", "leave", "Back", show=False),
    ]
    DEFAULT_CSS = """
    WeekScreen Horizontal { height: 1fr; }
    WeekScreen Panel { display: none; width: 44; }
    WeekScreen Panel.-said { display: block; }
    """

    rows = getters.query_one(WeekRows)
    panel = getters.query_one(Panel)
    bar = getters.query_one(TitleBar)

    def __init__(self, day: date) -> None:
        super().__init__()
        self._day = day
        """The day the cursor is to stand on."""
        self._week: Week | None = None

    def compose(self) -> ComposeResult:
        yield TitleBar("Week")
        with Horizontal():
            yield WeekRows()
            yield Panel()
        yield KeyBar()

    def on_mount(self) -> None:
        self.set_interval(MINUTE, self.minute_passed)

    def minute_passed(self) -> None:
        if self._week is not None and self._week.today != self.app.coach.items.today():
            self.reload()

    async def load(self) -> None:
        try:
            self._week = await self.app.ask(self.app.coach.weeks.view, self._day)
        except Refused:  # beyond the years there are
            self._day = self._here
            raise
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        self._draw()

    def on_rows_highlighted(self) -> None:
        if self._week and self._week.first <= self._day <= self._week.last:  # else another week is on its way
            self._day = self._here

    def on_rows_selected(self) -> None:
        self.dismiss(self._here)

    on_rows_marked = on_rows_selected

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_week(self, by: int) -> None:
        """So many weeks on or back, on the same weekday; 0 is today, wherever one is."""
        today = self.app.coach.items.today()
        try:
            self._day = self._day + timedelta(weeks=by) if by else today
        except OverflowError:
            return
        self.reload()

    @work
    async def action_add(self) -> None:
        day, today = self._here, self.app.coach.items.today()

        async def save(reading: Reading) -> None:
            self._follow(await self.app.ask(self.app.coach.items.add, reading))

        title = f"Add to {show_day(day, today)}"
        await ask_reading(self.app, title, day, save, draft="add", placeholder="walk 07:30 30m")

    @property
    def _here(self) -> date:
        """The day under the cursor."""
        row = self.rows.current
        return week_view.day_of_key(row.key) if row else self._day

    def _follow(self, item: Item) -> None:
        """The cursor goes with what was added; what is not in this week is followed in words only."""
        if self._week and item.day and item.rule is None and self._week.first <= item.day <= self._week.last:
            self._day = item.day
        else:
            from coach.ui.today.view import planned_words

            self.app.notice(f"“{fit(item.title, 40)}” {planned_words(item, self.app.coach.items.today())}")
        self.reload()

    def _draw(self) -> None:
        week = self._week
        if week is None or not (self.is_mounted and self.is_attached):
            return
        roomy = self.size.width >= ROOMY and self.size.height >= TALL
        self.bar.note = f"{week_view.near_words(week)}, {week_view.week_title(week, short=self.size.width < NARROW)}"
        self.panel.set_lines(balance_lines(week.balance) if roomy else ())
        self.panel.set_class(roomy and bool(week.balance.shares), "-said")
        rows, day = self._rows_of(week, roomy=roomy), week_view.day_key(self._day)
        here = self.rows.current.key if self.rows.current else ""
        if not here.startswith(day):
            here = next((row.key for row in rows if row.key.startswith(day)), "")
        self.rows.set_rows(rows, here)

    def _rows_of(self, week: Week, *, roomy: bool) -> list[Row]:
        width, height, glyphs = self.size.width, self.size.height - _BARS, glyphs_of(self.app)
        if roomy:
            return week_view.rows_in_full(week, glyphs, height)
        if width < NARROW:
            return week_view.rows_in_lines(week, glyphs, width)
        return week_view.rows_in_pairs(week, glyphs, width, height)
