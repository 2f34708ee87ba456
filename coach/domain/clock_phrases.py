"""The words in a typed line that say at what time and for how long: "at 7:30", "8 and 20", "15-16", "1h30"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from itertools import product

from coach.domain.calendar_words import NUMBER_WORDS, any_of
from coach.domain.errors import Refused
from coach.domain.meanings import Ahead, Clock, Clocks, Found

LONGEST = 24 * 60
LONGEST_BARE = 12 * 60
"""Minutes; "18h" without "for" is more likely something else."""
LONGEST_BARE_M = 240
"""Minutes; "800m" is more likely a distance."""
MOST_STARTS = 12
_COUNTED = {"page", "pages", "chapter", "chapters", "step", "steps", "verse", "verses", "question", "questions"}
_MONEY = re.compile(r"[$€£]|\b(?:pay|spend|save|buy|sell|costs?|lend|owe|give|earn|donate|transfer|tip|fee)\b", re.I)
_Match = re.Match[str]


def _time(hour: str, minute: str | None, half: str | None, words: str) -> time:
    number, past, half = int(hour), int(minute or 0), (half or "").strip().lower()
    if past > 59 or number > 23 or (half and not 1 <= number <= 12):
        raise Refused(
            f"“{words}” is not a time of day. Times go from 00:00 to 23:59, for example 07:30 or 7pm. "
            "Quotes keep words in the title."
        )
    return time(number % 12 + (12 if half == "pm" else 0), past) if half else time(number, past)


def _after_counted(match: _Match) -> bool:
    before = match.string[: match.start()].lower().split()
    return bool(before) and before[-1] in _COUNTED


def _read_range(match: _Match) -> Found:
    """15-16, 3-4pm, 9-5: where am or pm was left out, the shortest range is meant."""
    h1, m1, half1, h2, m2, half2 = match.group("h1", "m1", "half1", "h2", "m2", "half2")
    bare = not (m1 or m2 or half1 or half2)
    if bare and (int(h1) > 23 or int(h2) > 23 or h1 == h2 or _after_counted(match)):
        return None
    both_low = 1 <= int(h2) <= int(h1) <= 12
    firsts = [half1] if half1 or not half2 or not 1 <= int(h1) <= 12 else ["am", "pm"]
    lasts = [half2] if half2 or not (half1 or both_low) or not 1 <= int(h2) <= 12 else [None, "am", "pm"]
    ranges = []
    for first_half, last_half in product(firsts, lasts):
        first, last = _time(h1, m1, first_half, match[0].strip()), _time(h2, m2, last_half, match[0].strip())
        minutes = (last.hour * 60 + last.minute - first.hour * 60 - first.minute) % LONGEST
        ranges.append((minutes or LONGEST, first))
    minutes, start = min(ranges)
    return Clock(start, minutes), not bare


def _read_several(match: _Match) -> Found:
    """8:00 and 20:00; "8 and 20" only beside words that say how often, so "chapters 8 and 20" are no times."""
    found = [each.groups() for each in re.finditer(_EACH, match["several"], re.IGNORECASE | re.ASCII)]
    bare = not any(minute or half for _, minute, half in found)
    if bare and (any(int(hour) > 23 for hour, _, _ in found) or _after_counted(match)):
        return None
    starts = tuple(sorted({_time(hour, minute, half, match[0].strip()) for hour, minute, half in found}))
    if len(starts) > MOST_STARTS:
        raise Refused(f"That is more than {MOST_STARTS} times a day. Give fewer, or use quotes.")
    return (Clocks(starts) if len(starts) > 1 else Clock(starts[0])), not bare


def _read_time(match: _Match) -> Found:
    """7:30, 7pm, at 7.30, and (not sure) at 8 or at 0730; 12.50 alone is more likely money."""
    hour, minute, dotted, run, half = match.group("h", "m", "dotted", "run", "half")
    at = (match["at"] or "").strip().lower()
    if run and not half and (at in ("at", "@") or (hour[0] == "0" and not at)):
        clock = read_bare_hour(hour + run)
        return (replace(clock, bare=not at), False) if clock else None
    if not (at or minute or half) and dotted and _like_a_time(hour, dotted, match):
        return Clock(time(int(hour), int(dotted)), bare=True), False
    if not (minute or half) and (run or at not in ("at", "@") or int(hour) > 23):
        return None
    start = _time(hour, minute or dotted or run, half, match[0].strip())
    open_half = not half and 1 <= start.hour <= 11 and not hour.startswith("0")
    return Clock(start, open_half=open_half), bool(minute or half or dotted)


def _read_worded(match: _Match) -> Found:
    """half past 8, a quarter to nine, 8 o'clock."""
    word = (match["h"] or match["oclock"]).lower()
    hour = int(word) if word.isdecimal() else _HOURS.index(word) + 1
    away = {"half": 30, "quarter": 15, None: 0}.get((match["step"] or "").lower() or None)
    if away is None:
        away = int(match["step"]) if match["step"].isdecimal() else _STEPS[match["step"].lower()]
    if away > 59:
        return None
    start = _time(str(hour), None, match["half"], match[0].strip())
    past = (start.hour * 60 + (-away if (match["way"] or "").lower() == "to" else away)) % LONGEST
    start = time(past // 60, past % 60)
    return Clock(start, open_half=not match["half"] and 1 <= start.hour <= 11), True


def read_bare_hour(words: str) -> Clock | None:
    """The 8 or 1830 of "fri 8", for whoever knows what stands before it."""
    run = len(words) > 2
    hour, minute = int(words[:2]), int(words[2:] or 0)
    if hour > 23 or minute > 59:
        return None
    return Clock(time(hour, minute), open_half=not run and 1 <= hour <= 11 and words[0] != "0", bare=True)


def _like_a_time(hour: str, minute: str, match: _Match) -> bool:
    """Whether 7.30 is neither a day of a month (5.10), nor an amount (9.99), nor so many hours."""
    of_a_clock = int(hour) <= 23 and minute in ("00", "15", "30", "45")
    return of_a_clock and not (_MONEY.search(match.string) or _UNIT.match(match.string, match.end()))


def _read_named_time(match: _Match) -> Found:
    return Clock(time(12 if match["name"].lower() == "noon" else 0)), bool(match["at"])


def _read_minutes_ahead(match: _Match) -> Found:
    """in 20 minutes, in two hours, in 1h30, in an hour and a half."""
    if match["half"]:
        return Ahead(minutes=30), True
    if match["minutes"]:
        return Ahead(minutes=round(_number(match["minutes"]))), True
    rest = 30 if match["more"] else int(match["rest"] or match["other"] or match["last"] or 0)
    return Ahead(minutes=round(_number(match["hours"]) * 60) + rest), True


def _number(word: str) -> float:
    return NUMBER_WORDS.get(word.lower()) or float(word)


def _read_length(match: _Match) -> Found:
    """30m, 45 min, 1h, 1h30, 1.5h, for half an hour."""
    most = LONGEST if match["lead"] else LONGEST_BARE
    if match["words"]:
        return (30 if match["words"].lower().startswith("half") else 60, True) if match["lead"] else None
    if match["hours"]:
        if float(match["hours"]) > 24 and (match["lead"] or match["hunit"].lower() == "h"):
            raise Refused(f"“{match[0].strip()}” is more than a day: a length is 24 h at most. Quotes keep the words.")
        minutes = round(float(match["hours"]) * 60) + int(match["rest"] or 0)
    else:
        minutes = int(match["minutes"])
        if match["unit"].lower() == "m" and not match["lead"]:
            most = LONGEST_BARE_M
    return (minutes, bool(match["lead"])) if 1 <= minutes <= most else None


_AT = r"(?P<at>(?:at|from|by|around|about)\s+|@\s?)?"
_HOUR1 = r"(?P<h1>\d{1,2})(?::(?P<m1>\d\d))?(?:\s?(?P<half1>[ap]m))?"
_HOUR2 = r"(?P<h2>\d{1,2})(?::(?P<m2>\d\d))?(?:\s?(?P<half2>[ap]m))?"
_EACH = r"(\d{1,2})(?::(\d\d))?(?:\s?([ap]m))?"
_HALF = r"(?:\s?(?P<half>[ap]m))?"
_FULL = r"(?:\d{1,2}:\d\d(?:\s?[ap]m)?|\d{1,2}\s?[ap]m)"
_AND = r"\s?(?:,?\s?&\s?|,?\s+and\s+(?:at\s+)?)"
_SEVERAL = rf"(?P<several>{_FULL}(?:(?:{_AND}|\s?,\s?|\s){_FULL})+|\d\d?(?:\s?,\s?\d\d?)*{_AND}\d\d?)"
_M, _H = r"(?:minutes?|mins?|m)", r"(?:hours?|hrs?|h)"
_UNIT = re.compile(rf"\s?(?:{_M}|{_H}|km|kg|g|l|ml)\b", re.IGNORECASE)

_HOURS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_STEPS = {"five": 5, "ten": 10, "twenty": 20}
_HOUR = rf"(?:\d\d?|{'|'.join(_HOURS)})"

WORDED = (
    rf"{_AT}(?:(?:a\s+)?(?P<step>half|quarter|{'|'.join(_STEPS)}|\d\d?)\s+(?P<way>past|to)\s+(?P<h>{_HOUR})"
    rf"(?:\s+o['’]?clock)?|(?P<oclock>{_HOUR})\s+o['’]?clock)(?:\s?(?P<half>[ap]m))?",
    _read_worded,
)
RANGE = (rf"{_AT}{_HOUR1}(?:\s?[-–]\s?|\s+to\s+){_HOUR2}", _read_range)
SEVERAL = (rf"{_AT}{_SEVERAL}", _read_several)
_COUNT = rf"\d{{1,3}}(?:\.\d\d?)?|{any_of(NUMBER_WORDS)}"
AHEAD = (
    rf"in\s+(?:(?P<half>half\s+an\s+hour)|(?P<minutes>{_COUNT})\s?{_M}|(?P<hours>{_COUNT})"
    rf"(?:\s?{_H}(?P<more>\s+and\s+a\s+half)|\s?{_H}\s+and\s+(?P<rest>\d\d?)\s?{_M}"
    rf"|\s?h(?P<other>\d\d?)(?:{_M})?|\s?h\s(?P<last>\d\d?)(?=[,;.!?]{{0,3}}$)|\s?{_H}))",
    _read_minutes_ahead,
)
TIME = (rf"{_AT}(?P<h>\d\d?)(?::(?P<m>\d\d)|\.(?P<dotted>[0-5]\d)|(?P<run>(?<=\d\d)[0-5]\d))?{_HALF}", _read_time)
NAMED_TIME = (rf"{_AT}(?P<name>noon|midnight)", _read_named_time)
LENGTH = (
    rf"(?P<lead>for\s+)?(?:(?P<hours>\d\d?(?:\.\d\d?)?)\s?(?P<hunit>{_H})(?:\s?(?P<rest>\d\d?)(?:\s?{_M})?)?"
    rf"|(?P<minutes>\d{{1,4}})\s?(?P<unit>{_M})|(?P<words>(?:half\s+)?an\s+hour))",
    _read_length,
)
