"""The full screen: looks, places and keys put on the running program."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import SystemCommand
from textual.command import Provider
from textual.screen import Screen

from coach.domain.events import Changed
from coach.resources import themes_dir
from coach.ui import themes
from coach.ui.commands import Commands
from coach.ui.environment import wants_plain_colours
from coach.ui.glyphs import choose
from coach.ui.places import FIRST, PAGES
from coach.ui.running import screens_of
from coach.ui.text import plain

if TYPE_CHECKING:
    from coach.bootstrap import Coach
    from coach.ui.prompting import Prompting
    from coach.ui.welcome_words import Welcome


def _bindings() -> type[Provider]:
    """Imported when the palette first opens."""
    from coach.ui.palette import Bindings

    return Bindings


class CoachApp(Commands):
    """What `coach` opens; `run()` gives back the exit code."""

    TITLE = "coach"
    CSS_PATH = [themes_dir() / "coach.tcss"]
    PAGES = PAGES
    DEFAULT_MODE = FIRST
    COMMANDS = {_bindings}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-wide"), (100, "-roomy")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-tall")]

    def __init__(self, coach: Coach) -> None:
        super().__init__(coach)
        for name in self.PAGES.keys() - {FIRST}:
            self.add_mode(name, self.PAGES[name])
        settings = coach.settings.now
        self.glyphs = choose(settings.glyphs, os.environ, getattr(sys.__stdout__, "encoding", None))
        self.prompting: Prompting | None = None
        self._here_on: date | None = None
        """The day on which somebody was last seen to be here."""
        self._problems = [*coach.settings.problems, *self._dress(settings.theme)]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.defaults(self.current_theme)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        return ()  # among them "Screenshot", which would put private text into the downloads folder

    def get_default_screen(self) -> Screen[Any]:
        return self.PAGES[FIRST]()

    def on_mount(self) -> None:
        self.add_mode(FIRST, self.PAGES[FIRST])  # only now: a first screen out of a mode is styled twice (8 ms)
        if self.coach.settings.is_first_run():
            from coach.ui.screens.first_run import FirstRunScreen

            self.push_screen(FirstRunScreen())

    def first_words(self) -> None:
        """One notice with everything in the person's own files that could not be used."""
        problems = [*self._problems, *self._take_keys()]
        if problems:
            self.notice(" ".join(problems), "warning")

    def dress(self) -> None:
        """Puts changed settings on the running program."""
        settings = self.coach.settings.now
        self.glyphs = choose(settings.glyphs, os.environ, getattr(sys.__stdout__, "encoding", None))
        if self.get_theme(settings.theme) is not None and not wants_plain_colours(os.environ):
            self.theme = settings.theme
        self._take_keys()
        for screen in screens_of(self):
            for widget in screen.query("*"):
                widget.refresh()
        self.changed.publish(Changed(frozenset()))

    async def start_alarm(self) -> None:
        self.run_worker(self._arrive(), group="opening")

    async def _arrive(self) -> None:
        """Whoever was away is welcomed first, so that a start asks one thing; then comes what is due, or to be said."""
        from coach.ui.opening import opening_words
        from coach.ui.prompting import Prompting

        is_back = await self._welcome_back()
        if not self.is_running:
            return
        self.prompting = Prompting(self)
        if is_back:
            self.prompting.rest()
        self.changed.subscribe(self, self.prompting.heed)
        await self.prompting.start()
        if said := await self.ask(opening_words, self.coach):
            self.notice(" ".join(said), "warning")

    async def _welcome_back(self) -> bool:
        """Notes that somebody is here; whether there was something to say to them."""
        from coach.ui.welcome_words import arrive

        self._here_on = self.coach.items.today()
        welcome = None if self.coach.settings.is_first_run() else await self.ask(arrive, self.coach)
        if welcome is not None:
            self.welcome(welcome)
        return welcome is not None

    async def on_event(self, event: events.Event) -> None:
        """Left open overnight, the program starts into the new day with a key: a minute alone says nobody is here."""
        await super().on_event(event)
        if isinstance(event, events.Key) and self.prompting is not None and self._here_on != self.coach.items.today():
            self.run_worker(self._greet(), group="greet", exclusive=True)

    async def _greet(self) -> None:
        from coach.ui.page import Page

        if isinstance(self.screen, Page) and await self._welcome_back() and self.prompting is not None:
            self.prompting.rest()

    def welcome(self, welcome: Welcome) -> None:
        """Never over anything that was opened meanwhile."""
        from coach.ui.page import Page
        from coach.ui.screens.welcome import WelcomeScreen

        if isinstance(self.screen, Page):
            self.push_screen(WelcomeScreen(welcome), self.show_again)

    async def leave(self, code: int = 0) -> None:
        if self.prompting is not None:
            self.prompting.stop()
        await super().leave(code)

    def _take_keys(self) -> tuple[str, ...]:
        """Puts the person's own keys in force; a sentence about each that cannot be."""
        if not (wanted := self.coach.settings.now.keys):
            self.set_keymap({})
            return ()
        from coach.ui.keymap import check, declared  # imports every screen: only people with own keys pay for it

        keys = check(wanted, declared(type(self)))
        self.set_keymap(keys.keymap)
        return tuple(f"{self.coach.paths.config}, [keys]: {problem}" for problem in keys.problems)

    def _dress(self, wanted: str) -> Iterable[str]:
        found = themes.load(Path(self.coach.paths.config).parent / "themes")
        for theme in found.themes:
            self.register_theme(theme)
        if wants_plain_colours(os.environ):
            wanted = themes.PLAIN
        chosen = self.get_theme(wanted)
        known = chosen is not None
        if chosen is not None and chosen.ansi:
            self.theme = wanted
        else:  # before the first paint there is nothing to restyle: the watcher would parse all of it a second time
            self.set_reactive(CoachApp.theme, wanted if known else themes.DEFAULT)
            self.stylesheet.set_variables(self.get_css_variables())
        unknown = () if known else (f'There is no theme called "{plain(wanted)}"; this is {themes.DEFAULT}.',)
        return (*found.problems, *unknown)
