"""The words in a typed line that say how often: "every other saturday", "mon-fri", "1st of every month"."""

from __future__ import annotations

import re
from collections.abc import Callable

from coach.domain.calendar_words import (
    ADVERBS,
    PARTS_OF_DAY,
    PLACES,
    UNITS,
    WEEKDAY_PLURALS,
    WEEKDAY_WORDS,
    WORKING_DAYS,
    any_of,
)
from coach.domain.days import Part
from coach.domain.errors import Refused
from coach.domain.meanings import Found, Repeat
from coach.domain.repeat import Rule, read_rule

_WORKING, _WEEKEND = (0, 1, 2, 3, 4), (5, 6)


_Match = re.Match[str]


def _weekly(days: tuple[int, ...], interval: int = 1) -> Repeat:
    return Repeat(Rule("WEEKLY", interval, weekdays=tuple((0, day) for day in days)))


def _read_weekday_of_month(match: _Match) -> Repeat:
    return Repeat(Rule("MONTHLY", weekdays=((PLACES[match["place"].lower()], _weekday(match["day"])),)))


def _read_day_of_month(match: _Match) -> Repeat | None:
    number = -1 if match["last"] else int(match["number"])
    return Repeat(Rule("MONTHLY", numbers=(("BYMONTHDAY", (number,)),))) if -1 <= number <= 31 and number else None


def _read_every_number(match: _Match) -> Found:
    """every 15th; not for sure, since "greet every 10th visitor" is a title."""
    number = int(match["number"])
    rule = Rule("MONTHLY", numbers=(("BYMONTHDAY", (number,)),))
    return (Repeat(rule), False) if 1 <= number <= 31 else None


def _read_days_in_a_row(match: _Match) -> Repeat | None:
    first, last = _weekday(match["first"]), _weekday(match["final"])
    days = tuple((first + step) % 7 for step in range((last - first) % 7 + 1))
    return _weekly(tuple(sorted(days))) if len(days) > 1 else None


def _read_every_so_many(match: _Match) -> Repeat | None:
    """every 2 weeks on thu, every other day, every third month."""
    interval = _interval(match["count"])
    unit = match["unit"].lower().removesuffix("s")
    if not 1 <= interval <= 366:
        return None
    days = _weekdays(match["on"] or "")
    if days and unit not in ("week", "fortnight"):
        return None
    return Repeat(
        Rule(UNITS[unit], interval * (2 if unit == "fortnight" else 1), weekdays=tuple((0, day) for day in days))
    )


def _read_every_other_day(match: _Match) -> Repeat:
    return _weekly((_weekday(match["day"]),), 2)


def _read_adverb(match: _Match) -> Repeat:
    frequency, interval = ADVERBS[match["adverb"].lower()]
    days = _weekdays(match["on"] or "") if frequency == "WEEKLY" else ()
    return Repeat(Rule(frequency, interval, weekdays=tuple((0, day) for day in days)))


def _read_every_part(match: _Match) -> Repeat:
    part: Part = PARTS_OF_DAY[match["part"].lower()]  # type: ignore[assignment]  # the table holds parts only
    days = _weekdays(match["days"] or "")
    rule = Rule("WEEKLY", weekdays=tuple((0, day) for day in days)) if days else Rule("DAILY")
    return Repeat(rule, None if match["more"] else part)


def _read_rule(match: _Match) -> Repeat:
    """What no plain words say, as coach itself writes it into a line to edit."""
    return Repeat(read_rule(match["rule"]))


def _read_all_but(match: _Match) -> Repeat | None:
    """every day but sunday, daily except on sat and sun."""
    left_out = weekdays_in(match["days"])
    days = tuple(day for day in range(7) if day not in left_out)
    return _weekly(days) if days else None


def _refuse_hours(match: _Match) -> None:
    raise Refused(
        f"“{match[0]}” is more often than coach repeats. Give the times, such as: 8:00, 12:00 and 16:00 daily. "
        "Quotes keep the words in the title."
    )


def _refuse_fifth(match: _Match) -> None:
    raise Refused(
        f"“{match[0]}” is not read: few months have so many. “every last {match['day']}” is in all, "
        "and quotes keep the words in the title."
    )


def _read_working(match: _Match) -> Repeat:
    return _weekly(_WORKING)


def _read_weekend(match: _Match) -> Repeat:
    return _weekly(_WEEKEND)


def _read_days(match: _Match) -> Repeat | None:
    """mon wed fri, tue/thu, every friday, sundays; a single day only where "every" or its plural says so."""
    days = _weekdays(match["days"])
    plural = match["days"].lower().split()[-1] in WEEKDAY_PLURALS
    return _weekly(days) if match["every"] or plural or len(days) > 1 else None


def _weekday(word: str) -> int:
    return {**WEEKDAY_WORDS, **WEEKDAY_PLURALS}[word.lower()]


def _weekdays(text: str) -> tuple[int, ...]:
    return tuple(sorted({_weekday(word) for word in re.findall(_ANY_DAY, text, re.IGNORECASE)}))


def weekdays_in(text: str) -> tuple[int, ...]:
    """The days named in the words after "except": weekdays, and "weekends" or "weekdays" for several."""
    several = {"weekend": _WEEKEND, "weekday": _WORKING}
    named = [day for word, days in several.items() if re.search(rf"\b{word}s?\b", text, re.IGNORECASE) for day in days]
    return tuple(sorted({*_weekdays(text), *named}))


