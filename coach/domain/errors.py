"""What can be said to a person when something cannot be done: each message is a sentence with the way out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self


class Refused(ValueError):
    """A value a person gave cannot be taken."""

    words: str = ""
    """The words of a typed line it is about, as they were typed; "" when it is about all of it."""

    def about(self, words: str) -> Self:
        """The same, said of these words unless it names its own."""
        self.words = self.words or words
        return self


@contextmanager
def speaking_of(words: str) -> Iterator[None]:
    """What is refused meanwhile is said of these words, unless it names its own."""
    try:
        yield
    except Refused as refused:
        raise refused.about(words) from None


class NotFound(Refused):
    """Nothing matches what was asked for."""


class Ambiguous(Refused):
    """More than one thing matches what was asked for."""


class NotSaved(Exception):
    """A change is not on disk; nothing of it was kept, and trying again is safe."""


class Overtaken(Exception):
    """Another process changed what a change went on from; nothing was written, and whoever asked begins anew."""


class Locked(NotSaved):
    """Another process holds the store and the waiting folder cannot be written either."""


class NoLocks(NotSaved):
    """The disk has no file locks, so nothing is written: two processes could write over each other."""


class ReadOnly(NotSaved):
    """The record was written by a newer coach and may only be read here."""
