"""The shape of a day on Today: what comes first, notes and ratings, free room and the week."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from coach.bootstrap import Coach
from coach.ui.app import CoachApp
from coach.ui.dialogs import guess
from coach.ui.dialogs.guess import GuessDialog
from coach.ui.dialogs.ideas import IdeasDialog
from coach.ui.dialogs.note import NoteDialog
from coach.ui.dialogs.shape import ShapeDialog
from coach.ui.screens.today import TodayPage
from coach.ui.screens.week import WeekScreen
from tests.ui.stage import MORNING, frame, home
from tests.ui.started import until, until_shown

Run = Pilot[int]
TODAY = MORNING.date()
YESTERDAY = TODAY - timedelta(days=1)


def page(app: CoachApp) -> TodayPage:
    assert isinstance(app.screen, TodayPage)
    return app.screen


def where(app: CoachApp) -> str:
    """The time of the line the cursor is on."""
    row = page(app).rows.current
    return row.time if row else ""


async def on(app: CoachApp, pilot: Run, kind: type[Screen[Any]]) -> None:
    await until(pilot, lambda: isinstance(app.screen, kind))


async def stand_on(app: CoachApp, pilot: Run, words: str) -> None:
    """The cursor on the line with these words."""
    await on(app, pilot, TodayPage)
    rows = page(app).rows
    await until(pilot, lambda: any(rows.move_to(row.key) for row in rows.rows if words in row.text))
    await pilot.pause()


def line(app: CoachApp, words: str) -> str:
    """The line of the day with these words, as it stands on the screen."""
    found = (one.partition("│")[0].rstrip() for one in frame(app).splitlines())
    return next((one.removeprefix(" ›").strip() for one in found if words in one), "")


def planned(path: Path) -> Coach:
    coach = home(path, now=lambda: MORNING)
    early = home(path, now=lambda: MORNING - timedelta(days=1)).items
    walk = early.add(early.read("walk 11:00"))
    early.mark(walk.id, YESTERDAY, "done")
    timed = ("clinic 10:30 30m today", "call 10:45 30m", "the long way home 10:50 5m", "group 18:00 1h")
    for text in (*timed, "post", "read after post", "tea after post"):
        coach.items.add(coach.items.read(text, anchors={"post": "post"}))
    return coach


async def test_a_day_with_a_shape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = CoachApp(planned(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_shown(pilot, "Yesterday you did: walk.")
        assert line(app, "call").endswith("30 min, overlaps"), "what runs into something else says so in a word"
        assert line(app, "the long way home").endswith("overlaps") and "5 min" not in line(app, "long way")
        assert line(app, "read").endswith("after post")
        await _three_come_first(app, pilot)
        await _a_guess_and_how_it_was(app, pilot, monkeypatch)
        await _a_note_on_a_past_day(app, pilot)
        await _free_room_has_ideas(app, pilot)
        await _the_kind_of_day_and_the_week(app, pilot)


async def _three_come_first(app: CoachApp, pilot: Run) -> None:
    for words in ("group", "post", "tea"):
        await stand_on(app, pilot, words)
        await pilot.press("f")
        await until(pilot, partial(_stands_first, app, words))
    assert frame(app).count("group") == 1, "it stands in one place only"
    await stand_on(app, pilot, "clinic")
    await pilot.press("f")
    await until_shown(pilot, "come first")
    for words in ("group", "post", "tea"):
        await stand_on(app, pilot, words)
        await pilot.press("f")
    await until(pilot, lambda: "First" not in frame(app))


def _stands_first(app: CoachApp, words: str) -> bool:
    screen = frame(app)
    return 0 < screen.find("First") < screen.find(words) < screen.find("Morning")


async def _a_guess_and_how_it_was(app: CoachApp, pilot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    await stand_on(app, pilot, "clinic")
    await pilot.press("r")
    await on(app, pilot, GuessDialog)
    await until_shown(pilot, "› How pleasant may it be?")
    await pilot.press("3")
    await until_shown(pilot, "› How well may it go?")
    assert frame(app).count("›") == 1 and "[3]" in frame(app)
    await pilot.press("enter")
    await until(pilot, lambda: line(app, "clinic").endswith("30 min, guess 3"))
    await pilot.press("space")
    await until(pilot, lambda: line(app, "clinic").startswith("[✓]"))
    assert "guess" not in line(app, "clinic")
    await pilot.press("r")
    await until_shown(pilot, "How pleasant was it?")
    with monkeypatch.context() as patch:
        patch.setattr(guess, "TEN_WITHIN", 0.5)
        await pilot.press("1", "tab")
        await pilot.pause(0.7)
    assert isinstance(app.screen, GuessDialog), "who went on while a 0 would have made ten is not thrown out"
    await pilot.press("shift+tab", "1", "0")
    await until(pilot, lambda: app.focused is not None and app.focused.id == "mastery")
    await pilot.press("escape")
    await until_shown(pilot, "You guessed 3, it was 10.")
    await until(pilot, lambda: line(app, "clinic").endswith("30 min, pleasant 10"))
    await pilot.press("u", "u")  # a digit is a change: 1, then 10
    await until(pilot, lambda: line(app, "clinic").endswith("30 min"))
    assert line(app, "clinic").startswith("[✓]")
    await pilot.press("s", "1")
    await until(pilot, lambda: "excused" in line(app, "clinic"))
    await pilot.press("r")
    await until_shown(pilot, "Only what was done can be rated")


async def _a_note_on_a_past_day(app: CoachApp, pilot: Run) -> None:
    await pilot.press("left")
    await until(pilot, lambda: line(app, "walk").startswith("[✓]"))
    await pilot.press("n")
    await on(app, pilot, NoteDialog)
    await pilot.press(*"cold and go")
    await until(pilot, lambda: "cold and go" in _drafts(app))
    await pilot.press("escape", "n")
    await until_shown(pilot, "cold and go")
    await pilot.press("o", "d", "enter")
    await until(pilot, lambda: line(app, "walk").endswith("note"))
    walk = app.coach.items.find("walk", YESTERDAY)
    assert app.coach.items.marks.of(walk.id, YESTERDAY).note == "cold and good"
    await pilot.press("n")
    await until_shown(pilot, "cold and good")
    await pilot.press("ctrl+u", "enter")
    await until(pilot, lambda: line(app, "walk") and not line(app, "walk").endswith("note"))
    assert not _drafts(app)
    await pilot.press("u")
    await until(pilot, lambda: line(app, "walk").endswith("note"))
    await pilot.press("t")


def _drafts(app: CoachApp) -> str:
    drafts = app.coach.drafts  # which reads nothing of a file that is being replaced
    names = [path.stem for path in (Path(app.coach.paths.state) / "drafts").glob("note-*.txt")]
    return "".join(drafts.get(name) for name in names)


async def _free_room_has_ideas(app: CoachApp, pilot: Run) -> None:
    await stand_on(app, pilot, "free")
    assert where(app) == "11:15"
    for key in ("space", "d", "e", "m", "n", "r"):  # nothing of it is meant for free room
        await pilot.press(key)
    await pilot.press("enter")
    await on(app, pilot, IdeasDialog)
    await pilot.press("1")
    await until(pilot, lambda: line(app, "11:15").startswith("[ ] 11:15"))
    await until(pilot, lambda: where(app) == "11:15")
    await pilot.press("u")
    await until(pilot, lambda: "free" in line(app, "11:15"))
    await stand_on(app, pilot, "post")
    await pilot.press("i")
    await on(app, pilot, IdeasDialog)
    await pilot.press("1")
    await on(app, pilot, TodayPage)
    await until(pilot, lambda: page(app).kind == "item" and where(app) == "" and "› [ ] post" not in frame(app))
    await pilot.press("u")


async def _the_kind_of_day_and_the_week(app: CoachApp, pilot: Run) -> None:
    await on(app, pilot, TodayPage)
    await pilot.press("p")
    await on(app, pilot, ShapeDialog)
    await until_shown(pilot, "Sick")
    await pilot.press("3")
    await until_shown(pilot, "Mon 23 Nov, sick")
    assert line(app, "group").startswith("[–]") and "excused" not in line(app, "group"), "said once, above"
    await stand_on(app, pilot, "group")
    await pilot.press("space")
    await until(pilot, lambda: line(app, "group").startswith("[✓]"))
    await pilot.press("w")
    await on(app, pilot, WeekScreen)
    await until_shown(pilot, "Week")
    await pilot.press("down", "enter")
    await until_shown(pilot, "Tomorrow, Tue 24 Nov")
