"""Goals: one calm list, and everything that was said of the goal that is open."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual import events, getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from coach.domain.goals import Goal
from coach.ui.goals import flow as goal_flow
from coach.ui.goals.flow import OnGoal
from coach.ui.goals.view import Place, Shown, page_rows, place_of
from coach.ui.goals.with_habits import HabitsBelow
from coach.ui.text import content
from coach.ui.widgets.rows import Rows

AIRY_FROM = 20
"""Lines of the terminal from which goals are set apart."""
WIDEST = 96
"""Cells of a line that the eye still follows."""
_NEEDS_A_ROW = frozenset({"mark", "move", "edit", "delete", "shift"})


class GoalRows(Rows):
    """The list, with its Enter in the line of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Open", tooltip="Open or close a goal; change a line of it", id="open")
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "select" or self.current is not None


class GoalsPage(HabitsBelow):
    """What the person would like to be true, and the next small step."""

    PLACE = "goals"
    TABLES = frozenset({"goals", "habits", "marks", "shapes"})
    HELP = (
        "A goal is something you would like to be true. Enter opens it;\n"
        "there, a adds steps, as many as you paste.\n"
        "Habits stand below: h goes there, a adds one."
    )
    BINDING_GROUP_TITLE = "Goals"
    BINDINGS = [
        Binding("a", "add", "Add", tooltip="Add a goal; in an open goal, its steps", id="add"),
        Binding("space", "mark", "Done", tooltip="Tick a step, a try or a goal; again opens it", id="mark"),
        Binding("m", "move", "On a day", tooltip="Put the step on a day", id="move"),
        Binding("e", "edit", "Edit", tooltip="Change the line", id="edit"),
        Binding(
            "v", "rate_areas", "What matters", show=False, tooltip="How much each area of life matters", id="areas"
        ),
        Binding("i", "begin", "Begin from an example", show=False, tooltip="A goal to copy and change", id="example"),
        Binding("d", "delete", "Delete", show=False, tooltip="Delete; u brings it back", id="delete"),
        Binding("J", "shift(1)", "Down", show=False, tooltip="Move down in the list", id="shift-down"),
        Binding("K", "shift(-1)", "Up", show=False, tooltip="Move up in the list", id="shift-up"),
    ]
    DEFAULT_CSS = """
    GoalsPage #empty { display: none; height: auto; padding: 1 3 0 3; color: $dim; text-style: $dim-style; }
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
        await self.load_habits()
        self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is no goal yet, only what adds one is offered."""
        return self.fits_habit(action) and (action not in _NEEDS_A_ROW or bool(self._goals) or self.in_habits)

    def on_resize(self, event: events.Resize) -> None:
        self._draw()

    async def on_rows_selected(self) -> None:
        place = self._place
        if self.in_habits:
            await self.app.run_action("look", self)
        elif place.kind == "example":
            await self.app.run_action("begin", self)
        elif place.kind == "goal":
            self._opened = "" if self._opened == place.id else place.id
            self._draw()
        else:
            await self.app.run_action("edit", self)

    async def on_rows_marked(self) -> None:
        await self.app.run_action("mark", self)

    @work
    async def action_add(self) -> None:
        on = self._on_goal
        if await self.act_on_habit("add"):
            return
        if on is not None and on.goal.id == self._opened:
            await goal_flow.add_to(self.app, on)
        else:
            self._go_to(await goal_flow.add(self.app))

    @work
    async def action_begin(self) -> None:
        if made := await goal_flow.begin(self.app):
            self._opened = made
            self._go_to(made)

    @work
    async def action_edit(self) -> None:
        if not await self.act_on_habit("edit") and (on := self._on_goal) is not None:
            await goal_flow.edit(self.app, on)

    async def action_mark(self) -> None:
        """Where there is nothing to tick, Space asks as Enter does; of a goal that is reached it may have to."""
        kind, goal, _ = self._place
        if kind == "goal-field":
            await self.app.run_action("edit", self)
        elif self.in_habits and self.habit is None:
            await self.app.run_action("look", self)
        elif kind == "goal" and any(one.id == goal and one.done for one in self._goals or ()):
            await self.app.run_action("tick", self)
        else:
            self.action_tick()

    @work
    async def action_tick(self) -> None:
        if not await self.act_on_habit("mark") and (on := self._on_goal) is not None:
            await goal_flow.mark(self.app, on)

    @work
    async def action_delete(self) -> None:
        if not await self.act_on_habit("delete") and (on := self._on_goal) is not None:
            await goal_flow.delete(self.app, on)

    @work
    async def action_shift(self, by: Literal[-1, 1]) -> None:
        if await self.act_on_habit("down" if by > 0 else "up"):
            return
        if (on := self._on_goal) is not None:
            await goal_flow.shift(self.app, on, by)

    @work
    async def action_move(self) -> None:
        if not await self.act_on_habit("move") and (on := self._on_goal) is not None:
            await goal_flow.move(self.app, on)

    def action_rate_areas(self) -> None:
        from coach.ui.dialogs.areas import AreasDialog

        self.app.push_screen(AreasDialog())

    @property
    def _place(self) -> Place:
        """What the row under the cursor stands for."""
        return place_of(self.rows.current.key if self.rows.current else "")

    @property
    def _on_goal(self) -> OnGoal | None:
        """The goal under the cursor, with its step, rung or field; None on any other row."""
        kind, goal_id, key = self._place
        goal = next((goal for goal in self._goals or () if goal.id == goal_id), None)
        if goal is None:
            return None
        if kind == "goal-field":
            return OnGoal(goal, field=key)
        return OnGoal(goal, goal.steps.get(key), goal.ladder.get(key), key=key)

    def _go_to(self, goal: str) -> None:
        self._wanted = goal
        self.reload()

    def _draw(self) -> None:
        if self._goals is None or not self.is_mounted:
            return
        self.set_class(not self._goals, "-empty")
        size, today = self.app.size, self.app.coach.items.today()
        shown = Shown(self._goals, self._opened, today, self.app.glyphs, size.width, size.height >= AIRY_FROM)
        rows = page_rows(shown) + self.habit_rows(min(size.width, WIDEST))
        there = any(row.key == self._wanted for row in rows)
        self.rows.set_rows(rows, self._wanted if self._wanted and there else None)
        self._wanted = "" if there else self._wanted
        self.go_to_habit()
        self.refresh_bindings()
