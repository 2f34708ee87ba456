"""Ideas for free room on a day: a digit or Enter puts one there, and nothing is asked beyond that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.widgets import Static

from coach.bootstrap import Coach
from coach.domain.days import show_day, show_minutes, show_time
from coach.domain.errors import NotSaved, Refused
from coach.domain.ideas import MOST, TIER_NAMES, Idea
from coach.domain.items import Item
from coach.ui.app import CoachApp
from coach.ui.dialogs.dialog import Dialog
from coach.ui.text import content, fit
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.rows import Row, Rows

RULE = "Small and likely is enough. Follow the plan, not the mood."
LATER = "for later"


@dataclass(frozen=True, slots=True)
class _Menu:
    few: tuple[Idea, ...]
    all: tuple[Idea, ...]
    problems: tuple[str, ...]


def _fetch(coach: Coach, day: date, minutes: int | None) -> _Menu:
    ideas, first_week = coach.ideas, coach.days.is_first_week()
    return _Menu(ideas.for_gap(day, minutes, first_week), ideas.all(), ideas.problems())


class IdeaRows(Rows):
    """The ideas, Enter being named below."""

    BINDINGS = [Binding("enter", "select", "Add")]


class IdeasDialog(Dialog[Item | None]):
    """Gives back what was put on the day, or None; what went to the Later list is marked and it stays open."""

    BINDING_GROUP_TITLE = "Ideas"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"pick({number})", show=False) for number in range(1, MOST + 1)),
        Binding("m", "more", "All", tooltip="All ideas, by area", id="ideas-more"),
        Binding("escape", "dismiss", "Back"),
        Binding("l", "later", "Later", tooltip="To the Later list, without a day", id="ideas-later"),
    ]
    DEFAULT_CSS = """
    IdeasDialog .dialog { padding: 1 0; }
    IdeasDialog .dialog Static { padding: 0 3; height: auto; }
    IdeasDialog .dialog--title { margin: 0; }
    IdeasDialog #rule { color: $dim; text-style: $dim-style; margin: 0 0 1 0; }
    IdeasDialog Rows { height: auto; max-height: 60vh; }
    IdeasDialog.-low .dialog { padding: 0; }
    IdeasDialog.-low #rule { display: none; }
    """

    app = getters.app(CoachApp)
    rows = getters.query_one(Rows)

    def __init__(self, day: date, start: time | None = None, minutes: int | None = None) -> None:
        """`start` and `minutes` are those of the free room, where there is one."""
        super().__init__()
        self._day, self._start, self._minutes = day, start, minutes
        self._menu = _Menu((), (), ())
        self._whole = self._busy = False
        self._later: set[str] = set()

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="dialog"):
            yield Static(content(self._title), classes="dialog--title")
            yield Static(content(RULE), id="rule")
            yield IdeaRows()
        yield KeyBar()

    @work
    async def on_mount(self) -> None:
        self._menu = await self.app.ask(_fetch, self.app.coach, self._day, self._minutes)
        self._draw()
        self.rows.focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """More is offered once, and only a line with an idea can go to the Later list."""
        if action == "more":
            return not self._whole
        return action != "later" or self._chosen is not None

    def on_rows_selected(self) -> None:
        self._put()

    def action_pick(self, number: int) -> None:
        """The digits stand beside the few; among all of them they mean nothing."""
        if not self._whole and number <= len(self._menu.few):
            self.rows.move_to(self._menu.few[number - 1].id)
            self._put()

    def action_more(self) -> None:
        self._whole = True
        self._draw(keep=self._menu.all[0].id if self._menu.all else "")
        self.refresh_bindings()

    @work(group="take")
    async def action_later(self) -> None:
        if (idea := self._chosen) is None or idea.id in self._later or self._busy:
            return
        if await self._take(idea, None) is not None:
            self._later.add(idea.id)
            self._draw()

    @work(group="take")
    async def _put(self) -> None:
        if (idea := self._chosen) is not None and not self._busy:
            item = await self._take(idea, self._day)
            if item is not None:
                self.dismiss(item)

    async def _take(self, idea: Idea, day: date | None) -> Item | None:
        """None when it could not be saved, which was said."""
        self._busy = True
        try:
            return await self.app.ask(self.app.coach.ideas.take_up, idea, day, self._start)
        except (NotSaved, Refused) as trouble:
            self.app.refused(trouble)
            return None
        finally:
            self._busy = False

    @property
    def _chosen(self) -> Idea | None:
        key = self.rows.current.key if self.is_mounted and self.rows.current else ""
        return next((idea for idea in self._menu.all if idea.id == key), None)

    @property
    def _title(self) -> str:
        near = show_day(self._day, self.app.coach.items.today())
        if self._start is None:
            return f"Ideas for {near}"
        room = f", {show_minutes(self._minutes)} free" if self._minutes else ""
        return f"Ideas for {near} {show_time(self._start, self.app.coach.settings.now.clock)}{room}"

    def _draw(self, keep: str | None = None) -> None:
        self.rows.set_rows(self._all_rows() if self._whole else self._few_rows(), keep)

    def _few_rows(self) -> list[Row]:
        if not self._menu.few:
            return [Row("Enough new things for now. m shows all ideas.", kind="note")]
        return [self._row(idea, str(number)) for number, idea in enumerate(self._menu.few, 1)]

    def _all_rows(self) -> list[Row]:
        rows: list[Row] = []
        for (group, tier), ideas in groupby(self._menu.all, key=lambda idea: (idea.group, idea.tier)):
            rows += [Row("", kind="gap")] if rows else []
            hint = "l keeps it for later" if tier == "admin" else TIER_NAMES[tier]
            rows += [Row(fit(group, 60), kind="heading", right=hint), *map(self._row, ideas)]
        return [*rows, *(Row(problem, kind="note") for problem in self._menu.problems)]

    def _row(self, idea: Idea, number: str = "") -> Row:
        length = show_minutes(idea.minutes) if number else ""
        right = LATER if idea.id in self._later else length
        return Row(idea.title, key=idea.id, time=number, right=right, done=idea.id in self._later)
