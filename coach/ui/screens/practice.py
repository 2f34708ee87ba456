"""Practice: what can be done for a few minutes, and what was done today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding

from coach.domain.entries import Session
from coach.domain.practices import Practice
from coach.ui.page import Page
from coach.ui.widgets.lines import Row
from coach.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from coach.bootstrap import Coach


@dataclass(frozen=True, slots=True)
class _PracticeView:
    practices: tuple[Practice, ...]
    sessions: tuple[Session, ...]
    problems: tuple[str, ...]


def _fetch(coach: Coach) -> _PracticeView:
    sessions = coach.sessions.of_day(coach.items.today())
    return _PracticeView(coach.practices.all(), sessions, coach.practices.problems())


class PracticePage(Page):
    """Each practice with its counts; Enter begins."""

    PLACE = "practice"
    TABLES = frozenset({"sessions"})
    HELP = "Enter begins. Any length counts, and it can be finished at any moment."
    BINDING_GROUP_TITLE = "Practice"
    BINDINGS = [Binding("enter", "begin", "Begin", tooltip="Begin this practice", id="begin")]
    DEFAULT_CSS = """
    PracticePage Rows { padding: 1 0 0 0; }
    """

    rows = getters.query_one(Rows)

    def __init__(self) -> None:
        super().__init__()
        self._view: _PracticeView | None = None

    def compose_body(self) -> ComposeResult:
        yield Rows()

    async def load(self) -> None:
        view = await self.app.ask(_fetch, self.app.coach)
        if self._view is None and view.problems:
            self.app.notice(" ".join(view.problems), "warning")
        self._view = view
        self.rows.set_rows(self._draw(view))

    def _draw(self, view: _PracticeView) -> list[Row]:
        rows = [Row("Breathing", kind="heading")]
        for practice in view.practices:
            rows.append(Row(practice.title, key=practice.id, right=f"{practice.pattern}   {practice.minutes:g} min"))
            rows += [Row(practice.why, kind="note", indent=2)] if self.size.height > 16 else []
        if view.sessions:
            titles = {practice.id: practice.title for practice in view.practices}
            rows += [Row("", kind="gap"), Row("Today", kind="heading")]
            rows += [Row(_told(session, titles), kind="note", right=_felt(session)) for session in view.sessions]
        return rows

    def on_rows_selected(self) -> None:
        self.action_begin()

    @work
    async def action_begin(self) -> None:
        if self.rows.current is not None:
            await self.app.start_practice(self.rows.current.key)


def _told(session: Session, titles: dict[str, str]) -> str:
    minutes, seconds = divmod(session.seconds, 60)
    return f"{session.at:%H:%M}  {titles.get(session.practice, session.practice)}  {minutes}:{seconds:02}"


def _felt(session: Session) -> str:
    if session.before is None or session.after is None:
        return ""
    return f"{session.before} to {session.after}"
