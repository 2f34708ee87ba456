"""What is said to somebody who comes back after some days, read once in the store thread, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.ui.day_words import waiting_words

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

    @property
    def words(self) -> str:
        """ "1 thing left over, 3 for later"; nothing where nothing waits."""
        return ", ".join(waiting_words(self.leftovers, self.later))


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
    away = coach.days.arrive()
    if away < AWAY:
        return None
    today = coach.items.today()
    usual = coach.templates.offered_for(today)
    waiting = count_waiting(coach)
    return Welcome(away, waiting, usual.id, usual.title) if usual else Welcome(away, waiting)


def count_waiting(coach: Coach) -> Waiting:
    return Waiting(len(coach.items.leftovers()), len(coach.items.later()))


def greeting(away: int) -> str:
    return f"Good to see you. {_span(away)} went by; nothing was lost and nothing is owed."


def _span(days: int) -> str:
    """Days in words; a long time is not counted out to anybody."""
    if days > _COUNTED:
        return "Some weeks" if days <= _WEEKS else "Some months"
    return f"{_NUMBERS[days - 2] if days - 2 < len(_NUMBERS) else days} days"
