"""What a typed line means: its title, when and how often, and the sentence that says so before anything is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo

from coach.domain.after_phrases import Anchors
from coach.domain.clock_phrases import LONGEST_BARE
from coach.domain.days import DAY_START, PARTS, Part, day_of, moment_of, show_minutes
from coach.domain.errors import Refused, speaking_of
from coach.domain.items import Item
from coach.domain.meanings import Ahead, Before, Clock, Clocks, Ending, Except, Named, Repeat
from coach.domain.near_words import doubt, names_parts
from coach.domain.reading_words import say
from coach.domain.repeat import Rule, check_rule, read_rule
from coach.domain.settings import DateOrder
from coach.domain.text import title_key
from coach.domain.typed_line import Span, Taken, take_apart
from coach.domain.when import Now, begin, coming, ended, find_day, names_clock_day, without
from coach.domain.written_line import line_of

__all__ = ["Reading", "line_of", "read_line", "rule_with_times"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line was read as; no day means the Later list."""

    title: str
    day: date | None
    """With a rule, the first day of it."""
    start: time | None
    minutes: int | None
    sentence: str = ""
    starts: tuple[time, ...] = ()
    """All times of the day, where there are several; `start` is the first."""
    rule: str | None = None
    """RFC 5545; the times of the day are not in it."""
    part: Part | None = None
    """Of the day, where "every evening" or "tomorrow morning" named one."""
    place: str = ""
    tags: tuple[str, ...] = ()
    pinned: bool = False
    follows: str = ""
    """The title of what it comes after."""
    leads: tuple[int, ...] = ()
    """So many minutes before its start to be reminded as well."""
    silent: bool = False
    """Whether it does not remind at all."""
    area: str | None = None
    """The life area, where a form gave one: no line says it, so None leaves it as it is."""
    hint: str = ""
    """A quiet question about words that may be mistyped or were not read; nothing is changed by it."""
    unread: str = ""
    """The words the hint is about, as they stand in the title."""
    next: date | None = None
    """When it comes next: a moment where it has a start, else a day; None on the Later list and when it has ended."""
    spans: tuple[Span, ...] = ()
    """The characters of the line that say all this; what is left is the title."""


def read_line(
    text: str,
    now: datetime,
    today: date,
    day_start: time = DAY_START,
    *,
    day: date | None = None,
    clock: int = 24,
    zone: tzinfo | None = None,
    date_order: DateOrder = "",
    anchors: Anchors | None = None,
) -> Reading:
    """The meaning of a typed line; Refused when no title is left or a time or day is impossible.

    `now` is local, in `zone` where that is given; `today` is the logical day; `day` is the one on the screen, meant
    when the line names none. `anchors` are the titles that something can come after.
    """
    taken = take_apart(text, anchors)
    at = Now(now, today, day_start, zone or now.tzinfo, date_order)
    with speaking_of(taken.words.get("day", "")):
        timed, passed = _with_day(_without_time(taken, day or today), taken, at)
    repeat = taken.chosen.get("repeat")
    hint, unread = doubt(taken.loose, taken.unread, taken.chosen)
    timed = replace(_startable(timed, taken), hint=hint or _doubt_time(taken, at), unread=unread)
    if isinstance(repeat, Repeat):
        rule, left_out = repeat.rule, taken.chosen.get("except")
        with speaking_of(taken.words.get("except", "")):
            rule = without(rule, left_out.days) if isinstance(left_out, Except) else rule
        part = timed.part or repeat.part
        found = _repeating(replace(timed, part=None if timed.start else part), rule, taken, at)
        return replace(found, sentence=say(found, at, clock))
    skipped: time | None = None
    if timed.starts and timed.day:  # several times on one day: a series of one day, since each is ticked by itself
        found = _repeating(timed, Rule("DAILY", count=1), taken, at)
    else:
        found = _once(replace(timed, starts=()), at)
        skipped = timed.start if found.start != timed.start else None
    typed = names_clock_day(taken.chosen.get("day"))
    told = say(found, at, clock, passed=timed.start if passed else None, skipped=skipped, typed=typed)
    return replace(found, sentence=told)


def _without_time(taken: Taken, day: date) -> Reading:
    place, length, follows = (taken.chosen.get(kind) for kind in ("place", "length", "after"))
    if isinstance(follows, str) and title_key(follows) == title_key(taken.title):
        raise Refused(f"“{follows}” cannot come after itself. Name something else, or use quotes.")
    before = taken.chosen.get("remind")
    return Reading(
        taken.title,
        day,
        None,
        length if isinstance(length, int) else None,
        place=place if isinstance(place, str) else "",
        tags=taken.tags,
        pinned="pin" in taken.chosen,
        follows=follows if isinstance(follows, str) else "",
        leads=before.leads if isinstance(before, Before) else (),
        silent=before == Before(()),
        spans=taken.spans,
    )


