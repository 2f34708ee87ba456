"""What is said of a goal line by line, a fourth goal, and what matters in a life."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual import events

from coach.ui.app import CoachApp
from coach.ui.dialogs.ask import AskLine
from coach.ui.dialogs.levels import LevelsDialog
from coach.ui.dialogs.rungs import RungsDialog
from coach.ui.page import Page
from tests.ui.goal_keys import Run, add, answer, go_to, open_goals, pick
from tests.ui.started import SIZES, shown, started, until, until_shown


async def test_an_example_becomes_a_goal_of_ones_own_told_line_by_line(tmp_path: Path) -> None:
    app = started(tmp_path)
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await open_goals(app, pilot)
        await until_shown(pilot, "Begin from an example")
        await pilot.press("enter")
        await pick(pilot, "1", "It becomes your own")
        await pick(pilot, "2", "Why would it matter to you?")
        await until_shown(pilot, "To finish what I once began.")
        await until_shown(pilot, "the form feels like too much, then I fill in only my name")
        await until_shown(pilot, "More: helper, review day, how far, ladder")
        await _more_is_said_of_it(app, pilot)
        await _how_far_it_is_moves_in_words(app, pilot)
        await _a_ladder_is_climbed(app, pilot)
        await _what_was_said_is_taken_away_and_comes_back(app, pilot)
        await _a_large_step_is_asked_about_and_never_in_the_way(app, pilot)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            for key in ("home", "end", "pageup"):
                await pilot.press(key)
        assert app.is_running


async def _more_is_said_of_it(app: CoachApp, pilot: Run) -> None:
    await go_to(app, pilot, "More: helper")
    await pilot.press("enter")
    await pick(pilot, "1", "What would you like to add?")
    await answer(pilot, "Who helps, and with what?", "Jo, with the form")
    await until_shown(pilot, "helper     Jo, with the form")
    await pilot.press("enter")
    await pick(pilot, "1", "What would you like to add?")
    await answer(pilot, "When would you like to look back", "not a day")
    await until_shown(pilot, "Give only a day")
    await answer(pilot, "When would you like to look back", "tomorrow")
    await until_shown(pilot, "look back  tomorrow")
    await go_to(app, pilot, "School and learning")
    await pilot.press("enter")
    await until_shown(pilot, "Which area of life is it about?")
    await pilot.press("end", "up", "enter")
    await until(pilot, lambda: app.coach.goals.all()[0].area == "home")
    await go_to(app, pilot, "the form feels like too much")
    await pilot.press("enter")
    await answer(pilot, "What may get in the way?", "it rains")
    await answer(pilot, "If it rains, then I ...", "stay in")
    await until_shown(pilot, "if         it rains, then I stay in")


async def _how_far_it_is_moves_in_words(app: CoachApp, pilot: Run) -> None:
    await go_to(app, pilot, "More: how far")
    await pilot.press("enter")
    await pick(pilot, "1", "What would you like to add?")
    await until(pilot, lambda: isinstance(app.screen, LevelsDialog))
    await pilot.press(*"in class", "down", *"the form", "escape")
    await until(pilot, lambda: isinstance(app.screen, Page))
    assert app.coach.goals.all()[0].levels == {}
    await pilot.press("enter")
    await pick(pilot, "1", "What would you like to add?")
    await until_shown(pilot, "the form")
    await pilot.press("down", "down", *"a wish", "enter")
    await until_shown(pilot, "how far    Space says how far it is now")
    assert app.coach.goals.all()[0].levels == {"0": "in class", "-1": "the form", "-2": "a wish"}
    for digit, told in (("5", "where it began: a wish"), ("4", "on the way: the form"), ("3", "as hoped: in class")):
        await go_to(app, pilot, "Space says" if digit == "5" else ":")
        await pilot.press("space")
        await pick(pilot, digit, "How far is it now?")
        await until_shown(pilot, told)
    await pilot.press("u")
    await until_shown(pilot, "on the way: the form")
    await _levels_written_elsewhere_meanwhile_stay(app, pilot)


async def _levels_written_elsewhere_meanwhile_stay(app: CoachApp, pilot: Run) -> None:
    async def open_levels() -> None:
        await go_to(app, pilot, ":")
        await pilot.press("space")
        await pick(pilot, "6", "How far is it now?")
        await until(pilot, lambda: isinstance(app.screen, LevelsDialog))

    (goal,) = app.coach.goals.all()
    await open_levels()
    await pilot.press("end", *" again")
    await app.ask(
        partial(app.coach.goals.change, goal.id, levels={**goal.levels, "1": "a prize", "-1": "the first form"})
    )
    await pilot.press("ctrl+s")
    await until(pilot, lambda: isinstance(app.screen, Page))
    expected = {"1": "a prize", "0": "in class again", "-1": "the first form", "-2": "a wish"}
    assert app.coach.goals.all()[0].levels == expected
    await open_levels()
    await pilot.press("down", "end", *" I get", "escape")
    await until(pilot, lambda: isinstance(app.screen, Page))
    await app.ask(partial(app.coach.goals.change, goal.id, levels=expected | {"1": "two prizes"}))
    await open_levels()
    await until_shown(pilot, "the first form I get")
    await until_shown(pilot, "two prizes")
    await pilot.press("ctrl+s")
    await until(pilot, lambda: isinstance(app.screen, Page))
    assert app.coach.goals.all()[0].levels == expected | {"1": "two prizes", "-1": "the first form I get"}


async def _a_ladder_is_climbed(app: CoachApp, pilot: Run) -> None:
    await go_to(app, pilot, "More: ladder")
    await pilot.press("enter")
    await pick(pilot, "1", "What would you like to add?")
    await until(pilot, lambda: isinstance(app.screen, RungsDialog))
    app.post_message(events.Paste("say hello 2\nask the way"))
    await pilot.pause()
    await pilot.press("ctrl+s")
    await until_shown(pilot, "From easy to hard")
    await until_shown(pilot, "difficulty 2")
    await go_to(app, pilot, "say hello")
    await pilot.press("space")
    await until_shown(pilot, "difficulty 2, 1 of 2 tries")
    await pilot.press("space")
    await until_shown(pilot, "[✓] say hello")
    await pilot.press("space")
    await until_shown(pilot, "[/] say hello")
    await pilot.press("J", "e")
    await answer(pilot, "Change the rung", "say hello twice 3")
    await until(
        pilot,
        lambda: [rung.title for _, rung in app.coach.goals.all()[0].rungs()] == ["ask the way", "say hello twice"],
    )


async def _what_was_said_is_taken_away_and_comes_back(app: CoachApp, pilot: Run) -> None:
    await go_to(app, pilot, "Jo, with the form")
    await pilot.press("d")
    await until_shown(pilot, "More: helper")
    await pilot.press("u")
    await until_shown(pilot, "Jo, with the form")
    await go_to(app, pilot, "To finish what I once began.")
    await pilot.press("enter")
    await answer(pilot, "Why does it matter to you?", "So that [/x] " + "word " * 80)
    await until_shown(pilot, "So that [/x] word")
    await until_shown(pilot, "word ...")


async def _a_large_step_is_asked_about_and_never_in_the_way(app: CoachApp, pilot: Run) -> None:
    assert "Is there a smaller first step?" not in shown(app)
    await go_to(app, pilot, "Write down two things")
    await pilot.press("e")
    await answer(pilot, "Change the step", "Write it all down 40m")
    await until_shown(pilot, "Is there a smaller first step?")
    assert shown(app).count("Is there a smaller first step?") == 1
    await pilot.press("space")
    await until_shown(pilot, "1 of 8")
    assert "Is there a smaller first step?" not in shown(app)


async def test_a_fourth_goal_is_asked_about_and_never_refused(tmp_path: Path) -> None:
    app = started(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_goals(app, pilot)
        for title in ("One", "Two", "Three"):
            await add(pilot, title)
        await pilot.press("a")
        await answer(pilot, "Add a goal", "Four")
        await until_shown(pilot, "Let this one wait, or take it on all the same?")
        await pilot.press("escape")
        await until_shown(pilot, "Nothing is added yet.")
        await until(pilot, lambda: isinstance(app.screen, AskLine) and app.screen.line == "Four")
        await pilot.press("enter")
        await pick(pilot, "1", "Three goals are on.")
        await until_shown(pilot, "Waiting")
        assert [goal.title for goal in app.coach.goals.active()] == ["One", "Two", "Three"]
        await go_to(app, pilot, "Four")
        await pilot.press("enter")
        await go_to(app, pilot, "Take it on now")
        await pilot.press("enter")
        await pick(pilot, "2", "Three goals are on.")
        await until(pilot, lambda: len(app.coach.goals.active()) == 4)
        await go_to(app, pilot, "One")
        await pilot.press("space")
        await until_shown(pilot, "Reached")
        await pilot.press("enter")
        await go_to(app, pilot, "One")
        await pilot.press("space")
        await pick(pilot, "1", "Three goals are on.")
        await until(pilot, lambda: [(goal.title, goal.resting) for goal in app.coach.goals.all()][-1] == ("One", True))
        await _an_example_may_wait_too(app, pilot)


async def _an_example_may_wait_too(app: CoachApp, pilot: Run) -> None:
    await go_to(app, pilot, "Two")
    await pilot.press("enter")
    await go_to(app, pilot, "More: why")
    await pilot.press("enter")
    await pick(pilot, "8", "Let this goal wait for now")
    await until_shown(pilot, "Take it on now")
    await until(pilot, lambda: [goal.title for goal in app.coach.goals.active()] == ["Three", "Four"])
    await pilot.press("u", "i")
    await pick(pilot, "3", "It becomes your own")
    await pick(pilot, "1", "Three goals are on.")
    await pick(pilot, "5", "Something else")
    await answer(pilot, "Why does it matter to you?", "My own reason")
    await until_shown(pilot, "My own reason")
    made = app.coach.goals.all()[-1]
    assert (made.title, made.why, made.resting) == ("Find work that fits my life now", "My own reason", True)
