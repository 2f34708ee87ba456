"""Reads a time of day a person typed into a small field."""

from __future__ import annotations

import re
from datetime import time

from coach.domain.errors import Refused

_TIME = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(?:[:.](\d\d))?\s*(am|pm)?", re.IGNORECASE)


def read_time(text: str) -> time:
    """ "7:30", "07:30:15", "7:30 pm" or "7 pm"; Refused with the way out otherwise."""
    found = _TIME.fullmatch(text.strip())
    if found is None or not (found[2] or found[4]) or (found[4] and not 1 <= int(found[1]) <= 12):
        raise Refused(f"{text.strip()[:20]!r} is not a time. Write it as 07:30.")
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "pm" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        raise Refused(f"{text.strip()[:20]!r} is not a time of day. The last one is 23:59.") from None
