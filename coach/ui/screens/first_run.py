"""The first start: three small pages, each of which can be skipped, and a day with up to three things at the end."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from coach.bootstrap import Coach
from coach.domain.errors import NotSaved
from coach.ui.app import CoachApp
from coach.ui.asking import ask_line
from coach.ui.clock_times import read_time
from coach.ui.first_day import MOST, PAGES, THINGS, Answers
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.rows import Rows
from coach.ui.widgets.titlebar import TitleBar

_ONLY_ON = {"next": (0, 1), "begin": (2,), "skip_all": (0,), "skip": (1,), "leave_empty": (2,), "back": (1, 2)}
"""Pages, counted from 0, on which an action is there."""


class FirstRunScreen(ModalScreen[None]):
    """Only in an empty home; no word on it tells anyone why it was opened. Modal, so that no place opens behind it."""

    BINDING_GROUP_TITLE = "First start"
    BINDINGS = [
        Binding("space", "choose", "Choose"),
        Binding("enter", "next", "Next", priority=True),
        Binding("enter", "begin", "Begin my day", priority=True),
        Binding("escape", "skip_all", "Skip all"),
        Binding("escape", "skip", "Skip"),
        Binding("escape", "leave_empty", "Empty day"),
        Binding("backspace", "back", "Page before"),
    ]
    DEFAULT_CSS = """
    FirstRunScreen { background: $background; color: $foreground; }
    """

    app = getters.app(CoachApp)
    rows = getters.query_one(Rows)

    def __init__(self) -> None:
        super().__init__()
        self._page = 0
        self._answers = Answers()

    def compose(self) -> ComposeResult:
        yield TitleBar("coach")
        yield Rows()
        yield KeyBar()

    def on_mount(self) -> None:
        self.rows.focus()
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._page in _ONLY_ON.get(action, (self._page,))

    def on_rows_selected(self) -> None:
        self.action_choose()

    on_rows_marked = on_rows_selected

    @work(exclusive=True)
    async def action_choose(self) -> None:
        """Space answers the line it stands on."""
        key = self.rows.current.key if self.rows.current else ""
        match key:
            case "country":
                await self._choose_country()
            case "day_start":
                await self._choose_day_start()
            case "own":
                await self._type_own()
            case _:
                chosen = self._answers.chosen(key)
                if chosen == self._answers and key in THINGS:
                    self.app.notice(f"{MOST} are enough for a first day. Space takes one off.")
                self._answers = chosen
        self._draw()

    def action_next(self) -> None:
        self._turn(self._page + 1)

    action_skip = action_next

    def action_back(self) -> None:
        self._turn(self._page - 1)

    def action_leave_empty(self) -> None:
        self._answers = replace(self._answers, things=(), own="")
        self.action_begin()

    action_skip_all = action_leave_empty

    def _turn(self, page: int) -> None:
        self._page = page
        self._draw()
        self.rows.action_leap(-1, True)
        self.refresh_bindings()

    def _draw(self) -> None:
        if self.is_mounted:
            self.query_one(TitleBar).note = f"{self._page + 1} of {len(PAGES)}"
            self.rows.set_rows(PAGES[self._page](self._answers, self.app.glyphs, self.size.width, self.size.height))

    async def _choose_country(self) -> None:
        from coach.ui.dialogs.country import CountryChooser

        countries = await self.app.ask(self.app.coach.helpnow.countries)
        code = await self.app.push_screen_wait(CountryChooser(countries, self._answers.country))
        found = next((one for one in countries if one.code == code), None)
        if found is not None:
            self._answers = replace(
                self._answers, country=found.code, country_name=found.name, emergency=found.emergency
            )

    async def _choose_day_start(self) -> None:
        async def keep(text: str) -> None:
            self._answers = self._answers.beginning(read_time(text))

        await ask_line(
            self.app,
            "When does your day begin?",
            keep,
            value=f"{self._answers.day_start:%H:%M}",
            offer=True,
            check=lambda text: self._answers.beginning(read_time(text)),
        )

    async def _type_own(self) -> None:
        async def keep(text: str) -> None:
            room = MOST - bool(text.strip())
            self._answers = replace(self._answers, own=text.strip(), things=self._answers.things[:room])

        def check(text: str) -> None:
            if text.strip():  # nothing takes it off again
                self.app.coach.items.read(text)

        await ask_line(
            self.app, "One small thing", keep, value=self._answers.own, placeholder="ring mum 17:00", check=check
        )

    @work(exclusive=True, group="begin")
    async def action_begin(self) -> None:
        with suppress(NotSaved):  # said already; coach works all the same, and asks again at the next start
            await self.app.ask(keep_answers, self.app.coach, self._answers)
        self.app.dress()
        self.dismiss(None)


def keep_answers(coach: Coach, answers: Answers) -> None:
    """Puts the answers where they belong; runs in the store thread."""
    coach.settings.change(
        rooms=answers.rooms,
        country=answers.country,
        seen_by_others=answers.seen_by_others,
        day_start=answers.day_start,
        reminders=answers.reminders,
    )
    if answers.country:
        coach.helpnow.choose(answers.country)
    for title, part in answers.small_day():
        coach.items.add(coach.items.read(title), part)
