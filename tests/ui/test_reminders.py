"""The page of all reminders: one's own, how they come, and what the next days bring."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from coach.bootstrap import Coach
from coach.domain.errors import Refused
from coach.ui.app import CoachApp
from coach.ui.dialogs.ask import AskLine
from coach.ui.page import Page
from coach.ui.reminder_flow import read_cap, read_hours, reading_words
from coach.ui.reminders_view import ALL, CAP, COMING, HOURS, QUIET, STARTS, TEST
from coach.ui.screens.reminders import RemindersScreen
from coach.ui.screens.today import TodayPage
from coach.ui.settings_view import REMINDERS
from tests.ui.hostile import HOSTILE, is_harmless
from tests.ui.stage import MORNING, frame, home
from tests.ui.started import until, until_shown

Run = Pilot[int]


async def press_on(app: CoachApp, pilot: Run, key: str, pressed: str = "space") -> None:
    assert isinstance(app.screen, Page)
    app.screen.query_one("Rows").move_to(key)  # type: ignore[attr-defined]  # the rows of a page
    await pilot.pause()
    await pilot.press(pressed)


async def type_line(app: CoachApp, pilot: Run, line: str) -> None:
    await until(pilot, lambda: isinstance(app.screen, AskLine))
    app.screen.query_one(Input).value = line
    await pilot.press("enter")


async def test_everything_about_reminders_on_one_page(tmp_path: Path) -> None:
    app = CoachApp(home(tmp_path, 'notify = "none"\n', lambda: MORNING))
    app.coach.items.add(app.coach.items.read("dentist tomorrow 10:30"))
    async with app.run_test(size=(80, 40), notifications=True) as pilot:
        await until_shown(pilot, "Nothing here yet")
        await pilot.press("comma")
        await until_shown(pilot, "[Settings]")
        await press_on(app, pilot, REMINDERS)
        await until_shown(pilot, "10:30  dentist")
        assert "starts at 10:30" in frame(app)
        await _a_sentence(app, pilot)
        await _how_they_come(app, pilot)
        await press_on(app, pilot, ALL)
        await pilot.press("escape")
        await until_shown(pilot, "all paused")
        await press_on(app, pilot, REMINDERS)
        await until_shown(pilot, "How they come")
        await press_on(app, pilot, ALL)
        await until(pilot, lambda: not app.coach.settings.now.pause_prompts)
        for size in ((40, 15), (30, 10), (1, 1), (120, 40)):
            await pilot.resize_terminal(*size)
            for key in ("end", "up", "home", "a", "escape", "e", "escape"):
                await pilot.press(key)
                assert is_harmless(frame(app).replace("\n", ""))
        await _to_where_it_is_kept(app, pilot)
    settings = home(tmp_path).settings.now
    assert (settings.quiet_from, settings.quiet_to, settings.prompt_cap) == (time(21), time(8, 30), 3)


async def _a_sentence(app: CoachApp, pilot: Run) -> None:
    await pilot.press("a")
    await type_line(app, pilot, "drink something")
    await until_shown(pilot, "is not a time. Write it as 07:30.")
    await type_line(app, pilot, f"16:30 {HOSTILE[2]}")
    await until_shown(pilot, f"[✓] 16:30  {HOSTILE[2]}")
    await pilot.press("space")
    await until_shown(pilot, f"[ ] 16:30  {HOSTILE[2]}")
    await pilot.press("e")
    await type_line(app, pilot, "17:00 and 19:00 on mon and wed again 10m drink something")
    await until_shown(pilot, "and 19:00, Mon Wed, again every 10 min, 3 times")
    await pilot.press("e")
    await until_shown(pilot, "17:00 and 19:00, Mon Wed, again every 10 min, 3 times:")
    await type_line(app, pilot, "17:00 drink something")
    await until_shown(pilot, "[ ] 17:00  drink something")
    await pilot.press("d")
    await until_shown(pilot, "u brings it back")
    await until(pilot, lambda: app.coach.sentences.all() == ())
    await pilot.press("u")
    await until_shown(pilot, "[ ] 17:00  drink something")


async def _how_they_come(app: CoachApp, pilot: Run) -> None:
    await press_on(app, pilot, ALL)
    await until_shown(pilot, "Everything is paused.")
    assert app.coach.prompts.coming() == ()
    await press_on(app, pilot, ALL)
    await until_shown(pilot, "10:30  dentist")
    await press_on(app, pilot, STARTS)
    await until_shown(pilot, "Nothing comes in the next seven days.")
    await press_on(app, pilot, STARTS)
    await press_on(app, pilot, HOURS)
    await type_line(app, pilot, "from nine")
    await until_shown(pilot, "is not from one time to another")
    await type_line(app, pilot, "9 pm to 8:30")
    await until_shown(pilot, "21:00 to 08:30")
    await press_on(app, pilot, CAP)
    await type_line(app, pilot, "3")
    await until_shown(pilot, "at most 3")
    await press_on(app, pilot, QUIET)
    await type_line(app, pilot, "45m")
    await until_shown(pilot, "until 11:27")
    await press_on(app, pilot, QUIET)
    await until(pilot, lambda: app.coach.quiet.until() is None)
    await press_on(app, pilot, TEST)
    await until_shown(pilot, "closed nothing is told")
    await press_on(app, pilot, "notify")
    await until_shown(pilot, "as this computer can")
    await press_on(app, pilot, "notify_titles")
    await until_shown(pilot, "what it is about")


async def _to_where_it_is_kept(app: CoachApp, pilot: Run) -> None:
    await until(pilot, lambda: isinstance(app.screen, RemindersScreen))
    assert isinstance(app.screen, RemindersScreen)
    keys = [row.key for row in app.screen.rows.rows if row.key.startswith(COMING)]
    await press_on(app, pilot, keys[0])
    await until(pilot, lambda: isinstance(app.screen, TodayPage))
    await until_shown(pilot, "Tomorrow, Tue 24 Nov")
    await until_shown(pilot, "10:30  dentist")


def test_what_was_due_in_a_pause_does_not_come_in_a_heap_after_it(tmp_path: Path) -> None:
    now = [MORNING]
    coach = home(tmp_path, "", lambda: now[0])
    coach.sentences.add(time(11), "drink something")
    coach.sentences.add(time(13), "eat something")
    coach.prompts.pause()
    now[0] += timedelta(hours=1)
    assert (_due(coach), coach.prompts.held()["paused"]) == ([], 1)
    coach.prompts.pause()
    assert (_due(coach), coach.prompts.held()["paused"]) == ([], 0)
    now[0] += timedelta(hours=2)
    assert _due(coach) == ["eat something"]


def _due(coach: Coach) -> list[str]:
    return [one.title for one in coach.prompts.due()]


def test_what_is_typed_is_said_again_as_it_is_understood() -> None:
    today = MORNING.date()
    assert reading_words("8:00, 20:00 on mon-wed pills", today) == "08:00 and 20:00, Mon Tue Wed: pills"
    assert reading_words("18:00 90m before Meeting", today) == "18:00, 1 h 30 before: Meeting"
    assert reading_words("7 am 10 min before bus", today, 12) == "7:00 am, 10 min before: bus"
    assert reading_words("16:30", today) == ""


def test_hours_and_numbers_as_people_write_them() -> None:
    assert read_hours("22:00-7:00") == (time(22), time(7))
    assert read_hours("10 pm to 6 am") == (time(22), time(6))
    assert read_hours(" None ") == (time(0), time(0))
    assert read_cap(" 6 ") == 6
    for wrong in ("22:00", "late to early", "22:00 to 25:00"):
        with pytest.raises(Refused):
            read_hours(wrong)
    for wrong in ("", "-1", "51", "99999999999", "six"):
        with pytest.raises(Refused):
            read_cap(wrong)
