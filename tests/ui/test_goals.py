"""Goals on the screen: typed, pasted, ticked, moved, put on a day, and still there after a restart."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from coach.domain.text import one_line
from coach.services.goals import Said
from coach.ui.app import CoachApp
from coach.ui.dialogs.ask import AskLine
from coach.ui.dialogs.levels import LevelsDialog
from coach.ui.dialogs.steps import StepLines, StepsDialog
from coach.ui.page import Page
from tests.ui.goal_keys import Run, add, open_goals, paste_steps, steps, titles
from tests.ui.hostile import HOSTILE, is_harmless
from tests.ui.started import SIZES, fill_the_disk, shown, started, until, until_shown


async def test_a_goal_from_its_first_word_to_the_next_start(tmp_path: Path) -> None:
    app = started(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_goals(app, pilot)
        await until_shown(pilot, "Nothing here yet. a adds the first goal.")
        assert "Done" not in shown(app), "only what adds a goal is offered where there is none"
        await _steps_are_pasted_and_ticked(app, pilot)
        await _a_step_goes_on_a_day(app, pilot)
        await _lines_are_changed_deleted_and_brought_back(app, pilot)
        await _goals_change_places(app, pilot)
        await pilot.press("a", *"half a tho")
        await until(pilot, lambda: app.coach.drafts.get("goal") == "half a tho")
    app = started(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_goals(app, pilot)
        await until_shown(pilot, "Back to college")
        assert titles(app) == ["See mum", "Back to college"]
        assert shown(app).index("See mum") < shown(app).index("Back to college")
        await pilot.press("a")
        await until_shown(pilot, "half a tho")
        await pilot.press("enter")
        await until(pilot, lambda: titles(app) == ["See mum", "Back to college", "half a tho"])
        await until(pilot, lambda: not app.coach.drafts.get("goal"))


async def _steps_are_pasted_and_ticked(app: CoachApp, pilot: Run) -> None:
    await add(pilot, "Back to college")
    await until_shown(pilot, "Back to college")
    await pilot.press("enter")
    await until_shown(pilot, "No steps yet.")
    await paste_steps(pilot, "- find the form\r\n\r\n- [ ] ring the office\n3. ask Jo")
    await pilot.press("ctrl+s")
    await until_shown(pilot, "0 of 3")
    assert steps(app) == [("find the form", False), ("ring the office", False), ("ask Jo", False)]
    await pilot.press("down", "space")
    await until_shown(pilot, "1 of 3")
    await pilot.press("J")
    await until(pilot, lambda: steps(app)[1] == ("find the form", True))
    await pilot.press("a")
    await until(pilot, lambda: isinstance(app.screen, StepsDialog))
    await pilot.press(*"post it", "enter", "enter")
    await until_shown(pilot, "1 of 4")


async def _a_step_goes_on_a_day(app: CoachApp, pilot: Run) -> None:
    await pilot.press("up", "m")
    await until_shown(pilot, "Put “ring the office” on")
    app.screen.query_one(Input).value = "someday maybe"
    await pilot.press("enter")
    await until_shown(pilot, "Give only a day")
    app.screen.query_one(Input).value = "tomorrow"
    await until_shown(pilot, "tomorrow, ")
    await pilot.press("enter")
    tomorrow = app.coach.items.today() + timedelta(days=1)
    await until(pilot, lambda: [line.title for line in app.coach.items.later()] == [])
    await until(pilot, lambda: app.coach.items.view(tomorrow).total == 1)
    item = app.coach.items.find("ring the office", tomorrow)
    await app.ask(app.coach.items.mark, item.id, tomorrow, "done")
    await until_shown(pilot, "2 of 4")


async def _lines_are_changed_deleted_and_brought_back(app: CoachApp, pilot: Run) -> None:
    await pilot.press("e")
    await until(pilot, lambda: isinstance(app.screen, AskLine))
    app.screen.query_one(Input).value = "ring the college"
    await pilot.press("enter")
    await until_shown(pilot, "ring the college")
    await pilot.press("d")
    await until_shown(pilot, "1 of 3")
    await until_shown(pilot, "Deleted “ring the college”. u undoes it.")
    await pilot.press("u")
    await until_shown(pilot, "2 of 4")
    await pilot.press("home", "space")
    await until_shown(pilot, "Reached")
    await pilot.press("space")
    await until(pilot, lambda: app.coach.goals.all()[0].done is None)


async def _goals_change_places(app: CoachApp, pilot: Run) -> None:
    await pilot.press("enter")
    await until_shown(pilot, "next")
    await add(pilot, "See mum")
    await until(pilot, lambda: app.screen.query_one("GoalRows").current.text == "See mum")  # type: ignore[attr-defined]  # its class is not imported for one name
    await pilot.press("K")
    await until(pilot, lambda: titles(app) == ["See mum", "Back to college"])


async def test_hostile_words_at_every_size(tmp_path: Path) -> None:
    app = started(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_goals(app, pilot)
        for text in HOSTILE:
            await add(pilot, text)
        assert sorted(titles(app)) == sorted(map(one_line, HOSTILE))
        await pilot.press("home", "enter")
        await paste_steps(pilot, "\n".join(HOSTILE))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: len(steps(app)) >= len(HOSTILE))
        await until_shown(pilot, "[@click=app.quit]press[/]")
        goal = next(goal for goal in app.coach.goals.all() if goal.steps)
        for words in HOSTILE:
            said: Said = {"why": words, "obstacle": words, "answer": words, "helper": words, "levels": {"-1": words}}
            await app.ask(app.coach.goals.change, goal.id, **said)
            await app.ask(app.coach.goals.stand, goal.id, -1)
            await pilot.pause()
            assert is_harmless(shown(app).replace("\n", ""))
        await app.ask(app.coach.goals.ladders.add, goal.id, "\n".join(HOSTILE[:8]))
        for size in SIZES:
            await pilot.resize_terminal(*size)
            for key in ("end", "home", "a", "escape", "e", "escape", "m", "escape", "J", "K"):
                await pilot.press(key)
                assert is_harmless(shown(app).replace("\n", ""))
        await until_shown(pilot, "[TODO] plan")
        await pilot.press("home", "d")
        await until_shown(pilot, "Deleted “[/x]”")
        assert app.is_running


async def test_what_is_not_saved_stays_in_its_field(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = started(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_goals(app, pilot)
        await add(pilot, "Back to college")
        await pilot.press("enter")
        await paste_steps(pilot, "\n".join(f"step {number}" for number in range(201)))
        await pilot.press("ctrl+s")
        await until_shown(pilot, "201 lines are more than the 200")
        app.screen.query_one(StepLines).text = "first\nsecond"
        with monkeypatch.context() as patch:
            fill_the_disk(patch)
            await pilot.press("ctrl+s")
            await until_shown(pilot, "Not saved")
            assert isinstance(app.screen, StepsDialog)
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, Page))
            await pilot.press("home", "enter", "a", *"Swim", "enter")
            await until_shown(pilot, "Not saved")
            await until(pilot, lambda: isinstance(app.screen, AskLine) and app.screen.line == "Swim")
            await pilot.press("space", "home")
        await pilot.press("enter")
        await until(pilot, lambda: titles(app) == ["Back to college", "Swim"])
        await _words_of_levels_stay_too(app, pilot, monkeypatch)
        await pilot.press("home", "enter", "a")
        await until_shown(pilot, "second")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: steps(app) == [("first", False), ("second", False)])


async def _words_of_levels_stay_too(app: CoachApp, pilot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    swim = app.coach.goals.all()[1]
    app.push_screen(LevelsDialog(swim.id, swim.title, {}, lambda words: app.coach.goals.change(swim.id, levels=words)))
    await until(pilot, lambda: isinstance(app.screen, LevelsDialog) and app.focused is not None)
    with monkeypatch.context() as patch:
        fill_the_disk(patch)
        await pilot.press(*"a mile", "ctrl+s")
        await until_shown(pilot, "Not saved")
        assert "a mile" in shown(app)
    await pilot.press("ctrl+s")
    await until(pilot, lambda: app.coach.goals.get(swim.id).levels == {"0": "a mile"})
    await until(pilot, lambda: isinstance(app.screen, Page))
