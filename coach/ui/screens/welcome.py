"""Back after two or more days: nothing is asked but what kind of day today is, and that can be left."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Static

from coach.domain.days import show_day
from coach.domain.errors import NotSaved, Refused
from coach.domain.shapes import KIND_WORDS, STILL_REMIND, ShapeKind
from coach.ui.app import CoachApp
from coach.ui.text import content, fit
from coach.ui.welcome_words import Welcome, count_waiting, greeting
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.rows import Row, Rows
from coach.ui.widgets.titlebar import TitleBar

READY_AFTER = 0.4
"""Seconds for which keys are held to be meant for the screen before: 2 is a place there, and an answer here."""
_WIDE = 60
"""Columns from which an answer has room for a few words more."""
_ANSWERS: tuple[tuple[ShapeKind | None, str, str], ...] = (
    ("low", "A low-energy day", "three small things"),
    ("usual", "A usual day", "what is planned, as it is"),
    ("away", "Sick or away", "everything excused, still tickable"),
    (None, "Just look around", ""),
)


class WelcomeScreen(ModalScreen[None]):
    """The only question of its start; notices wait until it is answered or left."""

    IS_QUIET = True
    BINDING_GROUP_TITLE = "Welcome back"
    DEFAULT_CSS = """
    WelcomeScreen {
        background: $background;
        color: $foreground;
        VerticalGroup { margin: 2 0 0 0; }
        Static { width: 100%; height: auto; padding: 0 0 0 6; }
        Rows { height: 4; padding: 0 3; margin: 1 0 0 0; }
        .quiet { color: $dim; text-style: $dim-style; margin: 1 0 0 0; }
        #question { margin: 2 0 0 0; text-style: bold; }
        &.-low VerticalGroup, &.-low Rows, &.-low .quiet, &.-low #question { margin: 0; }
        &.-narrow Static { padding: 0 0 0 3; }
        &.-narrow Rows { padding: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "pick(0)", "Choose", key_display="1-4"),
        *(Binding(str(number), f"pick({number - 1})", show=False) for number in range(2, len(_ANSWERS) + 1)),
        Binding("l", "look", "Look at what is waiting"),
        Binding("escape", "dismiss", "Today"),
        Binding("q", "app.quit", "Quit", show=False),
    ]

    app = getters.app(CoachApp)
    rows = getters.query_one(Rows)

    def __init__(self, welcome: Welcome) -> None:
        super().__init__()
        self._welcome = welcome
        self._is_ready = False

    def compose(self) -> ComposeResult:
        yield TitleBar("coach", show_day(self.app.coach.items.today()))
        with VerticalGroup():
            yield Static(content(greeting(self._welcome.away)))
            yield Static(content("What kind of day is today?"), id="question")
            yield Rows()
            yield Static(content("The days between count as “not known”, never as missed."), classes="quiet")
            yield Static(id="waiting", classes="quiet")
        yield KeyBar()

    def on_mount(self) -> None:
        self.rows.focus()
        self._draw()
        self.set_timer(READY_AFTER, self._get_ready)

    def _get_ready(self) -> None:
        self._is_ready = True

    def on_resize(self) -> None:
        self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "look" or bool(self._welcome.waiting.words)

    def _draw(self) -> None:
        wide = self.size.width >= _WIDE
        rows = []
        for number, (kind, words, about) in enumerate(_ANSWERS, 1):
            more = self._filled() if kind == "usual" and self._welcome.usual else about
            rows.append(Row(f"{words:<20}{more}" if wide else words, key=str(number - 1), time=str(number)))
        self.rows.set_rows(rows)
        told = self._welcome.waiting.words
        first = "Waiting, whenever you like (none of it today, if you prefer):\n    " if wide else "l  "
        self.query_one("#waiting", Static).update(content(first + told if told else ""))
        self.refresh_bindings()

    def _filled(self) -> str:
        return f"filled from “{fit(self._welcome.usual_title, 24, self.app.glyphs.ellipsis)}”"

    def on_rows_selected(self, event: Rows.Selected) -> None:
        self.action_pick(int(event.row.key))

    @work(exclusive=True, group="pick")
    async def action_pick(self, number: int) -> None:
        """The day is made that in one step, which u takes back."""
        if not self._is_ready:
            return
        kind, coach, said = _ANSWERS[number][0], self.app.coach, ""
        if kind is not None:
            try:
                await self.app.ask(
                    coach.days.choose, coach.items.today(), kind, self._welcome.usual if kind == "usual" else ""
                )
                said = f"Today is {KIND_WORDS[kind]}. u takes it back." + (
                    f" {STILL_REMIND}" if kind != "usual" else ""
                )
            except (NotSaved, Refused) as trouble:
                self.app.refused(trouble)  # said as soon as this screen is gone
        self.dismiss(None)
        if said:
            self.app.notice(said)

    @work(exclusive=True, group="look")
    async def action_look(self) -> None:
        from coach.ui.dialogs.leftovers import LeftoversDialog

        await self.app.push_screen_wait(LeftoversDialog())
        waiting = await self.app.ask(count_waiting, self.app.coach)
        self._welcome = replace(self._welcome, waiting=waiting)
        self._draw()
