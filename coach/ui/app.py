"""The full screen: looks, places and keys put on the running program."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.screen import Screen

from coach.resources import themes_dir
from coach.ui import themes
from coach.ui.commands import Commands
from coach.ui.environment import wants_plain_colours
from coach.ui.glyphs import choose
from coach.ui.palette import Bindings
from coach.ui.places import MODES
from coach.ui.text import plain

if TYPE_CHECKING:
    from coach.bootstrap import Coach


class CoachApp(Commands):
    """What `coach` opens; `run()` gives back the exit code."""

    TITLE = "coach"
    CSS_PATH = [themes_dir() / "coach.tcss"]
    MODES = MODES
    DEFAULT_MODE = "today"
    COMMANDS = {Bindings}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-wide"), (100, "-roomy")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-tall")]

    def __init__(self, coach: Coach) -> None:
        super().__init__(coach)
        settings = coach.settings.now
        self.glyphs = choose(settings.glyphs, os.environ, getattr(sys.__stdout__, "encoding", None))
        self._problems = [*coach.settings.problems, *self._dress(settings.theme)]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.defaults(self.current_theme)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        return ()  # among them "Screenshot", which would put private text into the downloads folder

    def first_words(self) -> None:
        """One notice with everything in the person's own files that could not be used."""
        problems = self._problems
        if wanted := self.coach.settings.now.keys:
            from coach.ui.keymap import check, declared  # imports every screen: only people with own keys pay for it

            keys = check(wanted, declared(type(self)))
            self.set_keymap(keys.keymap)
            problems = [*problems, *keys.problems]
        if problems:
            self.notice(" ".join(problems), "warning")

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
        unknown = () if known else (f'There is no theme called "{plain(wanted)}"; this is {themes.DEFAULT}.',)
        return (*found.problems, *unknown)
