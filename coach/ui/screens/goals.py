"""Goals: one calm list, and the steps of the goal that is open."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from textual import events, getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from coach.domain.days import show_day
from coach.domain.errors import Refused
from coach.domain.goals import Goal
from coach.ui.asking import ask_line
from coach.ui.goals_view import place_of
from coach.ui.page import Page
from coach.ui.text import content
from coach.ui.widgets.rows import Rows

AIRY_FROM = 20
"""Lines of the terminal from which goals are set apart."""
_NOT_A_DAY = "Give only a day: today, tomorrow, fri or 2026-12-01. On Today it can get a time."


class GoalRows(Rows):
    """The list, with its Enter in the line of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Open", tooltip="Open or close a goal; change a step", id="open")
    ]


class GoalsPage(Page):
    """What the person would like to be true, and the next small step."""

    PLACE = "goals"
    TABLES = frozenset({"goals"})
    HELP = "A goal is something you would like to be true. Enter opens it; there, a adds steps, as many as you paste."
    BINDING_GROUP_TITLE = "Goals"
    BINDINGS = [
        Binding("a", "add", "Add", tooltip="Add a goal; in an open goal, its steps", id="add"),
        Binding("space", "mark", "Done", tooltip="Tick a step or a goal; again opens it", id="mark"),
        Binding("m", "move", "On a day", tooltip="Put the step on a day", id="move"),
        Binding("e", "edit", "Edit", tooltip="Change the line", id="edit"),
        Binding("d", "delete", "Delete", show=False, tooltip="Delete; u brings it back", id="delete"),
        Binding("J", "shift(1)", "Down", show=False, tooltip="Move down in the list", id="shift-down"),
        Binding("K", "shift(-1)", "Up", show=False, tooltip="Move up in the list", id="shift-up"),
    ]
    DEFAULT_CSS = """
    GoalsPage #empty { display: none; height: auto; padding: 1 3; color: $dim; text-style: $dim-style; }
    GoalsPage.-empty #empty { display: block; }
    """

    rows = getters.query_one(GoalRows)

    def __init__(self) -> None:
        super().__init__()
        self._goals: tuple[Goal, ...] | None = None
        self._opened = ""
        self._wanted = ""
        """The key of the row the cursor should go to as soon as it is there."""

    def compose_body(self) -> ComposeResult:
        yield Static(content("Nothing here yet. a adds the first goal."), id="empty")
        yield GoalRows()

    async def load(self) -> None:
        self._goals = await self.app.ask(self.app.coach.goals.all)
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        self._draw()

    def on_rows_selected(self, event: Rows.Selected) -> None:
        goal, step = place_of(event.row.key)
        if step:
            self.action_edit()
        else:
            self._opened = "" if self._opened == goal else goal
            self._draw()

    def on_rows_marked(self) -> None:
        self.action_mark()

    @work
    async def action_add(self) -> None:
        goal = self._goal()
        if goal is not None and goal.id == self._opened:
            await self._add_steps(goal)
            return
        goals = self.app.coach.goals

        async def save(title: str) -> None:
            self._wanted = (await self.app.ask(goals.add, title)).id

        await self._ask("Add a goal", save, draft="goal", placeholder="What would you like to be true?")

    async def _add_steps(self, goal: Goal) -> None:
        from coach.ui.dialogs.steps import StepsDialog

        await self.app.push_screen_wait(StepsDialog(goal.id, goal.title))
        self.reload()

    @work
    async def action_edit(self) -> None:
        goal, (key, step) = self._goal(), self._step()
        goals = self.app.coach.goals
        if goal is None:
            return
        if step is not None:
            await self._ask(
                "Change the step", lambda line: self.app.ask(goals.edit_step, goal.id, key, line), value=step.title
            )
        else:
            await self._ask("Change the goal", lambda line: self.app.ask(goals.rename, goal.id, line), value=goal.title)

    @work
    async def action_mark(self) -> None:
        goal, (key, step) = self._goal(), self._step()
        goals = self.app.coach.goals
        if goal is None:
            return
        if step is not None:
            await self._try(self.app.ask(goals.tick, goal.id, key, done=not step.done))
        else:
            await self._try(self.app.ask(goals.finish, goal.id, done=goal.done is None))

    @work
    async def action_delete(self) -> None:
        goal, (key, step) = self._goal(), self._step()
        goals = self.app.coach.goals
        if goal is None:
            return
        if step is not None:
            saved = await self._try(self.app.ask(goals.remove_step, goal.id, key))
        else:
            saved = await self._try(self.app.ask(goals.remove, goal.id))
        if saved:
            self.app.notice(f"Deleted “{(step or goal).title}”. u brings it back.")

    @work
    async def action_shift(self, by: Literal[-1, 1]) -> None:
        goal, (key, step) = self._goal(), self._step()
        goals = self.app.coach.goals
        if goal is None:
            return
        if step is not None:
            await self._try(self.app.ask(goals.shift_step, goal.id, key, by))
        else:
            await self._try(self.app.ask(goals.shift, goal.id, by))

    @work
    async def action_move(self) -> None:
        """The step under the cursor, or the next one of the goal."""
        goal, (key, step) = self._goal(), self._step()
        if goal is None:
            return
        if step is None and (found := goal.next_step()) is not None:
            key, step = found
        if step is None:
            self.app.notice("A step can go on a day. Open the goal with Enter; a adds steps.")
            return
        goals, today = self.app.coach.goals, self.app.coach.items.today()

        async def put(line: str) -> None:
            day = self._day_named(line)
            await self.app.ask(goals.put_on_day, goal.id, key, day)
            self.app.notice(f"On {show_day(day, today)}: {step.title}")

        await ask_line(
            self.app,
            f"Put “{step.title}” on",
            put,
            value="today",
            placeholder="today, tomorrow, fri, 2026-12-01",
            read=lambda line: self._say_day(line, today),
            check=self._day_named,
        )

    def _day_named(self, line: str) -> date:
        """The day of "fri" or "3 dec"; Refused for anything else."""
        reading = self.app.coach.items.read(f'"x" {line}')
        if reading.title != "x" or reading.day is None or reading.start or reading.minutes:
            raise Refused(_NOT_A_DAY)
        return reading.day

    def _say_day(self, line: str, today: date) -> str:
        try:
            day = self._day_named(line)
        except Refused:
            return ""
        near = show_day(day, today)
        return show_day(day) if near == show_day(day) else f"{near}, {show_day(day)}"
