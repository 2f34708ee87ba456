"""The drawing of a breath: only what changes is redrawn, and only that is sent."""

from __future__ import annotations

from typing import cast

import pyte
from textual import __version__
from textual._compositor import ChopsUpdate, Compositor
from textual.pilot import Pilot
from textual.screen import Screen

from coach.domain.pacing import at
from coach.ui.sparse import send_sparsely
from coach.ui.widgets.breath import BreathBar, BreathShape, BreathView, BreathWords
from coach.ui.widgets.disc import Disc
from coach.ui.widgets.pace import PaceView
from coach.ui.widgets.player_pages import RatePage
from tests.ui.player_stage import BOX, EXT, Stage, lines, pace, refreshed


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


async def test_only_changes_are_drawn_at_every_size_in_both_sets_of_glyphs() -> None:
    for ascii_only in (False, True):
        app = Stage(ascii_only)
        async with app.run_test(size=(80, 24)) as pilot:
            if not ascii_only:
                await _only_changed_cells_are_redrawn(app, pilot)
                await _a_terminal_is_sent_only_the_cells_that_changed(app, pilot)
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
            await _a_small_screen_shows_the_cautions_first(app, pilot)


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


async def _a_small_screen_shows_the_cautions_first(app: Stage, pilot: Pilot[None]) -> None:
    await pilot.resize_terminal(40, 15)
    player = await app.play(BOX)
    await pilot.pause()
    page = player.query_one("#before", RatePage)
    assert (page.scroll_y, page.max_scroll_y > 0) == (0, True)
    await pilot.press("enter")
    await pilot.pause()
    assert page.display
    assert page.scroll_y == page.max_scroll_y
    await pilot.press("enter")
    assert not page.display
    await pilot.press("q")
