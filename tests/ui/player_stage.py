"""A small stage for the breathing screen: an app, a clock that is set by hand, and ways to look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from textual.app import App
from textual.geometry import Region
from textual.pilot import Pilot

from coach.domain.practices import Practice, Precheck
from coach.resources import content_dir
from coach.storage.packs import read_practices, read_precheck
from coach.ui.glyphs import ASCII, UNICODE
from coach.ui.screens.player import PlayerResult, PlayerScreen
from coach.ui.themes import load
from coach.ui.widgets.breath import BreathView
from coach.ui.widgets.pacer import Pacer

PRACTICES = {practice.id: practice for practice in read_practices(str(content_dir() / "practices")).things}
EXT, BOX = PRACTICES["ext-4-6"], PRACTICES["box-4"]
PRECHECK = read_precheck(str(content_dir() / "precheck.toml"))


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Stage(App[None]):
    """Just enough of an app for the player."""

    def __init__(self, ascii_only: bool = False) -> None:
        super().__init__()
        self.glyphs = ASCII if ascii_only else UNICODE
        self.results: list[PlayerResult | None] = []
        self.clock = Clock()
        self.helped = 0

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"dim": "#98a29f", "dim-style": "none", "rule": "#333333"}

    def on_mount(self) -> None:
        for theme in load().themes:
            self.register_theme(theme)
        self.theme = "dusk"

    def action_help_now(self) -> None:
        self.helped += 1

    async def play(
        self, practice: Practice = EXT, precheck: Precheck | None = None, motion: str = "full"
    ) -> PlayerScreen:
        self.clock.now = 1000.0
        player = PlayerScreen(practice, precheck=precheck, motion=motion, clock=self.clock)
        await self.push_screen(player, self.results.append)
        return player


def lines(view: BreathView) -> list[str]:
    return [view.render_line(y).text for y in range(view.size.height)]


@contextmanager
def refreshed(view: BreathView) -> Iterator[list[Region]]:
    seen: list[Region] = []
    real = view.refresh

    def refresh(*regions: Region, **options: bool) -> BreathView:
        assert regions, "the whole widget was refreshed"
        seen.extend(regions)
        return real(*regions, **options)

    view.refresh = refresh  # type: ignore[method-assign]  # watched for a moment
    yield seen
    view.refresh = real  # type: ignore[method-assign]  # watched for a moment


async def pace(pilot: Pilot[None], player: PlayerScreen, seconds: float) -> None:
    """Moves the clock as a timer would have, and lets the player look."""
    clock = pilot.app.clock  # type: ignore[attr-defined]  # the app is a Stage
    while seconds > 0:
        step = min(1.0, seconds)
        clock.now += step
        seconds -= step
        player.query_one(Pacer).tick()
    await pilot.pause()
