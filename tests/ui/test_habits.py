"""Habits on the screen: added by a title alone, marked, counted, backdated, changed from today on, and brought back."""

from __future__ import annotations

from datetime import time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from coach.domain.habits import DAILY, Target
from coach.ui.app import CoachApp
from coach.ui.dialogs.ask import AskLine
from coach.ui.dialogs.choose import ChooseDialog
from coach.ui.dialogs.habit import HabitDialog
from coach.ui.dialogs.habit_days import HabitDaysDialog
from coach.ui.dialogs.note import NoteDialog
from coach.ui.habits.form import FROM_TODAY
from coach.ui.page import Page
from tests.ui.habit_stage import TODAY, Run, among_habits, habits, named, on, start
from tests.ui.stage import frame
from tests.ui.started import until, until_shown


def state(app: CoachApp, title: str, back: int = 0) -> str:
    return named(app, title, TODAY - timedelta(days=back)).state


async def fill(pilot: Run, *keys: str) -> None:
    """Opens the form, types, and waits until it is saved."""
    await pilot.press("a")
    await on(pilot, HabitDialog)
    await pilot.press(*keys, "enter")
    await on(pilot, Page)


async def stand_on(app: CoachApp, pilot: Run, title: str) -> None:
    await until_shown(pilot, title)
    rows = app.screen.query_one("GoalRows")
    assert rows.move_to("habit:" + named(app, title).habit.id)  # type: ignore[attr-defined]  # the screen has rows
    await pilot.pause()


