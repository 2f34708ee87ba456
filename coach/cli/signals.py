"""The ways a command can be asked to end, held back while something is being saved."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Ended(BaseException):
    """A signal asked the command to end; like KeyboardInterrupt, nothing should catch it by accident."""


class Ending:
    """Remembers the first signal; it interrupts only what stands inside `may_interrupt`."""

    def __init__(self, at_first: Callable[[], object] = lambda: None) -> None:
        """`at_first` is called in the signal's handler, for the first one only: a second would find it half done."""
        self._at_first = at_first
        self.number = 0
        self._open = False

    @property
    def code(self) -> int:
        """128 and the number of the signal; 0 when there was none."""
        return 128 + self.number if self.number else 0

    @contextmanager
    def heard(self) -> Iterator[None]:
        """What was told to be ignored, as under nohup, stays ignored."""
        before = {number: signal.getsignal(number) for number in ENDING}
        try:
            for number in ENDING:
                if before[number] is not signal.SIG_IGN:
                    signal.signal(number, self._take)
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def may_interrupt(self) -> Iterator[None]:
        """Ended is raised inside as soon as a signal comes, or at once when one came before."""
        self._open = True
        try:
            if self.number:
                raise Ended
            yield
        finally:
            self._open = False

    def _take(self, number: int, frame: FrameType | None) -> None:
        if not self.number:
            self.number = number
            self._at_first()
        if self._open:
            self._open = False
            raise Ended
