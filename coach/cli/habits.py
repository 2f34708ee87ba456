"""The verb for habits: what there is, how the last days went, and a new one."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import time
from typing import Any

from coach.bootstrap import Coach
from coach.cli.main import NOTHING, OK, say, whole_number, write_json
from coach.cli.text import show
from coach.domain.days import WEEKDAYS
from coach.domain.habit_times import read_times, write_times
from coach.domain.habits import DAILY, Habit, HabitKind, HabitView, Target, show_target

BOXES = {"done": "[x]", "part": "[/]", "excused": "[-]"}
_SHORTEST_NAME = 2


def add_verbs(verbs: Any, common: argparse.ArgumentParser) -> None:
    habits = verbs.add_parser("habits", parents=[common], help="habits, their last 30 days, and a new one")
    habits.add_argument("--add", metavar="TITLE", help="a new habit, asked for every day unless you say otherwise")
    habits.add_argument("--kind", choices=["build", "reduce", "avoid"], help="build up, at most so much, or avoid")
    habits.add_argument("--days", type=_weekdays, metavar="DAYS", help="on these weekdays, as mon,wed,fri")
    habits.add_argument("--times", type=whole_number, metavar="N", help="so many times in the days of --per")
    habits.add_argument("--per", type=whole_number, metavar="N", help="in so many days")
    habits.add_argument("--amount", type=float, metavar="N", help="so much of it, counted")
    habits.add_argument("--unit", metavar="WORD", help="what is counted, as glasses")
    habits.add_argument("--tiny", metavar="WORDS", help="the tiny version, for a day with little energy")
    habits.add_argument(
        "--remind", metavar="TIMES", help="ask at these times until it is marked: 8:00 20:00; empty: never"
    )
    habits.add_argument("--change", metavar="HABIT", help="give one there is other times, with --remind")
    habits.set_defaults(run=show_habits, json=False)


def _weekdays(text: str) -> tuple[int, ...]:
    names = [name for name in text.casefold().replace(",", " ").split() if name]
    found = [[day for day, known in enumerate(WEEKDAYS) if known.casefold().startswith(name)] for name in names]
    if not names or any(len(days) != 1 or len(name) < _SHORTEST_NAME for days, name in zip(found, names, strict=True)):
        raise argparse.ArgumentTypeError(f"{text[:40]!r} are no weekdays; give them as mon,wed,fri")
    return tuple(sorted({days[0] for days in found}))


def show_habits(coach: Coach, options: argparse.Namespace) -> int:
    if options.add is not None and options.change is None:
        return _add(coach, options)
    _refuse_without_add(options)
    if options.change is not None:
        return _change(coach, options)
    today = coach.habits.today()
    views, strengths = coach.habits.view(today), coach.habits.strengths(today)
    if options.json:
        write_json({"day": today.isoformat(), "habits": [habit_json(view, strengths) for view in views]})
    elif views:
        show("\n".join(_row(view, strengths) for view in views))
    else:
        say('No habits yet. coach habits --add "Walk" adds one.')
    return OK if views or options.json else NOTHING


def _refuse_without_add(options: argparse.Namespace) -> None:
    from coach.domain.errors import Refused

    names = ("add", "kind", "days", "times", "per", "amount", "unit", "tiny")
    if options.remind is not None and options.change is None:
        raise Refused('Say which habit: coach habits --change "Walk" --remind 20:00')
    if options.change is not None and options.remind is None:
        raise Refused('Say at what times: coach habits --change "Walk" --remind 20:00')
    if any(getattr(options, name) is not None for name in names):
        raise Refused('These words are for a new habit. Say its title: coach habits --add "Walk".')


def _add(coach: Coach, options: argparse.Namespace) -> int:
    said = {"weekdays": options.days, "times": options.times, "per": options.per, "amount": options.amount}
    chosen = {name: value for name, value in said.items() if value is not None}
    if "times" in chosen and "per" not in chosen:
        chosen["per"] = 7
    target = Target(**chosen) if chosen else None
    kind: HabitKind = options.kind or "build"
    words = {"unit": options.unit or "", "tiny": options.tiny or "", "remind": _times(options.remind or "")}
    return _saved(coach.habits.add(options.add, kind, target, **words), options)


def _change(coach: Coach, options: argparse.Namespace) -> int:
    found = coach.habits.find(options.change, coach.habits.today())
    return _saved(coach.habits.change(found.id, remind=_times(options.remind)), options)


def _times(text: str) -> tuple[time, ...]:
    from coach.ui.clock_times import read_time

    return read_times(text, read_time)


def _saved(habit: Habit, options: argparse.Namespace) -> int:
    if options.json:
        write_json({"id": habit.id, "saved": True})
    else:
        show(f"{habit.title}: {_asked(habit)}")
        say(f"Saved as {habit.id}")
    return OK


def _asked(habit: Habit) -> str:
    target = habit.targets[max(habit.targets)] if habit.targets else None
    times = f", asks at {' and '.join(write_times(habit.remind).split())}" if habit.remind else ""
    return show_target(target, habit.unit, habit.kind) + times


def habit_line(view: HabitView) -> str:
    """A habit among the lines of a day."""
    return f"  {_sign(view)}  {view.habit.title}  ({_words(view)})"


def _sign(view: HabitView) -> str:
    """Its box, or how much of it there was."""
    if view.habit.kind == "build" and (view.amount is None or view.state in ("done", "excused")):
        return BOXES.get(view.state, "[ ]").ljust(9)
    return f"{view.amount or 0:g}".rjust(3).ljust(9) if view.state != "excused" else BOXES["excused"].ljust(9)


def _words(view: HabitView) -> str:
    target = "" if view.target in (None, DAILY) else show_target(view.target, view.habit.unit, view.habit.kind)
    return ", ".join(filter(None, [target, view.headline]))


def _row(view: HabitView, strengths: Mapping[str, float]) -> str:
    strength = f"{round(strengths.get(view.habit.id, 0) * 100)} %"
    return f"{habit_line(view)}  {strength}"


def habit_json(view: HabitView, strengths: Mapping[str, float]) -> dict[str, Any]:
    """A habit on a day; `strength` goes from 0 to 100."""
    habit = view.habit
    return {
        "id": habit.id,
        "title": habit.title,
        "kind": habit.kind,
        "state": view.state,
        "strength": round(strengths.get(habit.id, 0.0) * 100, 4),
        "amount": view.amount,
        "unit": habit.unit or None,
        "target": show_target(view.target, habit.unit, habit.kind),
        "due": view.due,
        "remind": [write_times((one,)) for one in habit.remind],
        "done30": view.done30,
        "of30": view.of30,
        "part30": view.letters.count("p") if habit.kind == "build" else 0,
        "last30": view.letters,
        "headline": view.headline,
    }
