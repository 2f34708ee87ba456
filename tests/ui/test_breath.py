"""The breathing screen: it redraws what changes, follows the clock, and counts every second."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import pyte
from textual import __version__
from textual._compositor import ChopsUpdate, Compositor
from textual.app import App
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen

from coach.domain.pacing import at
from coach.domain.practices import Practice, Precheck
from coach.resources import content_dir
from coach.storage.packs import read_practices, read_precheck
from coach.ui.glyphs import ASCII, UNICODE
from coach.ui.screens.player import PlayerResult, PlayerScreen
from coach.ui.sparse import send_sparsely
from coach.ui.themes import load
from coach.ui.widgets.breath import BreathBar, BreathShape, BreathView, BreathWords
from coach.ui.widgets.disc import Disc
from coach.ui.widgets.pace import PaceView
from coach.ui.widgets.pacer import Pacer
from coach.ui.widgets.player_pages import RatePage

PRACTICES = {practice.id: practice for practice in read_practices(str(content_dir() / "practices")).practices}
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

    view.refresh = refresh  # type: ignore[method-assign]
    yield seen
    view.refresh = real  # type: ignore[method-assign]


async def pace(pilot: Pilot[None], player: PlayerScreen, seconds: float) -> None:
    """Moves the clock as a timer would have, and lets the player look."""
    clock = pilot.app.clock  # type: ignore[attr-defined]
    while seconds > 0:
        step = min(1.0, seconds)
        clock.now += step
        seconds -= step
        player.query_one(Pacer).tick()
    await pilot.pause()


def test_a_disc_never_leaves_its_place_and_only_grows() -> None:
    for width in range(0, 130, 7):
        for height in range(0, 45, 4):
            disc = Disc.fitting(width, height)
            assert disc is None or (disc.rows <= height and disc.columns <= width)
    for rows in (9, 17, 25):
        disc = Disc(rows)
        for cells in (disc.dots, disc.marks):
            filled = [sum(code > 0 for row in cells(step / 40) for code in row) for step in range(41)]
            assert filled == sorted(filled) or cells == disc.marks
        assert all(not disc.dots(1.0)[y][x] for x, y in disc.ring), "a full breath covers its ring"
        assert all(0 <= x < disc.columns and 0 <= y < rows for x, y in disc.ring)
        middle = range(disc.columns // 2 - 5, disc.columns // 2 + 5)
        assert {disc.bands[rows // 2 - 1][x] for x in middle} == {0}, "words stand on one calm tone"


def test_the_part_of_textual_that_is_taken_hold_of_is_the_one_that_was_looked_at() -> None:
    """When this goes red: look at textual/_compositor.py again, then name the new version here."""
    assert __version__.startswith("8.2.")
    assert callable(Compositor.render_partial_update)
    update = ChopsUpdate([{0: None}], [(0, 0, 1)], [[1]])
    assert (update.chops, update.spans, update.chop_ends) == ([{0: None}], [(0, 0, 1)], [[1]])
    send_sparsely(cast(Screen[None], object()))  # another shape: left alone


async def test_drawing_and_the_way_through() -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await _only_changed_cells_are_redrawn(app, pilot)
        await _a_terminal_is_sent_only_the_cells_that_changed(app, pilot)
        await _every_key(app, pilot)
        await _asked_first(app, pilot)
        await _numbers(app, pilot)
        await _time_slept_through(app, pilot)


async def _only_changed_cells_are_redrawn(app: Stage, pilot: Pilot[None]) -> None:
    player = await app.play(BOX)
    await pilot.press("enter")
    shape = player.query_one(BreathShape)
    assert player.query_one(PaceView).shown == "shape"
    before = [list(shape.render_line(y)) for y in range(shape.size.height)]
    old = lines(shape)
    with refreshed(shape) as regions:
        for step in range(41):
            shape.show_breath(step / 40, "breathe in", str(4 - step // 11))
            new = lines(shape)
            for y, (was, now) in enumerate(zip(old, new, strict=True)):
                changed = {x for x, (a, b) in enumerate(zip(was, now, strict=True)) if a != b}
                assert changed <= {x for r in regions if r.y == y for x in range(r.x, r.right)}
            assert sum(region.area for region in regions) <= 0.35 * shape.size.area
            old = new
            regions.clear()
        shape.show_breath(1.0, "breathe in", "1")
        assert regions == [], "nothing differs, nothing is drawn"
        shape.show_breath(1.0, "breathe in", "4")
        regions.clear()
        for elapsed in (4.0, 4.4, 4.99, 5.0, 6.0, 7.0):
            shape.show(at(BOX, elapsed, 19))
        assert sum(region.area for region in regions) <= 12 + 4 * 2, "a hold draws its word once and its seconds"
    assert [list(shape.render_line(y)) for y in range(shape.size.height)] != before
    word_rows = [y for y, line in enumerate(lines(shape)) if "hold" in line]
    shape.show(at(EXT, 8.0, 30))
    assert [y for y, line in enumerate(lines(shape)) if "breathe out" in line] == word_rows
    await pilot.press("q")


async def _a_terminal_is_sent_only_the_cells_that_changed(app: Stage, pilot: Pilot[None]) -> None:
    player = await app.play()
    await pilot.press("7")
    shape = player.query_one(BreathShape)
    shape.show_breath(0.5, "breathe in", "2")
    await pilot.pause()
    terminal = pyte.Screen(80, 24)
    stream = pyte.Stream(terminal)
    compositor = player._compositor
    stream.feed(compositor.render_full_update().render_segments(app.console))
    shape.show_breath(0.7, "breathe out", "6")
    compositor.update_widgets({shape})
    update = compositor.render_partial_update()
    assert update is not None
    sent = update.render_segments(app.console)
    stream.feed(sent)
    top, shown = shape.region.y, lines(shape)
    assert [line.rstrip() for line in terminal.display[top : top + len(shown)]] == [line.rstrip() for line in shown]
    assert len(sent) * 4 < len(ChopsUpdate.render_segments(update, app.console))
    await pilot.press("q")


async def _every_key(app: Stage, pilot: Pilot[None]) -> None:
    app.results.clear()
    player = await app.play()
    await pilot.press("enter")
    view, pacer = player.query_one(BreathShape), player.query_one(Pacer)
    assert (view.word, view.number) == ("ready", "3")
    await pace(pilot, player, 4)
    assert (view.word, view.number, player.part_done().seconds) == ("breathe in", "3", 1)
    await pilot.press("space")
    assert view.word == "paused"
    app.clock.now += 60
    assert player.part_done().seconds == 1
    await pilot.press("space")
    await pace(pilot, player, 1)
    assert (view.word, player.part_done().seconds) == ("breathe in", 2)
    await app.push_screen(Screen())
    assert view.word == "paused", "nobody follows a breath they cannot see"
    app.pop_screen()
    await pilot.pause()
    await pilot.press("space", "<")
    assert "in 4.5   out 6.5" in str(player.query_one("#title").render())
    await pace(pilot, player, 9)
    assert (view.word, view.number) == ("breathe in", "4")
    for _ in range(9):
        await pilot.press(">")
    assert "in 2   out 4" in str(player.query_one("#title").render())
    shown = []
    for _ in range(3):
        await pilot.press("w")
        shown.append(player.query_one(PaceView).shown)
    assert shown == ["bar", "words", "shape"]
    await pilot.press("escape")
    assert pacer.done == (11, 1)
    await pilot.press("escape")
    assert app.results == [PlayerResult("ext-4-6", 11, 1)]


async def _asked_first(app: Stage, pilot: Pilot[None]) -> None:
    app.results.clear()
    player = await app.play(precheck=PRECHECK)
    await pilot.press("y", "1")
    assert app.helped == 1
    assert not player.query_one(Pacer).display
    await pilot.press("space", "w", "less_than_sign", "enter")
    assert app.results == [PlayerResult("ext-4-6", skipped="drowsy")]
    await app.play(precheck=PRECHECK)
    await pilot.press("n", "escape")
    assert app.results[1:] == [None], "nothing was done, nothing is counted"


async def _numbers(app: Stage, pilot: Pilot[None]) -> None:
    app.results.clear()
    player = await app.play()
    await pilot.press("1", "0")
    assert "before 10" in str(player.query_one("#round").render())
    while not player.query_one("#after", RatePage).display:
        await pace(pilot, player, 50)
    assert player.part_done() == PlayerResult("ext-4-6", 300, 30, 10, None)
    await pilot.press("3")
    assert app.results == [PlayerResult("ext-4-6", 300, 30, 10, 3)]
    player = await app.play()
    await pilot.press("left", "enter")
    await pace(pilot, player, 8)
    await pilot.press("q")
    assert app.results[-1] == PlayerResult("ext-4-6", 5, 0, 5, None)


async def _time_slept_through(app: Stage, pilot: Pilot[None]) -> None:
    app.results.clear()
    player = await app.play()
    await pilot.press("enter")
    await pace(pilot, player, 8)
    app.clock.now += 300
    player.query_one(Pacer).tick()
    await pilot.pause()
    assert (player.query_one(BreathShape).word, player.part_done().seconds) == ("paused", 5)
    app.clock.now += 301
    player.query_one(Pacer).tick()
    await pilot.pause()
    assert player.query_one("#after", RatePage).display, "a pause of ten minutes ends it, with credit"
    await pilot.press("enter")
    assert app.results == [PlayerResult("ext-4-6", 5)]


async def test_every_size_both_sets_of_glyphs_and_no_motion() -> None:
    for ascii_only in (False, True):
        app = Stage(ascii_only)
        async with app.run_test(size=(80, 24)) as pilot:
            player = await app.play()
            await pilot.press("7")
            await pace(pilot, player, 6)
            for width, height, shown in (
                (120, 40, "shape"),
                (40, 15, "shape"),
                (30, 10, "bar"),
                (1, 1, "bar"),
                (80, 24, "shape"),
            ):
                await pilot.resize_terminal(width, height)
                await pilot.pause()
                assert player.query_one(PaceView).shown == shown
                text = "\n".join(line for view in player.query(BreathView) if view.display for line in lines(view))
                assert width == 1 or "breathe in" in text
                assert not ascii_only or text.isascii()
                strips = [view.render_line(y) for view in player.query(BreathView) for y in range(view.size.height)]
                assert all(strip.cell_length <= width for strip in strips)
            await pilot.press("q")
            if ascii_only:
                await _without_motion(app, pilot)


async def _without_motion(app: Stage, pilot: Pilot[None]) -> None:
    player = await app.play(motion="none")
    await pilot.press("enter")
    await pace(pilot, player, 5)
    await pilot.press("w")
    words = player.query_one(BreathWords)
    assert player.query_one(PaceView).shown == "words"
    assert (words.word, words.number) == ("breathe in", "2")
    assert not player.query_one(BreathBar).display
    await pilot.press("q")
