"""The way through a practice: asked first, paced by the clock, every second counted."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.screen import Screen

from coach.ui.screens.player import PlayerResult
from coach.ui.widgets.breath import BreathShape
from coach.ui.widgets.pace import PaceView
from coach.ui.widgets.pacer import Pacer
from coach.ui.widgets.player_pages import RatePage
from tests.ui.player_stage import PRECHECK, Stage, pace

Results = list[PlayerResult | None]


async def test_the_way_through() -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        assert await _every_key(app, pilot) == [PlayerResult("ext-4-6", 11, 1)]
        drowsy, nothing_done = await _asked_first(app, pilot)
        assert (drowsy, nothing_done) == (PlayerResult("ext-4-6", skipped="drowsy"), None)
        to_the_end, left_early = await _numbers(app, pilot)
        assert to_the_end == PlayerResult("ext-4-6", 300, 30, 10, 3)
        assert left_early == PlayerResult("ext-4-6", 5, 0, 5, None)
        assert await _time_slept_through(app, pilot) == [PlayerResult("ext-4-6", 5)]


async def _every_key(app: Stage, pilot: Pilot[None]) -> Results:
    """What came of it, as of all the following."""
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
    return [*app.results]


async def _asked_first(app: Stage, pilot: Pilot[None]) -> Results:
    app.results.clear()
    player = await app.play(precheck=PRECHECK)
    await pilot.press("y", "1")
    assert app.helped == 1
    assert not player.query_one(Pacer).display
    await pilot.press("space", "w", "less_than_sign", "enter")
    await app.play(precheck=PRECHECK)
    await pilot.press("n", "escape")
    return [*app.results]


async def _numbers(app: Stage, pilot: Pilot[None]) -> Results:
    app.results.clear()
    player = await app.play()
    await pilot.press("1", "0")
    assert "before 10" in str(player.query_one("#round").render())
    while not player.query_one("#after", RatePage).display:
        await pace(pilot, player, 50)
    assert player.part_done() == PlayerResult("ext-4-6", 300, 30, 10, None)
    await pilot.press("3")
    player = await app.play()
    await pilot.press("left", "enter")
    await pace(pilot, player, 8)
    await pilot.press("q")
    return [*app.results]


async def _time_slept_through(app: Stage, pilot: Pilot[None]) -> Results:
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
    return [*app.results]
