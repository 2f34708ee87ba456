"""What matters and what a week had of it, rated with digits on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.ui.page import Page
from coach.ui.widgets.rows import Rows
from tests.ui.goal_keys import open_goals
from tests.ui.started import SIZES, fill_the_disk, shown, started, until, until_shown


async def test_what_matters_is_rated_with_a_digit_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = started(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_goals(app, pilot)
        await pilot.press(":", *"what matters", "enter")
        await until_shown(pilot, "What matters, and this week")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Page))
        await pilot.press("v")
        await until_shown(pilot, "What matters, and this week")
        await until(pilot, lambda: isinstance(app.focused, Rows))
        areas = app.coach.areas
        await pilot.press("down", "9", "right", "2")
        await until_shown(pilot, "Family matters 9 and had 2 this week.")
        await until(pilot, lambda: (areas.importance(), areas.lived(areas.week())) == ({"family": 9}, {"family": 2}))
        await pilot.press("left", "up", "1", "0")
        await until(pilot, lambda: areas.importance() == {"health": 10, "family": 9})
        await pilot.press("1", "down", "0")
        await until(pilot, lambda: areas.importance() == {"health": 1, "family": 0})
        await until(pilot, lambda: "this week." not in shown(app))
        await pilot.press("backspace")
        await until(pilot, lambda: areas.importance() == {"health": 1})
        with monkeypatch.context() as patch:
            fill_the_disk(patch)
            await pilot.press("7")
            await until_shown(pilot, "Not saved")
            await until_shown(pilot, "[-]")
        await pilot.press("3", "2")  # no other place opens
        await until(pilot, lambda: areas.importance() == {"health": 1, "family": 2})
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.press("end", "home")
        await until_shown(pilot, "Health and body")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Page))
        await pilot.press("u")
        await until(pilot, lambda: areas.importance() == {"health": 1, "family": 3})
        assert areas.lived(areas.week()) == {"family": 2}, "u takes back one number, and no other"
