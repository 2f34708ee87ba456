"""Asks about words of a title that look like a mistyped day, or like a time that was not read; it changes nothing."""

from __future__ import annotations

import re
from collections.abc import Container
from difflib import SequenceMatcher
from functools import lru_cache

from coach.domain.calendar_words import ADVERBS, MONTH_WORDS, OFTEN_MISTYPED, PARTS_OF_DAY, WEEKDAY_WORDS, any_of
from coach.domain.meanings import Kind

LIKE_ENOUGH = 0.82
_ENDS = r"(?=[,;.!?]{0,3}(?:\s|$))"
_OF_A_WEEK = (
    r"(?:twice|thrice|(?:two|three|four|five|six|\d+)\s+times|\d+x)\s+(?:an?|per|each|every)\s+(?:day|week|month)"
)
_PART = any_of([*PARTS_OF_DAY, "noon", "midday"])
_PARTS = rf"(?:in\s+the\s+)?{_PART}(?:,?\s+{_PART})*,?\s+(?:and|&)(?:\s+(?:in\s+the\s+|at\s+)?{_PART}|$)"
_WHICH_WEEK = r"(?:this|next)\s+weekend|next\s+(?:week|month|year)|(?:at|on|over)\s+the\s+weekend"
_FEW = r"in\s+(?:a\s+few|a\s+couple\s+of|some)\s+(?:minutes|hours|days|weeks|months|years)"
_FROM_TO = rf"\d\d?\s?(?:[-–]|to)\s?\d\d?\s+{any_of(MONTH_WORDS)}"
_ON_THE = r"on\s+the\s+\d\d?(?:st|nd|rd|th)(?!\s+(?:floor|page|hole|row|lap|shelf|line|try|attempt|time|day|round)\b)"
_AT = (
    r"(?<!look\s)(?<!king\s)(?<!looked\s)at\s+\d\d?"
    r"(?=\s+(?:for|in|at|on|to|near|by|from|and|or|then|because|if|about|so|before|after|my|the)\b)"
)
_RUN = r"0\d[0-5]\d|(?:1\d|2[1-3])(?:15|30|45)$"
_NO_MONEY = r"(?<!\bpay\s)(?<!\bspend\s)(?<!\bsave\s)(?<!\bcost\s)(?<!\bcosts\s)"
_DOTTED = rf"{_NO_MONEY}(?:^(?:[01]?\d|2[0-3])\.(?:00|15|30|45)|(?:[01]?\d|2[0-3])\.(?:00|15|30|45)$)"
_NTH = rf"(?:first|second|third|fourth|last)\s+{any_of([*WEEKDAY_WORDS, 'day'])}"
_HOURS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_AS_TIME = "For a time type it with a colon, such as: 07:30."
_ROWS: tuple[tuple[str, str, Kind | None, Kind | None], ...] = (
    (_OF_A_WEEK, "On which days, or at what times? Such as: tue and fri, or 8:00 and 20:00 daily.", None, None),
    (r"(?:every|each)\s+\d+\s+(?:days?|weeks?|months?|years?)", "Every 1 to 366 is read.", None, None),
    (r"(?:every|each)\s+\d+(?:st|nd|rd|th)", "For a day of the month: 15th of every month.", None, None),
    (r"for\s+\d+\s+(?:days?|nights?|weeks?|months?)", "Give 1 to 999, or a day: until 31 dec.", "repeat", None),
    (r"\d+\s+times", "Give 1 to 1,000 times, or a day: until 31 dec.", "repeat", None),
    (r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])", "For a day type it so: 24 dec.", None, None),
    (r"\d\d(?:\.\d+)?\s?(?:h|hrs?|hours?)", "For a length type: for 18h, 24 h at most; for a time: 18:00.", None, None),
    (_WHICH_WEEK, "On which day? Such as: sat, or 3 dec.", None, "repeat"),
    (_FEW, "Give a number, such as: in 3 days.", None, "repeat"),
    (_FROM_TO, "For each of the days: daily from 3 dec until 10 dec.", None, "repeat"),
    (
        rf"{_NTH}\s+of\s+(?:the\s+|a\s+)?month",
        "Such as: last day of every month, or first monday of every month.",
        None,
        "repeat",
    ),
    (rf"at\s+{any_of(_HOURS)}$", "For a time type it so: 8:00.", None, "clock"),
    (r"\d\d?\s+and\s+\d\d?$", "For times of every day: 8:00 and 20:00 daily.", None, "clock"),
    (_ON_THE, "For a day type it so: 5 dec.", None, "day"),
    (_PARTS, "At what times? Such as: 8:00 and 20:00 daily.", None, "clock"),
    (_AT, "For a time type it so: 8:00.", None, "clock"),
    (_RUN, _AS_TIME, None, "clock"),
    (_DOTTED, _AS_TIME, None, "clock"),
)
_UNREAD = tuple(
    (re.compile(rf"(?<![^\s,;])(?:{pattern}){_ENDS}", re.IGNORECASE | re.ASCII), way_out, beside, without)
    for pattern, way_out, beside, without in _ROWS
)
"""Words for a time that are not read, what to type instead, and what the line has to say besides, or may not say."""
_SEVERAL_PARTS = re.compile(rf"{_PART}.*{_PART}", re.IGNORECASE)
_END = re.compile(r"^(?:until|till?|up|for)\b|\btimes$", re.IGNORECASE)
_LEFT_ALONE = re.compile(r"(?<!\S)(?:(?P<every>every|each)|or|in\s+the)$", re.IGNORECASE)
"""What ends a title only because the day after it was taken for one."""
_WORD = re.compile(r"(?<![\w@#'’-])[^\W\d_]{5,10}(?![\w@'’-])")
_UNTIL = re.compile(r"(?<!\S)(?:until|till|til)(?!\S)", re.IGNORECASE)
_OFTEN = re.compile(rf"(?<!\S)(?:every|each|weekdays|weekends|{any_of(ADVERBS)})(?!\S)", re.IGNORECASE)
_RIGHT = frozenset(OFTEN_MISTYPED) | {f"{word}s" for word in OFTEN_MISTYPED} | {"weekday", "weekend", "weekends"}


