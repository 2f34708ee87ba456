"""One typed line for a sentence of one's own: when, on which days, how long before and how often again, then the words.

"16:30 Drink something", "8:00, 20:00 on mon-fri Take the pills", "10:00-18:00 How is it?" (once, at a moment nobody
knows), "18:00 30m before Meeting", "9:00 again 10m x3 Call the clinic".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from coach.domain.days import WEEKDAYS
from coach.domain.errors import Refused
from coach.domain.sentences import Prompt

EXAMPLE = "16:30 Drink something"
_CLOCK = r"\d{1,2}(?:[:.]\d\d){1,2}\s?(?:[ap]m)?|\d{1,2}\s?[ap]m"
_WINDOW = re.compile(rf"(?P<start>{_CLOCK})\s?[-–]\s?(?P<end>{_CLOCK})\s+", re.I)
_TIMES = re.compile(rf"(?:{_CLOCK})(?:(?:\s*,\s*|\s+and\s+|\s+)(?:{_CLOCK}))*\s+", re.I)
_TIME = re.compile(_CLOCK, re.I)
_DAY = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in WEEKDAYS)
_DAYS = re.compile(rf"on\s+(?P<days>(?:{_DAY})(?:\s?[,-]\s?(?:{_DAY}))*|weekdays|weekends)\s+", re.I)
_LEAD = re.compile(r"(?P<number>\d{1,4})\s?(?P<unit>m|min|h)\s+before\s+", re.I)
_AGAIN = re.compile(r"again\s+(?P<every>\d{1,3})\s?(?:m|min)(?:\s+x\s?(?P<most>\d{1,2}))?\s+", re.I)
_USUAL_NAGS = 3


@dataclass(slots=True)
class _Taken:
    """What was taken off the front of the line so far."""

    rest: str
    fields: dict[str, Any] = field(default_factory=dict)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.rest)
        if match is not None:
            self.rest = self.rest[match.end() :]
        return match


def read_line(text: str, read_time: Callable[[str], time]) -> dict[str, Any]:
    """The fields of a Prompt but its id; Refused with an example where no time or no sentence is there."""
    line = _Taken(f"{text.strip()} ")
    if window := line.take(_WINDOW):
        line.fields["window"] = (read_time(window["start"]), read_time(window["end"]))
        line.fields["at"] = line.fields["window"][0]
    elif times := line.take(_TIMES):
        found = tuple(dict.fromkeys(read_time(one) for one in _TIME.findall(times[0])))
        line.fields |= {"at": found[0], "times": found if len(found) > 1 else ()}
    else:
        first, _, words = line.rest.strip().partition(" ")
        if words:
            read_time(first)  # says what is wrong with it
        raise Refused(f"A reminder is a time and a sentence, for example: {EXAMPLE}")
    _take_options(line)
    if not line.rest.strip():
        raise Refused(f"A reminder is a time and a sentence, for example: {EXAMPLE}")
    return {**_PLAIN, **line.fields, "sentence": line.rest.strip()}


_PLAIN: dict[str, Any] = {"days": (), "times": (), "leads": (), "nag_every": 0, "nag_most": 0, "window": ()}


def _take_options(line: _Taken) -> None:
    """Each may stand there once or more, in any order."""
    while True:
        if days := line.take(_DAYS):
            line.fields["days"] = _days(days["days"].lower())
        elif lead := line.take(_LEAD):
            minutes = int(lead["number"]) * (60 if lead["unit"].lower() == "h" else 1)
            line.fields["leads"] = (*line.fields.get("leads", ()), minutes)
        elif again := line.take(_AGAIN):
            line.fields |= {"nag_every": int(again["every"]), "nag_most": int(again["most"] or _USUAL_NAGS)}
        else:
            return


def write_line(prompt: Prompt) -> str:
    """What reads back as the same prompt."""
    clocks = [f"{one:%H:%M:%S}".removesuffix(":00") for one in prompt.window or prompt.times or (prompt.at,)]
    parts = ["-".join(clocks) if prompt.window else ", ".join(clocks)]
    parts += [f"on {','.join(WEEKDAYS[day][:3].lower() for day in prompt.days)}"] if prompt.days else []
    parts += [f"{lead}m before" for lead in prompt.leads]
    parts += [f"again {prompt.nag_every}m x{prompt.nag_most}"] if prompt.nag_every else []
    return " ".join([*parts, prompt.sentence])


def _days(text: str) -> tuple[int, ...]:
    """ "mon,wed", "mon-fri", "weekdays"; a range may go over Sunday."""
    if text in ("weekdays", "weekends"):
        return (0, 1, 2, 3, 4) if text == "weekdays" else (5, 6)
    found: set[int] = set()
    for part in text.split(","):
        first, *last = (_NUMBER[name.strip()[:3]] for name in part.split("-"))
        length = (last[-1] - first) % 7 if last else 0
        found |= {(first + number) % 7 for number in range(length + 1)}
    return tuple(sorted(found))


_NUMBER = {name[:3].lower(): number for number, name in enumerate(WEEKDAYS)}
