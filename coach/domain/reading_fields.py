"""A reading as fields one under another, and the fields as one typed line: each is read by the grammar of the line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import TYPE_CHECKING

from coach.domain.after_phrases import Anchors
from coach.domain.calendar_words import PARTS_OF_DAY
from coach.domain.days import DAY_START, MONTHS, WEEKDAYS, clock_day, show_day, show_minutes, show_time
from coach.domain.errors import Refused
from coach.domain.leads import write_leads
from coach.domain.meanings import Kind
from coach.domain.repeat import Rule, read_rule
from coach.domain.repeat_words import say_end
from coach.domain.text import one_line
from coach.domain.typed_line import Taken, quote_title, take_apart
from coach.domain.written_line import often_words, write_place

if TYPE_CHECKING:
    from coach.domain.quickadd import Reading

FIELDS = ("title", "day", "time", "length", "remind", "often", "until", "after", "place", "tags", "first")
_IN_LINE = ("often", "time", "day", "length", "remind", "until", "after", "place", "tags", "first")
"""The order of a line: what says how often comes before its times, its first day and its end."""
_KINDS: dict[str, Kind] = {
    "day": "day",
    "time": "clock",
    "length": "length",
    "remind": "remind",
    "often": "repeat",
    "until": "end",
}
_NO = ("no", "none", "never", "off")
_QUOTES = re.compile(r"(?:,? or use quotes\.|\. Or use quotes\.|\. Quotes keep [\w ]+\.)$")
"""The way out that a line has and a field has not."""
_WAYS = {
    "day": "tomorrow, fri, 3 dec or later",
    "time": "07:30, 7pm, 15-16 or 8:00 and 20:00",
    "length": "30m or 1h30",
    "remind": "15m, 1h and 10m, or no",
    "often": "every day, mon wed fri, or 1st of every month",
    "until": "31 dec, for 7 days or 10 times",
    "tags": "words such as health garden",
}


def fields_of(reading: Reading, today: date, clock: int = 24, day_start: time = DAY_START) -> dict[str, str]:
    """What stands in the fields."""
    rule = read_rule(reading.rule) if reading.rule else None
    if rule is not None and reading.starts and rule == Rule("DAILY", count=1):
        rule = None  # several times on one day
    starts = reading.starts or ((reading.start,) if reading.start else ())
    return {
        "title": reading.title,
        "day": _show_day(reading, starts if rule is None else (), today, day_start),
        "time": _show_times(starts, clock),
        "length": show_minutes(reading.minutes) if reading.minutes else "",
        "remind": write_leads(reading.leads, silent=reading.silent),
        "often": _show_often(rule, reading) if rule and reading.day else "",
        "until": say_end(rule).removeprefix("until ").replace("once", "1 times") if rule else "",
        "after": reading.follows,
        "place": reading.place,
        "tags": " ".join(reading.tags),
        "first": "yes" if reading.pinned else "",
    }


def line_from(fields: Mapping[str, str], anchors: Anchors) -> str:
    """The line that says what stands in the fields; Refused, about one field, for what cannot be read."""
    title = one_line(fields["title"])
    if not title:
        raise Refused("What is it? Add a few words, for example: walk").about("title")
    pieces = [_piece(name, one_line(fields[name]), fields, anchors) for name in _IN_LINE]
    rest = " ".join(filter(None, pieces))
    wanted = take_apart(f"{quote_title('x')} {rest}", anchors)
    try:
        plain = take_apart(f"{title} {rest}", anchors)
        same = (plain.title, plain.chosen, plain.tags) == (title, wanted.chosen, wanted.tags)
    except Refused:
        same = False
    return f"{title if same else quote_title(title)} {rest}".strip()


def raw_line(fields: Mapping[str, str]) -> str:
    """The same for what cannot be read: nothing typed is lost."""
    signs = {"after": "after ", "place": "@", "until": "until ", "remind": "remind "}
    shown = {"first": "!" if fields["first"] == "yes" else "", "tags": " ".join(f"#{tag}" for tag in _tags(fields))}
    words = ((signs.get(name, ""), one_line(shown.get(name, fields[name]))) for name in ("title", *_IN_LINE))
    return " ".join(sign + word for sign, word in words if word)


def _piece(name: str, words: str, fields: Mapping[str, str], anchors: Anchors) -> str:
    """A field as it stands in the line."""
    if not words:
        return ""
    if name == "first":
        return "!" if words == "yes" else ""
    if name == "place":
        return write_place(words)
    if name == "after":
        return _after(words, fields, anchors)
    if name == "tags":
        tags = [f"#{tag}" for tag in _tags(fields)]
        return _first_read(tags and [" ".join(tags)], set(), name, words)
    if name == "until" and not one_line(fields["often"]):
        raise Refused("Until goes with something that repeats. Say how often, or empty this.").about(name)
    if name == "remind" and words.casefold() not in _NO and not one_line(fields["time"]):
        raise Refused("A reminder before it needs the time when it starts. Give that too, or empty this.").about(name)
    repeats = bool(one_line(fields["often"])) and name != "often"
    kinds, ways = {_KINDS[name]}, _ways(name, words, repeats)
    return _first_read(ways, kinds, name, words, before="every day " if repeats else "")


def _ways(name: str, words: str, repeats: bool) -> list[str]:
    """How a field may be said, the first that reads being taken."""
    match name:
        case "day":
            return [f"from {words}", words] if repeats else [words, f"on {words}"]
        case "time":
            return [f"at {words}"] if words.isdecimal() else [words, f"at {words}"]
        case "length":
            return [f"for {words}m" if words.isdecimal() else f"for {words}", words]
        case "remind":
            return ["no reminder"] if words.casefold() in _NO else [f"remind {words} before", f"remind {words}", words]
        case "often":
            return [words, f"every {words}"]
    return [f"until {words}", words, f"for {words}"]


def _first_read(ways: Iterable[str], kinds: set[Kind], name: str, words: str, before: str = "") -> str:
    refused: Refused | None = None
    more: set[Kind] = {"repeat"} if before else set()
    for way in ways:
        try:
            taken = take_apart(f"{quote_title('x')} {before}{way}")
        except Refused as trouble:
            refused = refused or trouble
            continue
        extra = {"except", *(["part"] if name in ("day", "often") else [])}
        if taken.title == "x" and set(taken.chosen) - extra == kinds | more and _is_right(name, taken):
            return way
    if refused is not None:
        raise Refused(_QUOTES.sub(".", str(refused))).about(name)
    raise Refused(f"“{words}” is not understood here. Try {_WAYS[name]}.").about(name)


def _is_right(name: str, taken: Taken) -> bool:
    return bool(taken.tags) == (name == "tags")


def _after(words: str, fields: Mapping[str, str], anchors: Anchors) -> str:
    if one_line(fields["time"]):
        raise Refused("It has a time, so that is its place. Empty the time, or this.").about("after")
    way = f"after {quote_title(words)}"
    if "after" not in take_apart(f"{quote_title('x')} {way}", anchors).chosen:
        raise Refused(f"Nothing on that day is called “{words}”. Give the title of something planned.").about("after")
    return way


def _tags(fields: Mapping[str, str]) -> list[str]:
    return [tag for word in fields["tags"].replace(",", " ").split() if (tag := word.lstrip("#"))]


def _show_day(reading: Reading, starts: tuple[time, ...], today: date, day_start: time) -> str:
    day = clock_day(reading.day, starts, day_start)
    if day is None:
        return "later"
    part = f" {_part_word(reading)}" if reading.part and not reading.rule else ""
    moved = day != reading.day and day == today  # "today 01:30" is the night to come
    if 0 <= (day - today).days <= 1 and not moved:
        return show_day(day, today) + part
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]} {day.year}{part}"


def _show_times(starts: tuple[time, ...], clock: int) -> str:
    shown = [show_time(start, clock) for start in starts]
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


def _part_word(reading: Reading) -> str:
    return next((name for name, part in PARTS_OF_DAY.items() if part == reading.part), "")


def _show_often(rule: Rule, reading: Reading) -> str:
    """With the part of the day, which no rule holds."""
    words = often_words(rule, reading.day)
    part = _part_word(reading) if not reading.start else ""
    if part and rule.interval == 1 and rule.frequency == "DAILY" and not rule.weekdays:
        return f"every {part}"
    if part and rule.interval == 1 and rule.frequency == "WEEKLY" and rule.weekdays and not rule.numbers:
        return f"every {' '.join(WEEKDAYS[day][:3] for _, day in rule.weekdays)} {part}"
    return f"{words} in the {part}" if part else words
