"""Noting an urge: the room asks first, a digit saves at once, and a 0 after a 1 makes ten."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from coach.ui.app import CoachApp
from coach.ui.dialogs.urge import OpenRoom, UrgeDialog
from coach.ui.page import Page
from tests.ui.started import SIZES, fill_the_disk, shown, started, until, until_shown

Run = Pilot[int]


def noted(app: CoachApp) -> list[int]:
    return [craving.intensity for craving in app.coach.cravings.of_day(app.coach.items.today())]


async def ask(pilot: Run) -> None:
    await pilot.press("c")
    await until(pilot, lambda: isinstance(pilot.app.screen, UrgeDialog))


async def answered(pilot: Run) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, Page))


async def test_two_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = started(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("4")
        await until_shown(pilot, "[Journal]")
        await _the_room_is_asked_about_first(app, pilot)
        await pilot.press("7")
        await answered(pilot)
        await until_shown(pilot, "Saved. It is here now, and it can move.")
        assert noted(app) == [7]
        await until_shown(pilot, "urge 7")
        await ask(pilot)
        await pilot.press("1")
        await until(pilot, lambda: noted(app) == [7, 1])
        assert isinstance(app.screen, UrgeDialog), "a 0 may follow"
        await pilot.press("0")
        await answered(pilot)
        assert noted(app) == [7, 10]
        await _what_is_not_saved_stays(app, pilot, monkeypatch)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await ask(pilot)
            await pilot.press("right", "left", "escape")
            await answered(pilot)
        assert noted(app) == [7, 10, 4], "nothing is saved without a number"


async def _the_room_is_asked_about_first(app: CoachApp, pilot: Run) -> None:
    for answer in ("n", "escape"):
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, OpenRoom))
        await pilot.press("7", answer)
        await answered(pilot)
        assert not app.coach.settings.now.urges
    await pilot.press("c")
    await until(pilot, lambda: isinstance(app.screen, OpenRoom))
    await pilot.press("y")
    await until(pilot, lambda: isinstance(app.screen, UrgeDialog))
    assert app.coach.settings.now.urges
    assert noted(app) == []


async def _what_is_not_saved_stays(app: CoachApp, pilot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    await ask(pilot)
    with monkeypatch.context() as patch:
        fill_the_disk(patch)
        await pilot.press("3")
        await until_shown(pilot, "Not saved")
        assert isinstance(app.screen, UrgeDialog)
        assert noted(app) == [7, 10]
    await pilot.press("4")
    await answered(pilot)
    assert noted(app) == [7, 10, 4]
    assert "[Journal]" in shown(app)
