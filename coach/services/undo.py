"""Takes the latest change back, or repeats it, and says what happened."""

from __future__ import annotations

from typing import Literal

from coach.storage.store import Store


class Undo:
    """One change at a time, also after a restart."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def undo(self) -> str:
        """A sentence about what was taken back."""
        return self.take_back("undo") or "Nothing to undo."

    def redo(self) -> str:
        return self.take_back("redo") or "Nothing to redo."

    def take_back(self, kind: Literal["undo", "redo"]) -> str | None:
        """The sentence; None when there was nothing to undo, or to redo."""
        if (result := self._store.take_back(kind)) is None:
            return None
        return _said("Undone" if kind == "undo" else "Repeated", *result)


def _said(verb: str, label: str, kept: int, changed: bool) -> str:
    what = f"{verb}: {label[:1].lower()}{label[1:]}."
    if not changed:
        return f"{what} Everything in it had been changed since, so it stays as it is."
    return f"{what} {kept} newer {'value stays' if kept == 1 else 'values stay'} as they are." if kept else what
