"""Asks about words of a title that look like a mistyped day, or an end that was not understood; it changes nothing."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from coach.domain.calendar_words import ADVERBS, OFTEN_MISTYPED, any_of

LIKE_ENOUGH = 0.82
_WORD = re.compile(r"(?<![\w@#'’-])[^\W\d_]{5,10}(?![\w@'’-])")
_UNTIL = re.compile(r"(?<!\S)(?:until|till|til)(?!\S)", re.IGNORECASE)
_OFTEN = re.compile(rf"(?<!\S)(?:every|each|weekdays|weekends|{any_of(ADVERBS)})(?!\S)", re.IGNORECASE)
_RIGHT = frozenset(OFTEN_MISTYPED) | {f"{word}s" for word in OFTEN_MISTYPED} | {"weekday", "weekend", "weekends"}


def doubt(words: str, *, repeats: bool) -> str:
    """A question about what stayed in the title without quotes; "" when nothing is doubtful."""
    if (until := _UNTIL.search(words)) and (repeats or _OFTEN.search(words[: until.start()])):
        return "Until when? Give a day, such as: until 31 dec."
    for typed in _WORD.findall(words):
        if near := _near(typed.lower()):
            return f"Did you mean “{near}”? “{typed}” is kept as a word of the title."
    return ""


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
