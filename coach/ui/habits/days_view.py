"""What is said of a habit's last weeks: its strength in words, and what became of each day."""

from __future__ import annotations

from datetime import date

from coach.domain.days import show_day
from coach.domain.habit_days import NOT_ITS_DAY
from coach.domain.habits import Habit, HabitKind, HabitView, counted_days, show_target
from coach.ui.glyphs import Glyphs
from coach.ui.habits.view import number, paused_words
from coach.ui.text import fit
from coach.ui.widgets.day_grid import Cell

_STRENGTHS = ((85, "a firm part of life"), (60, "steady"), (30, "growing"), (10, "taking root"), (0, "just beginning"))
"""From so many percent on."""
NOTE_SHOWN = 60
"""Cells of a note in the line of its day; n shows all of it."""
_QUIET = frozenset({"", ".", NOT_ITS_DAY})


def asked_words(view: HabitView, today: date) -> str:
    """ "every day", "at most 3 a day, 2 from Mon 30 Nov": what is asked for now, and what comes."""
    habit = view.habit
    coming = sorted((date.fromisoformat(first), target) for first, target in habit.targets.items())
    steps = [(day, target.amount) for day, target in coming if day > today and target.amount is not None]
    now = show_target(view.target, habit.unit, habit.kind)
    return ", ".join([now, *(f"{number(much)} from {show_day(day, short=True)}" for day, much in steps[:1])])


def strength_words(kind: HabitKind, strength: float | None, *, short: bool = False) -> str:
    """In words and percent; unless it is to be short, with one sentence of what it means.

    None of something to avoid: it would read as how firm that is.
    """
    if kind == "avoid":
        return ""
    if strength is None:
        return "Strength: not known yet."
    percent = round(strength * 100)
    word = next(word for least, word in _STRENGTHS if percent >= least)
    return f"Strength {percent} %: {word}." + ("" if short else " One day changes little.")


def run_words(habit: Habit, run: int | None) -> str:
    """Only where the person wants to see it."""
    if run is None or not habit.run:
        return ""
    days = counted_days(run)
    return f"{days} since it was last noted" if habit.kind == "avoid" else f"A run of {days}"


def day_words(view: HabitView, day: date, today: date) -> str:
    """ "Tue 17 Nov: done. “In the rain.”"""
    near = show_day(day, today, short=True)
    note = f" “{fit(view.note, NOTE_SHOWN)}”" if view.note else ""
    return f"{near[:1].upper()}{near[1:]}: {_became(view, day)}.{note}"


def grid_cell(view: HabitView, glyphs: Glyphs) -> Cell:
    """A day among the last weeks: its number where it is counted, else its sign."""
    letter = view.letters[-1:]
    if view.amount is not None:
        return Cell(number(view.amount))
    return Cell(glyphs.day(letter), quiet=letter in _QUIET)


def _became(view: HabitView, day: date) -> str:
    if view.state == "excused":
        much = f", {number(view.amount)} {view.habit.unit}".rstrip() if view.amount else ""
        return (paused_words(view.habit, day) or "excused") + much
    if view.amount is not None:
        asked = (
            f" of {number(view.target.amount)}"
            if view.habit.kind == "build" and view.target and view.target.amount
            else ""
        )
        return f"{number(view.amount)}{asked} {view.habit.unit}".rstrip()
    if view.habit.kind != "build" and view.state in ("open", "unknown"):
        return "nothing noted"
    return {"done": "done", "part": "the tiny version", "missed": "it did not happen"}.get(view.state, _not_said(view))


def _not_said(view: HabitView) -> str:
    asked = view.target is None or view.letters[-1:] != NOT_ITS_DAY
    return ("open" if view.state == "open" else "not known") if asked else "not one of its days"
