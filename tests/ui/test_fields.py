"""A line that says more than its words: a question about a mistyped day, and the fields behind Tab."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from coach.ui.app import CoachApp
from coach.ui.dialogs.ask import AskLine, Line
from coach.ui.dialogs.fields import FieldsDialog
from coach.ui.screens.today import TodayPage
from tests.ui.hostile import HOSTILE, is_harmless
from tests.ui.stage import MORNING, frame, home
from tests.ui.started import until, until_shown
from tests.ui.test_repeating import underlined

Run = Pilot[int]
TODAY = MORNING.date()


async def type_line(app: CoachApp, pilot: Run, line: str) -> None:
    await until(pilot, lambda: isinstance(app.screen, AskLine | TodayPage))
    if not isinstance(app.screen, AskLine):
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, AskLine))
    app.screen.query_one(Line).value = line
    await pilot.pause()


async def open_fields(app: CoachApp, pilot: Run) -> None:
    await pilot.press("tab")
    await until(pilot, lambda: isinstance(app.screen, FieldsDialog))


def fill(app: CoachApp, name: str, words: str) -> None:
    app.screen.query_one(f"#{name}", Line).value = words


async def test_the_fields_behind_tab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = CoachApp(home(tmp_path, now=lambda: MORNING))
    app.coach.items.add(app.coach.items.read("Breakfast 11:30"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_shown(pilot, "Breakfast")
        await _each_field_is_read_and_goes_back_into_the_line(app, pilot)
        await _a_field_that_cannot_be_read_stays_and_is_lost_nowhere(app, pilot)
        await _saved_from_the_fields_with_its_area(app, pilot)
        await _the_area_stays_when_the_line_is_changed(app, pilot)
        await _a_line_says_what_it_did_not_take(app, pilot)
        await _a_draft_is_an_offer_and_belongs_to_no_other_window(app, pilot)
        await _every_size_and_any_text(app, pilot)
    kept = home(tmp_path, now=lambda: MORNING).items.find("vitamins", TODAY)
    assert (kept.follows, kept.minutes, kept.area) == ("Breakfast", 5, "health"), "as the fields and the line said"


async def _a_line_says_what_it_did_not_take(app: CoachApp, pilot: Run) -> None:
    await type_line(app, pilot, "swim twice a week")
    await until_shown(pilot, "On which days")
    assert underlined(app).strip() == "twice a week"
    app.screen.query_one(Line).value = ""
    app.screen.query_one(Line).post_message(Paste("one\ntwo\n\nthree"))
    await until_shown(pilot, "One line at a time: 2 more lines were left out.")
    assert app.screen.query_one(Line).value == "one"
    await type_line(app, pilot, "rent 32 nov")
    await until_shown(pilot, "Try 30 November")
    await pilot.press("enter")
    await pilot.pause()
    assert frame(app).count("Try 30 November") == 1


async def _a_draft_is_an_offer_and_belongs_to_no_other_window(app: CoachApp, pilot: Run) -> None:
    await type_line(app, pilot, "half-typed")
    await pilot.press("escape")
    await until(pilot, lambda: isinstance(app.screen, TodayPage))
    await pilot.press("a")
    await until_shown(pilot, "Kept from before: type on")
    await pilot.press("x")
    await until(pilot, lambda: app.screen.query_one(Line).value == "half-typedx")
    assert "Kept from before" not in frame(app)
    await pilot.press("ctrl+u")
    await until(pilot, lambda: app.screen.query_one(Line).value == "")
    await pilot.press("escape")
    await until(pilot, lambda: not app.coach.drafts.get("add"))
    await type_line(app, pilot, "")
    app.coach.drafts.keep("add", "of another window")
    await pilot.press("escape")
    await until(pilot, lambda: isinstance(app.screen, TodayPage))
    await pilot.press("a")
    await until_shown(pilot, "of another window")
    app.screen.query_one(Line).value = ""


async def _each_field_is_read_and_goes_back_into_the_line(app: CoachApp, pilot: Run) -> None:
    await type_line(app, pilot, "walk every mon evening")
    await until_shown(pilot, "Tab Fields")
    await open_fields(app, pilot)
    for words in ("Title walk", "How often every Mon evening", "Esc Back", "^R Help now"):
        assert words in " ".join(frame(app).split())
    await pilot.press("escape")
    await until(pilot, lambda: isinstance(app.screen, AskLine))
    assert app.screen.query_one(Line).value == "walk every mon evening", "unchanged, it stays as it was typed"
    await open_fields(app, pilot)
    await pilot.press("down", "down", *"7pm")
    await until_shown(pilot, "walk, every Monday 19:00, next today")
    await pilot.press("up", "tab", "shift+tab", "escape")
    await until(pilot, lambda: isinstance(app.screen, AskLine))
    assert app.screen.query_one(Line).value == "walk every Mon evening 7pm from today"


async def _a_field_that_cannot_be_read_stays_and_is_lost_nowhere(app: CoachApp, pilot: Run) -> None:
    await type_line(app, pilot, "rent 32 nov")
    await until_shown(pilot, "Try 30 November")
    assert underlined(app).strip() == "32 nov"
    await open_fields(app, pilot)
    assert app.screen.query_one("#title", Line).value == "rent 32 nov"
    fill(app, "title", "rent")
    fill(app, "day", "31 nov")
    await pilot.press("ctrl+s")
    await until_shown(pilot, "Try 30 November.")
    assert app.focused is app.screen.query_one("#day")
    await pilot.press("escape")
    await until(pilot, lambda: isinstance(app.screen, AskLine))
    assert app.screen.query_one(Line).value == "rent 31 nov"
    await until(pilot, lambda: underlined(app).strip() == "31 nov")
    assert app.coach.items.view(TODAY).total == 1, "nothing was saved"


async def _saved_from_the_fields_with_its_area(app: CoachApp, pilot: Run) -> None:
    await type_line(app, pilot, "vitamins tommorow")
    await until_shown(pilot, "Did you mean “tomorrow”?")
    await open_fields(app, pilot)
    fill(app, "title", "vitamins")
    fill(app, "after", "breakfast")
    app.screen.query_one("#area").focus()
    await pilot.press("h")
    await until_shown(pilot, "vitamins, today after Breakfast")
    await pilot.press("enter")
    await until_shown(pilot, "[ ] vitamins")
    found = app.coach.items.find("vitamins", TODAY)
    assert (found.follows, found.area, found.day) == ("Breakfast", "health", TODAY)


async def _the_area_stays_when_the_line_is_changed(app: CoachApp, pilot: Run) -> None:
    assert isinstance(app.screen, TodayPage)
    app.screen.rows.move_to(app.coach.items.find("vitamins", TODAY).id)
    await pilot.press("J")
    await until_shown(pilot, "It comes after “Breakfast”")
    await pilot.press("e")
    await until(pilot, lambda: isinstance(app.screen, AskLine))
    field = app.screen.query_one(Line)
    assert field.value == "vitamins today after Breakfast"
    reads = Mock(side_effect=AssertionError("a book was read while somebody typed"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app.coach.items._agenda, "between", reads)
        patch.setattr(app.coach.items._agenda, "series", reads)
        await pilot.press(*" 5m")
        await until_shown(pilot, "today after Breakfast, 5 min")
    await pilot.press("enter")
    await until(pilot, lambda: app.coach.items.find("vitamins", TODAY).minutes == 5)
    assert app.coach.items.find("vitamins", TODAY).area == "health"
    await until(pilot, lambda: isinstance(app.screen, TodayPage))


async def _every_size_and_any_text(app: CoachApp, pilot: Run) -> None:
    for size in ((40, 15), (30, 10), (1, 1), (120, 40), (80, 24)):
        await pilot.resize_terminal(*size)
        for text in (HOSTILE[0], HOSTILE[-1], '"' * 400, ""):
            await type_line(app, pilot, text[:400])
            await open_fields(app, pilot)
            for name in ("title", "day", "often", "after", "place", "tags"):
                fill(app, name, text[:60])
            await pilot.press("ctrl+s", "end", "down", "up")
            assert is_harmless(frame(app).replace("\n", ""))
            if size == (40, 15):
                assert "^R Help now" in frame(app)
            await pilot.press("escape")
            await pilot.pause()
            if not isinstance(app.screen, AskLine):  # too long for one line: it says so and stays
                fill(app, "place", "")
                fill(app, "title", "walk")
                await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, AskLine))
    app.screen.query_one(Line).value = ""
    await pilot.press("escape")
    await until(pilot, lambda: isinstance(app.screen, TodayPage))
    assert app.coach.items.view(TODAY + timedelta(days=1)).total == 0
