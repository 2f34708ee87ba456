"""Find: typed words show what holds them, Enter goes there, and what has no place of its own is shown whole."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from coach.services.search import Search
from coach.ui.app import CoachApp
from coach.ui.dialogs.find import FindDialog, FindLine, WholeDialog
from coach.ui.screens.editor import EditorScreen
from coach.ui.screens.goals import GoalsPage
from coach.ui.screens.today import TodayPage
from coach.ui.screens.week import WeekScreen
from tests.ui.hostile import HOSTILE, is_harmless
from tests.ui.stage import MORNING, frame, home
from tests.ui.started import until, until_shown

Run = Pilot[int]
TODAY = MORNING.date()


async def look_for(app: CoachApp, pilot: Run, words: str, shown: str) -> None:
    await until(pilot, lambda: not isinstance(app.screen, FindDialog | WholeDialog | EditorScreen))
    await pilot.press("slash")
    await until(pilot, lambda: isinstance(app.screen, FindDialog))
    await pilot.press(*words)
    await until_shown(pilot, shown)


async def test_what_was_written_is_found_and_gone_to(tmp_path: Path) -> None:
    app = CoachApp(home(tmp_path, now=lambda: MORNING))
    coach = app.coach
    for line in ("walk the heron path fri 13:00 #health", "meds 14:00 daily #health", "sail some day later"):
        coach.items.add(coach.items.read(line))
    tea = coach.items.add(coach.items.read("tea 16:00 daily")).id
    tomorrow = TODAY + timedelta(days=1)
    moved = coach.items.find(tea, tomorrow)
    coach.items.marks.note(moved.id, tomorrow, "with porridge")
    coach.items.move(moved.id, TODAY + timedelta(days=3))
    goal = coach.goals.add("Draw a heron")
    habit = coach.habits.add("Heron watching")
    coach.habits.note(habit.id, TODAY - timedelta(days=1), "two by the lake")
    coach.journal.write("First line.\nA heron stood in the water.")
    kept = {table: coach.tables.records(table) for table in ("items", "goals", "habits", "marks")}
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_shown(pilot, "meds")
        await _each_hit_is_in_its_place(app, pilot, goal.id, habit.id)
        await _the_week_is_in_nobodys_way(app, pilot)
        await _tags_are_listed_and_found(app, pilot)
        await _nothing_found_and_back(app, pilot)
        await _every_size_and_any_text(app, pilot)
    assert {table: coach.tables.records(table) for table in kept} == kept, "looking for something changes nothing"


async def _each_hit_is_in_its_place(app: CoachApp, pilot: Run, goal: str, habit: str) -> None:
    await look_for(app, pilot, "heron path", "walk the heron path")
    assert "planned, 27 Nov" in frame(app) and "^R Help now" in frame(app)
    await pilot.press("enter")
    await until_shown(pilot, "Friday 27 November")
    await until_shown(pilot, "› [ ] 13:00  walk the heron path")
    await look_for(app, pilot, "heron draw", "Draw a heron")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, GoalsPage) and app.screen.rows.current is not None)
    await until(pilot, lambda: app.screen.rows.current.key == goal)  # type: ignore[attr-defined]  # the screen has rows
    await look_for(app, pilot, "WATER", "A heron stood in the water.")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, EditorScreen))
    await until_shown(pilot, "First line.")
    await pilot.press("escape")
    await look_for(app, pilot, "lake", "two by the lake")
    assert "note, 22 Nov" in frame(app)
    await pilot.press("enter")
    await until_shown(pilot, "› [ ] Heron watching")
    await look_for(app, pilot, "meds", "repeats")
    await pilot.press("enter")
    await until_shown(pilot, "› [ ] 14:00  meds")
    assert isinstance(app.screen, TodayPage) and app.screen.shown == TODAY
    await look_for(app, pilot, "sail", "later")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, WholeDialog))
    await until_shown(pilot, "sail some day")
    await pilot.press("escape")


async def _the_week_is_in_nobodys_way(app: CoachApp, pilot: Run) -> None:
    """It lies over Today: what was found is shown there, from the week as from another place."""
    for key, words, shown in (("", "lake", "› [ ] Heron watching"), ("2", "porridge", "› [ ] 16:00  tea")):
        await pilot.press("1", "w")
        await until(pilot, lambda: isinstance(app.screen, WeekScreen))
        await pilot.press(*key)
        await until(pilot, lambda key=key: app.current_mode == ("goals" if key else "today"))  # type: ignore[misc]  # mypy types no lambda's default
        await look_for(app, pilot, words, "note, ")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, TodayPage))
        await until_shown(pilot, shown)
    assert "Thursday 26 November" in frame(app), "where it was moved to"
    assert len(app.screen_stack) == 1


async def _tags_are_listed_and_found(app: CoachApp, pilot: Run) -> None:
    await look_for(app, pilot, "#", "#health")
    await pilot.press("enter")
    await until_shown(pilot, "walk the heron path")
    assert app.screen.query_one(FindLine).value == "#health" and "meds" in frame(app)
    await pilot.press("down", "up", "down", "enter")
    await until_shown(pilot, "› [ ] 14:00  meds")


async def _nothing_found_and_back(app: CoachApp, pilot: Run) -> None:
    await look_for(app, pilot, "zebra", "Nothing found. Fewer or shorter words find more.")
    await pilot.press("enter", "down")
    assert isinstance(app.screen, FindDialog)
    await pilot.press("escape")
    await look_for(app, pilot, "", "Words, or #tag. A single # lists the tags.")
    assert app.screen.query_one(FindLine).value == "", "what was looked for is kept nowhere"
    await pilot.press("escape")


async def _every_size_and_any_text(app: CoachApp, pilot: Run) -> None:
    for number, text in enumerate(HOSTILE):
        app.coach.journal.write(f"pearl {number} {text[:300]}")
    for size in ((40, 15), (30, 10), (1, 1), (120, 40), (80, 24)):
        await pilot.resize_terminal(*size)
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(app.screen, FindDialog))
        for words in ("pearl", HOSTILE[0][:50]):
            app.screen.query_one(FindLine).value = words
            await pilot.pause(0.3)
            await pilot.press("down", "pagedown", "pageup")
            assert is_harmless(frame(app).replace("\n", ""))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, TodayPage))


async def test_a_slow_search_holds_up_no_key_and_the_last_words_win(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = CoachApp(home(tmp_path, now=lambda: MORNING))
    app.coach.items.add(app.coach.items.read("walk by the river 12:00"))
    held, real = threading.Event(), Search.find
    asked: list[tuple[str, bool]] = []

    def find(search: Search, text: str, **options: object) -> object:
        if text == "walk":
            held.wait(10)
        asked.append((text, options["wanted"]()))  # type: ignore[operator]  # it is a question
        return real(search, text, **options)  # type: ignore[arg-type]  # passed on as given

    monkeypatch.setattr(Search, "find", find)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "walk by the river")
        await pilot.press("slash", *"walk")
        await pilot.pause(0.4)
        await pilot.press(*" river")
        await until(pilot, lambda: app.screen.query_one(FindLine).value == "walk river")  # typing goes on
        await pilot.press("ctrl+r")
        await until_shown(pilot, "Help now")
        await pilot.press("escape")
        await pilot.pause(0.3)
        held.set()
        await until_shown(pilot, "walk by the river")
        assert asked[0] == ("walk", False), "what nobody waits for is given up"
        assert asked[-1] == ("walk river", True)
        await pilot.press("escape", "b")
        await until(pilot, lambda: not isinstance(app.screen, FindDialog | TodayPage))
        await pilot.press("slash")
        await pilot.pause()
        assert not isinstance(app.screen, FindDialog), "not while somebody breathes"
