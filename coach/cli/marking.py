"""Verbs that say what became of something: done and skip, of what is planned and of habits."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, datetime
from math import isfinite
from typing import Any

from coach.bootstrap import Coach
from coach.cli.main import OK, write_json
from coach.cli.text import show
from coach.domain.days import show_day
from coach.domain.errors import Ambiguous, NotFound, Refused
from coach.domain.habits import Habit, HabitView, show_target
from coach.domain.items import Item

_REF = "an id, its start, or words of the title"


def add_verbs(verbs: Any, common: argparse.ArgumentParser) -> None:
    done = verbs.add_parser("done", parents=[common], help="tick something planned, or a habit")
    done.add_argument("ref", metavar="REF", help=_REF)
    done.add_argument("--at", metavar="TIME", help="when it was done, as 07:30 or 2026-11-23T07:30")
    done.add_argument("--amount", type=_amount, metavar="N", help="so much more of a counted habit; 0 says none")
    done.add_argument("--undo", action="store_true", help="open it again; of something counted, take so much back")
    done.set_defaults(run=tick, json=False)
    skip = verbs.add_parser("skip", parents=[common], help="excuse something: it is not asked for today")
    skip.add_argument("ref", metavar="REF", help=_REF)
    skip.add_argument("--reason", metavar="WORD", default="", help="why, in a word, as ill")
    skip.set_defaults(run=excuse, json=False)


def _amount(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not isfinite(found) or found < 0:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a number such as 2 or 0.5")
    return found


def find_one(coach: Coach, ref: str, day: date) -> Item | Habit:
    """Something planned or a habit; where words fit both, the one they are the whole title of, or else neither."""
    if not ref.strip():
        raise Refused("Say which one: an id, its start such as 07:30, or words of the title.")
    if (starting := _starting(coach, ref, day)) is not None:
        return starting
    item, habit = _fitting(coach.items.find, ref, day), _fitting(coach.habits.find, ref, day)
    if isinstance(habit, NotFound):
        return _or_raise(item)
    if isinstance(item, NotFound):
        return _or_raise(habit)
    whole = [one for one in (item, habit) if not isinstance(one, Refused) and _is_whole(ref, one)]
    if len(whole) == 1:
        return whole[0]
    listed = "\n".join(_listed(one) for one in (item, habit))
    raise Ambiguous(f"Something planned and a habit fit {ref!r}. Say which, by its id:\n{listed}")


def _starting(coach: Coach, ref: str, day: date) -> Item | None:
    """What starts at a time, when it is the only one."""
    lines = coach.items.view(day).lines
    starting = [line.item for line in lines if line.item.start and f"{line.item.start:%H:%M}" == ref.strip().zfill(5)]
    if len(starting) > 1:
        listed = "\n".join(f"  {item.id}  {item.title}" for item in starting)
        raise Ambiguous(f"More than one thing starts at {ref}. Say which, by its id:\n{listed}")
    return starting[0] if starting else None


def _fitting(find: Callable[[str, date], Item | Habit], ref: str, day: date) -> Item | Habit | Refused:
    """What words fit, or why they fit none or several."""
    try:
        return find(ref, day)
    except (NotFound, Ambiguous) as reason:
        return reason


def _or_raise(found: Item | Habit | Refused) -> Item | Habit:
    if isinstance(found, Refused):
        raise found
    return found


def _is_whole(ref: str, one: Item | Habit) -> bool:
    return ref in (one.id, one.title) or ref.casefold() == one.title.casefold()


def _listed(found: Item | Habit | Refused) -> str:
    return str(found).partition("\n")[2] if isinstance(found, Refused) else f"  {found.id}  {found.title}"


def tick(coach: Coach, options: argparse.Namespace) -> int:
    at: datetime | None = coach.moments.read(options.at) if options.at else None
    day = coach.moments.of(at).day
    found = find_one(coach, options.ref, day)
    if isinstance(found, Habit):
        told = _tick_habit(coach, found, day, at, options)
    elif options.amount is not None:
        raise Refused(f"“{found.title}” is planned for a day, not counted. Leave --amount out.")
    else:
        coach.items.mark(found.id, found.day or day, "open" if options.undo else "done", at)
        told = ("Open again: " if options.undo else "Done: ") + found.title
    return _saved(coach, found, told, options)


def _tick_habit(coach: Coach, habit: Habit, day: date, at: datetime | None, options: argparse.Namespace) -> str:
    """What is not counted is done, of what is counted it is one more; and the same taken back."""
    amount: float | None = options.amount
    ticked = habit.kind == "build" and habit.target_on(day).amount is None
    before = _view(coach, habit, day)
    if options.undo and before.amount is None and before.state in ("open", "unknown"):
        return f"Nothing was noted: {habit.title}"
    if amount is None and (ticked or (options.undo and before.amount is None)):
        coach.habits.mark(habit.id, day, "open" if options.undo else "done", at=at)
        return f"{'Open again' if options.undo else 'Done'}: {habit.title}"
    if amount == 0:
        coach.habits.set_amount(habit.id, day, None if options.undo else 0.0, at)
    else:
        by = 1.0 if amount is None else amount
        coach.habits.count(habit.id, day, -by if options.undo else by, at)
    view = _view(coach, habit, day)
    if options.undo and view.amount is None:
        return f"Open again: {habit.title}"
    much = f"{view.amount or 0:g} {habit.unit}".strip()
    return f"Noted: {habit.title}, {much} on {show_day(day)} ({show_target(view.target, habit.unit, habit.kind)})"


def _view(coach: Coach, habit: Habit, day: date) -> HabitView:
    return coach.habits.between(day, day, [habit.id])[habit.id][0]


def excuse(coach: Coach, options: argparse.Namespace) -> int:
    """Today's time of what repeats, an item on its own day, or a habit today."""
    from coach.domain.text import one_line

    today = coach.items.today()
    found, reason = find_one(coach, options.ref, today), one_line(options.reason, 100)
    if isinstance(found, Habit):
        coach.habits.mark(found.id, today, "excused", reason)
    else:
        coach.items.mark(found.id, found.day or today, "excused", reason=reason)
    told = f"Skipped: {found.title}{f' ({reason})' if reason else ''}. It counts against nothing."
    return _saved(coach, found, told, options)


def _saved(coach: Coach, found: Item | Habit, told: str, options: argparse.Namespace) -> int:
    if options.json:
        write_json({"id": found.id, "saved": True})
    else:
        show(told)
    coach.status.write()
    return OK
