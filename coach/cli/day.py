"""Verbs for the day: today, add, done, skip, and plan for its week."""

from __future__ import annotations

import argparse
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from coach.bootstrap import Coach
from coach.cli.main import OK, say, write_json
from coach.cli.text import read_text, show
from coach.domain.days import show_day
from coach.domain.errors import Ambiguous, Refused
from coach.domain.items import Item
from coach.domain.planner import DayView, Gap, Line

if TYPE_CHECKING:
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
    done = verbs.add_parser("done", parents=[common], help="tick something")
    done.add_argument("ref", metavar="REF", help="an id, its start, or words of the title")
    done.add_argument("--at", metavar="TIME", help="when it was done, as 07:30 or 2026-11-23T07:30")
    done.add_argument("--undo", action="store_true", help="open it again")
    done.set_defaults(run=tick, json=False)
    skip = verbs.add_parser("skip", parents=[common], help="excuse something: it is not asked for today")
    skip.add_argument("ref", metavar="REF", help="an id, its start, or words of the title")
    skip.add_argument("--reason", metavar="WORD", default="", help="why, in a word, as ill")
    skip.set_defaults(run=excuse, json=False)
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
        write_json(_day(coach, view))
    else:
        show(day_text(view, today))
    return OK


def _wanted(options: argparse.Namespace, today: date) -> date:
    near: date | timedelta = options.date if options.date is not None else NEAR["today"]
    return today + near if isinstance(near, timedelta) else near


def show_week(coach: Coach, options: argparse.Namespace) -> int:
    """Seven days, beginning as the settings say."""
    today = coach.items.today()
    day = _wanted(options, today)
    starts = {"monday": 0, "saturday": 5, "sunday": 6}[coach.settings.now.week_starts]
    first = day - timedelta(days=(day.weekday() - starts) % 7)
    views = coach.items.views(first, first + timedelta(days=6))
    if options.json:
        days = [_day(coach, view) for view in views]
        write_json({"first": first.isoformat(), "days": [{"day": one["day"], "items": one["items"]} for one in days]})
    else:
        show("\n\n".join(_week_day(view) for view in views))
    return OK


def _week_day(view: DayView) -> str:
    """A day of the week in lines, without its free room: a week is for seeing what is planned."""
    rows = [_row(line) for section in view.sections for line in section.lines if isinstance(line, Line)]
    return "\n".join([_head(view), *(rows or ["      nothing planned"])])


def _head(view: DayView) -> str:
    return show_day(view.day) + (f"{view.done} of {view.total} done".rjust(20) if view.total else "")


def day_text(view: DayView, today: date) -> str:
    """The day in lines, as the commands and a pipe show it."""
    rows = [_head(view)]
    for section in view.sections:
        rows += ["", section.name]
        rows += [_row(line) for line in section.lines]
    if len(rows) == 1:
        rows += ["", 'Nothing planned. coach add "walk 07:30 30m" adds something.']
    return "\n".join(rows)


def _row(line: Line | Gap) -> str:
    if isinstance(line, Gap):
        return f"      {line.time:>5}  {line.length}"
    box = BOXES.get(line.state, "[ ]")
    more = ", ".join(filter(None, [line.length, line.item.place and f"at {line.item.place}"]))
    return f"  {box} {line.time:>5}  {line.item.title}{f'  ({more})' if more else ''}"


def _day(coach: Coach, view: DayView) -> dict[str, Any]:
    lines = [(section.part, line) for section in view.sections for line in section.lines if isinstance(line, Line)]
    items = [
        {
            "id": line.item.id,
            "title": line.item.title,
            "start": f"{line.item.start:%H:%M}" if line.item.start else None,
            "minutes": line.item.minutes,
            "part": part,
            "state": line.state,
            **_more(coach, line.item),
        }
        for part, line in lines
    ]
    following = view.next_up
    told = {"id": following.id, "title": following.title, "start": f"{following.start:%H:%M}"} if following else None
    return {"day": view.day.isoformat(), "items": items, "habits": [], "next": told}


def _more(coach: Coach, item: Item) -> dict[str, Any]:
    """What only some items have; `of` is the id of what repeats, and `id` this one time of it."""
    found: dict[str, Any] = {"place": item.place} if item.place else {}
    found |= {"tags": list(item.tags)} if item.tags else {}
    found |= {"pinned": True} if item.pinned else {}
    if item.of:
        from coach.domain.quickadd import rule_with_times

        found |= {"of": item.of, "rule": rule_with_times(coach.items.get(item.of))}
    return found


def add_item(coach: Coach, options: argparse.Namespace) -> int:
    text = read_text("One line, then Ctrl+D:").strip("\n") if options.text == "-" else options.text
    if len(text.strip().splitlines()) > 1:
        raise Refused("One line at a time: the text holds several. Add them one by one.")
    reading = coach.items.read(text)
    item = None if options.dry_run else coach.items.add(reading)
    if options.json:
        write_json({"id": item.id if item else None, **_read(reading)})
    else:
        show(reading.sentence)
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
        "reading": reading.sentence,
        "next": reading.next.isoformat() if reading.next else None,
    }


def find_item(coach: Coach, ref: str, day: date) -> Item:
    """By its start when only one thing starts then, else by id or words of the title."""
    if not ref.strip():
        raise Refused("Say which one: an id, its start such as 07:30, or words of the title.")
    lines = [line for section in coach.items.view(day).sections for line in section.lines if isinstance(line, Line)]
    starting = [line.item for line in lines if line.item.start and f"{line.item.start:%H:%M}" == ref.strip().zfill(5)]
    if len(starting) > 1:
        listed = "\n".join(f"  {item.id}  {item.title}" for item in starting)
        raise Ambiguous(f"More than one thing starts at {ref}. Say which, by its id:\n{listed}")
    return starting[0] if starting else coach.items.find(ref, day)


def tick(coach: Coach, options: argparse.Namespace) -> int:
    at: datetime | None = coach.moments.read(options.at) if options.at else None
    day = coach.moments.of(at).day
    item = find_item(coach, options.ref, day)
    coach.items.mark(item.id, item.day or day, "open" if options.undo else "done", at)
    if options.json:
        write_json({"id": item.id, "saved": True})
    else:
        show(("Open again: " if options.undo else "Done: ") + item.title)
    coach.status.write()
    return OK


def excuse(coach: Coach, options: argparse.Namespace) -> int:
    """Today's time of what repeats, or an item on its own day."""
    from coach.domain.text import one_line

    today = coach.items.today()
    item, reason = find_item(coach, options.ref, today), one_line(options.reason, 100)
    coach.items.mark(item.id, item.day or today, "excused", reason=reason)
    if options.json:
        write_json({"id": item.id, "saved": True})
    else:
        show(f"Skipped: {item.title}{f' ({reason})' if reason else ''}. It counts against nothing.")
    coach.status.write()
    return OK
