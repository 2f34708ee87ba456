"""What became of each file that was looked after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of one file: a log of this device, its second copy, another device's log, a waiting change.

    Days are those the changes are about; None where that is not known.
    """

    path: str
    book: str
    """Empty for a waiting change, and for a file that nobody finished."""
    own: bool
    """False for another device's log, which is never written and put right there."""
    restored: Mapping[date | None, int] = field(default_factory=dict)
    """Changes put back into the log from the second copy."""
    unreadable: Mapping[date | None, int] = field(default_factory=dict)
    """Lines nobody can read, kept in quarantine; the day is that of the nearest readable line before, else after."""
    missing: Mapping[date | None, int] = field(default_factory=dict)
    """Changes that were there when last looked and are nowhere now."""
    aside: str = ""
    """The quarantine file that holds the original bytes; empty when none was needed, or could be written."""
    obstacle: str = ""
    """Why it was passed over this time, in a sentence with the way out; empty when nothing was in the way."""

    @property
    def says_something(self) -> bool:
        """False where only the second copy was brought up to date."""
        return bool(self.restored or self.unreadable or self.missing or self.aside or self.obstacle)
