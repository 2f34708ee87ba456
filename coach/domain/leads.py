"""How long before its start something reminds: checked, said and written."""

from __future__ import annotations

from coach.domain.asks import LONGEST_LEAD
from coach.domain.days import show_minutes
from coach.domain.errors import Refused

MOST_LEADS = 6


def check_leads(leads: tuple[int, ...]) -> None:
    """Minutes before the start; Refused outside 1 to a day, and for more than MOST_LEADS."""
    if any(not 1 <= lead <= LONGEST_LEAD for lead in leads):
        raise Refused("A reminder comes 1 minute to 24 hours before its start, for example: remind 15m before.")
    if len(leads) > MOST_LEADS:
        raise Refused(f"Up to {MOST_LEADS} reminders before a start are possible. Give fewer.")


def say_leads(leads: tuple[int, ...], *, silent: bool = False) -> str:
    """ "reminder 1 h and 10 min before", "no reminder"; "" where it only reminds at its start."""
    if silent:
        return "no reminder"
    return f"reminder {_listed([show_minutes(lead) for lead in leads])} before" if leads else ""


def write_leads(leads: tuple[int, ...], *, silent: bool = False) -> str:
    """As it would be typed in a field of its own: "1h and 10m", "no"; "" where it only reminds at its start."""
    return "no" if silent else _listed([_short(lead) for lead in leads])


def write_phrase(leads: tuple[int, ...], *, silent: bool = False) -> str:
    """As it stands in a line: "remind 15m before", "no reminder"."""
    if silent:
        return "no reminder"
    return f"remind {write_leads(leads)} before" if leads else ""


def _short(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours}h{rest:02}" if hours and rest else f"{hours}h" if hours else f"{rest}m"


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
