"""Keys pressed on the Goals page, and waiting for what they lead to."""

from __future__ import annotations

from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from coach.ui.app import CoachApp
from coach.ui.dialogs.ask import AskLine
from coach.ui.dialogs.choose import ChooseDialog
from coach.ui.dialogs.steps import StepsDialog
from coach.ui.page import Page
from coach.ui.widgets.rows import Rows
from tests.ui.started import until, until_shown

Run = Pilot[int]


def titles(app: CoachApp) -> list[str]:
    return [goal.title for goal in app.coach.goals.all()]


def steps(app: CoachApp, goal: int = 0) -> list[tuple[str, bool]]:
    return [(step.title, step.done) for _key, step in app.coach.goals.all()[goal].in_order()]


async def open_goals(app: CoachApp, pilot: Run) -> None:
    await pilot.pause()
    await pilot.press("2")
    await until_shown(pilot, "[Goals]")


async def add(pilot: Run, title: str) -> None:
    await pilot.press("a")
    await until(pilot, lambda: isinstance(pilot.app.screen, AskLine))
    pilot.app.screen.query_one(Input).value = title
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, Page | ChooseDialog))
    if isinstance(pilot.app.screen, ChooseDialog):  # from the fourth on
        await pilot.press("2")
        await until(pilot, lambda: isinstance(pilot.app.screen, Page))


async def paste_steps(pilot: Run, text: str) -> None:
    await pilot.press("a")
    await until(pilot, lambda: isinstance(pilot.app.screen, StepsDialog))
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


async def pick(pilot: Run, digit: str, question: str) -> None:
    await until_shown(pilot, question)
    await until(pilot, lambda: isinstance(pilot.app.screen, ChooseDialog))
    await pilot.press(digit)


async def answer(pilot: Run, question: str, line: str) -> None:
    await until_shown(pilot, question)
    await until(pilot, lambda: isinstance(pilot.app.screen, AskLine))
    pilot.app.screen.query_one(Input).value = line
    await pilot.press("enter")


async def go_to(app: CoachApp, pilot: Run, words: str) -> None:
    """Puts the cursor on the row that says so."""
    await until_shown(pilot, words)
    rows = app.screen.query_one(Rows)
    rows.move_to(next(row.key for row in rows.rows if words in row.text and row.kind == "row"))
    await pilot.pause()
