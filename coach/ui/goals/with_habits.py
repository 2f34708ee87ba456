"""The habits in the place of the goals: their rows, the one under the cursor, and what the keys do to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from coach.domain.habits import HabitView
from coach.ui.habits.view import AWAY, FIRST, KEY, habit_key, habit_of, has_tiny, section_rows
from coach.ui.page import Page
from coach.ui.widgets.lines import Row
from coach.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from coach.bootstrap import Coach

HABITS = "habits"
_OF_A_HABIT = frozenset({"excuse", "note", "tiny"})


@dataclass(frozen=True, slots=True)
class HabitsShown:
    """The habits there are, on their day; and how many are put away."""

    views: tuple[HabitView, ...]
    away: int
    day: date


def fetch_habits(coach: Coach) -> HabitsShown:
    """In the store thread."""
    today = coach.habits.today()
    return HabitsShown(coach.habits.view(today), len(coach.habits.all(archived=True)), today)


class HabitsBelow(Page):
    """A page whose list ends with the habits; each of its keys asks `act_on_habit` first."""

    BINDING_GROUP_TITLE = "Goals"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "habits", "Habits", show=False, tooltip="To the habits, and back", id="habits"),
        Binding(
            "s", "excuse", "Excuse", show=False, tooltip="A habit not this time; it counts against nothing", id="excuse"
        ),
        Binding("n", "note", "Note", show=False, tooltip="A few words about a habit today", id="note"),
        Binding("y", "tiny", "Tiny", show=False, tooltip="The tiny version of a habit; it counts half", id="tiny"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.habits: HabitsShown | None = None
        self.wanted_habit = ""
        """The key of the habit the cursor should go to as soon as it is there."""

    def list_of_rows(self) -> Rows:
        """The list they stand in."""
        return self.query_one(Rows)

    def minute_passed(self) -> None:
        """Habits are of a day: left open overnight, the page goes on to the new one."""
        if self._is_of_a_day_before:
            self.reload()

    async def load_habits(self) -> None:
        self.habits = await self.app.ask(fetch_habits, self.app.coach)

    def habit_rows(self, width: int) -> list[Row]:
        """What follows the rows of the page."""
        if self.habits is None:
            return []
        return section_rows(self.habits.views, self.habits.away, self.habits.day, self.app.glyphs, width)

    def go_to_habit(self) -> None:
        """Puts the cursor on a habit that has just come, if one has."""
        if self.wanted_habit and self.list_of_rows().move_to(self.wanted_habit):
            self.wanted_habit = ""

    @property
    def habit(self) -> HabitView | None:
        """The habit under the cursor."""
        return habit_of(self._key, self.habits.views) if self.habits else None

    @property
    def in_habits(self) -> bool:
        """Whether the cursor is among the habits, on one or not."""
        return self._key.startswith((KEY, HABITS))

    async def act_on_habit(self, key: str) -> bool:
        """Does it, from a worker; False when the cursor is on no row of theirs."""
        from coach.ui.habits import flow as habit_flow

        if not self.in_habits:
            return False
        if self._is_of_a_day_before:
            await self.load()  # what a key says is said of the day it is pressed on
        if key == "add" or self._key == FIRST:
            if key in ("add", "open", "mark") and (made := await habit_flow.add(self.app)) is not None:
                self.wanted_habit = habit_key(made.id)
                self.reload()
        elif self._key == AWAY:
            if key in ("open", "mark"):
                from coach.ui.habits.more import bring_back

                await bring_back(self.app)
        elif (view := self.habit) is not None and self.habits is not None:
            await habit_flow.act(self.app, key, view, self.habits.day)
        return True

    def action_habits(self) -> None:
        """There and back."""
        rows = self.list_of_rows()
        keys = [row.key for row in rows.rows if row.kind == "row"]
        theirs = [key for key in keys if key.startswith((KEY, HABITS))]
        others = [key for key in keys if key not in theirs]
        if there := others if self.in_habits else theirs:
            rows.move_to(there[0])
        self.refresh_bindings()

    def on_rows_highlighted(self) -> None:
        self.refresh_bindings()

    @work
    async def action_look(self) -> None:
        await self.act_on_habit("open")

    @work
    async def action_excuse(self) -> None:
        await self.act_on_habit("excuse")

    @work
    async def action_note(self) -> None:
        await self.act_on_habit("note")

    @work
    async def action_tiny(self) -> None:
        await self.act_on_habit("tiny")

    def fits_habit(self, action: str) -> bool:
        """Whether a key that is only for habits has one under the cursor, and one that never is has none."""
        if action == "tiny":
            return self.habit is not None and has_tiny(self.habit)
        return not self.in_habits if action == "move" else action not in _OF_A_HABIT or self.habit is not None

    @property
    def _is_of_a_day_before(self) -> bool:
        return self.habits is not None and self.habits.day != self.app.coach.items.today()

    @property
    def _key(self) -> str:
        row = self.list_of_rows().current if self.is_mounted else None
        return row.key if row else ""