def _with_day(plain: Reading, taken: Taken, now: Now) -> tuple[Reading, bool]:
    """The reading with its times and its day, or its first possible one; and whether its time has passed today."""
    named, repeats = taken.chosen.get("day"), "repeat" in taken.chosen
    shown = max(plain.day or now.today, now.today) if repeats else plain.day or now.today
    part = _part(taken)
    starts: tuple[time, ...] = ()
    minutes = plain.minutes
    match taken.chosen.get("clock"):
        case Ahead(minutes=ahead):
            moment = now.in_minutes(ahead)
            return replace(plain, start=moment.time(), day=day_of(moment, now.day_start)), False
        case Clock(start=start, minutes=range_minutes, open_half=open_half):
            if open_half and _is_later_half(start, part, now):
                start = start.replace(hour=start.hour + 12)
            minutes = minutes or range_minutes
            starts = (start,)
        case Clocks(starts=several):
            starts = tuple(sorted(several, key=lambda start: (start < now.day_start, start)))
    by_clock = not repeats and names_clock_day(named) and bool(starts) and max(starts) < now.day_start
    past = bool(starts) and now.is_past(starts[-1], now.today - timedelta(days=by_clock))
    day, passed = find_day(named, shown, now, past)
    if by_clock and day:
        day -= timedelta(days=1)  # "tomorrow 03:30" is in the night before
    reading = replace(plain, day=day, start=starts[0] if starts else None, minutes=minutes)
    reading = replace(reading, part=part if day and not starts else None)
    return replace(reading, starts=starts if len(starts) > 1 else ()), passed and now.at.date() == now.today


def _startable(reading: Reading, taken: Taken) -> Reading:
    """The reading, where what comes before its start has one."""
    if reading.leads and reading.start is None:
        told = "A reminder before it needs a time when it starts, for example 07:30. Quotes keep words in the title."
        raise Refused(told).about(taken.words["remind"])
    return reading


def _part(taken: Taken) -> Part | None:
    """Of the day: "tonight" and "every evening" name one, and "8 in the evening"."""
    named, repeat = taken.chosen.get("part"), taken.chosen.get("repeat")
    if taken.chosen.get("day") == Named("tonight"):
        return "evening"
    if isinstance(repeat, Repeat) and named is None:
        return repeat.part
    return next((part for part in PARTS if part == named), None)


def _is_later_half(start: time, part: Part | None, now: Now) -> bool:
    """Whether 8 means 20 there; 1 at night stays as it is."""
    return (part == "evening" and start >= now.day_start) or (part == "midday" and start.hour < 7)


def _doubt_time(taken: Taken, now: Now) -> str:
    """About a time that was read as it was typed, where something else may have been meant."""
    clock = taken.chosen.get("clock")
    if clock is None and names_parts(taken.words.get("repeat", "")):
        return "That is once a day. For each give its time, such as: 8:00 and 20:00."
    if not isinstance(clock, Clock):
        return ""
    if clock.minutes and clock.minutes > LONGEST_BARE:
        return f"That is {show_minutes(clock.minutes)}, into the next day. Is it meant so?"
    if clock.open_half and clock.start < now.day_start and "part" not in taken.chosen:
        return f"{clock.start:%H:%M} is in the night. For the afternoon type {clock.start.hour}pm."
    return ""


def _once(reading: Reading, now: Now) -> Reading:
    """A start that the change of clocks skips is moved to where the clock goes on."""
    if reading.day is None or reading.start is None:
        return reading
    moment = moment_of(reading.day, reading.start, now.day_start)
    shown = now.shown(moment)
    if shown == moment:
        return replace(reading, next=moment)
    return replace(reading, day=day_of(shown, now.day_start), start=shown.time(), next=shown)


def _repeating(reading: Reading, rule: Rule, taken: Taken, now: Now) -> Reading:
    ending = taken.chosen.get("end")
    with speaking_of(taken.words.get("repeat", "")):
        first = begin(rule, reading.day or now.today)
    with speaking_of(taken.words.get("end", "")):
        rule = ended(rule, ending if isinstance(ending, Ending) else None, first, now)
    with speaking_of(taken.words.get("repeat", "")):
        check_rule(str(rule), first)
    starts = reading.starts or ((reading.start,) if reading.start else ())
    return replace(reading, day=first, rule=str(rule), next=coming(rule, first, starts, now))


def rule_with_times(thing: Reading | Item) -> str | None:
    """The rule as other programs want it: with BYHOUR where that says all times of the day, and each time counted.

    Of times with different minutes no single RFC 5545 rule can tell; there the rule says the days only.
    """
    if thing.rule is None or not thing.starts:
        return thing.rule
    if len({start.minute for start in thing.starts}) > 1:
        return thing.rule
    rule = read_rule(thing.rule)
    counted = replace(rule, count=rule.count * len(thing.starts)) if rule.count else rule
    return f"{counted};BYHOUR={','.join(str(start.hour) for start in sorted(thing.starts))}"
