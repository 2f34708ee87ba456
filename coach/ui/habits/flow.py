"""What can be done with a habit from any screen: each asks what it must, and does it in one change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Literal

from coach.domain.days import show_day
from coach.domain.habit_phrases import read_amount
from coach.domain.habits import Habit, HabitView
from coach.domain.items import SETTLED, State
from coach.ui.asking import ask_line
from coach.ui.dialogs.choose import Answer, ChooseDialog
from coach.ui.draft import Draft
from coach.ui.draft_names import draft_name
from coach.ui.habits.form import EMPTY, Filled, asking_words, changes_of, from_draft, values_of
from coach.ui.habits.view import has_tiny, is_ticked, number
from coach.ui.text import fit

if TYPE_CHECKING:
    from coach.ui.app import CoachApp

_ENOUGH = 40
"""Cells of a title that say which habit is meant."""


async def add(app: CoachApp) -> Habit | None:
    """A new habit; None when the person went back."""
    from coach.ui.dialogs.habit import HabitDialog

    made: list[Habit] = []

    def save(new: Filled, _values: Mapping[str, str]) -> None:
        words = {"unit": new.unit, "tiny": new.tiny, "area": new.area, "run": new.run, "remind": new.remind}
        made.append(app.coach.habits.add(new.title, new.kind, new.target, **words))

    draft = Draft(app.coach, "habit")
    kept = from_draft(await app.ask(draft.offered))
    await app.push_screen_wait(HabitDialog("Add a habit", EMPTY | kept, save, draft))
    return made[0] if made else None


async def edit(app: CoachApp, view: HabitView, day: date) -> None:
    """Its words, and what is asked for from today on: the days before keep what they had."""
    from coach.ui.dialogs.habit import HabitDialog

    habits, today = app.coach.habits, await app.ask(app.coach.habits.today)
    habit = await app.ask(habits.get, view.habit.id)
    first = values_of(habit, None if habit.kind == "avoid" else habit.target_on(today))
    draft = Draft(app.coach, draft_name("habit", habit.id))

    def save(new: Filled, values: Mapping[str, str]) -> None:
        if changes := changes_of(new, values, first):
            habits.change(habit.id, day=today, **changes)

    kept = from_draft(await app.ask(draft.offered))
    asking = partial(asking_words, habit, today)
    title = f"Change “{fit(habit.title, _ENOUGH)}”"
    await app.push_screen_wait(HabitDialog(title, first | kept, save, draft, first=first, asking=asking))


async def look(app: CoachApp, view: HabitView, day: date) -> None:
    """Its last weeks, where any of their days can be marked."""
    from coach.ui.dialogs.habit_days import HabitDaysDialog

    await app.push_screen_wait(HabitDaysDialog(view.habit.id, day))


async def mark(app: CoachApp, view: HabitView, day: date) -> None:
    """Done, or open again; of what is counted, one more."""
    if not is_ticked(view):
        await count(app, view, day, 1)
        return
    by_itself = view.state == "excused" and not view.due  # the day excuses it: it can be ticked all the same
    await say(app, view, day, "open" if view.state in SETTLED and not by_itself else "done")


async def say(app: CoachApp, view: HabitView, day: date, state: State) -> None:
    """What became of it on a day."""
    await app.ask(app.coach.habits.mark, view.habit.id, day, state)


async def tiny(app: CoachApp, view: HabitView, day: date) -> None:
    """The tiny version was done; said again, the day is open."""
    if has_tiny(view):
        await say(app, view, day, "open" if view.state == "part" else "part")


async def excuse(app: CoachApp, view: HabitView, day: date) -> None:
    """It counts against nothing; said of what is excused already, it gives another reason."""
    from coach.ui.one_or_all import ask_why

    reason = await ask_why(app, f"Excuse “{fit(view.habit.title, _ENOUGH)}” {_on(app, day)}?")
    if reason is not None:
        await app.ask(app.coach.habits.mark, view.habit.id, day, "excused", reason)


async def count(app: CoachApp, view: HabitView, day: date, by: float) -> None:
    await app.ask(app.coach.habits.count, view.habit.id, day, by)


async def ask_amount(app: CoachApp, view: HabitView, day: date, typed: str = "") -> None:
    """How much it was that day; with nothing given it is not known."""

    async def save(line: str) -> None:
        amount = read_amount(line)
        await app.ask(app.coach.habits.set_amount, view.habit.id, day, amount.amount if amount else None)

    before = number(view.amount) if view.amount is not None else ""
    unit = f" {view.habit.unit}" if view.habit.unit else ""
    question = (
        f"How many{unit} {_on(app, day)}?" if unit else f"“{fit(view.habit.title, _ENOUGH)}”: how much {_on(app, day)}?"
    )
    await ask_line(app, question, save, value=typed or before, placeholder="nothing: not known", check=read_amount)


async def note(app: CoachApp, view: HabitView, day: date) -> None:
    from coach.ui.dialogs.note import NoteDialog

    habit, habits = view.habit, app.coach.habits
    title = f"A note on “{fit(habit.title, _ENOUGH)}”, {show_day(day, short=True)}"
    save = partial(habits.note, habit.id, day)
    await app.push_screen_wait(NoteDialog(title, save, f"note-{habit.id}-{day}", text=view.note))


async def choose(app: CoachApp, view: HabitView, day: date) -> None:
    """Everything that can be said of a day; what did not happen is only ever said by the person."""
    answers = _outcomes(view)
    question = f"“{fit(view.habit.title, _ENOUGH)}” {_on(app, day)}"
    picked = await app.push_screen_wait(ChooseDialog(question, answers))
    states: dict[str, State] = {"done": "done", "part": "part", "missed": "missed", "open": "open"}
    if picked == "amount":
        await ask_amount(app, view, day)
    elif picked == "none":
        await app.ask(app.coach.habits.set_amount, view.habit.id, day, 0.0)
    elif picked == "excused":
        await excuse(app, view, day)
    elif picked in states:
        await say(app, view, day, states[picked])


async def more(app: CoachApp, view: HabitView, day: date) -> None:
    """What is seldom wanted: a pause, steps down, a rest, an end."""
    from coach.ui.habits.more import choose_more

    await choose_more(app, view, day)


async def act(app: CoachApp, key: str, view: HabitView, day: date) -> None:
    """What a key of a page does to the habit under the cursor; one that means nothing there does nothing."""
    if key in ("up", "down"):
        await shift(app, view, 1 if key == "down" else -1)
    elif key == "delete":
        await delete(app, view)
    elif key in _ACTS:
        await _ACTS[key](app, view, day)


async def delete(app: CoachApp, view: HabitView) -> None:
    await app.ask(app.coach.habits.remove, view.habit.id)
    app.notice(f"Deleted “{fit(view.habit.title, _ENOUGH)}”. u brings it back.")


async def shift(app: CoachApp, view: HabitView, by: Literal[-1, 1]) -> None:
    """One place up or down among the habits."""
    await app.ask(app.coach.habits.shift, view.habit.id, by)


def _outcomes(view: HabitView) -> list[Answer]:
    """What a day can have been, by what kind of habit it is."""
    unknown = Answer("open", "Not known")
    if not is_ticked(view):
        none = Answer("none", "It did not happen" if view.habit.kind == "build" else "None at all")
        return [Answer("amount", "So much of it"), none, Answer("excused", "Excused"), unknown]
    words = f"The tiny version: {fit(view.habit.tiny, _ENOUGH)}" if view.habit.tiny else "The tiny version of it"
    done, part = Answer("done", "Done"), Answer("part", f"{words}; counts half")
    return [done, part, Answer("excused", "Excused"), Answer("missed", "It did not happen"), unknown]


def _on(app: CoachApp, day: date) -> str:
    """ "today", "yesterday", "on Tue 17 Nov"."""
    near = show_day(day, app.coach.habits.today(), short=True)
    return near if near in ("today", "yesterday", "tomorrow") else f"on {near}"


_ACTS = {
    "mark": mark,
    "open": look,
    "edit": edit,
    "excuse": excuse,
    "note": note,
    "tiny": tiny,
    "more": more,
}
