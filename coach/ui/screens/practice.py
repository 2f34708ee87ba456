"""Practice: what can be done for a few minutes, and what was done today."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding

from coach.domain.days import show_time
from coach.domain.entries import Session
from coach.domain.practices import Practice
from coach.ui.page import Page
from coach.ui.text import plain
from coach.ui.widgets.lines import Row
from coach.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from coach.bootstrap import Coach


_WIDE = 72
"""Columns from which a pattern stands beside its title."""


@dataclass(frozen=True, slots=True)
class _PracticeView:
    practices: tuple[Practice, ...]
    sessions: tuple[Session, ...]
    problems: tuple[str, ...]
    clock: int


def _fetch(coach: Coach) -> _PracticeView:
    sessions = coach.sessions.of_day(coach.items.today())
    return _PracticeView(coach.practices.all(), sessions, coach.practices.problems(), coach.settings.now.clock)


class PracticeRows(Rows):
    """Rows that begin a practice."""

    BINDINGS = [Binding("enter", "select", "Begin", tooltip="Begin this practice", id="begin")]


class PracticePage(Page):
    """Each practice with its counts; Enter begins."""

    PLACE = "practice"
    TABLES = frozenset({"sessions"})
    HELP = "Enter begins. Any length counts.\nIt can be finished at any moment."
    BINDING_GROUP_TITLE = "Practice"
    DEFAULT_CSS = """
    PracticePage Rows { padding: 1 0 0 0; }
    """

    rows = getters.query_one(PracticeRows)

    def __init__(self) -> None:
        super().__init__()
        self._view: _PracticeView | None = None

    def compose_body(self) -> ComposeResult:
        yield PracticeRows()

    async def load(self) -> None:
        view = await self.app.ask(_fetch, self.app.coach)
        if self._view is None and view.problems:
            self.app.notice(" ".join(view.problems), "warning")
        self._view = view
        self.rows.set_rows(self._draw(view))

    def _draw(self, view: _PracticeView) -> list[Row]:
        width, wide = self.size.width, self.size.width >= _WIDE
        rows = [Row("Breathing", kind="heading")]
        for practice in view.practices:
            minutes = f"{practice.minutes:g} min"
            rows.append(
                Row(practice.title, key=practice.id, right=f"{practice.pattern}   {minutes}" if wide else minutes)
            )
            rows += [] if wide else [Row(practice.pattern, kind="note", indent=2)]
            if self.size.height > 16:
                rows += [Row(line, kind="note", indent=2) for line in wrap(plain(practice.why), max(20, width - 8))]
        if view.sessions:
            titles = {practice.id: practice.title for practice in view.practices}
            rows += [Row("", kind="gap"), Row("Done today", kind="heading")]
            rows += [_told(session, titles, view.clock) for session in view.sessions]
        return rows

    def on_resize(self) -> None:
        if self._view is not None:
            self.rows.set_rows(self._draw(self._view))

    async def on_rows_selected(self) -> None:
        await self.app.run_action("begin", self)

    @work
    async def action_begin(self) -> None:
        if self.rows.current is not None:
            await self.app.start_practice(self.rows.current.key.partition(" ")[0])


def _told(session: Session, titles: dict[str, str], clock: int) -> Row:
    minutes, seconds = divmod(session.seconds, 60)
    before = [] if session.before is None else [f"before {session.before}"]
    felt = before if session.after is None else [*before, f"after {session.after}"]
    length = f"{minutes}:{seconds:02} min" if minutes else f"{seconds} s"
    title = titles.get(session.practice, session.practice)
    time = show_time(session.at.time(), clock)
    right = "   ".join([", ".join(felt), length]).strip()
    return Row(title, key=f"{session.practice} {session.id}", time=time, right=right, done=True)
