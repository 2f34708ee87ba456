"""What every way of telling something has: a name, and an answer whether anything took the text."""

from __future__ import annotations

from typing import Protocol

from coach.domain.text import one_line

LONGEST = 200


class Channel(Protocol):
    """Takes as long as whoever listens does: for a thread or a command, never for the loop."""

    @property
    def name(self) -> str: ...

    def send(self, text: str) -> bool:
        """Whether the text was accepted; False where there is nobody to take it."""


def harmless(text: str) -> str:
    """One short line that steers no terminal, whatever it was made of."""
    return one_line(text, LONGEST)
