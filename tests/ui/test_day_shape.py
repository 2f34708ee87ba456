"""The shape of a day on the screen: chosen, filled from a template, and kept as one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from coach.domain.shapes import SHAPE_WORDS
from coach.ui.app import CoachApp
from coach.ui.dialogs.ask import AskLine
from coach.ui.dialogs.shape import ShapeDialog
from coach.ui.dialogs.template import TemplateDialog
from coach.ui.dialogs.templates import TemplatesDialog
from coach.ui.screens.today import TodayPage
from tests.services.clock import lines
from tests.ui.hostile import HOSTILE, is_harmless
from tests.ui.stage import MORNING, frame, home
from tests.ui.started import until, until_shown

Run = Pilot[int]
TODAY = MORNING.date()


def states(app: CoachApp) -> dict[str, str]:
    return {line.item.title: line.state for line in lines(app.coach, TODAY)}


async def on(pilot: Run, kind: type) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, kind))
    await pilot.pause()


async def shape(pilot: Run, *keys: str) -> str:
    """Opens the question, gives the keys, and returns what it said."""
    await on(pilot, TodayPage)
    await pilot.press("p")
    await until_shown(pilot, "What kind of day")
    assert isinstance(pilot.app, CoachApp)
    asked = frame(pilot.app)
    await pilot.press(*keys)
    return asked


async def fill_in(pilot: Run, text: str) -> None:
    await on(pilot, AskLine)
    pilot.app.screen.query_one(Input).value = text
    await pilot.press("enter")


async def test_a_day_gets_a_shape_and_is_kept_as_a_template(tmp_path: Path) -> None:
    app = CoachApp(home(tmp_path, now=lambda: MORNING))
    for line in ("walk 12:00 30m", "post the letter"):
        app.coach.items.add(app.coach.items.read(line))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_shown(pilot, "walk")
        await _a_low_energy_day_is_ticked_and_taken_back(app, pilot)
        await _every_kind_and_every_day_has_its_words(app, pilot)
        await _a_day_is_kept_and_fills_another(app, pilot)
        await _templates_are_changed(app, pilot)
        await _hostile_names_and_small_screens(app, pilot)
    again = home(tmp_path, now=lambda: MORNING)
    weekday = next(one for one in again.templates.all() if one.title == "Weekday")
    assert [line.title for _, line in weekday.in_order()] == ["swim", "walk", "post the letter"]
    assert again.days.shape(TODAY).kind == "usual", "what was taken back stays so"


async def _a_low_energy_day_is_ticked_and_taken_back(app: CoachApp, pilot: Run) -> None:
    asked = await shape(pilot, "2")
    assert "What kind of day is today?" in asked and "(●) 1  A usual day" in asked
    assert "Fill it from" not in asked, "nothing is offered that is not there"
    await until_shown(pilot, "Today is a low-energy day. u takes it back.")
    await until_shown(pilot, "only single things with a time remind")
    await until_shown(pilot, SHAPE_WORDS["low"])
    shown = frame(app)
    assert shown.index("First") < shown.index("Eat and drink") < shown.index("Midday") < shown.index("walk")
    assert "0 of 3 done" in shown
    await until(pilot, lambda: _stand_on(app, "post the letter"))
    await pilot.press("space")
    await until(pilot, lambda: states(app)["post the letter"] == "done")
    await pilot.press("u", "u")
    await until(pilot, lambda: states(app) == {"walk": "open", "post the letter": "open"})


def _stand_on(app: CoachApp, title: str) -> bool:
    assert isinstance(app.screen, TodayPage)
    rows = app.screen.rows
    return any(rows.move_to(row.key) for row in rows.rows if row.text == title)


async def _every_kind_and_every_day_has_its_words(app: CoachApp, pilot: Run) -> None:
    for key, said in (("3", "Today is a sick day."), ("4", "Today is a day away."), ("1", "Today is a usual day.")):
        await shape(pilot, key)
        await until_shown(pilot, said)
    await until(pilot, lambda: states(app) == {"walk": "open", "post the letter": "open"})
    await pilot.press("right")
    await until_shown(pilot, "Tomorrow")
    assert "What kind of day is tomorrow?" in await shape(pilot, "down", "enter")
    await until_shown(pilot, "Tomorrow is a low-energy day.")
    assert app.coach.days.shape(TODAY + timedelta(days=1)).kind == "low"
    await pilot.press("u", "left", "left")
    await until_shown(pilot, "Yesterday")
    assert "What kind of day was yesterday?" in await shape(pilot, "3")
    await until_shown(pilot, "Yesterday was a sick day.")
    await pilot.press("u", "t")
    await until_shown(pilot, "post the letter")
    before = app.coach.days.shape(TODAY)
    await shape(pilot, "9", "escape")
    await on(pilot, TodayPage)
    assert app.coach.days.shape(TODAY) == before, "a digit without an answer does nothing"


async def _a_day_is_kept_and_fills_another(app: CoachApp, pilot: Run) -> None:
    await shape(pilot, "end", "up", "enter")
    await fill_in(pilot, " ")
    await until_shown(pilot, "A template needs a name")
    await fill_in(pilot, "Weekday")
    await until_shown(pilot, "Kept as “Weekday”. u takes it back.")
    await pilot.press("right")
    await until_shown(pilot, "Tomorrow")
    assert "5  Fill it from “Weekday”" in await shape(pilot, "5")
    await until_shown(pilot, "2 things were added to tomorrow. u takes it back.")
    await shape(pilot, "5")
    await until_shown(pilot, "All of it is there already.")
    await pilot.press("escape", "u")
    await until(pilot, lambda: not lines(app.coach, TODAY + timedelta(days=1)))


async def _templates_are_changed(app: CoachApp, pilot: Run) -> None:
    """Still on the empty day after; the shape stays behind the templates."""
    await shape(pilot, "end", "enter")
    await until_shown(pilot, "Low-energy day")
    await pilot.press("d", "t")
    await pilot.pause()
    assert "3 lines" in frame(app), "what ships with coach is not deleted"
    await pilot.press("down", "enter")
    await on(pilot, TemplateDialog)
    await until_shown(pilot, "no day")
    await pilot.press("down", "enter")
    await fill_in(pilot, "friday 10:00")
    await until_shown(pilot, "Give days of the week")
    await fill_in(pilot, "mon-fri")
    await until_shown(pilot, "Mon-Fri")
    await pilot.press("a")
    await fill_in(pilot, "swim every friday")
    await until_shown(pilot, "does not repeat")
    await fill_in(pilot, "swim 07:00 1h")
    await until_shown(pilot, "07:00  swim")
    await pilot.press("end", "d")
    await until_shown(pilot, "Took out “post the letter”. u brings it back.")
    await pilot.press("u")
    await until_shown(pilot, "post the letter  ")
    await pilot.press("escape")
    await until_shown(pilot, "Mon-Fri, 3 lines")
    await pilot.press("escape")
    await until_shown(pilot, "from “Weekday”")
    await pilot.press("1")
    await until_shown(pilot, "07:00  swim")
    assert len(lines(app.coach, TODAY + timedelta(days=1))) == 3, "a usual day fills an empty one"
    await pilot.press("u")
    await until(pilot, lambda: not lines(app.coach, TODAY + timedelta(days=1)))


async def _hostile_names_and_small_screens(app: CoachApp, pilot: Run) -> None:
    for number, text in enumerate(HOSTILE[:4]):
        app.coach.templates.keep_day(TODAY, f"{text[:300]} {number}")
    for size in ((40, 15), (1, 1), (80, 24)):
        await pilot.resize_terminal(*size)
        await pilot.press("p")
        await on(pilot, ShapeDialog)
        await pilot.press("end", "enter")
        await on(pilot, TemplatesDialog)
        await pilot.press("end", "enter")
        await on(pilot, TemplateDialog)
        assert is_harmless(frame(app).replace("\n", ""))
        await pilot.press("escape", "escape", "escape")
        await on(pilot, TodayPage)
