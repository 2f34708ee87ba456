"""At what times of day a habit asks, and until when it does."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from typing import TYPE_CHECKING

from coach.domain.errors import Refused

if TYPE_CHECKING:
    from coach.domain.habits import HabitView

MOST_TIMES = 6
_TIME = re.compile(r"[^\s,;]+(?:\s*[ap]m\b)?", re.IGNORECASE)
_AND = re.compile(r"(?:\s|^)(?:and|&|at)(?=\s)", re.IGNORECASE)


def check_times(times: tuple[time, ...]) -> None:
    """Refused for more than MOST_TIMES, and for times not in order or not each once."""
    if len(times) > MOST_TIMES:
        raise Refused(f"A habit asks up to {MOST_TIMES} times a day. Give fewer.")
    if any(one.tzinfo is not None for one in times):
        raise Refused("The time of a prompt is local. Leave the zone out, for example 07:30.")
    if list(times) != sorted(set(times)):
        raise Refused("The times a habit asks at go from the earliest to the latest, each once.")


def read_times(text: str, read_time: Callable[[str], time]) -> tuple[time, ...]:
    """ "20:00", "8:00 and 8 pm", in any order; nothing typed is none. Refused where one of them is no time."""
    found = tuple(sorted({read_time(one) for one in _TIME.findall(_AND.sub(" ", text))}))
    check_times(found)
    return found


def write_times(times: tuple[time, ...]) -> str:
    """What reads back as the same times."""
    return " ".join(f"{one:%H:%M:%S}".removesuffix(":00") if one.second else f"{one:%H:%M}" for one in times)


def is_answered(view: HabitView) -> bool:
    """Whether nothing is left to ask about a day.

    Of what is counted some of it is not yet all; the tiny version is an answer, and so is any amount of something to
    reduce.
    """
    if view.habit.kind == "reduce" or not view.habit.counted:
        return view.amount is not None or view.state in ("done", "part", "excused", "missed")
    return view.state in ("done", "excused", "missed")


def why_asked(view: HabitView) -> str:
    """Until when it comes: "a habit, until it is ticked"."""
    if view.habit.kind == "reduce":
        return "until you note how much it was"
    return "until all of it is counted" if view.habit.counted else "until it is ticked"
