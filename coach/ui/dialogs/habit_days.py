"""The last five weeks of a habit: how many of the last thirty days it was, and any day of them can be marked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.widgets import Static

from coach.domain.days import first_of_week, show_day
from coach.domain.errors import NotFound, NotSaved, Refused
from coach.domain.habits import Habit, HabitView
from coach.ui.app import CoachApp
from coach.ui.dialogs.dialog import Dialog
from coach.ui.habits import flow
from coach.ui.habits.days_view import asked_words, day_words, grid_cell, run_words, strength_words
from coach.ui.habits.view import has_tiny, is_ticked
from coach.ui.text import content, fit
from coach.ui.widgets.day_grid import DayGrid
from coach.ui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from coach.bootstrap import Coach

WIDEST = 58
"""Cells of a line of the dialog."""
Act = Callable[[CoachApp, HabitView, date], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Shown:
    days: dict[date, HabitView]
    habit: Habit
    strength: float | None
    run: int | None


def _fetch(coach: Coach, habit: str, first: date, today: date) -> _Shown:
    """In the store thread."""
    only = [habit]
    views = coach.habits.between(first, today, only)[habit]
    days = {first.fromordinal(first.toordinal() + n): view for n, view in enumerate(views)}
    strengths, runs = coach.habits.strengths(today, only), coach.habits.runs(today, only)
    return _Shown(days, views[-1].habit, strengths.get(habit), runs.get(habit))


class HabitDaysDialog(Dialog[None]):
    """The arrows go to a day; the letters mean what they mean on Today."""

    BINDING_GROUP_TITLE = "Days of a habit"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space", "mark", "Mark", tooltip="Done that day, or open again; one more of what is counted", id="day-mark"
        ),
        Binding("question_mark", "app.show_keys", "Keys"),
        Binding("enter", "choose", "Choose", tooltip="Everything that can be said of that day", id="day-choose"),
        Binding("y", "tiny", "Tiny", tooltip="The tiny version; it counts half", id="day-tiny"),
        Binding("s", "excuse", "Excuse", tooltip="It counts against nothing", id="day-excuse"),
        Binding("n", "note", "Note", tooltip="A few words about that day", id="day-note"),
        Binding("e", "edit", "Edit", tooltip="Change the habit, from today on", id="habit-edit"),
        Binding("o", "more", "More", tooltip="Pause it, put it away or delete it", id="habit-more"),
        Binding("d", "delete", "Delete", show=False, tooltip="Delete the habit; u brings it back", id="habit-delete"),
        *(Binding(str(digit), f"amount('{digit}')", show=False) for digit in range(10)),
        Binding("u", "app.undo", "Undo", show=False),
        Binding("U", "app.redo", "Redo", show=False),
        Binding("escape", "dismiss", "Back"),
    ]
    DEFAULT_CSS = """
    HabitDaysDialog {
        .dialog Static { height: auto; }
        .dialog--title { margin: 0; }
        #asked, #strength { color: $dim; text-style: $dim-style; }
        DayGrid { margin: 1 0; }
        &.-low .dialog { padding: 0 3; }
        &.-low DayGrid { margin: 0; }
        &.-narrow .dialog { padding: 0 1; }
    }
    """

    app = getters.app(CoachApp)
    grid = getters.query_one(DayGrid)

    def __init__(self, habit: str, day: date) -> None:
        super().__init__()
        self._habit, self._day = habit, day
        self._shown: _Shown | None = None

    def compose(self) -> ComposeResult:
        coach = self.app.coach
        week_start = first_of_week(self._day, coach.settings.now.week_starts).weekday()
        with VerticalGroup(classes="dialog"):
            yield Static(classes="dialog--title", id="title")
            yield Static(id="asked")
            yield Static(id="headline")
            yield Static(id="strength")
            yield DayGrid(self._day, coach.habits.today(), week_start)
            yield Static(id="day")
        yield KeyBar()

    def on_mount(self) -> None:
        self.app.changed.subscribe(self, lambda _changed: self._load())
        self._load()

    def on_day_grid_moved(self) -> None:
        self._draw()
        self.refresh_bindings()

    def on_day_grid_pressed(self) -> None:
        self.action_choose()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be said of a day of this habit."""
        if self._shown is None or action not in ("tiny", "amount"):
            return True
        if action == "tiny":
            return has_tiny(self._view) if self._view else False
        return not is_ticked(self._view) if self._view else False

    @work(group="act")
    async def action_mark(self) -> None:
        await self._say(flow.mark)

    @work(group="act")
    async def action_choose(self) -> None:
        await self._act(flow.choose)

    @work(group="act")
    async def action_tiny(self) -> None:
        await self._say(flow.tiny)

    @work(group="act")
    async def action_excuse(self) -> None:
        await self._act(flow.excuse)

    @work(group="act")
    async def action_note(self) -> None:
        await self._act(flow.note)

    @work(group="act")
    async def action_edit(self) -> None:
        await self._act(flow.edit)

    @work(group="act")
    async def action_more(self) -> None:
        await self._act(flow.more)

    @work(group="act")
    async def action_delete(self) -> None:
        await self._act(lambda app, view, _day: flow.delete(app, view))

    @work(group="act")
    async def action_amount(self, digit: str) -> None:
        """A digit begins the amount of the day."""
        await self._act(lambda app, view, day: flow.ask_amount(app, view, day, digit))

    async def _act(self, act: Act) -> None:
        if self._view is not None:
            await act(self.app, self._view, self.grid.day)

    async def _say(self, act: Act) -> None:
        """A mark on its way to the disk is seen at once."""
        day = self.query_one("#day", Static)
        day.update(content(f"{show_day(self.grid.day, self.app.coach.habits.today(), short=True)}: saving"))
        try:
            await self._act(act)
        except (NotSaved, Refused):
            self._draw()
            raise

    @property
    def _view(self) -> HabitView | None:
        """Of the day the cursor is on."""
        return self._shown.days.get(self.grid.day) if self._shown else None

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        grid, today = self.grid, self.app.coach.habits.today()
        try:
            shown = await self.app.ask(_fetch, self.app.coach, self._habit, grid.first, today)
        except NotFound:
            self.dismiss()  # deleted
            return
        if shown.habit.archived is not None:
            self.dismiss()
            return
        self._shown = shown
        self._draw()
        self.refresh_bindings()

    def _draw(self) -> None:
        if self._shown is None or not self.is_mounted:
            return
        habit, glyphs, today = self._shown.habit, self.app.glyphs, self.app.coach.habits.today()
        self.grid.show({day: grid_cell(view, glyphs) for day, view in self._shown.days.items()})
        now, width = self._shown.days[max(self._shown.days)], min(self.size.width - 2, WIDEST)
        lines = {
            "title": fit(habit.title, width, glyphs.ellipsis),
            "asked": fit(asked_words(now, today), width, glyphs.ellipsis),
            "headline": ". ".join(filter(None, [now.headline, run_words(habit, self._shown.run)])),
            "strength": strength_words(habit.kind, self._shown.strength, short=width < WIDEST),
            "day": day_words(self._view, self.grid.day, today) if self._view else "",
        }
        for name, words in lines.items():
            self.query_one(f"#{name}", Static).update(content(words))
