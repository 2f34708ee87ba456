"""The few screens whose looks are kept as pictures; `--snapshot-update` takes them again after a wanted change."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]  # it has no hints
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from coach.bootstrap import Coach, build
from coach.domain.habits import Target
from coach.paths import Paths
from coach.ui.app import CoachApp
from coach.ui.glyphs import UNICODE
from coach.ui.screens.player import PlayerScreen
from coach.ui.widgets.pacer import Pacer
from tests.ui.player_stage import EXT, Clock
from tests.ui.stage import MORNING, frame, home
from tests.ui.started import until_shown

Run = Pilot[int]


@pytest.fixture
def pictures(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(SVGImageExtension)


def invented_day(path: Path) -> Coach:
    """Example data, none of it anybody's."""
    early = build(Paths(str(path)), lambda: MORNING - timedelta(days=1))
    early.items.add(early.items.read("Return the book"))
    coach = home(path, 'theme = "dusk"\nglyphs = "unicode"\n', lambda: MORNING)
    for line, state in (
        ("Walk 07:30 30m today", "done"),
        ("Breakfast 08:00 today", "done"),
        ("Clinic 10:30 30m today", "open"),
        ("Lunch, friends 12:00 1h", "open"),
        ("Ring mum 17:00 5m", "open"),
        ("Group 18:30 1h30", "open"),
        ("Wind down 21:30", "open"),
        ("Post the letter 10m", "open"),
        ("Learn to juggle later", "open"),
    ):
        item = coach.items.add(coach.items.read(line))
        if state == "done":
            coach.items.mark(item.id, coach.items.today(), "done")
    goal = coach.goals.add("Back to college", "find the form\nask Jo\npost it")
    coach.goals.steps.tick(goal.id, goal.in_order()[0][0], done=True)
    wind_down = coach.items.find("Wind down", coach.items.today())
    coach.items.routines.add_steps(wind_down.id, "phone away\nshower 10m\nread a page")
    for title, every in (("Journal", 4), ("Walk", 7)):
        habit = coach.habits.add(title, "build", Target())
        for back in range(1, 30):
            if back % every:
                coach.habits.mark(habit.id, coach.items.today() - timedelta(days=back), "done")
    coach.moods.log(6)
    coach.journal.write("A quiet morning. The walk was cold and good.")
    coach.sessions.log(EXT.id, 305, 7, 4)
    return coach


async def picture(app: CoachApp, pilot: Run, words: str) -> str:
    """The screen once the words stand on it, without what was said a moment ago."""
    await until_shown(pilot, words)
    app.clear_notifications()
    await pilot.pause()
    return app.export_screenshot(title="coach")


async def test_the_places(tmp_path: Path, pictures: SnapshotAssertion) -> None:
    app = CoachApp(invented_day(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        assert await picture(app, pilot, "l look") == pictures(name="today")
        for theme in ("paper", "clear"):
            app.theme = theme
            assert await picture(app, pilot, "l look") == pictures(name=f"today-{theme}")
        app.theme = "dusk"
        await pilot.resize_terminal(40, 15)
        assert await picture(app, pilot, "NOW  10:30 Clinic") == pictures(name="today-narrow")
        await pilot.resize_terminal(80, 24)
        for key, words in (("2", "ask Jo"), ("3", "before 7, after 4"), ("4", "A quiet morning")):
            await pilot.press(key)
            assert await picture(app, pilot, words) == pictures(name=f"place-{key}")
        await pilot.press("comma")
        assert await picture(app, pilot, "Lines and boxes") == pictures(name="settings")
        await pilot.press("1", "ctrl+r")
        assert await picture(app, pilot, "Back to what I was doing") == pictures(name="help-now")
        await pilot.press("escape")
        await _in_the_middle_of_a_breath(app, pilot, pictures)


async def _in_the_middle_of_a_breath(app: CoachApp, pilot: Run, pictures: SnapshotAssertion) -> None:
    clock = Clock()
    player = PlayerScreen(EXT, clock=clock)
    await app.push_screen(player)
    await pilot.press("enter")
    for _step in range(11):  # three, two, one, and two and a half seconds of the first breath
        clock.now += 0.5
        player.query_one(Pacer).tick()
    assert await picture(app, pilot, "breathe in") == pictures(name="breath")


async def test_the_first_page(tmp_path: Path, pictures: SnapshotAssertion) -> None:
    app = CoachApp(build(Paths(str(tmp_path)), lambda: MORNING))
    app.glyphs = UNICODE  # whatever this terminal can
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "1 of 3")
        assert await picture(app, pilot, "nobody watches over") == pictures(name="first-run")
        assert "Urges" in frame(app)
