"""The files of a home without the store: which lines nobody can read, and what stands in log and second copy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coach.storage import log
from coach.storage.fold import Stamp
from coach.storage.log import Change


@dataclass(frozen=True, slots=True)
class Lines:
    """What a log holds."""

    changes: tuple[Change, ...]
    torn: tuple[int, ...]
    """Where each line ends that nobody can read, in bytes."""


def lines_of(path: Path) -> Lines:
    changes: list[Change] = []
    torn: list[int] = []
    end = -1
    for line in path.read_bytes().split(b"\n"):
        end += len(line) + 1
        found = log.decode(line)
        if isinstance(found, Change):
            changes.append(found)
        elif found is not None:
            torn.append(end)
    return Lines(tuple(changes), tuple(torn))


def logs(home: Path) -> list[Path]:
    return sorted((home / "data" / "books").glob("*/*.log"))


def second_copies(home: Path) -> list[Path]:
    return sorted((home / "state" / "mirror").glob("*.log"))


def files(home: Path) -> list[Path]:
    return [*logs(home), *second_copies(home)]


def waiting(home: Path) -> list[str]:
    """The names in the waiting folder of changes that are waiting."""
    return sorted(path.name for path in (home / "state" / "spool").glob("*.rec"))


def stamps(home: Path, table: str, field: str) -> dict[tuple[str, str], Stamp]:
    """Record and value to the stamp of the change that gave this field this value."""
    return {
        (record, fields[field]): change.stamp
        for path in logs(home)
        for change in lines_of(path).changes
        for place, record, fields in change.operations
        if place == table and field in fields
    }


def unlike(home: Path, allowed: int) -> list[str]:
    """How logs and second copies differ: what only the copy holds, and what it lacks when that is more than allowed."""
    bad: list[str] = []
    for path in logs(home):
        copy = home / "state" / "mirror" / path.name
        ids = {change.id for change in lines_of(path).changes}
        copied = {change.id for change in lines_of(copy).changes} if copy.exists() else set()
        if copied - ids:
            bad.append(f"{path.name}: {len(copied - ids)} changes only in the second copy")
        if len(ids - copied) > allowed:
            bad.append(f"{path.name}: {len(ids - copied)} changes missing in the second copy")
    return bad