def names_parts(words: str) -> bool:
    """Whether it is said of several parts of the day."""
    return bool(_SEVERAL_PARTS.search(words))


def doubt(words: str, unread: str, said: Container[Kind]) -> tuple[str, str]:
    """A question about what stayed in the title without quotes, and its words; "" when nothing is doubtful.

    `unread` are words that say a day, a time or an end for sure where another one counted, or nothing repeats; `said`
    is what the line says besides.
    """
    repeats = "repeat" in said
    if (until := _UNTIL.search(words)) and (repeats or _OFTEN.search(words[: until.start()])):
        return "Until when? Give a day, such as: until 31 dec.", until[0]
    if unread and not repeats and _END.search(unread):
        return f"“{unread}” is kept in the title. For each of the days add how often, such as: daily.", unread
    if unread:
        return f"“{unread}” is kept in the title: one day and one time are read from a line.", unread
    if ("day" in said or repeats) and (alone := _LEFT_ALONE.search(words)):
        way_out = "For every year: yearly 24 dec." if alone["every"] else "Quotes keep words together."
        return f"“{alone[0]}” is left alone in the title. {way_out}", alone[0]
    for pattern, way_out, beside, without in _UNREAD:
        found = pattern.search(words) if without not in said else None
        if found and (beside is None or repeats or _OFTEN.search(words[: found.start()])):
            return f"“{found[0]}” is kept in the title. {way_out}", found[0]
    for typed in _WORD.findall(words):
        if near := _near(typed.lower()):
            return f"Did you mean “{near}”? “{typed}” is kept as a word of the title.", typed
    return "", ""


@lru_cache(maxsize=512)
def _near(word: str) -> str:
    if word == "everyday":
        return "every day"
    if word in _RIGHT:
        return ""
    ratios = {known: _like(word, known) for known in OFTEN_MISTYPED}
    best = max(ratios, key=lambda known: ratios[known])
    return best if ratios[best] >= LIKE_ENOUGH else ""


def _like(word: str, known: str) -> float:
    """1 for the same letters in another order; short words that differ by a letter are other words."""
    if sorted(word) == sorted(known):
        return 1.0
    if min(len(word), len(known)) < 6 or abs(len(word) - len(known)) > 2:
        return 0.0
    return SequenceMatcher(None, word, known, autojunk=False).ratio()
