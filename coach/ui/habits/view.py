"""How habits are laid out in rows: what became of each today, and its last 30 days in signs and in a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from coach.domain.days import show_day
from coach.domain.habit_days import NOT_ITS_DAY
from coach.domain.habits import Habit, HabitView
from coach.domain.items import State
from coach.ui.glyphs import Glyphs
from coach.ui.text import cell_len
from coach.ui.widgets.lines import Row

KEY = "habit:"
PAUSED_UNTIL = "paused until"
COLUMN = 24
"""Cells for a title and what is right of it, where habits stand beside the day."""
_SHORTEST_BAR, _LONGEST_BAR = 5, 10
_STEPS_SAID = 4
_FEW_DAYS = 7
"""Of fewer days a bar would jump from end to end."""
_STATES: dict[State, str] = {"part": "tiny", "excused": "excused", "missed": "not this time"}


def habit_key(habit: str) -> str:
    """The key of the row of a habit, by its id."""
    return KEY + habit


def habit_of(key: str, views: Sequence[HabitView]) -> HabitView | None:
    """The habit a row stands for; None for a row of something else."""
    return next((view for view in views if habit_key(view.habit.id) == key), None)


def habit_rows(
    views: Sequence[HabitView],
    glyphs: Glyphs,
    saving: Mapping[str, State],
    *,
    day: date | None = None,
    strip: bool = False,
) -> list[Row]:
    """One row a habit; `saving` holds marks on their way to the disk, by the keys of their rows.

    With `strip` there is room for a sign for each of the last 30 days, else for a short bar; never without its number.
    """
    bar = max(_SHORTEST_BAR, min(_LONGEST_BAR, COLUMN - _longest(views) - 6))
    rows = []
    for view in views:
        key = habit_key(view.habit.id)
        state = saving.get(key, view.state)
        words = "saving" if key in saving else _words(view, state, None if strip else day)
        last = _last_days(view, glyphs) if strip else _short(view, glyphs, bar, words)
        right = "  ".join(filter(None, [words, *last]))
        mark = _mark(view, state, glyphs)
        rows.append(Row(view.habit.title, key, mark=mark, right=right, done=_is_settled(view, state)))
    return rows


def is_ticked(view: HabitView) -> bool:
    """Whether it is done or not on its day; else it is counted."""
    return view.habit.kind == "build" and (view.target is None or view.target.amount is None)


def has_tiny(view: HabitView) -> bool:
    """Whether there is a tiny version to be said of the day: an amount that was given is nothing to be replaced."""
    return is_ticked(view) or (view.habit.kind == "build" and bool(view.habit.tiny) and view.amount is None)


def paused_words(habit: Habit, day: date | None) -> str:
    """ "paused until Thu 3 Dec"; "" when it is not."""
    pause = next((one for one in habit.pauses.values() if day is not None and one.covers(day)), None)
    if pause is None:
        return ""
    return f"{PAUSED_UNTIL} {show_day(pause.last, short=True)}" if pause.last else "paused"


def say_steps(steps: Sequence[tuple[date, float]]) -> str:
    """ "at most 2 from Mon 30 Nov, 1 from Mon 7 Dec": the first few of them, and how many more there are."""
    first = ", ".join(f"{number(much)} from {show_day(day, short=True)}" for day, much in steps[:_STEPS_SAID])
    more = len(steps) - _STEPS_SAID
    return f"at most {first}" + (f", and {more} more" if more > 0 else "")


def number(amount: float) -> str:
    """As few signs as say it: 3, 1.5."""
    return f"{amount:.10g}"


def _longest(views: Sequence[HabitView]) -> int:
    return max((cell_len(view.habit.title) for view in views), default=0)


def _mark(view: HabitView, state: State, glyphs: Glyphs) -> str:
    if is_ticked(view):
        return glyphs.box(state)
    return number(view.amount or 0).rjust(3)


def _is_settled(view: HabitView, state: State) -> bool:
    """What wants nothing more on this day stands back; some of what is counted may still become more."""
    if view.habit.kind != "build":
        return False
    if state in ("open", "unknown"):
        return not view.due
    return is_ticked(view) or state != "part"


def _words(view: HabitView, state: State, day: date | None) -> str:
    """What its box does not say."""
    if state == "excused":
        return paused_words(view.habit, day) or ("paused" if view.letters[-1:] == NOT_ITS_DAY else "excused")
    if is_ticked(view):
        return _STATES.get(state, "")
    target = view.target
    if target is None or target.amount is None:
        return ""
    if view.habit.kind == "build":
        return f"of {number(target.amount)}"
    return f"at most {number(target.amount)}" + (f" in {target.per} days" if target.per > 1 else "")


def _short(view: HabitView, glyphs: Glyphs, bar: int, words: str) -> tuple[str, ...]:
    """A bar and its number, without the bar where words stand in its place; what is kept low or avoided has neither."""
    if view.habit.kind == "avoid":
        return (f"noted {view.done30}",) if view.done30 else ()
    if view.habit.kind == "reduce" or words.startswith(PAUSED_UNTIL):
        return ()
    shown = () if words else (glyphs.bar(view.done30 / max(view.of30, _FEW_DAYS), bar),)
    return (*shown, f"{view.done30:2}")


def _last_days(view: HabitView, glyphs: Glyphs) -> tuple[str, ...]:
    """A sign for each of the last 30 days, and how many it was."""
    signs = "".join(glyphs.day(letter) for letter in view.letters)
    return (signs, f"noted {view.done30:2}" if view.habit.kind == "avoid" else f"{view.done30:2} of {view.of30:2}")


FIRST, AWAY = "habits:first", "habits:away"
"""Rows under the habits that stand for something to do: add one, and take one up again that was put away."""
STRIP_NEEDS = 60
"""Columns that a sign for each day, its number, the words before them and the box take from a title."""


def section_rows(views: Sequence[HabitView], away: int, day: date, glyphs: Glyphs, width: int) -> list[Row]:
    """All habits under their heading, for the place they share with the goals."""
    rows = [Row("", kind="gap"), Row("Habits", kind="heading", right="last 30 days" if views else "")]
    rows += habit_rows(views, glyphs, {}, day=day, strip=_longest(views) + STRIP_NEEDS <= width)
    if not views:
        rows.append(Row("Add a habit, such as a walk", FIRST))
    if away:
        rows.append(Row(f"{away} put away", AWAY, done=True))
    return rows
