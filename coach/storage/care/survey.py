"""Which files hold the books of a home, by one look at each from outside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from coach.paths import Paths
from coach.storage.care.lines import Look, is_ordinary, look_of
from coach.storage.source import book_in, folders


@dataclass(frozen=True, slots=True)
class Place:
    """A log, a conflict copy or a second copy."""

    key: str
    """The path below the data or the state folder: it stays the same when a home is moved."""
    path: str
    book: str
    device: str
    """Empty for a second copy."""
    look: Look | None
    """None for a link, what is no ordinary file, and one that is too large: those are left alone."""

    @property
    def is_log(self) -> bool:
        """Whether the name is the book's own: anything else is a conflict copy."""
        return os.path.basename(self.path) == f"{self.book}.log"


def log_key(device: str, book: str) -> str:
    return f"books/{device}/{book}.log"


def second_key(book: str) -> str:
    return f"mirror/{book}.log"


def is_of(key: str, book: str) -> bool:
    return book_in(os.path.basename(key)) == book


def survey(paths: Paths) -> dict[str, Place]:
    """Every file with lines of a book, by key."""
    found: dict[str, Place] = {}
    for folder in folders(os.path.join(paths.data, "books")):
        device = os.path.basename(folder)
        found.update(_places(folder, f"books/{device}/", device))
    second = _places(os.path.join(paths.state, "mirror"), "mirror/", "")
    return found | {key: place for key, place in second if place.is_log}


def _places(folder: str, prefix: str, device: str) -> Iterator[tuple[str, Place]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        book = book_in(entry.name) if not entry.name.startswith(".") else None
        if book is None:
            continue
        try:
            found = entry.stat(follow_symlinks=False)
        except OSError:
            continue
        look = look_of(found) if is_ordinary(found) else None
        yield prefix + entry.name, Place(prefix + entry.name, entry.path, book, device, look)
