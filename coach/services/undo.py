"""Takes the latest change back, or repeats it, and says what happened."""

from __future__ import annotations

from coach.storage.store import Store


class Undo:
    """One change at a time, also after a restart."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def undo(self) -> str:
        """A sentence about what was taken back."""
        if (result := self._store.take_back("undo")) is None:
            return "Nothing to undo."
        return _said("Undone", *result)

    def redo(self) -> str:
        if (result := self._store.take_back("redo")) is None:
            return "Nothing to redo."
        return _said("Repeated", *result)


def _said(verb: str, label: str, kept: int, changed: bool) -> str:
    what = f"{verb}: {label[:1].lower()}{label[1:]}."
    if not changed:
        return f"{what} Everything in it had been changed since, so it stays as it is."
    return f"{what} {kept} newer {'value stays' if kept == 1 else 'values stay'} as they are." if kept else what
