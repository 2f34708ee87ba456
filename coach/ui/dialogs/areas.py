"""What matters in a life, and how much of it was lived this week: two numbers for each of twelve areas."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import date
from time import monotonic
from typing import ClassVar, Literal

from textual import events, getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.widgets import Static

from coach.bootstrap import Coach
from coach.domain.areas import AREAS, largest_gap
from coach.domain.errors import NotSaved
from coach.ui.app import CoachApp
from coach.ui.dialogs.dialog import Dialog
from coach.ui.text import content
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.rows import Row, Rows
from coach.ui.widgets.scale import TEN_WITHIN

Column = Literal["matters", "lived"]
ABOUT = "0 to 10: how much it matters to you, and how much of it this week had."
UNKNOWN = "-"


@dataclass(frozen=True, slots=True)
class Rated:
    """The numbers there are; an area that was not rated is in neither."""

    week: date
    matters: dict[str, int] = field(default_factory=dict)
    lived: dict[str, int] = field(default_factory=dict)

    def given(self, column: Column, area: str, value: int | None) -> Rated:
        """With one number given, or taken away."""
        before = self.matters if column == "matters" else self.lived
        after = {name: number for name, number in before.items() if name != area}
        after |= {} if value is None else {area: value}
        return replace(self, matters=after) if column == "matters" else replace(self, lived=after)


def _fetch(coach: Coach) -> Rated:
    week = coach.areas.week()
    return Rated(week, coach.areas.importance(), coach.areas.lived(week))


class AreasDialog(Dialog[None]):
    """Each digit is saved at once; nothing has to be filled in."""

    BINDING_GROUP_TITLE = "What matters"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("0", "digit", "Rate", key_display="0-10"),
        Binding("right,left,tab", "other", "Other number"),
        Binding("backspace,delete", "forget", "Take away", show=False),
        Binding("escape", "dismiss", "Done"),
    ]
    DEFAULT_CSS = """
    AreasDialog {
        .dialog { padding: 1 0; max-height: 100%; }
        Static { padding: 0 3; height: auto; }
        .dialog--title { margin: 0; }
        #about { color: $dim; text-style: $dim-style; }
        Rows { height: 13; margin: 1 0; }
        &.-low .dialog { padding: 0; }
        &.-low Rows { height: 1fr; min-height: 6; max-height: 9; margin: 0; }
        &.-low #about { display: none; }
    }
    """

    app = getters.app(CoachApp)
    rows = getters.query_one(Rows)

    def __init__(self) -> None:
        super().__init__()
        self._rated: Rated | None = None
        self._column: Column = "matters"
        self._one_at = -TEN_WITHIN
        self._one_by_one = asyncio.Lock()

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="dialog"):
            yield Static(content("What matters, and this week"), classes="dialog--title")
            yield Static(content(ABOUT), id="about")
            yield Rows()
            yield Static(id="gap")
        yield KeyBar()

    @work
    async def on_mount(self) -> None:
        self._rated = await self.app.ask(_fetch, self.app.coach)
        self._draw()
        self.rows.focus()

    def on_resize(self) -> None:
        self._draw()

    def on_rows_highlighted(self) -> None:
        self._one_at = -TEN_WITHIN
        self._draw()

    def on_key(self, event: events.Key) -> None:
        """As on every scale: a digit is its value, and a 0 soon after a 1 makes ten."""
        if event.character is None or event.character not in "0123456789":
            return
        event.stop()
        event.prevent_default()
        digit = int(event.character)
        ten = digit == 0 and monotonic() - self._one_at < TEN_WITHIN
        self._one_at = monotonic() if digit == 1 else -TEN_WITHIN
        self._give(10 if ten else digit, ten)

    def action_other(self) -> None:
        self._column = "lived" if self._column == "matters" else "matters"
        self._one_at = -TEN_WITHIN
        self._draw()

    def action_forget(self) -> None:
        self._give(None)

    def _give(self, value: int | None, instead: bool = False) -> None:
        """With `instead` it takes the place of the number before it, of which it is the other half."""
        if self._rated is not None and self.rows.current is not None:
            area, column = self.rows.current.key, self._column
            self._rated = self._rated.given(column, area, value)
            self._draw()
            self._save(column, area, value, self._rated.week, instead)

    @work
    async def _save(self, column: Column, area: str, value: int | None, week: date, instead: bool) -> None:
        areas = self.app.coach.areas
        async with self._one_by_one:
            try:
                if column == "matters":
                    await self.app.ask(areas.set_importance, area, value, instead=instead)
                else:
                    await self.app.ask(areas.set_lived, area, week, value, instead=instead)
            except NotSaved:  # said already; what is on the disk is shown again
                self._rated = await self.app.ask(_fetch, self.app.coach)
                self._draw()

    def _draw(self) -> None:
        if self._rated is None or not self.is_mounted:
            return
        here = self.rows.current.key if self.rows.current else next(iter(AREAS))
        titles = [title.rjust(width) for title, width in zip(*self._columns(), strict=True)]
        rows = [Row("", kind="heading", right="  ".join(titles))]
        rows += [Row(name, area, right=self._numbers(area, area == here)) for area, name in AREAS.items()]
        self.rows.set_rows(rows)
        gap = largest_gap(self._rated.matters, self._rated.lived)
        self.query_one("#gap", Static).update(content(gap.sentence if gap else ""))

    def _columns(self) -> tuple[tuple[str, str], tuple[int, int]]:
        """What stands above the numbers, and the cells of each."""
        return (("matters", "this week"), (7, 9)) if self.size.width >= 60 else (("matters", "week"), (7, 4))

    def _numbers(self, area: str, is_here: bool) -> str:
        """Both numbers; the one a digit would change stands in brackets, and "-" is one not given."""
        rated = self._rated
        shown = []
        for column, width in zip(("matters", "lived"), self._columns()[1], strict=True):
            given = {} if rated is None else rated.matters if column == "matters" else rated.lived
            number = str(given.get(area, UNKNOWN))
            shown.append((f"[{number}]" if is_here and column == self._column else f"{number} ").rjust(width))
        return "  ".join(shown)
