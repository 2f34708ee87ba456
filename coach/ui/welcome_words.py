"""What is said to somebody who comes back after some days, read once in the store thread, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.domain.day_view import Line

if TYPE_CHECKING:
    from coach.bootstrap import Coach

AWAY = 2
"""Whole days unseen from which somebody is welcomed back."""
_NUMBERS = ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
_COUNTED, _WEEKS = 30, 90
"""Days up to which they are counted, and up to which they are called weeks."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What there is, whenever the person likes."""

    leftovers: int
    later: int


@dataclass(frozen=True, slots=True)
class Welcome:
    """Somebody is here again after so many days."""

    away: int
    waiting: Waiting
    usual: str = ""
    """The id of the template that would fill today as a usual day, and its name; nothing when today has lines."""
    usual_title: str = ""


def arrive(coach: Coach) -> Welcome | None:
    """Notes that somebody is here; something to say only after two or more days. In the store thread."""
    arrival = coach.days.arrive()
    if arrival.away < AWAY:
        return None
    today = coach.items.today()
    sections = coach.items.view(today).sections
    is_empty = not any(isinstance(line, Line) for section in sections for line in section.lines)
    usual = coach.templates.usual_for(today) if is_empty else None
    waiting = count_waiting(coach)
    return Welcome(arrival.away, waiting, usual.id, usual.title) if usual else Welcome(arrival.away, waiting)


def count_waiting(coach: Coach) -> Waiting:
    return Waiting(len(coach.items.leftovers()), len(coach.items.later()))


def greeting(away: int) -> str:
    return f"Good to see you. {_span(away)} went by; nothing was lost and nothing is owed."


def waiting_words(waiting: Waiting) -> str:
    """ "1 thing left over, 3 for later"; nothing where nothing waits."""
    things = "1 thing" if waiting.leftovers == 1 else f"{waiting.leftovers} things"
    parts = [f"{things} left over" if waiting.leftovers else "", f"{waiting.later} for later" if waiting.later else ""]
    return ", ".join(filter(None, parts))


def _span(days: int) -> str:
    """Days in words; a long time is not counted out to anybody."""
    if days > _COUNTED:
        return "Some weeks" if days <= _WEEKS else "Some months"
    return f"{_NUMBERS[days - 2] if days - 2 < len(_NUMBERS) else days} days"
