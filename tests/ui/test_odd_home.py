"""What this coach cannot read stays as it is, whatever is done beside it, and the screen says why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from textual.pilot import Pilot

from coach.ui.app import CoachApp
from coach.ui.dialogs.habit import HabitDialog
from coach.ui.dialogs.writing import WritingDialog
from coach.ui.screens.today import TodayPage
from coach.ui.widgets.day_rows import DayRows
from coach.ui.widgets.rows import Rows
from tests.odd_home import as_kept, write_odd
from tests.ui.stage import MORNING, home
from tests.ui.started import until, until_shown

Run = Pilot[int]


async def test_odd_records_are_shown_around_and_never_touched(tmp_path: Path) -> None:
    coach = home(tmp_path, now=lambda: MORNING)
    read = coach.items.add(coach.items.read("read a page today")).id
    odd = write_odd(tmp_path, MORNING.date())
    app = CoachApp(home(tmp_path, now=lambda: MORNING))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until_shown(pilot, "read a page")
        await until_shown(pilot, "early")
        await _others_are_marked_noted_and_changed(app, pilot, read)
        await _what_is_odd_says_so(app, pilot)
        await _an_odd_id_is_no_odd_draft(app, pilot)
        for key, words in (("2", "good"), ("1", "walk"), ("w", "Week"), ("escape", "walk")):
            await pilot.press(key)
            await until_shown(pilot, words)
        await pilot.press("/", *"water")
        await until_shown(pilot, "water")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, TodayPage))
        await _no_day_is_beyond_the_years(app, pilot)
    assert as_kept(tmp_path, odd) == odd
    again = home(tmp_path, now=lambda: MORNING)
    assert {"read a book", "walk", "early"} <= {line.item.title for line in again.items.view(MORNING.date()).lines}
    assert again.items.view(MORNING.date()).done == 1


async def _others_are_marked_noted_and_changed(app: CoachApp, pilot: Run, item: str) -> None:
    assert app.screen.query_one(DayRows).move_to(item)
    await pilot.press("space")
    await until_shown(pilot, "[✓] read a page")
    await pilot.press("n")
    await until(pilot, lambda: isinstance(app.screen, WritingDialog))
    await pilot.press(*"good", "enter")
    await until(pilot, lambda: isinstance(app.screen, TodayPage))
    await pilot.press("e")
    await until_shown(pilot, "read a page today")
    await pilot.press("ctrl+u", *"read a book today", "enter")
    await until_shown(pilot, "[✓] read a book")


async def _what_is_odd_says_so(app: CoachApp, pilot: Run) -> None:
    assert app.screen.query_one(DayRows).move_to(f"{MORNING:%y%m}-walk")
    await pilot.press("space")
    await until_shown(pilot, "so it stays as it is.")
    await until_shown(pilot, "[ ] walk")
    app.clear_notifications()
    await pilot.press("p")
    await until_shown(pilot, "What kind of day is today?")
    await pilot.press("3")
    await until_shown(pilot, "so it stays as it is.")
    await pilot.press("escape")
    await until(pilot, lambda: isinstance(app.screen, TodayPage))
    app.clear_notifications()


async def _an_odd_id_is_no_odd_draft(app: CoachApp, pilot: Run) -> None:
    await pilot.press("2")
    await until_shown(pilot, "odd id")
    assert app.screen.query_one(Rows).move_to("habit:p-a:ä")
    for key, kind in (("e", HabitDialog), ("n", WritingDialog)):
        await pilot.press(key)
        await until(pilot, lambda kind=kind: isinstance(app.screen, kind))  # type: ignore[misc]  # mypy types no lambda's default
        await pilot.press(*"Qz")
        await pilot.press("escape")
        await until_shown(pilot, "odd id")
        await pilot.press(key)
        await until_shown(pilot, "Qz")  # half typed, it was kept
        await pilot.press("escape")
        await until_shown(pilot, "odd id")


async def _no_day_is_beyond_the_years(app: CoachApp, pilot: Run) -> None:
    page = app.screen
    assert isinstance(page, TodayPage)
    for day, key in ((date(2000, 1, 1), "left"), (date(2099, 12, 31), "right")):
        page.show_day(day)
        await until_shown(pilot, f"{day.day} {day:%b}")
        await pilot.press(key)
        await until_shown(pilot, "outside 2000 to 2099")
        assert page.shown == day
        app.clear_notifications()
    await pilot.press("t")
    await until_shown(pilot, "walk")
