"""How long a step takes, as it is written behind its words: "find the form 10m"."""

from __future__ import annotations

import re

from coach.domain.days import show_minutes

LONGEST = 240
"""Minutes of a step; "run 800m" is more likely a distance."""
_LENGTH = re.compile(
    r"(?P<title>.*\S)\s+\(?(?:(?P<hours>\d)\s?h(?:\s?(?P<rest>\d\d?)(?:\s?m(?:in)?)?)?|(?P<minutes>\d{1,3})\s?m(?:ins?|inutes?)?)\)?",
    re.IGNORECASE | re.ASCII,
)


def split_length(words: str) -> tuple[str, int | None]:
    """The words without their length, and the length in minutes; None when they say none."""
    if (found := _LENGTH.fullmatch(words)) is None:
        return words, None
    minutes = int(found["minutes"]) if found["minutes"] else int(found["hours"]) * 60 + int(found["rest"] or 0)
    return (found["title"], minutes) if 1 <= minutes <= LONGEST else (words, None)


def with_length(title: str, minutes: int | None) -> str:
    """The line that reads back as the same step."""
    return f"{title} {show_minutes(minutes)}" if minutes else title
