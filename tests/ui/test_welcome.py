"""Back after some days: only the kind of day is asked, once, and never of somebody who was here yesterday."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from coach.bootstrap import build
from coach.paths import Paths
from coach.ui.app import CoachApp
from coach.ui.day_words import yesterday_words
from coach.ui.dialogs.leftovers import LeftoversDialog
from coach.ui.screens.first_run import FirstRunScreen
from coach.ui.screens.help_now import HelpNowScreen
from coach.ui.screens.today import TodayPage
from coach.ui.screens.welcome import READY_AFTER, WelcomeScreen
from coach.ui.welcome_words import Waiting, Welcome, arrive, greeting
from coach.ui.widgets.header import PlaceBar
from tests.services.clock import lines
from tests.ui.hostile import HOSTILE, is_harmless
from tests.ui.stage import MORNING, home
from tests.ui.started import until, until_shown

TODAY = MORNING.date()


async def on(pilot: Pilot[int], kind: type) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, kind))
    await pilot.pause()


async def test_after_some_days_only_the_kind_of_day_is_asked(tmp_path: Path) -> None:
    clock = [MORNING - timedelta(days=6)]
    before = home(tmp_path, now=lambda: clock[0])
    for line in ("post it", "ring mum", "juggle later"):
        before.items.add(before.items.read(line))
    before.sentences.add((MORNING - timedelta(minutes=5)).time(), "Tea is ready")
    clock[0] = MORNING
    app = CoachApp(home(tmp_path, now=lambda: clock[0]))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await on(pilot, WelcomeScreen)
        await pilot.press("2")
        for words in (
            "Five days went by; nothing was lost",
            "“not known”, never as missed.",
            "2 things left over, 1 for later",
        ):
            await until_shown(pilot, words)
        await pilot.pause(READY_AFTER + 0.1)
        assert isinstance(app.screen, WelcomeScreen), "a key meant for Today chooses nothing, and nothing comes over it"
        await pilot.press("l")
        await on(pilot, LeftoversDialog)
        await _what_is_done_leaves_the_later_list(app, pilot)
        await pilot.press("home", "d", "escape")
        await on(pilot, WelcomeScreen)
        await until_shown(pilot, "1 thing left over")
        await pilot.press("1")
        await until_shown(pilot, "Eat and drink something")
        await pilot.pause(0.3)
        assert isinstance(app.screen, TodayPage), "a start asks one thing"
        assert [one.title for one in app.coach.prompts.due()] == ["Tea is ready"], "and nothing of it is lost"
        await pilot.press("2")
        await until_shown(pilot, "Tea is ready")
        await pilot.pause(0.5)
        await pilot.press("enter", "1")
        await until_shown(pilot, "Eat and drink something")
        assert app.coach.items.view(TODAY).shape == "low"
        await pilot.press("u")
        await until(pilot, lambda: not lines(app.coach, TODAY))
        await _left_open_for_days(app, pilot, clock)
    await _once_a_day_is_enough(CoachApp(home(tmp_path, now=lambda: MORNING)))


async def _left_open_for_days(app: CoachApp, pilot: Pilot[int], clock: list[datetime]) -> None:
    """A minute that passes says nothing about anybody; whoever presses a key is back, as at a start."""
    clock[0] += timedelta(days=5)
    app.screen.query_one(PlaceBar).post_message(PlaceBar.Minute(clock[0]))
    await until_shown(pilot, "Saturday 28 November")
    assert app.coach.days.shape(clock[0].date()).seen is None
    await pilot.press("down")
    await on(pilot, WelcomeScreen)
    await until_shown(pilot, "Four days went by")
    assert app.coach.days.shape(clock[0].date()).seen is not None
    await pilot.press("escape")
    await on(pilot, TodayPage)
    await pilot.press("down")
    await pilot.pause(0.1)
    assert isinstance(app.screen, TodayPage), "once a day is enough"


async def _what_is_done_leaves_the_later_list(app: CoachApp, pilot: Pilot[int]) -> None:
    await until_shown(pilot, "post it")
    await pilot.press("end", "space")
    await until(pilot, lambda: not app.coach.items.later())
    assert [(line.item.title, line.state) for line in lines(app.coach, TODAY)] == [("juggle", "done")]
    await app.ask(app.coach.undo.undo)
    await _an_impatient_key_says_nothing_twice(app, pilot)


async def _an_impatient_key_says_nothing_twice(app: CoachApp, pilot: Pilot[int]) -> None:
    await pilot.press("escape")
    await on(pilot, WelcomeScreen)
    await pilot.press("l")
    await until_shown(pilot, "juggle")
    held = threading.Event()
    app.coach.writer.submit(held.wait, 10)
    await pilot.press("end", "d", "d")
    held.set()
    await until(pilot, lambda: not app.coach.items.later())
    await pilot.pause(0.1)
    await app.ask(app.coach.undo.undo)
    assert [item.title for item in app.coach.items.later()] == ["juggle"]


async def _once_a_day_is_enough(again: CoachApp) -> None:
    async with again.run_test(size=(40, 15), notifications=True) as pilot:
        await until_shown(pilot, "for later")
        await until(pilot, lambda: again.prompting is not None)
        assert isinstance(again.screen, TodayPage), "once a day is enough"
        await pilot.press("ctrl+r")
        await on(pilot, HelpNowScreen)
        again.welcome(Welcome(5, Waiting(0, 0)))
        await pilot.pause()
        assert isinstance(again.screen, HelpNowScreen), "it comes over nothing that was opened first"
        await pilot.press("escape")
        await on(pilot, TodayPage)
        again.welcome(Welcome(5, Waiting(0, 0), "p-gone", "Deleted elsewhere"))
        await on(pilot, WelcomeScreen)
        await pilot.pause(READY_AFTER + 0.1)
        await pilot.press("2")
        await on(pilot, TodayPage)
        await until(pilot, lambda: any("not there any more" in one.message for one in again._notifications))


async def test_a_first_start_is_never_a_return(tmp_path: Path) -> None:
    """Nobody came back, and nothing is written that would keep the questions of a first start from coming again."""
    app = CoachApp(build(Paths(str(tmp_path)), lambda: MORNING))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await on(pilot, FirstRunScreen)
        await until(pilot, lambda: app.prompting is not None)
        assert isinstance(app.screen, FirstRunScreen)
        assert build(Paths(str(tmp_path))).settings.is_first_run()


@pytest.mark.parametrize(("days", "welcomed"), [(1, False), (2, False), (3, True), (40, True)])
def test_nobody_is_welcomed_back_after_one_day(tmp_path: Path, days: int, welcomed: bool) -> None:
    home(tmp_path, now=lambda: MORNING - timedelta(days=days)).days.arrive()
    coach = home(tmp_path, now=lambda: MORNING)
    assert (arrive(coach) is not None) is welcomed
    assert arrive(coach) is None and arrive(home(tmp_path, now=lambda: MORNING)) is None


@pytest.mark.parametrize(
    ("away", "words"),
    [(2, "Two days"), (12, "Twelve days"), (13, "13 days"), (31, "Some weeks"), (91, "Some months")],
)
def test_how_long_it_was_in_words(away: int, words: str) -> None:
    assert greeting(away) == f"Good to see you. {words} went by; nothing was lost and nothing is owed."


def test_what_waits_and_what_went_well_in_words() -> None:
    assert Waiting(0, 0).words == ""
    assert Waiting(1, 0).words == "1 thing left over"
    assert Waiting(2, 3).words == "2 things left over, 3 for later"
    assert yesterday_words(()) == ""
    assert yesterday_words(("Walk",)) == "Yesterday you did: Walk."
    assert yesterday_words(("Walk", "tea", "post")) == "Yesterday you did: Walk, and 2 more."
    assert all(is_harmless(yesterday_words([text])) and len(yesterday_words([text])) < 60 for text in HOSTILE)
