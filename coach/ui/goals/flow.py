"""What the keys of the Goals page do with a goal, a step, a rung or a field: asked for, saved, and said."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Literal, NamedTuple

from coach.domain.errors import Refused
from coach.domain.goals import Goal, Rung, Step
from coach.domain.step_lengths import with_length
from coach.services.ladders import rung_line
from coach.ui.asking import ask_line, needs_words
from coach.ui.day_words import DayWords
from coach.ui.dialogs.choose import Answer, ChooseDialog
from coach.ui.goals.fields import add_rungs, ask_field, clear_field, may_take_on, offer_more
from coach.ui.text import fit

if TYPE_CHECKING:
    from coach.domain.starters import Starter
    from coach.ui.app import CoachApp

MORE, TAKE_ON = "more", "take-on"
"""Rows that stand for something to do rather than for something said."""
_OWN, _LATER = "own", "later"


class OnGoal(NamedTuple):
    """A goal, and the step, rung or field of it that is meant, if any."""

    goal: Goal
    step: Step | None = None
    rung: Rung | None = None
    field: str = ""
    key: str = ""
    """The id of the step or rung."""


async def add(app: CoachApp) -> str:
    """A new goal; its id, or "" when the person went back."""
    made = ""

    async def save(title: str) -> None:
        nonlocal made
        if (on := await may_take_on(app)) is None:
            raise Refused("Nothing is added yet. Enter asks once more.")
        made = (await app.ask(app.coach.goals.add, title, resting=not on)).id

    await _ask(app, "Add a goal", save, draft="goal", placeholder="What would you like to be true?")
    return made


async def begin(app: CoachApp) -> str:
    """A goal copied from an example; its id, or "" when none was picked."""
    starters = await app.ask(app.coach.starters.all)
    if problems := app.coach.starters.problems():
        app.notice(" ".join(problems), "warning")
    answers = [Answer(one.id, one.title) for one in starters]
    about = "It becomes your own: change every word of it."
    picked = await app.push_screen_wait(ChooseDialog("Which one is near to what you would like?", answers, about))
    starter = next((one for one in starters if one.id == picked), None)
    if starter is None or (on := await may_take_on(app)) is None:
        return ""
    why = await _pick_why(app, starter)
    goal = await app.ask(app.coach.goals.begin, starter, why if why != _OWN else "", resting=not on)
    if why == _OWN:
        await ask_field(app, goal, "why")
    return goal.id


async def _pick_why(app: CoachApp, starter: Starter) -> str:
    """One of the reasons, "" for none, or that the person has an own one."""
    if not starter.why:
        return ""
    answers = [Answer(str(place), why) for place, why in enumerate(starter.why)]
    answers += [Answer(_OWN, "Something else"), Answer(_LATER, "I will say later, or not at all")]
    picked = await app.push_screen_wait(ChooseDialog("Why would it matter to you?", answers))
    return starter.why[int(picked)] if picked and picked.isdigit() else _OWN if picked == _OWN else ""


async def add_to(app: CoachApp, on: OnGoal) -> None:
    """Rungs where the cursor is on the ladder, else steps."""
    if on.rung is not None:
        await add_rungs(app, on.goal)
        return
    from coach.ui.dialogs.steps import StepsDialog

    await app.push_screen_wait(StepsDialog(on.goal.id, on.goal.title, app.coach.goals.steps.add))


async def edit(app: CoachApp, on: OnGoal) -> None:
    goals, goal = app.coach.goals, on.goal
    if on.step is not None:
        line = with_length(on.step.title, on.step.minutes)
        await _ask(app, "Change the step", lambda line: app.ask(goals.steps.edit, goal.id, on.key, line), line)
    elif on.rung is not None:
        line = rung_line(on.rung)
        await _ask(app, "Change the rung", lambda line: app.ask(goals.ladders.edit, goal.id, on.key, line), line)
    elif on.field == MORE:
        await offer_more(app, goal)
    elif on.field == TAKE_ON:
        await take_on(app, goal)
    elif on.field:
        await ask_field(app, goal, on.field)
    else:
        await _ask(app, "Change the goal", lambda line: app.ask(goals.change, goal.id, title=line), goal.title)


async def mark(app: CoachApp, on: OnGoal) -> None:
    """Ticks a step, a try on a rung, or the goal itself; what is ticked is opened again."""
    goals, goal = app.coach.goals, on.goal
    if on.step is not None:
        await app.ask(goals.steps.tick, goal.id, on.key, done=not on.step.done)
    elif on.rung is not None:
        rung = await app.ask(goals.ladders.mark, goal.id, on.key)
        if rung.done:
            app.notice("That rung is done: on to the next one, when you like. Space here comes back to it.")
    elif goal.done is not None:
        await take_on(app, goal)
    else:
        await app.ask(goals.reach, goal.id)


async def take_on(app: CoachApp, goal: Goal) -> None:
    """A goal that waits, or is reached, is on again; with three on, it may wait instead."""
    if (on := await may_take_on(app)) is None:
        return
    goals = app.coach.goals
    await app.ask(goals.take_on if on else goals.let_wait, goal.id)


async def delete(app: CoachApp, on: OnGoal) -> None:
    goals, goal = app.coach.goals, on.goal
    if on.field:
        await clear_field(app, goal, on.field)
        return
    if on.step is not None:
        await app.ask(goals.steps.remove, goal.id, on.key)
    elif on.rung is not None:
        await app.ask(goals.ladders.remove, goal.id, on.key)
    else:
        await app.ask(goals.remove, goal.id)
    app.notice(f"Deleted “{fit((on.step or on.rung or goal).title, 60)}”. u undoes it.")


async def shift(app: CoachApp, on: OnGoal, by: Literal[-1, 1]) -> None:
    goals, goal = app.coach.goals, on.goal
    if on.step is not None:
        await app.ask(goals.steps.shift, goal.id, on.key, by)
    elif on.rung is not None:
        await app.ask(goals.ladders.shift, goal.id, on.key, by)
    elif not on.field:
        await app.ask(goals.shift, goal.id, by)


async def move(app: CoachApp, on: OnGoal) -> None:
    """Puts a step on a day: the one under the cursor, or the next one of the goal."""
    key, step = (on.key, on.step) if on.step is not None else on.goal.next_step() or ("", None)
    if step is None:
        app.notice("A step can go on a day. Open a goal with Enter; a adds its steps.")
        return
    days, title = DayWords(app.coach.items), fit(step.title, 60)

    async def put(line: str) -> None:
        await app.ask(app.coach.goals.steps.put_on_day, on.goal.id, key, days.read(line))
        app.notice(f"“{title}” is on {days.name(line)}.")

    await ask_line(app, f"Put “{title}” on", put, value="today", read=days.name, check=days.read)


async def _ask(
    app: CoachApp,
    title: str,
    save: Callable[[str], Awaitable[object]],
    value: str = "",
    *,
    draft: str = "",
    placeholder: str = "",
) -> None:
    await ask_line(app, title, save, value=value, draft=draft, placeholder=placeholder, check=needs_words)
