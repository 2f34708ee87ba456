"""The scale from 0 to 10 that everything rated is given on."""

from __future__ import annotations

from coach.domain.errors import Refused


def check_scale(value: int | None, what: str) -> None:
    """Refused outside 0 to 10; nothing rated is all right."""
    if value is not None and not 0 <= value <= 10:
        raise Refused(f"{what} goes from 0 to 10; {value} is outside. Give a whole number from 0 to 10.")
