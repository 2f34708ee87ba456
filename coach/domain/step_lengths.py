"""How long something may take, and how that is written behind the words of a step: "find the form 10m"."""

from __future__ import annotations

import re

from coach.domain.days import show_minutes
from coach.domain.errors import Refused

LONGEST = 1440
"""Minutes of anything planned: a day."""
LONGEST_SHORT = 240
"""Minutes written with one letter; "run 800m" is more likely a distance."""
_LENGTH = re.compile(
    r"(?P<title>.*\S)\s+\(?(?:(?P<hours>\d\d?)\s?h(?:\s?(?P<rest>\d\d?)(?:\s?m(?:in)?)?)?|(?P<minutes>\d{1,4})\s?m(?P<word>ins?|inutes?)?)\)?",
    re.IGNORECASE | re.ASCII,
)


def check_minutes(minutes: int | None) -> None:
    """Refused outside 1 to 1440; no length is all right."""
    if minutes is not None and not 1 <= minutes <= LONGEST:
        raise Refused(f"{minutes} minutes is not between 1 and {LONGEST}. Give a length such as 30m or 1h30.")


def split_length(words: str) -> tuple[str, int | None]:
    """The words without their length, and the length in minutes; None when they say none."""
    if (found := _LENGTH.fullmatch(words)) is None:
        return words, None
    minutes = int(found["minutes"]) if found["minutes"] else int(found["hours"]) * 60 + int(found["rest"] or 0)
    longest = LONGEST if found["hours"] or found["word"] else LONGEST_SHORT
    return (found["title"], minutes) if 1 <= minutes <= longest else (words, None)


def with_length(title: str, minutes: int | None) -> str:
    """The line that reads back as the same step."""
    return f"{title} {show_minutes(minutes)}" if minutes else title
