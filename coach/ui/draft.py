"""The half-typed text of a form: kept, offered again, and gone with what was saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec

if TYPE_CHECKING:
    from coach.bootstrap import Coach

P = ParamSpec("P")


class Draft:
    """Of one form, and shared by every window on one home; its methods run in the store thread."""

    def __init__(self, coach: Coach, name: str, first: str = "") -> None:
        """`first` is the text the form begins with: it is no draft."""
        self._drafts, self._slot, self._first = coach.drafts, name, first
        self._own = ""
        """What stands on the disk as far as this window knows."""
        self._is_saved = False

    def offered(self) -> str:
        """What was kept before."""
        self._own = self._drafts.get(self._slot)
        return self._own

    def keep(self, text: str) -> None:
        """Without a text of its own it forgets only what it wrote or was offered: another window may be typing.

        Once the form is saved nothing is kept: the text was on its way here while that was being done.
        """
        if text and text != self._first and not self._is_saved:
            self._drafts.keep(self._slot, text)
            self._own = self._drafts.get(self._slot)
        elif self._own and self._drafts.get(self._slot) == self._own:
            self._drafts.forget(self._slot)

    def save(self, save: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Saves the form and forgets its text, so that neither Escape nor the end comes between the two."""
        save(*args, **kwargs)
        self._is_saved = True
        self.keep("")
