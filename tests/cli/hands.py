"""A clock for the tests that moves only when something waits on it."""

from __future__ import annotations

from collections.abc import Callable

from coach.cli.guide import Clock


class Hands:
    """A clock that stands still but for what is waited, and for what is added to every wait."""

    def __init__(self, late: float = 0.0, ends: Callable[[float], None] = lambda reading: None) -> None:
        self.reading, self._late, self._ends = 100.0, late, ends
        self.waits = 0

    def wait(self, seconds: float) -> None:
        assert 0 <= seconds <= 1
        assert self.reading < 10_000, "it never ends"
        self.waits += 1
        self.reading += seconds + self._late
        self._ends(self.reading)

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.reading, self.wait)
