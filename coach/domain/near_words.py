"""Asks about words of a title that look like a mistyped day, or an end that was not understood; it changes nothing."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from coach.domain.calendar_words import ADVERBS, OFTEN_MISTYPED, any_of

LIKE_ENOUGH = 0.82
_ENDS = r"(?=[,;.!?]{0,3}(?:\s|$))"
_OF_A_WEEK = (
    r"(?:twice|thrice|(?:two|three|four|five|six|\d+)\s+times|\d+x)\s+(?:an?|per|each|every)\s+(?:day|week|month)"
)
_UNREAD = tuple(
    (re.compile(rf"(?<![^\s,;]){pattern}{_ENDS}", re.IGNORECASE | re.ASCII), way_out, often)
    for pattern, way_out, often in (
        (_OF_A_WEEK, "On which days, or at what times? Such as: tue and fri, or 8:00 and 20:00 daily.", False),
        (r"(?:every|each)\s+\d+\s+(?:days?|weeks?|months?|years?)", "Every 1 to 366 is read.", False),
        (r"(?:every|each)\s+\d+(?:st|nd|rd|th)", "For a day of the month: 15th of every month.", False),
        (r"for\s+\d+\s+(?:days?|nights?|weeks?|months?)", "Give 1 to 999, or a day: until 31 dec.", True),
        (r"\d+\s+times", "Give 1 to 1,000 times, or a day: until 31 dec.", True),
        (r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])", "For a day type it so: 24 dec.", False),
        (r"\d\d(?:\.\d+)?\s?(?:h|hrs?|hours?)", "For a length type: for 18h, 24 h at most.", False),
    )
)
"""Words for a time that are not read, what to type instead, and whether only something that repeats has them."""
_WORD = re.compile(r"(?<![\w@#'’-])[^\W\d_]{5,10}(?![\w@'’-])")
_UNTIL = re.compile(r"(?<!\S)(?:until|till|til)(?!\S)", re.IGNORECASE)
_OFTEN = re.compile(rf"(?<!\S)(?:every|each|weekdays|weekends|{any_of(ADVERBS)})(?!\S)", re.IGNORECASE)
_RIGHT = frozenset(OFTEN_MISTYPED) | {f"{word}s" for word in OFTEN_MISTYPED} | {"weekday", "weekend", "weekends"}


def doubt(words: str, unread: str = "", *, repeats: bool) -> tuple[str, str]:
    """A question about what stayed in the title without quotes, and its words; "" when nothing is doubtful.

    `unread` are words that say a day or a time for sure where another one counted.
    """
    if (until := _UNTIL.search(words)) and (repeats or _OFTEN.search(words[: until.start()])):
        return "Until when? Give a day, such as: until 31 dec.", until[0]
    if unread:
        return f"“{unread}” is kept in the title: one day and one time are read from a line.", unread
    for pattern, way_out, often in _UNREAD:
        found = pattern.search(words)
        if found and (repeats or not often or _OFTEN.search(words[: found.start()])):
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