def _interval(word: str) -> int:
    word = word.lower()
    if word in ("other", "second", "2nd"):
        return 2
    if word in ("third", "3rd"):
        return 3
    return int(word) if word.isdecimal() else 4 if word in ("fourth", "4th") else 1


_DAY = any_of(WEEKDAY_WORDS)
_ANY_DAY = any_of({**WEEKDAY_WORDS, **WEEKDAY_PLURALS})
_SEVERAL = rf"{_ANY_DAY}(?:(?:\s*[,/&]\s*(?:and\s+)?|\s+and\s+|\s+){_ANY_DAY})*"
LEFT_OUT = rf"(?:{_SEVERAL}|(?:the\s+)?(?:weekends?|weekdays?))"
"""Days after "except"."""
_PART = any_of(PARTS_OF_DAY)
AND_PART = rf"(?:\s*[,&]\s*(?:and\s+)?|\s+and\s+)(?:every\s+)?{_PART}"
"""What follows "every morning" where it is several times a day."""
_EVERY = r"(?:every|each)\s+"
_OF_MONTH = r"\s+of\s+(?:every|each|the)\s+month"
_PLACE = any_of(PLACES)
_COUNT = rf"(?P<count>\d{{1,3}}|other|{any_of([word for word in PLACES if word not in ('first', 'last', '1st')])})"
_ON = rf"(?:\s+on\s+(?P<on>{_SEVERAL}))?"

_RULES: tuple[tuple[str, Callable[[_Match], Repeat | None]], ...] = (
    (rf"{_EVERY}(?:(?:\d{{1,3}}|other|few|half)\s+)?(?:an?\s+)?(?:hours?|minutes?|mins?)", _refuse_hours),
    (rf"(?:{_EVERY}day|daily)\s+(?:except|but(?:\s+not)?)\s+(?:(?:on|at)\s+)?(?P<days>{LEFT_OUT})", _read_all_but),
    (r"by\s+the\s+rule\s+(?P<rule>FREQ=[A-Z0-9=;,+-]*[A-Z0-9])", _read_rule),
    (rf"{_EVERY}(?:month\s+on\s+the\s+)?(?P<place>{_PLACE})\s+(?P<day>{_DAY})(?:{_OF_MONTH})?", _read_weekday_of_month),
    (rf"(?:on\s+)?(?:the\s+)?(?P<place>{_PLACE})\s+(?P<day>{_DAY}){_OF_MONTH}", _read_weekday_of_month),
    (
        rf"(?:on\s+)?(?:the\s+)?(?:(?P<last>last\s+day)|(?P<number>\d\d?)(?:st|nd|rd|th)){_OF_MONTH}",
        _read_day_of_month,
    ),
    (
        rf"(?:{_EVERY}month|monthly)\s+on\s+the\s+(?:(?P<last>last\s+day)|(?P<number>\d\d?)(?:st|nd|rd|th))",
        _read_day_of_month,
    ),
    (rf"{_EVERY}(?:\d?\d(?:st|nd|rd|th)|fifth)\s+(?P<day>{_DAY})", _refuse_fifth),
    (rf"{_EVERY}other\s+(?P<day>{_DAY})", _read_every_other_day),
    (rf"{_EVERY}{_COUNT}\s+(?P<unit>{any_of(UNITS)}s?){_ON}", _read_every_so_many),
    (rf"(?P<count>every|each)\s+(?P<unit>{any_of(UNITS)}){_ON}", _read_every_so_many),
    (rf"(?:{_EVERY})?(?:{any_of(WORKING_DAYS)})s|{_EVERY}{any_of(WORKING_DAYS)}|{_EVERY}work\s+day", _read_working),
    (rf"(?:{_EVERY}|on\s+)?weekends|{_EVERY}weekend|at\s+weekends", _read_weekend),
    (
        rf"{_EVERY}(?:(?P<days>{_SEVERAL})\s+)?(?P<part>{_PART})(?P<more>(?:{AND_PART})+)?",
        _read_every_part,
    ),
    (rf"(?P<adverb>{any_of(ADVERBS)}){_ON}", _read_adverb),
    (rf"(?:{_EVERY})?(?P<first>{_DAY})\s?(?:[-–]|\s+to\s+|\s+through\s+)\s?(?P<final>{_DAY})", _read_days_in_a_row),
    (rf"(?:on\s+)?(?P<every>{_EVERY}(?:on\s+)?)?(?P<days>{_SEVERAL})", _read_days),
)


def _sure(read: Callable[[_Match], Repeat | None]) -> Callable[[_Match], Found]:
    """ "Every" says it for sure; "daily", "sundays" or "mon wed" could be part of a title."""

    def found(match: _Match) -> Found:
        meaning = read(match)
        return (meaning, bool(_FOR_SURE.search(match[0]))) if meaning else None

    return found


_FOR_SURE = re.compile(r"\b(?:every|each|of\s+the\s+month|by\s+the\s+rule|except)\b", re.IGNORECASE)
_EVERY_NUMBER = (
    rf"{_EVERY}(?:the\s+)?(?P<number>\d\d?)(?:st|nd|rd|th)(?!\s+(?:{_ANY_DAY}|{any_of(UNITS)})\b)",
    _read_every_number,
)
REPEATS = (*((pattern, _sure(read)) for pattern, read in _RULES), _EVERY_NUMBER)
