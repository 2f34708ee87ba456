"""The keys of Today, declared once; what each does to the line under the cursor is found when it is pressed."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from textual import work
from textual.binding import Binding

from coach.ui.today.cursor import DayCursor


class TodayKeys(DayCursor):
    """A day with its keys; the page itself says how it is laid out and drawn."""

    BINDING_GROUP_TITLE = "Today"
    BINDINGS = [
        Binding("a", "add", "Add", tooltip="Plan something: walk 07:30 30m; in a routine, its steps", id="add"),
        Binding("space", "mark", "Done", tooltip="Tick, or open again", id="mark"),
        Binding("p", "shape", "Day shape", tooltip="What kind of day it is, and what fills it", id="shape"),
        Binding("e", "edit", "Edit", show=False, tooltip="Change the line", id="edit"),
        Binding("m", "move", "Move", show=False, tooltip="To another day", id="move"),
        Binding("l", "look", "Waiting", show=False, tooltip="What was left over, and the Later list", id="look"),
        Binding("s", "excuse", "Excuse", show=False, tooltip="Not this time; it counts against nothing", id="excuse"),
        Binding("n", "note", "Note", show=False, tooltip="A few words about it, on any day", id="note"),
        Binding("y", "tiny", "Tiny", show=False, tooltip="The tiny version of a habit; it counts half", id="tiny"),
        Binding("r", "rate", "Rate", show=False, tooltip="How it may be, 0 to 10, or how it was", id="rate"),
        Binding("f", "pin", "First", show=False, tooltip="One of the first three of the day, or no longer", id="pin"),
        Binding("o", "steps", "Steps", show=False, tooltip="Steps inside it: a routine", id="steps"),
        Binding("d", "delete", "Delete", show=False, tooltip="Delete; u brings it back", id="delete"),
        Binding("J", "shift(1)", "Down", show=False, tooltip="Move down in the list", id="shift-down"),
        Binding("K", "shift(-1)", "Up", show=False, tooltip="Move up in the list", id="shift-up"),
        Binding("h", "habits", "Habits", show=False, tooltip="To the habits, and back", id="habits"),
        Binding("i", "ideas", "Ideas", show=False, tooltip="Something small to do", id="ideas"),
        Binding("w", "week", "Week", show=False, tooltip="The week, and its balance", id="week"),
        Binding("left,left_square_bracket", "day(-1)", "Day before", show=False, tooltip="The day before", id="back"),
        Binding("right,right_square_bracket", "day(1)", "Day after", show=False, tooltip="The day after", id="on"),
        Binding("t", "day(0)", "Today", show=False, tooltip="Back to today", id="to-today"),
    ]

    @work
    async def action_add(self) -> None:
        from coach.ui.today.acts import add

        await add(self)

    @work
    async def action_open(self) -> None:
        """Enter: unfolds a routine, changes a line, looks for something to do with free room."""
        await self._act("open")

    @work
    async def action_mark(self) -> None:
        await self._act("mark")

    @work
    async def action_edit(self) -> None:
        await self._act("edit")

    @work
    async def action_move(self) -> None:
        await self._act("move")

    @work
    async def action_excuse(self) -> None:
        await self._act("excuse")

    @work
    async def action_delete(self) -> None:
        await self._act("delete")

    @work
    async def action_note(self) -> None:
        await self._act("note")

    @work
    async def action_tiny(self) -> None:
        await self._act("tiny")

    @work
    async def action_rate(self) -> None:
        await self._act("rate")

    @work
    async def action_pin(self) -> None:
        await self._act("pin")

    @work
    async def action_steps(self) -> None:
        await self._act("steps")

    @work
    async def action_shift(self, by: Literal[-1, 1]) -> None:
        await self._act("down" if by > 0 else "up")

    @work
    async def action_look(self) -> None:
        from coach.ui.dialogs.leftovers import LeftoversDialog

        await self.app.push_screen_wait(LeftoversDialog())

    @work
    async def action_shape(self) -> None:
        from coach.ui.dialogs.shape import ShapeDialog

        await self.app.push_screen_wait(ShapeDialog(self.shown))

    @work
    async def action_ideas(self) -> None:
        from coach.ui.today.acts import ideas

        await ideas(self)

    @work
    async def action_week(self) -> None:
        from coach.ui.screens.week import WeekScreen

        if (day := await self.app.push_screen_wait(WeekScreen(self.shown))) is not None:
            self.show_day(day)

    def action_habits(self) -> None:
        """There and back; where there is no column beside the day, they stand under it."""
        self.jump()

    def action_day(self, by: int) -> None:
        """So many days on or back; 0 is today, wherever one is."""
        self.show_day(self.shown + timedelta(days=by) if by else self.today)

    async def _act(self, key: str) -> None:
        from coach.ui.today.acts import act

        await act(self, key)
