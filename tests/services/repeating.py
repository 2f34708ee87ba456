"""Days with what repeats, as a person sees them."""

from __future__ import annotations

from datetime import date, timedelta

from coach.bootstrap import Coach
from tests.services.clock import TODAY, lines


def at(coach: Coach, day: date) -> list[str]:
    """The day as a person sees it: time, title, state."""
    return [f"{line.time} {line.item.title} {line.state}".strip() for line in lines(coach, day)]


def days(coach: Coach, count: int = 15, first: date = TODAY) -> dict[str, list[str]]:
    found = {day: at(coach, day) for day in (first + timedelta(days=number) for number in range(count))}
    return {f"{day:%m-%d}": rows for day, rows in found.items() if rows}


def one(coach: Coach, day: date, number: int = 0) -> str:
    """The name of one time of what repeats."""
    return lines(coach, day)[number].item.id
