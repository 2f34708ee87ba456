"""The first start: three pages, each skippable, and a day with three small things at the end."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
from textual.pilot import Pilot

from coach.bootstrap import Coach, build
from coach.domain.errors import Refused
from coach.paths import Paths
from coach.ui.app import CoachApp
from coach.ui.dialogs.ask import AskLine
from coach.ui.first_day import Answers
from coach.ui.screens.first_run import FirstRunScreen, keep_answers
from coach.ui.screens.help_now import HelpNowScreen
from coach.ui.screens.today import TodayPage
from tests.ui.stage import MORNING, frame
from tests.ui.started import until, until_shown

Run = Pilot[int]


def empty(home: Path) -> Coach:
    return build(Paths(str(home)), lambda: MORNING)


async def test_three_pages_and_a_small_day(tmp_path: Path) -> None:
    app = CoachApp(empty(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_shown(pilot, "1 of 3")
        assert "nobody watches over" in frame(app), "it says what it is not"
        await pilot.press("2", "b")
        await pilot.pause()
        assert isinstance(app.screen, FirstRunScreen), "no place opens behind it"
        await pilot.press("ctrl+r")
        assert isinstance(app.screen, HelpNowScreen)
        await pilot.press("escape", "space")
        await until_shown(pilot, "[✓] Urges")
        await pilot.press("enter")
        await _country_and_day_start(pilot)
        await _a_small_day(app, pilot)
    settings = app.coach.settings.now
    assert (settings.rooms, settings.country, settings.seen_by_others) == (("urges",), "IE", "sometimes")
    assert settings.day_start == time(5, 30)
    assert not empty(tmp_path).settings.is_first_run()


async def _country_and_day_start(pilot: Run) -> None:
    await until_shown(pilot, "not chosen")
    await pilot.press("space")
    await until_shown(pilot, "type to find")
    await pilot.press(*"irel", "enter")
    await until_shown(pilot, "112 or 999")
    await pilot.press("down", "down", "space")
    await until_shown(pilot, "(●) Sometimes")
    await pilot.press("down", "space")
    await until(pilot, lambda: isinstance(pilot.app.screen, AskLine))
    await pilot.press(*"13:00", "enter")
    await until_shown(pilot, "A day can begin before noon at the latest.")
    await pilot.press(*["backspace"] * 5, *"05:30", "enter")
    await until_shown(pilot, "05:30")
    await pilot.press("enter")


async def _a_small_day(app: CoachApp, pilot: Run) -> None:
    await until_shown(pilot, "3 of 3")
    await pilot.press("down", "down", "space")
    await until_shown(pilot, "3 are enough for a first day.")
    assert "[ ] Tidy one thing" in frame(app)
    await pilot.press("backspace")
    await until_shown(pilot, "2 of 3")
    await pilot.press("escape")
    await until_shown(pilot, "3 of 3")
    await pilot.press(*["down"] * 5, "space")
    await until(pilot, lambda: isinstance(pilot.app.screen, AskLine))
    await pilot.press(*"ring mum 17:00", "enter")
    await until_shown(pilot, "[✓] ring mum 17:00")
    assert "[ ] Five quiet breaths" in frame(app), "three in all"
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, TodayPage))
    await until_shown(pilot, "0 of 3 done")
    await until_shown(pilot, "17:00  ring mum")


async def test_every_page_at_every_size_and_escape_at_once(tmp_path: Path) -> None:
    app = CoachApp(empty(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "1 of 3")
        for size in ((40, 15), (120, 40), (30, 10), (1, 1), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.press("end", "home", "enter", "end", "home", "enter", "end", "home", "backspace", "backspace")
        await until_shown(pilot, "1 of 3")
        await pilot.press("escape")
        await until_shown(pilot, "Nothing here yet. a adds the first.")
    assert not empty(tmp_path).settings.is_first_run()


def test_the_first_things_stand_in_their_part_of_the_day(tmp_path: Path) -> None:
    coach = empty(tmp_path)
    keep_answers(coach, Answers(own="post it"))
    sections = coach.items.view(coach.items.today()).sections
    assert [(s.name, [line.item.title for line in s.lines]) for s in sections] == [  # type: ignore[union-attr]  # no gaps among them
        ("Morning", ["Breakfast"]),
        ("Evening", ["Five quiet breaths"]),
        ("Any time", ["Ten minutes outside", "post it"]),
    ]


def test_what_space_does() -> None:
    answers = Answers().chosen("urges").chosen("breakfast").chosen("tidy").chosen("none").chosen("sometimes")
    assert answers.rooms == ("urges",)
    assert answers.things == ("outside", "breaths", "tidy")
    assert not answers.reminders
    assert answers.chosen("ring") == answers, "three at most"
    assert answers.chosen("urges").rooms == ()
    assert answers.chosen("no").seen_by_others == "no"
    assert answers.chosen("") == answers
    with pytest.raises(Refused, match="before noon"):
        answers.beginning(time(12))
