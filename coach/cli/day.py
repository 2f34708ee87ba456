"""Verbs for the day: today, add, and plan for its week."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from coach.bootstrap import Coach
from coach.cli.habits import habit_json, habit_line
from coach.cli.main import OK, say, write_json
from coach.cli.text import read_text, show
from coach.codec import encode
from coach.domain.areas import AREAS
from coach.domain.day_view import DayView, Line
from coach.domain.days import show_day
from coach.domain.errors import Refused
from coach.domain.gaps import Gap
from coach.domain.items import Item
from coach.domain.shapes import SHAPE_WORDS

if TYPE_CHECKING:
    from coach.domain.balance import Balance
    from coach.domain.habits import HabitView
    from coach.domain.quickadd import Reading

BOXES = {"done": "[x]", "part": "[/]", "excused": "[-]", "missed": "[ ]", "dropped": "[-]", "moved": "[>]"}

NEAR = {"yesterday": timedelta(-1), "today": timedelta(0), "tomorrow": timedelta(1)}


def add_verbs(verbs: Any, common: argparse.ArgumentParser) -> None:
    today = verbs.add_parser("today", parents=[common], help="what is planned, and what is done")
    today.add_argument("--date", type=_read_near_day, metavar="DAY", help="another day, as tomorrow or 2026-11-23")
    today.set_defaults(run=show_today, json=False)
    add = verbs.add_parser("add", parents=[common], help='plan something: coach add "walk 07:30 30m"')
    add.add_argument("text", help="the line, or - to read it from standard input")
    add.add_argument("--dry-run", action="store_true", help="say what it means and keep nothing")
    add.set_defaults(run=add_item, json=False)
    plan = verbs.add_parser("plan", parents=[common], help="what is planned in a week")
    plan.add_argument("--week", action="store_true", help="the week of today, or of the day given (as without it)")
    plan.add_argument("--date", type=_read_near_day, metavar="DAY", help="a day of another week")
    plan.set_defaults(run=show_week, json=False)


def read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; give it as 2026-11-23") from None


def _read_near_day(text: str) -> date | timedelta:
    """A day, or how far it is from today, which only the settings can tell."""
    return NEAR[text.casefold()] if text.casefold() in NEAR else read_day(text)


def show_today(coach: Coach, options: argparse.Namespace) -> int:
    today = coach.items.today()
    view = coach.items.view(_wanted(options, today))
    if options.json:
        strengths = coach.habits.strengths(view.day)
        habits = [habit_json(habit, strengths) for habit in coach.habits.view(view.day)]
        write_json({**_day(coach, view), "habits": habits})
    else:
        show(day_text(view, today, coach.habits.view(view.day)))
    return OK


def _wanted(options: argparse.Namespace, today: date) -> date:
    near: date | timedelta = options.date if options.date is not None else NEAR["today"]
    return today + near if isinstance(near, timedelta) else near


def show_week(coach: Coach, options: argparse.Namespace) -> int:
    """Seven days, beginning as the settings say, and how they divide among the areas of a life."""
    week = coach.weeks.view(_wanted(options, coach.items.today()))
    if options.json:
        days = [
            {"day": view.day.isoformat(), "shape": view.shape, "items": _day(coach, view)["items"]}
            for view in week.days
        ]
        write_json({"first": week.first.isoformat(), "days": days, "balance": _balance(week.balance)})
    else:
        show("\n\n".join([*map(_week_day, week.days), *_balance_text(week.balance)]))
    return OK


def _balance(found: Balance) -> dict[str, Any]:
    return {"areas": encode(found.shares), "without": found.unsaid.planned, "sentence": found.sentence or None}


def _balance_text(found: Balance) -> list[str]:
    """The areas that have something, and the sentence about them; nothing where there are none."""
    done = {share.area: f", {share.done} done" if share.done else "" for share in found.shares}
    rows = [f"      {AREAS[share.area]:<20} {share.planned:>3} planned{done[share.area]}" for share in found.shares]
    return ["\n".join(["By area", *rows, *([found.sentence] if found.sentence else [])])] if rows else []


def _week_day(view: DayView) -> str:
    """A day of the week in lines, without its free room: a week is for seeing what is planned."""
    rows = [_row(line) for line in view.lines]
    return "\n".join([_head(view), *(rows or ["      nothing planned"])])


def _head(view: DayView) -> str:
    name = ", ".join(filter(None, [show_day(view.day), SHAPE_WORDS[view.shape]]))
    return name + (f"{view.done} of {view.total} done".rjust(20) if view.total else "")


def day_text(view: DayView, today: date, habits: Sequence[HabitView] = ()) -> str:
    """The day in lines, as the commands and a pipe show it; of the habits, those it is a day of."""
    rows = [_head(view)]
    for section in view.sections:
        rows += ["", section.name]
        rows += [_row(line) for line in section.lines]
    if len(rows) == 1:
        rows += ["", 'Nothing planned. coach add "walk 07:30 30m" adds something.']
    if lines := [habit_line(habit) for habit in habits if habit.of_its_day]:
        rows += ["", "Habits", *lines]
    return "\n".join(rows)


def _row(line: Line | Gap) -> str:
    if isinstance(line, Gap):
        return f"      {line.time:>5}  {line.length}"
    box = BOXES.get(line.state, "[ ]")
    more = ", ".join(filter(None, [line.length, line.item.place and f"at {line.item.place}"]))
    return f"  {box} {line.time:>5}  {line.item.title}{f'  ({more})' if more else ''}"


def _day(coach: Coach, view: DayView) -> dict[str, Any]:
    items = [
        {
            "id": line.item.id,
            "title": line.item.title,
            "start": f"{line.item.start:%H:%M}" if line.item.start else None,
            "minutes": line.item.minutes,
            "part": line.part,
            "state": line.state,
            **_more(coach, line.item),
        }
        for line in view.lines
    ]
    following = view.next_up
    told = {"id": following.id, "title": following.title, "start": f"{following.start:%H:%M}"} if following else None
    return {"day": view.day.isoformat(), "shape": view.shape, "items": items, "next": told}


def _more(coach: Coach, item: Item) -> dict[str, Any]:
    """What only some items have; `of` is the id of what repeats, and `id` this one time of it."""
    found: dict[str, Any] = {"place": item.place} if item.place else {}
    found |= {"tags": list(item.tags)} if item.tags else {}
    found |= {"pinned": True} if item.pinned else {}
    found |= {"leads": list(item.leads)} if item.leads else {}
    found |= {"silent": True} if item.silent else {}
    if item.of:
        from coach.domain.quickadd import rule_with_times

        found |= {"of": item.of, "rule": rule_with_times(coach.items.get(item.of))}
    return found


def add_item(coach: Coach, options: argparse.Namespace) -> int:
    text = read_text("One line, then Ctrl+D:", exact=True).strip("\n") if options.text == "-" else options.text
    if len(text.strip().splitlines()) > 1:
        raise Refused("One line at a time: the text holds several. Add them one by one.")
    reading = coach.items.read(text)
    if "after" in text.casefold().split():
        reading = coach.items.read(text, anchors=coach.items.anchors(reading.day or coach.items.today()))
    item = None if options.dry_run else coach.items.add(reading)
    if options.json:
        write_json({"id": item.id if item else None, **_read(reading)})
    else:
        show(reading.sentence)
        if reading.hint:
            say(reading.hint)
        say("Nothing kept: this was a dry run." if item is None else f"Saved as {item.id}")
    coach.status.write()
    return OK


def _read(reading: Reading) -> dict[str, Any]:
    from coach.domain.quickadd import rule_with_times

    starts = reading.starts or ((reading.start,) if reading.start else ())
    return {
        "title": reading.title,
        "date": reading.day.isoformat() if reading.day else None,
        "start": f"{reading.start:%H:%M}" if reading.start else None,
        "starts": [f"{start:%H:%M}" for start in starts],
        "minutes": reading.minutes,
        "rule": rule_with_times(reading),
        "place": reading.place or None,
        "tags": list(reading.tags),
        "pinned": reading.pinned,
        "leads": list(reading.leads),
        "silent": reading.silent,
        "follows": reading.follows or None,
        "reading": reading.sentence,
        "hint": reading.hint or None,
        "next": reading.next.isoformat() if reading.next else None,
    }
