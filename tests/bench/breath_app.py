"""Two ways to draw the same breath: coach's own player, and one plain `Static.update` thirty times a second.

`python -m tests.bench.breath_app player|static IN HOLD OUT`, with the seconds of each phase (0 leaves it out).
"""

from __future__ import annotations

import sys
import time
from functools import cache

from rich.text import Text
from textual.app import App, ComposeResult
from textual.widgets import Static

from coach.domain.pacing import quantise
from coach.domain.practices import Do, Evidence, Phase, Practice
from coach.domain.session_clock import Course
from coach.ui import themes
from coach.ui.screens.player import PlayerScreen
from coach.ui.widgets.breath import WORD_CELLS, BreathShape
from coach.ui.widgets.breath_paint import Paint, Picture
from coach.ui.widgets.disc import Disc

FRAMES = 30
MINUTES = 10
ROWS = 17
"""What the player leaves for the shape at 80x24."""
READY = "breathe in"


def practice_of(seconds: list[str]) -> Practice:
    kinds: tuple[Do, ...] = ("in", "hold", "out")
    phases = [Phase(do, float(given)) for do, given in zip(kinds, seconds, strict=True) if float(given)]
    return Practice("bench", "Bench", "", tuple(phases), Evidence("D", ""))


class Dressed(App[None]):
    """An app in coach's own colours: both ways paint the same ones."""

    def __init__(self) -> None:
        super().__init__()
        for theme in themes.load().themes:
            self.register_theme(theme)
        self.theme = themes.DEFAULT

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Textual asks for these before any theme of ours is there."""
        return dict(next(theme for theme in themes.load().themes if theme.name == themes.DEFAULT).variables)


class Player(Dressed):
    """The player and nothing around it."""

    def __init__(self, practice: Practice) -> None:
        super().__init__()
        self._practice = practice

    async def on_mount(self) -> None:
        await self.push_screen(PlayerScreen(self._practice, minutes=MINUTES))


class Plain(Dressed):
    """The same picture, the same words, drawn whole for every frame."""

    CSS = "#shape { height: 1fr; content-align: center middle; }"

    def __init__(self, practice: Practice) -> None:
        super().__init__()
        self._course = Course.plan(practice, MINUTES)
        self._begun = 0.0

    def compose(self) -> ComposeResult:
        yield Static(id="shape")
        yield Static("round 1", id="round")

    def on_mount(self) -> None:
        self._picture = Picture(Disc(ROWS), Paint.of(self.theme_variables, self.screen.background_colors[1]), False)
        self._begun = time.monotonic()
        self.set_interval(1 / FRAMES, self._draw)

    def _draw(self) -> None:
        moment = self._course.at(time.monotonic() - self._begun)
        step = quantise(moment.level, BreathShape.STEPS)
        self.query_one("#shape", Static).update(self._whole(step, moment.cue, str(moment.seconds_left)), layout=False)

    @cache  # noqa: B019  # as cheap as the plain way can be: each picture is built once
    def _whole(self, step: int, word: str, number: str) -> Text:
        level = step / BreathShape.STEPS
        text = {ROWS // 2 - 1: word.center(WORD_CELLS), ROWS // 2 + 1: number.rjust(2)}
        whole = Text()
        for y in range(ROWS):
            for segment in self._picture.line(y, level, text.get(y, "")):
                whole.append(segment.text, segment.style)
            whole.append("\n")
        return whole


if __name__ == "__main__":
    kind, *phases = sys.argv[1:]
    program: App[None] = {"player": Player, "static": Plain}[kind](practice_of(phases))
    program.run()