async def test_a_habit_from_its_title_to_its_end(tmp_path: Path) -> None:
    app = start(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await among_habits(app, pilot)
        await until_shown(pilot, "› Add a habit, such as a walk")
        await _a_title_is_enough(app, pilot)
        await _other_kinds(app, pilot)
        await _marked_counted_tiny_and_excused(app, pilot)
        await _any_day_of_the_last_weeks(app, pilot)
        await _a_changed_target_begins_today(app, pilot)
        await _less_step_by_step(app, pilot)
        await _paused_put_away_and_deleted(app, pilot)
    assert habits(start(tmp_path)) == habits(app), "and all of it is kept"


async def _a_title_is_enough(app: CoachApp, pilot: Run) -> None:
    await fill(pilot, *"Walk")
    await until_shown(pilot, "› [ ] Walk")
    (habit,) = habits(app)
    assert (habit.kind, habit.target_on(TODAY), habit.run) == ("build", DAILY, False)
    await pilot.press("u")
    await until(pilot, lambda: not habits(app))
    await pilot.press("U")
    await until(pilot, lambda: habits(app))


async def _other_kinds(app: CoachApp, pilot: Run) -> None:
    await pilot.press("a")
    await on(pilot, HabitDialog)
    await pilot.press(*"Read", "down", "down", *"mon wed fri", "down", *"20 pages", "down", *"one page")
    await until_shown(pilot, "20 pages on Mon, Wed, Fri. “one page” counts half.")
    await pilot.press("down", *"20:00 8 am")
    await until_shown(pilot, "08:00, 20:00.")
    await pilot.press("enter")
    await on(pilot, Page)
    await fill(pilot, *"Energy drinks", "down", "right", "down", *"2 cans")
    await fill(pilot, *"Cigarettes", "down", "left")
    await until(pilot, lambda: len(habits(app)) == 4)
    assert [one.remind for one in habits(app)] == [(), (time(8), time(20)), (), ()]
    assert [(one.kind, one.unit, one.target_on(TODAY)) for one in habits(app)][1:] == [
        ("build", "pages", Target((0, 2, 4), amount=20)),
        ("reduce", "cans", Target(amount=2)),
        ("avoid", "", DAILY),
    ]
    for words in ("  0 Read", "of 20", "  0 Energy drinks", "at most 2", "  0 Cigarettes", "›"):
        await until_shown(pilot, words)


async def _marked_counted_tiny_and_excused(app: CoachApp, pilot: Run) -> None:
    await stand_on(app, pilot, "Walk")
    await pilot.press("space")
    await until_shown(pilot, "[✓] Walk")
    await pilot.press("space")
    await until_shown(pilot, "[ ] Walk")
    await pilot.press("y")
    await until_shown(pilot, "[/] Walk")
    await until_shown(pilot, "tiny")
    await pilot.press("u")
    await until_shown(pilot, "[ ] Walk")
    await pilot.press("s")
    await on(pilot, ChooseDialog)
    await pilot.press("2")
    await until_shown(pilot, "[–] Walk")
    assert state(app, "Walk") == "excused"
    await stand_on(app, pilot, "Cigarettes")
    await pilot.press("space", "space")
    await until_shown(pilot, "  2 Cigarettes")
    await pilot.press("u")
    await until_shown(pilot, "  1 Cigarettes")


async def _any_day_of_the_last_weeks(app: CoachApp, pilot: Run) -> None:
    await stand_on(app, pilot, "Walk")
    await pilot.press("enter")
    await on(pilot, HabitDaysDialog)
    await until_shown(pilot, "Today: excused")
    await pilot.press("left", "space")
    await until_shown(pilot, "Yesterday: done.")
    await pilot.press("up", "enter")
    await until_shown(pilot, "It did not happen")
    await pilot.press("4")
    await until_shown(pilot, "Sun 15 Nov: it did not happen.")
    await pilot.press("right", "n")
    await on(pilot, NoteDialog)
    await pilot.press(*"in the rain", "enter")
    await until_shown(pilot, "“in the rain”")
    await pilot.press("y")
    await until_shown(pilot, "the tiny version. “in the rain”")
    assert [state(app, "Walk", back) for back in (0, 1, 7, 8)] == ["excused", "done", "part", "missed"]
    await until_shown(pilot, "Strength")
    await pilot.press("u")
    await until_shown(pilot, "not known. “in the rain”")
    await pilot.press("escape")
    await on(pilot, Page)
    await stand_on(app, pilot, "Read")
    await pilot.press("enter")
    await on(pilot, HabitDaysDialog)
    await pilot.press("up", "1", "2")
    await on(pilot, AskLine)
    await pilot.press("enter")
    await until_shown(pilot, "Mon 16 Nov: 12 of 20 pages.")
    assert named(app, "Read", TODAY - timedelta(days=7)).amount == 12
    await pilot.press("escape")
    await on(pilot, Page)


async def _a_changed_target_begins_today(app: CoachApp, pilot: Run) -> None:
    await stand_on(app, pilot, "Read")
    await pilot.press("e")
    await on(pilot, HabitDialog)
    assert "something I do" not in frame(app), "its kind stays what it is"
    await pilot.press("down", "down", "home", "delete", "delete", "5")
    await until_shown(pilot, FROM_TODAY)
    elsewhere: dict[str, Any] = {"title": "Read aloud", "area": "learning", "tiny": "a line"}
    await app.ask(partial(app.coach.habits.change, named(app, "Read").habit.id, **elsewhere))  # by another process
    await pilot.press("enter")
    await on(pilot, Page)
    await until_shown(pilot, "of 5")
    read = named(app, "Read aloud").habit
    assert {name: getattr(read, name) for name in elsewhere} == elsewhere, "only what was typed is written"
    assert (read.target_on(TODAY).amount, read.target_on(TODAY - timedelta(days=1)).amount) == (5, 20)
    await pilot.press("u")
    await until_shown(pilot, "of 20")
    await pilot.press("u")
    await until(pilot, lambda: any(one.title == "Read" for one in habits(app)))
    assert named(app, "Read").habit.target_on(TODAY).weekdays == (0, 2, 4)


async def _less_step_by_step(app: CoachApp, pilot: Run) -> None:
    await stand_on(app, pilot, "Energy drinks")
    await pilot.press("enter")
    await on(pilot, HabitDaysDialog)
    await pilot.press("o")
    await on(pilot, ChooseDialog)
    await pilot.press("4")
    await on(pilot, AskLine)
    await pilot.press(*"1 less a week")
    await until_shown(pilot, "at most 1 from Mon 30 Nov, 0 from Mon 7 Dec")
    await pilot.press("enter")
    await until_shown(pilot, "at most 2 cans a day, 1 from Mon 30 Nov")
    cans = named(app, "Energy drinks").habit
    assert [cans.target_on(TODAY + timedelta(days=back)).amount for back in (0, 6, 7, 14)] == [2, 2, 1, 0]
    await pilot.press("e")
    await on(pilot, HabitDialog)
    await pilot.press("down", "home", "delete", "3")
    await until_shown(pilot, "From today on; the steps down after it stay.")
    await pilot.press("home", "delete", "1")
    await until_shown(pilot, "From today on; steps down stay from Mon 7 Dec.")
    await pilot.press("home", "delete", "0")
    await until_shown(pilot, "From today on; the steps down that were planned go.")
    await pilot.press("home", "delete", "2", "escape")
    await on(pilot, HabitDaysDialog)
    await pilot.press("escape")
    await on(pilot, Page)


async def _paused_put_away_and_deleted(app: CoachApp, pilot: Run) -> None:
    await stand_on(app, pilot, "Walk")
    for answer, words in (("1", "paused until Sun 29 Nov"), ("1", "Strength"), ("4", "1 put away")):
        await pilot.press("enter")
        await on(pilot, HabitDaysDialog)
        await pilot.press("space", "o")
        await on(pilot, ChooseDialog)
        await pilot.press(answer)
        await until_shown(pilot, words)
        await pilot.press("escape")
        await on(pilot, Page)
    await until(pilot, lambda: len(habits(app)) == 3)
    await pilot.press("end", "enter")
    await until_shown(pilot, "Take up which one again?")
    await pilot.press("1")
    await until(pilot, lambda: len(habits(app)) == 4)
    await stand_on(app, pilot, "Cigarettes")
    await pilot.press("K", "d")
    await until_shown(pilot, "Deleted “Cigarettes”. u brings it back.")
    await pilot.press("u")
    await until(pilot, lambda: [one.title for one in habits(app)][2:3] == ["Cigarettes"])
