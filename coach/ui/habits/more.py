"""What is seldom wanted of a habit: a pause, steps down, a rest, and taking it up again."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from coach.domain.days import show_day
from coach.domain.errors import Refused
from coach.domain.habit_phrases import read_steps
from coach.domain.habits import Habit, HabitView
from coach.ui.asking import ask_line
from coach.ui.dialogs.choose import Answer, ChooseDialog
from coach.ui.habits.flow import delete
from coach.ui.habits.view import number, paused_words, say_steps
from coach.ui.text import fit

if TYPE_CHECKING:
    from coach.ui.app import CoachApp

_ENOUGH = 40
"""Cells of a title that say which habit is meant."""
WEEK = timedelta(days=6)


async def choose_more(app: CoachApp, view: HabitView, day: date) -> None:
    """One of them is picked, and done; whatever day was looked at, a pause begins or ends today."""
    habit, day = view.habit, app.coach.habits.today()
    paused = habit.paused_on(day)
    answers = [
        *([Answer("resume", "Go on with it now")] if paused else []),
        *([] if paused else [Answer("week", "Pause it for a week"), Answer("until", "Pause it until a day")]),
        *([] if paused else [Answer("pause", "Pause it until I go on")]),
        *([Answer("steps", "Plan steps down")] if habit.kind == "reduce" else []),
        Answer("rest", "Put it away; its days are kept"),
        Answer("delete", "Delete it"),
    ]
    about = paused_words(habit, day) or f"A pause begins today, {show_day(day, short=True)}. Nothing is asked in it."
    picked = await app.push_screen_wait(ChooseDialog(f"“{fit(habit.title, _ENOUGH)}”", answers, about))
    if picked == "delete":
        await delete(app, view)
    elif picked == "rest":
        await app.ask(app.coach.habits.archive, habit.id)
        app.notice(f"“{fit(habit.title, _ENOUGH)}” is put away, with all its days. u brings it back.")
    elif picked == "resume":
        await app.ask(app.coach.habits.resume, habit.id, day)
    elif picked == "steps":
        await _ask_steps(app, habit)
    elif picked == "until":
        await _pause_until(app, habit, day)
    elif picked is not None:
        await app.ask(app.coach.habits.pause, habit.id, day, day + WEEK if picked == "week" else None)


async def bring_back(app: CoachApp) -> None:
    """One of those that were put away."""
    habits = await app.ask(partial(app.coach.habits.all, archived=True))
    answers = [Answer(habit.id, fit(habit.title, _ENOUGH)) for habit in habits]
    picked = await app.push_screen_wait(ChooseDialog("Take up which one again?", answers))
    if picked is not None:
        await app.ask(partial(app.coach.habits.archive, picked, back=True))


async def _pause_until(app: CoachApp, habit: Habit, day: date) -> None:
    from coach.ui.day_words import DayWords

    days = DayWords(app.coach.items)

    def read(line: str) -> date:
        if (last := days.read(line)) < day:
            raise Refused(f"That is before {show_day(day)}. Give the last day of the pause, such as fri or 3 dec.")
        return last

    async def pause(line: str) -> None:
        await app.ask(app.coach.habits.pause, habit.id, day, read(line))

    title = f"Pause “{fit(habit.title, _ENOUGH)}” from {show_day(day, short=True)} until"
    await ask_line(app, title, pause, placeholder="fri, 3 dec", read=days.name, check=read)


async def _ask_steps(app: CoachApp, habit: Habit) -> None:
    """At most a little less from some days on; each day keeps what was asked of it."""
    today = app.coach.habits.today()
    now = habit.target_on(today).amount or 0.0

    def say(line: str) -> str:
        try:
            return say_steps(read_steps(line, now, today))
        except Refused:
            return ""  # not yet: half a line is no mistake

    async def save(line: str) -> None:
        await app.ask(app.coach.habits.steps_down, habit.id, read_steps(line, now, today))

    await ask_line(
        app,
        f"Steps down for “{fit(habit.title, _ENOUGH)}”, at most {number(now)} now",
        save,
        placeholder="1 less a week",
        read=say,
        check=lambda line: read_steps(line, now, today),
    )
