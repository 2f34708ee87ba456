"""One typed line for a sentence of one's own: when, on which days, how long before and how often again, then the words.

"16:30 Drink something", "8:00, 20:00 on mon-fri Take the pills", "10:00-18:00 How is it?" (once, at a moment nobody
knows), "18:00 30m before Meeting", "9:00 again 10m x3 Call the clinic", "8:00 from 1 dec until 24 dec A verse". Quotes
round the sentence protect its first words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from typing import Any

from coach.domain.calendar_words import UNITS, WEEKDAY_PLURALS, WEEKDAY_WORDS, any_of
from coach.domain.day_phrases import DATES, NEAR_DAYS
from coach.domain.days import DAY_START, WEEKDAYS
from coach.domain.end_phrases import ENDINGS
from coach.domain.errors import Refused
from coach.domain.meanings import Ending, Found, Slashed, Value
from coach.domain.repeat import Rule
from coach.domain.repeat_phrases import weekdays_in
from coach.domain.sentences import Prompt
from coach.domain.typed_line import quote_title
from coach.domain.when import Now, ended, find_day

EXAMPLE = "16:30 Drink something"
_USUAL_NAGS = 3
_CLOCK = r"\d{1,2}(?:[:.]\d\d){1,2}\s?(?:[ap]m)?|\d{1,2}\s?[ap]m"
_NAMES = any_of({**WEEKDAY_WORDS, **WEEKDAY_PLURALS})
_ROW = rf"{_NAMES}(?:\s?[-–]\s?|\s+(?:to|through)\s+){_NAMES}"
_DAY = rf"(?:{_ROW}|{_NAMES}|weekdays?|weekends?)"
_JOIN = r"(?:\s*[,/&]\s*(?:and\s+)?|\s+and\s+(?:on\s+)?|\s+)"
_MORE = rf"(?:{_JOIN}{_DAY}\b)*"
_END = r"(?!\s+(?:is|are|was|were|has|have|can|will|counts?|begins?|starts?)\b)[,:]?\s+"
"""Of an option: "sundays are slow" is a sentence."""
_M, _H = r"(?:minutes?|mins?|m)", r"(?:hours?|hrs?|h)"
_LENGTH = rf"\d{{1,4}}\s?(?:{_H}(?:\s?\d\d(?:\s?{_M})?)?|{_M}|days?)\b"
"""In digits: "an hour before bed" is a sentence."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """On first use: Settings opens without any of them."""
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


_WINDOW = rf"(?:from\s+)?(?P<start>{_CLOCK})(?:\s?[-–]\s?|\s+to\s+)(?P<end>{_CLOCK})\s+"
_BETWEEN = rf"between\s+(?P<start>{_CLOCK})\s+and\s+(?P<end>{_CLOCK})\s+"
_TIMES = rf"(?:at\s+)?(?:{_CLOCK})(?:(?:\s*,\s*|\s+and\s+|\s+)(?:{_CLOCK}))*\s+"
_DAYS = (
    rf"(?:on|every|each|at)\s+(?:the\s+)?(?P<days>(?>{_DAY}\b{_MORE})){_END}",
    rf"(?P<days>(?>(?:{_ROW}|weekdays|weekends|{any_of(WEEKDAY_PLURALS)})\b{_MORE})){_END}",
    rf"(?P<days>(?>{_DAY}{_JOIN}{_DAY}\b{_MORE})){_END}",
)
_DAILY = rf"(?:daily|(?:every|each)\s+day){_END}"
_EXCEPT = rf"(?:except|but\s+not)\s+(?:on\s+|at\s+)?(?P<days>{_DAY}\b{_MORE}){_END}"
_SELDOM = (
    rf"(?:on\s+)?(?:the\s+)?(?P<words>(?:every|each)\s+(?:(?:other|second|third|fourth|\d{{1,3}}(?:st|nd|rd|th)?)\s+"
    rf"(?:{_NAMES}|{any_of(UNITS)}s?|{_H}|{_M})|week|fortnight|month|year|hour)"
    rf"|\d\d?(?:st|nd|rd|th)\s+of\s+(?:every|each|the)\s+month)\b{_END}"
)
_LEADS = rf"(?P<leads>{_LENGTH}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+){_LENGTH})*)\s+before,?\s+"
_AGAIN = (
    rf"again\s+(?:(?:every|after)\s+)?(?P<every>\d{{1,4}}\s?(?:{_M}|{_H})\b)"
    r"(?:,?\s+(?:x\s?(?P<most>\d{1,2})|(?:up\s+to\s+)?(?P<times>\d{1,2})\s?(?:x|times)))?,?\s+"
)


_Phrases = tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Found]], ...]


@dataclass(slots=True)
class _Taken:
    """What was taken off the front of the line so far."""

    rest: str
    days: set[int] = field(default_factory=set)
    daily: bool = False
    fields: dict[str, Any] = field(default_factory=dict)
    first: Value | None = None
    until: Value | None = None

    def take(self, *patterns: str) -> re.Match[str] | None:
        match = next(filter(None, (_compiled(pattern).match(self.rest) for pattern in patterns)), None)
        if match is not None:
            self.rest = self.rest[match.end() :]
        return match

    def read(self, phrases: _Phrases, *, sure: bool = False) -> Value | None:
        """The meaning of a phrase that the planner's lines know as well."""
        for pattern, meaning in phrases:
            match = pattern.match(self.rest)
            if match is not None and (found := meaning(match)) and (found[1] or not sure):
                self.rest = self.rest[match.end() :]
                return found[0]
        return None


