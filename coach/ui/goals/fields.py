"""Asks for what can be said of a goal besides its steps: why, what may get in the way, who helps, and the rest."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from coach.domain.areas import AREAS
from coach.domain.goals import LEVELS, MOST_ACTIVE, Goal
from coach.ui.asking import ask_line
from coach.ui.day_words import DayWords
from coach.ui.dialogs.choose import Answer, ChooseDialog
from coach.ui.draft_names import draft_name
from coach.ui.goals.view import empty_fields
from coach.ui.text import fit

if TYPE_CHECKING:
    from coach.services.goals import Said
    from coach.ui.app import CoachApp

OFFERS = {
    "why": "Why it matters",
    "obstacle": "What may get in the way, and what then",
    "helper": "Who helps",
    "review": "A day to look back",
    "area": "The area of life it belongs to",
    "levels": "How far it is, in five levels",
    "ladder": "A ladder, from easy to hard",
    "wait": "Let this goal wait for now",
}
NUMBERS = {3: "Three goals are", 4: "Four goals are", 5: "Five goals are"}
_WORDS = "words"
"""The answer that leads to the words of the levels."""


async def offer_more(app: CoachApp, goal: Goal) -> None:
    """What nothing was said of yet, one of which is then asked for."""
    names = [*empty_fields(goal), *(["wait"] if goal.is_active else [])]
    answers = [Answer(name, OFFERS[name]) for name in names]
    if not answers:
        app.notice("All of it is said. Enter on a line changes it, d takes it away.")
    elif (name := await app.push_screen_wait(ChooseDialog("What would you like to add?", answers))) is not None:
        await ask_field(app, goal, name)


async def ask_field(app: CoachApp, goal: Goal, name: str) -> None:
    """From a worker: it waits for answers."""
    if (ask := _ASKS.get(name)) is not None:
        await ask(app, goal)
    elif name == "wait":
        await app.ask(app.coach.goals.let_wait, goal.id)
        app.notice(f"“{fit(goal.title, 40)}” waits, below the others. u takes it back.")


async def clear_field(app: CoachApp, goal: Goal, name: str) -> None:
    """Takes away what was said; `u` brings it back."""
    change = app.coach.goals.change
    match name:
        case "why":
            await app.ask(change, goal.id, why="")
        case "obstacle":
            await app.ask(change, goal.id, obstacle="", answer="")
        case "helper":
            await app.ask(change, goal.id, helper="")
        case "review":
            await app.ask(change, goal.id, review=None)
        case "area":
            await app.ask(change, goal.id, area="")
        case "levels":
            await app.ask(app.coach.goals.forget_levels, goal.id)
        case _:
            return
    app.notice("Taken away. u brings it back.")


async def may_take_on(app: CoachApp) -> bool | None:
    """Whether one more goal may be on: asked only from the fourth on, and None when the person goes back."""
    on = len(await app.ask(app.coach.goals.active))
    if on < MOST_ACTIVE:
        return True
    question, about = f"{NUMBERS.get(on, f'{on} goals are')} on.", "Let this one wait, or take it on all the same?"
    answers = (Answer("wait", "Let it wait; it stays in the list"), Answer("on", "Take it on all the same"))
    answer = await app.push_screen_wait(ChooseDialog(question, answers, about))
    return None if answer is None else answer == "on"


async def add_rungs(app: CoachApp, goal: Goal) -> None:
    from coach.ui.dialogs.rungs import RungsDialog

    await app.push_screen_wait(RungsDialog(goal.id, goal.title, app.coach.goals.ladders.add))


async def _ask_why(app: CoachApp, goal: Goal) -> None:
    async def save(line: str) -> None:
        await app.ask(app.coach.goals.change, goal.id, why=line)

    draft = draft_name("why", goal.id)
    await ask_line(app, "Why does it matter to you?", save, value=goal.why, draft=draft, placeholder="So that ...")


async def _ask_helper(app: CoachApp, goal: Goal) -> None:
    async def save(line: str) -> None:
        await app.ask(app.coach.goals.change, goal.id, helper=line)

    question, draft = "Who helps, and with what?", draft_name("helper", goal.id)
    await ask_line(app, question, save, value=goal.helper, draft=draft, placeholder="My sister, with the form")


async def _ask_if_then(app: CoachApp, goal: Goal) -> None:
    """Two lines, one after the other; the first counts without the second."""

    async def save_if(line: str) -> None:
        said: Said = {"obstacle": line}
        if not line.strip():
            said["answer"] = ""
        await app.ask(app.coach.goals.change, goal.id, **said)

    async def save_then(line: str) -> None:
        await app.ask(app.coach.goals.change, goal.id, answer=line)

    question, draft = "What may get in the way?", draft_name("obstacle", goal.id)
    said = await ask_line(app, question, save_if, value=goal.obstacle, draft=draft, placeholder="I am too tired")
    if said and said.strip():
        question, draft = f"If {fit(said, 40)}, then I ...", draft_name("answer", goal.id)
        await ask_line(app, question, save_then, value=goal.answer, draft=draft, placeholder="do only five minutes")


async def _ask_review(app: CoachApp, goal: Goal) -> None:
    days = DayWords(app.coach.items)

    async def save(line: str) -> None:
        await app.ask(app.coach.goals.change, goal.id, review=days.read(line) if line.strip() else None)

    await ask_line(
        app,
        "When would you like to look back at it?",
        save,
        value=goal.review.isoformat() if goal.review else "",
        offer=True,
        placeholder="sunday, 3 dec, in 2 weeks",
        read=days.name,
        check=lambda line: days.read(line) if line.strip() else None,
    )


async def _ask_area(app: CoachApp, goal: Goal) -> None:
    answers = [Answer(area, name) for area, name in AREAS.items()]
    if (area := await app.push_screen_wait(ChooseDialog("Which area of life is it about?", answers))) is not None:
        await app.ask(app.coach.goals.change, goal.id, area=area)


async def _ask_how_far(app: CoachApp, goal: Goal) -> None:
    """The words of the levels are written first; then it is only picked where it stands."""
    if not goal.levels:
        await _ask_levels(app, goal)
        return
    answers = [Answer(level, goal.levels.get(level) or name) for level, name in reversed(LEVELS.items())]
    question = ChooseDialog("How far is it now?", [*answers, Answer(_WORDS, "Change what each would look like")])
    answer = await app.push_screen_wait(question)
    if answer == _WORDS:
        await _ask_levels(app, goal)
    elif answer is not None:
        await app.ask(app.coach.goals.stand, goal.id, int(answer))


async def _ask_levels(app: CoachApp, goal: Goal) -> None:
    from coach.ui.dialogs.levels import LevelsDialog

    def save(words: dict[str, str]) -> None:
        goals = app.coach.goals
        goals.change(goal.id, levels={**goals.get(goal.id).levels, **words})

    await app.push_screen_wait(LevelsDialog(goal.id, goal.title, goal.levels, save))


_ASKS: dict[str, Callable[[CoachApp, Goal], Awaitable[None]]] = {
    "why": _ask_why,
    "obstacle": _ask_if_then,
    "helper": _ask_helper,
    "review": _ask_review,
    "area": _ask_area,
    "levels": _ask_how_far,
    "ladder": add_rungs,
}
