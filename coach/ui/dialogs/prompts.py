"""What has come due: shown until it is answered, newest first, and only ever once."""

from __future__ import annotations

from textwrap import wrap
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from coach.domain.days import show_time
from coach.domain.prompts import Occurrence
from coach.ui.app import CoachApp
from coach.ui.dialogs.dialog import Dialog
from coach.ui.text import cell_len, plain
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.rows import Row, Rows

READY_AFTER = 0.4
"""Seconds for which keys are held to be meant for what was there before."""
_WIDTH = 56


class PromptsDialog(Dialog[None]):
    """One list for everything that came; what comes while it is open joins it."""

    BINDING_GROUP_TITLE = "Reminders"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,space", "close", "All right", tooltip="Seen", priority=True),
        Binding("v", "view", "View", tooltip="Show what it says"),
    ]
    DEFAULT_CSS = """
    PromptsDialog Vertical { width: 56; max-width: 100%; height: auto; background: $surface; padding: 1 0; }
    PromptsDialog Rows { height: auto; max-height: 50vh; }
    PromptsDialog Static { padding: 0 3 1 3; color: $dim; text-style: $dim-style; }
    """

    app = getters.app(CoachApp)

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
        """More came while this was open."""
        self._prompts = (*self._prompts, *prompts)
        self.query_one(Rows).set_rows(self._draw())

    def _draw(self) -> list[Row]:
        settings = self.app.coach.settings.now
        if settings.seen_by_others != "no" and not self._open:
            things = len(self._prompts)
            return [Row("1 thing" if things == 1 else f"{things} things", key="things")]
        rows: list[Row] = []
        for one in sorted(self._prompts, key=lambda one: one.at, reverse=True):
            time = show_time(one.at.time(), settings.clock)
            first, *rest = _lines(one.title, min(_WIDTH, self.size.width) - len(time) - 7)
            rows.append(Row(first, key=one.key, time=time, strong=True))
            rows += [Row(line, kind="note", indent=len(time) + 2) for line in rest]
        return rows

    def action_view(self) -> None:
        self._open = True
        self.query_one(Rows).set_rows(self._draw())
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "view" or (self.app.coach.settings.now.seen_by_others != "no" and not self._open)

    def action_close(self) -> None:
        """A key that was meant for the screen before takes nothing away unseen."""
        if self._can_close:
            self.dismiss(None)


def _lines(sentence: str, cells: int) -> list[str]:
    """The whole sentence; wide characters take two cells each."""
    sentence = plain(sentence)
    narrow = cell_len(sentence) == len(sentence)
    return wrap(sentence, max(8, cells if narrow else cells // 2)) or [""]
