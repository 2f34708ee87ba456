"""The day on the screen while it is worked on: which day it is, what the cursor is on, and what is being saved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Literal, cast

from textual import getters

from coach.domain.day_view import Line, Section
from coach.domain.gaps import Gap
from coach.domain.items import Item, State
from coach.ui.page import Page
from coach.ui.today.targets import StepPlace
from coach.ui.widgets.day_rows import DayRows
from coach.ui.widgets.side import SideColumn

if TYPE_CHECKING:
    from coach.domain.habits import HabitView
    from coach.ui.today.targets import Target

Kind = Literal["", "item", "step", "gap", "habit", "part"]
FITS: dict[str, frozenset[Kind]] = {
    "mark": frozenset({"item", "step", "habit"}),
    "edit": frozenset({"item", "step", "habit"}),
    "delete": frozenset({"item", "step", "habit"}),
    "shift": frozenset({"item", "step", "habit"}),
    "steps": frozenset({"item", "step"}),
    "excuse": frozenset({"item", "habit"}),
    "tiny": frozenset({"habit"}),
    "note": frozenset({"item", "habit"}),
    **dict.fromkeys(("move", "rate", "pin"), frozenset({"item"})),
}
"""What each key can be meant for; a key that is not here works wherever the cursor is."""


class DayCursor(Page):
    """What the keys of a day need to know, and may change."""

    rows = getters.query_one(DayRows)
    side = getters.query_one(SideColumn)

    def __init__(self) -> None:
        super().__init__()
        self._day: date | None = None
        """The day shown; None follows today, also past midnight."""
        self.opened: set[str] = set()
        """The routines whose steps are shown, and the parts of the day whose settled lines are."""
        self.saving: dict[str, State] = {}
        """Marks on their way to the disk, by the key of their row."""
        self.added = ""
        """The title of what is on its way there."""

    @property
    def today(self) -> date:
        return self.app.coach.items.today()

    @property
    def shown(self) -> date:
        return self._day or self.today

    @property
    def target(self) -> Target | None:
        """What the cursor is on: there is only one."""
        habits = self.side.habits
        if habits.has_focus:
            return self.rows.target_of(habits.current.key) if habits.current else None
        return self.rows.target

    @property
    def kind(self) -> Kind:
        target = self.target if self.is_mounted else None
        if isinstance(target, Line):
            return "item"
        if isinstance(target, StepPlace):
            return "step"
        if isinstance(target, Gap | Section):
            return "gap" if isinstance(target, Gap) else "part"
        return "habit" if target is not None else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done with the line under the cursor."""
        if action == "tiny" and self.kind == "habit":
            from coach.ui.habits.view import has_tiny

            return has_tiny(cast("HabitView", self.target))
        return action not in FITS or self.kind in FITS[action]

    def turn(self, key: str) -> None:
        """Shows what is folded under a row, or folds it again."""
        self.opened.symmetric_difference_update({key})
        self.draw()

    def draw(self) -> None:
        """Puts what there is on the screen."""

    async def go_to(self, item: Item) -> None:
        """The cursor goes with what was added or changed."""

    def show_day(self, day: date) -> None:
        """Another day, or today again."""
        self._day = None if day == self.today else day
        self.reload()

    def jump(self) -> None:
        """The cursor goes to the habits, or back to the day."""

    @contextmanager
    def marking(self, key: str, state: State) -> Iterator[None]:
        """A mark on its way to the disk is seen at once, as "saving"; one given after it may still be on its way."""
        self.saving[key] = state
        self.draw()
        try:
            yield
        finally:
            if self.saving.get(key) == state:
                del self.saving[key]
            self.draw()

    def adding(self, title: str) -> None:
        """A line on its way to the disk; an empty title when it has arrived or not."""
        self.added = title
        self.draw()
