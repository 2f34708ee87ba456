"""Habits at every size: beside the day and under it, half typed, not saved, and with words that try to be something."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coach.domain.habits import Target
from coach.ui.app import CoachApp
from coach.ui.dialogs.habit import HabitDialog
from coach.ui.dialogs.habit_days import HabitDaysDialog
from coach.ui.page import Page
from coach.ui.screens.today import TodayPage
from coach.ui.widgets.header import PlaceBar
from tests.ui.habit_stage import TODAY, Run, among_habits, habits, named, on, start
from tests.ui.hostile import HOSTILE, is_harmless
from tests.ui.stage import MORNING, frame, home
from tests.ui.started import SIZES, fill_the_disk, until, until_shown


async def test_half_typed_words_wait_and_what_is_not_saved_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = start(tmp_path)
    async with app.run_test(size=(40, 15), notifications=True) as pilot:
        await among_habits(app, pilot)
        await pilot.press("a")
        await on(pilot, HabitDialog)
        await pilot.press("enter")
        await until_shown(pilot, "A habit needs a few words")
        await pilot.press(*"Swim", "down", "down", *"often enough", "enter")
        await until_shown(pilot, "can ask. Give it as: every day")
        assert not habits(app)
        await pilot.press("escape")
        await until(pilot, lambda: "often enough" in app.coach.drafts.get("habit"))
    now = [MORNING]
    app = CoachApp(home(tmp_path, now=lambda: now[0]))
    async with app.run_test(size=(40, 15), notifications=True) as pilot:
        await among_habits(app, pilot)
        await pilot.press("a")
        await until_shown(pilot, "often enough")
        await pilot.press("down", "down", "home", *["delete"] * 12, *"2/7")
        await until_shown(pilot, "Twice in 7 days.")
        with monkeypatch.context() as patch:
            fill_the_disk(patch)
            await pilot.press("enter")
            await until_shown(pilot, "Not saved")
            assert isinstance(app.screen, HabitDialog)
        await pilot.press("enter")
        await on(pilot, Page)
        assert [(one.title, one.target_on(TODAY)) for one in habits(app)] == [("Swim", Target((), 2, 7))]
        await until(pilot, lambda: not app.coach.drafts.get("habit"))
        await _left_open_overnight(app, pilot, now)


async def _left_open_overnight(app: CoachApp, pilot: Run, now: list[datetime]) -> None:
    """The keys are for the day it is, and so is what is shown within a minute."""
    await until_shown(pilot, "› [ ] Swim")
    now[0] += timedelta(days=1)
    await pilot.press("space")
    await until(pilot, lambda: named(app, "Swim", TODAY + timedelta(days=1)).state == "done")
    assert named(app, "Swim").state == "unknown"
    await until_shown(pilot, "› [✓] Swim")
    now[0] += timedelta(days=1)
    app.screen.query_one(PlaceBar).post_message(PlaceBar.Minute(now[0]))
    await until_shown(pilot, "› [ ] Swim")


async def test_hostile_words_at_every_size(tmp_path: Path) -> None:
    app = start(tmp_path)
    for number, text in enumerate(HOSTILE):
        made = app.coach.habits.add(text, tiny=text, unit=text if number % 2 else "", target=Target(amount=2))
        app.coach.habits.note(made.id, TODAY, text)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await among_habits(app, pilot)
        await until_shown(pilot, "[TODO] plan")
        for size in SIZES:
            await pilot.resize_terminal(*size)
            for key in (
                "h",
                "h",
                *("enter", "left", "n", "escape", "s", "escape", "5", "escape", "e", "escape", "escape") * 4,
                "J",
                "end",
            ):
                await pilot.press(key)
                assert is_harmless(frame(app).replace("\n", ""))
        await pilot.press("home", "h", "d")
        await until_shown(pilot, "Deleted “")
        assert app.is_running


async def test_beside_the_day_and_below_it_with_one_selected_line(tmp_path: Path) -> None:
    app = start(tmp_path)
    coach = app.coach
    walk = coach.habits.add("Walk")
    coach.habits.add("Water", target=Target(amount=8), unit="glasses")
    coach.items.add(coach.items.read("post the letter"))
    for back in range(1, 23):
        coach.habits.mark(walk.id, TODAY - timedelta(days=back), "done")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_shown(pilot, "last 30 days")
        for size in ((80, 24), (120, 40), (40, 15)):
            await pilot.resize_terminal(*size)
            await until_shown(pilot, "last 30 days")
            for keys in (("home", "end", "down"), ("home", "h")):
                await pilot.press("h") if isinstance(app.screen, TodayPage) and app.screen.kind == "habit" else None
                await pilot.press(*keys)
                await until(pilot, lambda: isinstance(app.screen, TodayPage) and app.screen.kind == "habit")
                assert frame(app).count("›") == 1, frame(app)
            before = named(app, "Walk").state
            await pilot.press("space")
            await until(pilot, lambda before=before: named(app, "Walk").state != before)  # type: ignore[misc]  # mypy types no lambda's default
            await pilot.press("y")
            await until_shown(pilot, "tiny")
            await pilot.press("enter")
            await on(pilot, HabitDaysDialog)
            await until_shown(pilot, "Today: the tiny version.")
            await pilot.press("escape", "h")
            await until(pilot, lambda: isinstance(app.screen, TodayPage) and app.screen.kind == "item")
            assert frame(app).count("›") == 1
