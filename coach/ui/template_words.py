"""Templates in words, and typed words as parts of templates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from coach.domain.days import show_minutes, show_time
from coach.domain.errors import Refused
from coach.domain.items import Item
from coach.domain.leads import say_leads
from coach.domain.templates import Template, TemplateLine

if TYPE_CHECKING:
    from coach.domain.quickadd import Reading
    from coach.services.items import Items

NEVER = "no day"


def size(template: Template) -> str:
    lines = len(template.lines)
    return "1 line" if lines == 1 else f"{lines} lines"


def say_weekdays(weekdays: tuple[int, ...]) -> str:
    """ "Mon-Fri", "every Saturday"; "no day" where there is none."""
    from coach.domain.repeat import Rule
    from coach.domain.repeat_words import how_often

    if not weekdays:
        return NEVER
    return how_often(Rule("WEEKLY", weekdays=tuple((0, day) for day in weekdays)), date.min)


def read_weekdays(items: Items, words: str) -> tuple[int, ...]:
    """Days of the week as a line would say them; Refused for anything else."""
    from coach.domain.repeat import read_rule

    words = words.strip().casefold().removeprefix("every ")
    if words in ("", NEVER, "none", "never"):
        return ()
    reading = items.read(f'"x" every {words}')
    rule = read_rule(reading.rule) if reading.rule else None
    plain = reading.title == "x" and not reading.start and rule is not None and not rule.numbers and rule.interval == 1
    if plain and rule is not None and rule.frequency == "DAILY" and rule.count is None:
        return tuple(range(7))
    if not plain or rule is None or rule.frequency != "WEEKLY" or rule.count or rule.until:
        raise Refused(f"Give days of the week: mon-fri, weekend, tue and thu; or {NEVER}.")
    return tuple(day for _, day in rule.weekdays) or ((reading.day.weekday(),) if reading.day else ())


def read_line(items: Items, text: str) -> Reading:
    """A line of a template: like one of a day, but the day it will be on is not known."""
    reading = items.read(text, items.today() + timedelta(days=1))  # so that no time of it has passed
    if reading.rule and not reading.starts:
        raise Refused("A line of a template does not repeat: it comes with every day that is filled from it.")
    return reading


def say_line(line: TemplateLine | Reading, clock: int) -> str:
    """ "Walk, 07:30, 30 min"; what it comes after in place of a time."""
    starts = getattr(line, "starts", ()) or ((line.start,) if line.start else ())
    parts = [line.title, " and ".join(show_time(start, clock) for start in starts)]
    parts.append(f"after {line.follows}" if line.follows and not starts else "")
    parts.append(show_minutes(line.minutes) if line.minutes else "")
    parts.append(f"at {line.place}" if line.place else "")
    parts.append("pinned" if line.pinned else "")
    parts.append(say_leads(line.leads, silent=line.silent))
    return ", ".join(filter(None, parts))


def text_of(line: TemplateLine) -> str:
    """The line to edit."""
    from coach.domain.written_line import undated_line_of

    item = Item("-", line.title, None, line.start, line.minutes, follows=line.follows, place=line.place)
    return undated_line_of(replace(item, tags=line.tags, pinned=line.pinned, leads=line.leads, silent=line.silent))


def check_name(title: str) -> None:
    if not title.strip():
        raise Refused("A template needs a name, for example: Weekday")
