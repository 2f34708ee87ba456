"""Settings on the screen: every line changes where it stands, is kept at once, and says why when it cannot."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from coach.domain.errors import Refused
from coach.ui.app import CoachApp
from coach.ui.clock_times import read_time
from coach.ui.dialogs.ask import AskLine
from coach.ui.reminder_flow import read_prompt
from coach.ui.screens.player import PlayerScreen
from coach.ui.screens.settings import SettingsPage
from coach.ui.settings_view import CYCLES, KEY
from tests.ui.hostile import is_harmless
from tests.ui.stage import MORNING, frame, home
from tests.ui.started import until, until_shown

Run = Pilot[int]


async def stand_on(app: CoachApp, pilot: Run, key: str) -> None:
    assert isinstance(app.screen, SettingsPage)
    app.screen.rows.move_to(key)
    await pilot.pause()


async def change(app: CoachApp, pilot: Run, key: str, shown: str) -> None:
    await stand_on(app, pilot, key)
    await pilot.press("space")
    await until_shown(pilot, shown)


async def type_line(app: CoachApp, pilot: Run, line: str) -> None:
    await until(pilot, lambda: isinstance(app.screen, AskLine))
    app.screen.query_one(Input).value = line
    await pilot.press("enter")


async def test_every_line_changes_where_it_stands(tmp_path: Path) -> None:
    app = CoachApp(home(tmp_path, "# mine\n", lambda: MORNING))
    app.coach.items.add(app.coach.items.read("walk 17:00"))
    async with app.run_test(size=(80, 40), notifications=True) as pilot:
        await until_shown(pilot, "17:00  walk")
        await pilot.press("comma")
        await until_shown(pilot, "[Settings]")
        await change(app, pilot, "clock", "am and pm")
        assert "10:42 am" in frame(app).splitlines()[0], "the clock above changes with it"
        await change(app, pilot, "theme", "paper")
        assert app.theme == "paper"
        await stand_on(app, pilot, "week_starts")
        await pilot.press("space", "space")
        await until_shown(pilot, "Saturday")
        for key in CYCLES.keys() - {"clock", "week_starts"}:
            before = getattr(app.coach.settings.now, key)
            await stand_on(app, pilot, key)
            await pilot.press("enter")
            await until(pilot, lambda key=key, before=before: getattr(app.coach.settings.now, key) != before)  # type: ignore[misc]  # mypy types no lambda's default
        await change(app, pilot, "urges", "c Urge")
        await _the_day_start_and_the_country(app, pilot)
        await change(app, pilot, "paths", str(tmp_path / "config.toml")[:24])
        await pilot.press("1")
        await until_shown(pilot, "5:00 pm  walk")
    kept = home(tmp_path).settings.now
    assert kept == app.coach.settings.now
    assert (kept.clock, kept.theme, kept.week_starts, kept.rooms) == (12, "paper", "saturday", ("urges",))
    assert (tmp_path / "config.toml").read_text().startswith('zone = "UTC"\n# mine\n')


async def _the_day_start_and_the_country(app: CoachApp, pilot: Run) -> None:
    await stand_on(app, pilot, "day_start")
    await pilot.press("space")
    await type_line(app, pilot, "25:00")
    await until_shown(pilot, "is not a time of day")
    await type_line(app, pilot, "5:30 am")
    await until_shown(pilot, "5:30 am")
    await stand_on(app, pilot, "country")
    await pilot.press("space")
    await until_shown(pilot, "type to find")
    await pilot.press(*"irel", "enter")
    await until_shown(pilot, "Ireland")
    assert app.coach.settings.now.country == "IE"


async def test_own_keys(tmp_path: Path) -> None:
    app = CoachApp(home(tmp_path, 'colour = "red"\n[keys]\nbrethe = "f6"\n', lambda: MORNING))
    async with app.run_test(size=(80, 40), notifications=True) as pilot:
        await until_shown(pilot, "unknown key 'colour'")
        await until_shown(pilot, '"brethe"')
        app.clear_notifications()
        await pilot.press("comma")
        await until_shown(pilot, "[Settings]")
        await _an_own_key(app, pilot)
        for size in ((40, 15), (30, 10), (1, 1), (120, 40)):
            await pilot.resize_terminal(*size)
            for key in ("end", "up", "home", "e", "escape"):
                await pilot.press(key)
                assert is_harmless(frame(app).replace("\n", ""))
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, PlayerScreen))


async def _an_own_key(app: CoachApp, pilot: Run) -> None:
    await stand_on(app, pilot, KEY)
    await pilot.press("space")
    for line, answer in (
        ("breathe", "for example: breathe = b,f5"),
        ("brethe = f5", 'There is no command called "brethe".'),
        ("breathe = f1", "belongs to Help now"),
    ):
        await type_line(app, pilot, line)
        await until_shown(pilot, answer)
    await type_line(app, pilot, "breathe = f5")
    await until_shown(pilot, "F5 Breathe")
    await stand_on(app, pilot, f"{KEY}brethe")
    await pilot.press("d")
    await until(pilot, lambda: app.coach.settings.now.keys == {"breathe": "f5"})
    await until(pilot, lambda: "brethe" not in frame(app).partition("Looks")[2])


def test_times_and_sentences_as_people_write_them() -> None:
    assert read_time(" 7:05 ") == time(7, 5)
    assert read_time("12:10 am") == time(0, 10)
    assert read_time("7.30pm") == time(19, 30)
    drink = read_prompt("4:30 pm  drink", MORNING.date())
    assert (drink["at"], drink["sentence"]) == (time(16, 30), "drink")
    assert read_time("9am") == time(9)
    assert read_prompt("9 am wake up", MORNING.date())["sentence"] == "wake up"
    for wrong in ("", "soon", "24:00", "07:60", "13:00 pm", "0:10 am", "730", "9"):
        with pytest.raises(Refused):
            read_time(wrong)
    for wrong in ("", "16:30", "16:30 pm", "drink 16:30", "9:00-9:05 x", "9:00 again 240m x9 x"):
        with pytest.raises(Refused):
            read_prompt(wrong, MORNING.date())