def read_line(text: str, read_time: Callable[[str], time], today: date | None = None) -> dict[str, Any]:
    """The fields of a Prompt but its id; Refused with an example where no time or no sentence is there.

    With `today`, "until 24 dec" and "from monday" are read too; without it only days such as 2026-12-24.
    """
    line = _Taken(f"{text.strip()} ")
    if window := line.take(_WINDOW, _BETWEEN):
        line.fields["window"] = (read_time(window["start"]), read_time(window["end"]))
        line.fields["at"] = line.fields["window"][0]
    elif times := line.take(_TIMES):
        found = tuple(dict.fromkeys(read_time(one) for one in _compiled(_CLOCK).findall(times[0])))
        line.fields |= {"at": found[0], "times": found if len(found) > 1 else ()}
    else:
        first, _, words = line.rest.strip().partition(" ")
        if words:
            read_time(first)  # says what is wrong with it
        raise Refused(f"A reminder is a time and a sentence, for example: {EXAMPLE}")
    while any(option(line) for option in (_take_dates, _take_days, _take_leads)):
        pass
    sentence = line.rest.strip()
    if _QUOTED.fullmatch(sentence):
        sentence = sentence[1:-1].replace('""', '"')
    if not sentence.strip():
        raise Refused(f"A reminder is a time and a sentence, for example: {EXAMPLE}")
    return {**_PLAIN, **line.fields, **_span(line, today), "days": tuple(sorted(line.days)), "sentence": sentence}


_PLAIN: dict[str, Any] = {"times": (), "leads": (), "nag_every": 0, "nag_most": 0, "window": ()}
_QUOTED = re.compile(r'"(?:[^"]|"")+"')


def write_line(prompt: Prompt) -> str:
    """What reads back as the same prompt."""
    clocks = [f"{one:%H:%M:%S}".removesuffix(":00") for one in prompt.window or prompt.times or (prompt.at,)]
    parts = ["-".join(clocks) if prompt.window else ", ".join(clocks)]
    parts += [f"on {','.join(WEEKDAYS[day][:3].lower() for day in prompt.days)}"] if prompt.days else []
    parts += [f"from {prompt.first.isoformat()}"] if prompt.first else []
    parts += [f"until {prompt.until.isoformat()}"] if prompt.until else []
    parts += [f"{lead}m before" for lead in prompt.leads]
    parts += [f"again {prompt.nag_every}m x{prompt.nag_most}"] if prompt.nag_every else []
    plain = " ".join([*parts, prompt.sentence])
    return plain if _sentence_of(plain) == prompt.sentence else " ".join([*parts, quote_title(prompt.sentence)])


def _sentence_of(line: str) -> str:
    """What would be read as the sentence; "" where the line is refused."""
    try:
        return str(read_line(line, lambda _text: time(0))["sentence"])
    except Refused:
        return ""


