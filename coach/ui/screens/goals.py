"""Goals: one calm list, and the steps of the goal that is open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar, Literal, NamedTuple

from textual import events, getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from coach.domain.errors import Refused
from coach.domain.goals import Goal, Step
from coach.domain.text import one_line
from coach.ui.asking import ask_line
from coach.ui.day_words import DayWords
from coach.ui.goals_view import goal_rows, place_of
from coach.ui.page import Page
from coach.ui.text import content, fit
from coach.ui.widgets.rows import Rows

AIRY_FROM = 20
"""Lines of the terminal from which goals are set apart."""
_NEEDS_A_GOAL = frozenset({"mark", "move", "edit", "delete", "shift"})


class Picked(NamedTuple):
    """A goal, and the step of it with its key when the cursor is on one."""

    goal: Goal | None
    key: str
    step: Step | None


class GoalRows(Rows):
    """The list, with its Enter in the line of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Open", tooltip="Open or close a goal; change a step", id="open")
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "select" or self.current is not None


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
    GoalsPage GoalRows { max-width: 96; }
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is no goal yet, only what adds one is offered."""
        return action not in _NEEDS_A_GOAL or bool(self._goals)

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
        goal, goals = self._picked.goal, self.app.coach.goals
        if goal is not None and goal.id == self._opened:
            from coach.ui.dialogs.steps import StepsDialog

            await self.app.push_screen_wait(StepsDialog(goal.id, goal.title))
            return

        async def save(title: str) -> None:
            self._wanted = (await self.app.ask(goals.add, title)).id
            self.reload()

        await self._ask("Add a goal", save, draft="goal", placeholder="What would you like to be true?")

    @work
    async def action_edit(self) -> None:
        goal, key, step = self._picked
        goals = self.app.coach.goals
        if goal is not None and step is not None:
            await self._ask(
                "Change the step", lambda line: self.app.ask(goals.edit_step, goal.id, key, line), step.title
            )
        elif goal is not None:
            await self._ask("Change the goal", lambda line: self.app.ask(goals.rename, goal.id, line), goal.title)

    @work
    async def action_mark(self) -> None:
        goal, key, step = self._picked
        goals = self.app.coach.goals
        if goal is not None and step is not None:
            await self.app.ask(goals.tick, goal.id, key, done=not step.done)
        elif goal is not None:
            await self.app.ask(goals.finish, goal.id, done=goal.done is None)

    @work
    async def action_delete(self) -> None:
        goal, key, step = self._picked
        goals = self.app.coach.goals
        if goal is None:
            return
        if step is not None:
            await self.app.ask(goals.remove_step, goal.id, key)
        else:
            await self.app.ask(goals.remove, goal.id)
        self.app.notice(f"Deleted “{fit((step or goal).title, 60)}”. u undoes it.")

    @work
    async def action_shift(self, by: Literal[-1, 1]) -> None:
        goal, key, step = self._picked
        goals = self.app.coach.goals
        if goal is not None and step is not None:
            await self.app.ask(goals.shift_step, goal.id, key, by)
        elif goal is not None:
            await self.app.ask(goals.shift, goal.id, by)

    @work
    async def action_move(self) -> None:
        """The step under the cursor, or the next one of the goal."""
        goal, key, step = self._picked
        if goal is not None and step is None:
            key, step = goal.next_step() or ("", None)
        if goal is None or step is None:
            self.app.notice("A step can go on a day. Open a goal with Enter; a adds its steps.")
            return
        days = DayWords(self.app.coach.items)
        goals, title = self.app.coach.goals, fit(step.title, 60)

        async def put(line: str) -> None:
            await self.app.ask(goals.put_on_day, goal.id, key, days.read(line))
            self.app.notice(f"“{title}” is on {days.name(line)}.")

        await ask_line(self.app, f"Put “{title}” on", put, value="today", read=days.name, check=days.read)

    async def _ask(
        self,
        title: str,
        save: Callable[[str], Awaitable[object]],
        value: str = "",
        *,
        draft: str = "",
        placeholder: str = "",
    ) -> None:
        await ask_line(self.app, title, save, value=value, draft=draft, placeholder=placeholder, check=_say_something)

    @property
    def _picked(self) -> Picked:
        """What the cursor stands on."""
        row = self.rows.current
        goal_id, key = place_of(row.key) if row else ("", "")
        goal = next((goal for goal in self._goals or () if goal.id == goal_id), None)
        return Picked(goal, key, goal.steps.get(key) if goal else None)

    def _draw(self) -> None:
        if self._goals is None or not self.is_mounted:
            return
        self.set_class(not self._goals, "-empty")
        rows = goal_rows(self._goals, self._opened, self.app.glyphs, airy=self.app.size.height >= AIRY_FROM)
        there = any(row.key == self._wanted for row in rows)
        self.rows.set_rows(rows, self._wanted if self._wanted and there else None)
        self._wanted = "" if there else self._wanted
        self.refresh_bindings()


def _say_something(line: str) -> None:
    if not one_line(line):
        raise Refused("Say it in a few words.")
