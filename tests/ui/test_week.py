"""The week on the screen: its days and areas at every size, and the keys that go through it and back to Today."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from coach.domain.quickadd import Reading
from coach.ui.app import CoachApp
from coach.ui.dialogs.ask import AskLine
from coach.ui.screens import week
from coach.ui.screens.help_now import HelpNowScreen
from coach.ui.screens.week import WeekRows, WeekScreen
from tests.ui.hostile import HOSTILE, is_harmless
from tests.ui.stage import MORNING, frame, home
from tests.ui.started import until, until_shown

Run = Pilot[int]
TODAY = MORNING.date()
WEDNESDAY = TODAY + timedelta(days=2)
PLANNED = (
    "walk every day 07:30 30m from 2026-11-16 #health",
    "work every weekday 09:00 3h from 2026-11-16 #work",
    "Clinic 2026-11-23 10:30 30m",
    "Swim with Anna and the others from the evening course 2026-11-25 16:00 1h #health",
    "Dentist 2026-12-01 11:00",
)


def plan(app: CoachApp) -> None:
    for line in PLANNED:
        app.coach.items.add(app.coach.items.read(line))
    view = app.coach.items.view(TODAY)
    walk = next(line.item for section in view.sections for line in section.lines if line.time == "07:30")  # type: ignore[union-attr]  # no gaps at 07:30
    app.coach.items.mark(walk.id, TODAY, "done")
    for title in HOSTILE:
        app.coach.items.add(Reading(title, WEDNESDAY + timedelta(weeks=1), None, None))
    app.coach.areas.set_importance("friends", 9)
    app.coach.days.choose(WEDNESDAY + timedelta(days=2), "sick")


async def open_week(app: CoachApp, pilot: Run, day: date = TODAY) -> list[date | None]:
    """The screen as Today pushes it; the list holds what it gives back."""
    given: list[date | None] = []
    await pilot.pause()
    app.push_screen(WeekScreen(day), given.append)
    await until(pilot, lambda: any(rows.rows for rows in app.screen.query(WeekRows)))
    await pilot.pause()
    return given


def chosen(app: CoachApp) -> str:
    return next((line[2:].strip() for line in frame(app).splitlines() if line.startswith(" ›")), "")


async def test_a_week_at_every_size_and_the_keys_through_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(week, "MINUTE", 0.05)
    now = [MORNING]
    app = CoachApp(home(tmp_path, now=lambda: now[0]))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        plan(app)
        given = await open_week(app, pilot)
        await _seven_days_and_their_areas(app, pilot)
        await _days_and_weeks(app, pilot)
        await _what_is_added_goes_to_the_day_under_the_cursor(app, pilot)
        await _other_sizes(app, pilot)
        await pilot.press("exclamation_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpNowScreen))
        await pilot.press("escape", "t", "down", "enter")
        await until(pilot, lambda: given == [TODAY + timedelta(days=1)])
        await _before_the_first_year_there_is(app, pilot)
        for key in ("escape", "w", "1", "full_stop"):
            left = await open_week(app, pilot)
            await pilot.press(key)
            await until(pilot, lambda left=left: left == [None])  # type: ignore[misc]  # mypy types no lambda's default
        await open_week(app, pilot)
        await until_shown(pilot, "Monday 23 November, today")
        now[0] += timedelta(days=1)
        await until_shown(pilot, "Tuesday 24 November, today")
        assert "Monday 23 November, today" not in frame(app)


async def _seven_days_and_their_areas(app: CoachApp, pilot: Run) -> None:
    await until_shown(pilot, "This week, 23 to 29 November")
    shown = frame(app)
    for words in (
        "Monday 23 November, today",
        "1 of 3 done",
        "[✓] 07:30 walk · 09:00 work · 10:30 Clinic",
        "Tuesday 24 November, tomorrow",
        "16:00 Swim with Anna and the others from the evening course · 2 more",
        "Sunday 29 November",
        "1 planned",
        "Friends has nothing yet.",
        "7 things, 1 done, 4 h",
        "4 things, 12 h",
        "Enter Day  a Add  Esc Back",
        "! Help now",
    ):
        assert words in shown, words
    assert "0 of" not in shown, "what is not marked is no verdict"
    friday = shown.partition("Friday 27 November")[2].splitlines()[0]
    assert friday.split() == ["sick"], "excused by the kind of day: nothing is asked for, nothing is counted"
    assert "07:30 walk · 09:00 work" in shown.partition("Friday 27 November")[2].splitlines()[1]
    assert chosen(app).startswith("[✓] 07:30 walk"), "the cursor begins on the day it was opened for"


async def _days_and_weeks(app: CoachApp, pilot: Run) -> None:
    await pilot.press("down", "down")
    await until(pilot, lambda: chosen(app).startswith("16:00 Swim"))
    await pilot.press("right")
    await until_shown(pilot, "Next week, 30 November to 6 December")
    await until_shown(pilot, "11:00 Dentist")
    await until(pilot, lambda: chosen(app).startswith("[/x] · ") and chosen(app).endswith(" more"))
    assert app.screen._day == WEDNESDAY + timedelta(weeks=1), "the same weekday"  # type: ignore[attr-defined]  # it is a WeekScreen
    await pilot.press("left", "left")
    await until_shown(pilot, "Last week, 16 to 22 November")
    await until_shown(pilot, "Friends had nothing.")
    for key in ("left", "left_square_bracket", "left"):
        await pilot.press(key)
    await until_shown(pilot, "Week, 26 October to 1 November")
    assert frame(app).count("nothing planned") == 7
    assert "things" not in frame(app)
    await pilot.press("t")
    await until_shown(pilot, "This week, 23 to 29 November")
    await until(pilot, lambda: app.screen._day == TODAY)  # type: ignore[attr-defined]  # it is a WeekScreen


async def _what_is_added_goes_to_the_day_under_the_cursor(app: CoachApp, pilot: Run) -> None:
    await pilot.press("end")
    for line, words in (
        (HOSTILE[0], ""),
        ("Ring mum 17:00 5m", "17:00 Ring mum"),
        ("tax 2026-12-24", "is planned for"),
    ):
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, AskLine))
        assert "Add to Sunday 29 November" in frame(app)
        app.screen.query_one(Input).value = line
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WeekScreen))
        await until_shown(pilot, words)
    assert app.coach.items.view(TODAY + timedelta(days=6)).total == 3
    assert app.coach.items.view(date(2026, 12, 24)).total == 3
    await pilot.press("u")
    await until(pilot, lambda: app.coach.items.view(date(2026, 12, 24)).total == 2)
    await pilot.press("u")
    await until(pilot, lambda: "Ring mum" not in frame(app).replace("“Ring mum”", ""))


async def _before_the_first_year_there_is(app: CoachApp, pilot: Run) -> None:
    """It says so, and the keys still mean what is shown."""
    given = await open_week(app, pilot, date(2000, 1, 3))
    await until_shown(pilot, "Week, 3 to 9 January 2000")
    await pilot.press("left")
    await until_shown(pilot, "is outside 2000 to 2099")
    await pilot.press("right")
    await until_shown(pilot, "10 to 16 January 2000")
    await pilot.press("left")
    await until_shown(pilot, "3 to 9 January 2000")
    await pilot.press("left", "down", "enter")
    await until(pilot, lambda: given == [date(2000, 1, 4)])


async def _other_sizes(app: CoachApp, pilot: Run) -> None:
    await pilot.resize_terminal(40, 15)
    await until_shown(pilot, "Wed 25 16:00 Swim")
    shown = frame(app)
    assert all(f"{day} {number}" in shown for day, number in (("Mon", 23), ("Fri", 27), ("Sun", 29)))
    assert "1 of 3" in shown and "2 planned" in shown
    assert "Esc Back" in shown and "! Help now" in shown
    assert "Friends has nothing yet." in shown
    await pilot.resize_terminal(120, 40)
    await until_shown(pilot, "BALANCE BY AREA")
    await pilot.press("home")
    await until(pilot, lambda: chosen(app).startswith("[✓] 07:30  walk"))
    await pilot.press("down", "down", "down")
    await until(pilot, lambda: chosen(app).startswith("[ ] 07:30  walk"))
    assert app.screen._day == TODAY + timedelta(days=1), "the day of the thing under the cursor"  # type: ignore[attr-defined]  # it is a WeekScreen
    assert "Health and body" in frame(app) and "7 things, 1 done" in frame(app)
    await pilot.press("right")
    await until_shown(pilot, "Next week")
    for size in ((120, 40), (1, 1), (20, 5), (40, 15), (60, 10), (80, 24)):
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert is_harmless(frame(app))