def _take_days(line: _Taken) -> bool:
    """on mon and wed, mon-fri, weekdays, daily except sundays; what is not every week is refused."""
    if found := line.take(*_DAYS):
        line.days |= set(_days(found["days"]))
    elif found := line.take(_DAILY):
        line.daily = True
    elif (line.days or line.daily) and (found := line.take(_EXCEPT)):
        line.days = (line.days or set(range(7))) - set(_days(found["days"]))
        if not line.days:
            raise Refused("That leaves no day of the week. Leave out fewer days, or use quotes.")
    elif seldom := line.take(_SELDOM):
        raise Refused(
            f"“{seldom['words']}” is not read here: a reminder comes at its times on days of the week, "
            "such as: 8:00, 12:00 on mon and fri. Quotes keep the words in the sentence."
        )
    return found is not None


def _days(text: str) -> Iterator[int]:
    """ "mon,wed", "mon-fri", "weekdays"; a row may go over Sunday."""
    for row in _compiled(_ROW).finditer(text):
        first, last = (_NUMBERS[name.lower()] for name in re.findall(_NAMES, row[0], re.IGNORECASE))
        yield from ((first + number) % 7 for number in range((last - first) % 7 + 1))
    yield from weekdays_in(_compiled(_ROW).sub(" ", text))


_NUMBERS = {**WEEKDAY_WORDS, **WEEKDAY_PLURALS}


def _take_leads(line: _Taken) -> bool:
    """30 min and 10 min before, again 10m x3."""
    if found := line.take(_LEADS):
        leads = (_minutes(one) for one in _compiled(_LENGTH).findall(found["leads"]))
        line.fields["leads"] = (*line.fields.get("leads", ()), *leads)
    elif found := line.take(_AGAIN):
        most = int(found["most"] or found["times"] or _USUAL_NAGS)
        line.fields |= {"nag_every": _minutes(found["every"]), "nag_most": most}
    return found is not None


def _minutes(length: str) -> int:
    """Of "90 min", "1h30" or "1 day"."""
    count, unit, rest = re.findall(r"(\d+)\s?([a-z])[a-z]*\s?(\d*)", length.lower(), re.ASCII)[0]
    return int(count) * {"h": 60, "d": 1440}.get(unit, 1) + int(rest or 0)


def _take_dates(line: _Taken) -> bool:
    """from 1 dec, until 24 dec, for 7 days, on 24 dec."""
    from_day, on_day, until = _phrases()
    if found := line.read(from_day):
        line.first = found
    elif found := line.read(on_day, sure=True):
        line.first = line.until = found
    elif found := line.read(until):
        line.until = found
    return found is not None


@cache
def _phrases() -> tuple[_Phrases, _Phrases, _Phrases]:
    """Of first days, single days and last days."""
    return (
        tuple((_compiled(rf"(?=from\s|starting\s)(?:{one}){_END}"), read) for one, read in (*DATES, *NEAR_DAYS)),
        tuple((_compiled(rf"(?=on\s|\d{{4}}-)(?:{one}){_END}"), read) for one, read in DATES),
        tuple((_compiled(rf"(?=until|till?\s|up\s|for\s)(?:{one}){_END}"), read) for one, read in ENDINGS),
    )


def _span(line: _Taken, today: date | None) -> dict[str, date | None]:
    """The first and the last day it comes."""
    now = Now(datetime.combine(today, time(12)), today, DAY_START, None, "") if today else None
    first = _day(line.first, now)
    if not isinstance(line.until, Ending):
        return {"first": first, "until": _day(line.until, now)}
    last = line.until.until
    if not isinstance(last, date):
        at = _known(last, now)
        last = ended(Rule("WEEKLY"), line.until, first or at.today, at).until
    return {"first": first, "until": last}


def _day(value: Value | None, now: Now | None) -> date | None:
    if value is None or isinstance(value, date):
        return value
    at = _known(value, now)
    return find_day(value, at.today, at, past=False)[0]


def _known(value: Value | None, now: Now | None) -> Now:
    """Refused for what only says a day together with today, where that is not known, and for 3/4."""
    if now is None or isinstance(value, Slashed):
        raise Refused("Which days? Give them such as: from 2026-12-01 until 2026-12-24. Quotes keep the words.")
    return now
