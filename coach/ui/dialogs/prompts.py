"""What has come due: shown until it is answered, newest first, and only ever once; each answered with one key."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from textwrap import wrap
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from coach.bootstrap import Coach
from coach.domain.days import show_day, show_time
from coach.domain.errors import NotFound
from coach.domain.prompts import Occurrence
from coach.ui.app import CoachApp
from coach.ui.dialogs.choose import Answer, ChooseDialog
from coach.ui.dialogs.dialog import Dialog
from coach.ui.text import cell_len, plain
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.rows import Row, Rows

READY_AFTER = 0.4
"""Seconds for which keys are held to be meant for what was there before."""
_WIDTH = 56
IN_DOUBT = "may have been shown already"
EVENING, A_DAY = "evening", 1440


class PromptsDialog(Dialog[None]):
    """One list for everything that came; what comes while it is open joins it."""

    BINDING_GROUP_TITLE = "Reminders"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,space", "close", "OK", tooltip="Seen; what is open stays open", priority=True),
        Binding("v", "view", "View", tooltip="Show what it says"),
        Binding("d", "done", "Done", tooltip="It is done"),
        Binding("l", "later", "Later", tooltip="Remind me again, in 5 minutes to a day"),
        Binding("t", "skip", "Not today", tooltip="No more of it today; nothing is marked"),
    ]
    DEFAULT_CSS = """
    PromptsDialog Vertical { width: 56; max-width: 100%; height: auto; background: $surface; padding: 1 0; }
    PromptsDialog Rows { height: auto; max-height: 50vh; }
    PromptsDialog Static { padding: 0 3 1 3; color: $dim; text-style: $dim-style; }
    """

    app = getters.app(CoachApp)
    rows = getters.query_one(Rows)

    def __init__(self, prompts: tuple[Occurrence, ...], *, late: bool) -> None:
        super().__init__()
        self._prompts, self._late = prompts, late
        self._open = False
        self._can_close = False

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static("While you were away" if self._late else "Now")
            yield Rows(self._draw())
        yield KeyBar()

    def on_mount(self) -> None:
        self.set_timer(READY_AFTER, self._open_up)

    def on_resize(self) -> None:
        for rows in self.query(Rows):
            rows.set_rows(self._draw())

    def _open_up(self) -> None:
        self._can_close = True

    def add(self, prompts: tuple[Occurrence, ...]) -> None:
        """More came while this was open; what asks again takes the place of what it asked before."""
        again = {one.ask for one in prompts if one.ask}
        self._prompts = (*(one for one in self._prompts if one.ask not in again), *prompts)
        self.query_one(Rows).set_rows(self._draw())

    def _draw(self) -> list[Row]:
        settings = self.app.coach.settings.now
        if settings.seen_by_others != "no" and not self._open:
            things = len(self._prompts)
            return [Row("1 thing" if things == 1 else f"{things} things", key="things")]
        rows: list[Row] = []
        for one in sorted(self._prompts, key=lambda one: one.at, reverse=True):
            time, day = show_time(one.at.time(), settings.clock), _day(one.at, self.app.coach.now().date())
            room = min(_WIDTH, self.size.width) - len(time) - 7
            first, *rest = _lines(one.title, room - len(day) - 2 if day else room)
            rows.append(Row(first, key=one.key, time=time, right=day, strong=True))
            rest += [IN_DOUBT] if one.in_doubt else []
            rows += [Row(line, kind="note", indent=len(time) + 2) for line in rest]
        return rows

    def action_view(self) -> None:
        self._open = True
        self.query_one(Rows).set_rows(self._draw())
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        covered = self.app.coach.settings.now.seen_by_others != "no" and not self._open
        if action == "view":
            return covered
        return not covered if action in ("done", "later", "skip") else True

    def action_done(self) -> None:
        self._answer(self.app.coach.answers.done, lambda one: one.key)

    def action_skip(self) -> None:
        """All times of it that are here, too."""
        self._answer(self.app.coach.answers.skip_today, lambda one: (one.subject, one.on))

    @work(group="answer")
    async def action_later(self) -> None:
        """Asks for how long; what the program then says is the moment it comes again."""
        one = self._current()
        if one is None:
            return
        answers, coach = self.app.coach.answers, self.app.coach
        picked = await self.app.push_screen_wait(ChooseDialog("Remind me again", await self.app.ask(_choices, coach)))
        if picked is None:
            return
        if picked == EVENING:
            until = await self.app.ask(answers.this_evening, one)
        else:
            until = await self.app.ask(answers.snooze, one, int(picked))
        self.app.notice(self._said(until))
        self._leave_out(lambda other: other.key == one.key)

    @work(group="answer")
    async def _answer(self, say: Callable[[Occurrence], None], same: Callable[[Occurrence], object]) -> None:
        """What it is the same as is answered with it."""
        if (one := self._current()) is None:
            return
        with suppress(NotFound):  # deleted meanwhile: there is nothing left to answer
            await self.app.ask(say, one)
        self._leave_out(lambda other: same(other) == same(one))

    def _current(self) -> Occurrence | None:
        """The one under the cursor; none while a key may have been meant for what was here before."""
        key = self.rows.current.key if self._can_close and self.rows.current else ""
        return next((one for one in self._prompts if one.key == key), None)

    def _leave_out(self, gone: Callable[[Occurrence], bool]) -> None:
        """What was answered is gone, and with the last one the list."""
        self._prompts = tuple(one for one in self._prompts if not gone(one))
        if self._prompts:
            self.rows.set_rows(self._draw())
        elif self.is_attached:
            self.dismiss(None)

    def _said(self, until: datetime) -> str:
        clock = show_time(until.time(), self.app.coach.settings.now.clock)
        day = "" if until.date() == self.app.coach.now().date() else " tomorrow"
        return f"Again{day} at {clock}."

    def action_close(self) -> None:
        """A key that was meant for the screen before takes nothing away unseen."""
        if self._can_close:
            self.dismiss(None)


def _choices(coach: Coach) -> list[Answer]:
    """How much later; this evening only while it is still to come."""
    answers = [Answer("5", "In 5 minutes"), Answer("15", "In 15 minutes"), Answer("60", "In an hour")]
    if evening := coach.answers.evening():
        answers.append(Answer(EVENING, f"This evening, {show_time(evening.time(), coach.settings.now.clock)}"))
    return [*answers, Answer(str(A_DAY), "In a day")]


def _day(at: datetime, today: date) -> str:
    """Which day it is about, where that is another: nobody is to take yesterday's for today's."""
    return "" if at.date() == today else show_day(at.date(), today, short=True)


def _lines(sentence: str, cells: int) -> list[str]:
    """The whole sentence; wide characters take two cells each."""
    sentence = plain(sentence)
    narrow = cell_len(sentence) == len(sentence)
    return wrap(sentence, max(8, cells if narrow else cells // 2)) or [""]
