"""The first start: three small pages, each of which can be skipped, and a day with up to three things at the end."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from coach.bootstrap import Coach
from coach.domain.errors import NotSaved
from coach.ui.app import CoachApp
from coach.ui.asking import ask_line
from coach.ui.clock_times import read_time
from coach.ui.first_day import MOST, PAGES, Answers
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.lines import Row
from coach.ui.widgets.rows import Rows


class FirstRunScreen(Screen[None]):
    """Only in an empty home; no word on it tells anyone why it was opened."""

    BINDING_GROUP_TITLE = "First start"
    BINDINGS = [
        Binding("space", "choose", "Choose"),
        Binding("enter", "next", "Next", priority=True),
        Binding("escape", "skip", "Skip"),
        Binding("backspace", "back", "Back", show=False),
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
        yield Rows()
        yield KeyBar()

    def on_mount(self) -> None:
        self.rows.focus()
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not (action in ("breathe", "note_urge") or action.startswith("switch_mode"))

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
                self._answers = self._answers.chosen(key)
        self._draw()

    def action_next(self) -> None:
        if self._page + 1 < len(PAGES):
            self._turn(self._page + 1)
        else:
            self._begin()

    def action_back(self) -> None:
        self._turn(max(0, self._page - 1))

    def action_skip(self) -> None:
        """The first page skips everything, the second only itself, the third gives an empty day."""
        if self._page == 1:
            self._turn(2)
            return
        self._answers = replace(self._answers, things=(), own="")
        self._begin()

    def _turn(self, page: int) -> None:
        self._page = page
        self._draw()
        self.rows.action_leap(-1, True)

    def _draw(self) -> None:
        if self.is_mounted:
            width, height = self.size.width, self.size.height
            head = Row("coach", kind="heading", right=f"{self._page + 1} of {len(PAGES)}")
            body = PAGES[self._page](self._answers, self.app.glyphs, width, height)
            self.rows.set_rows([head, *([Row("", kind="gap")] if height > 18 else []), *body])

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
            check=lambda text: self._answers.beginning(read_time(text)),
        )

    async def _type_own(self) -> None:
        async def keep(text: str) -> None:
            self._answers = replace(self._answers, own=text.strip(), things=self._answers.things[: MOST - 1])

        await ask_line(self.app, "One small thing", keep, value=self._answers.own, check=self.app.coach.items.read)

    @work(exclusive=True, group="begin")
    async def _begin(self) -> None:
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
