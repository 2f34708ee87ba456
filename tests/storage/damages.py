"""What disks, crashes and synchronisers do to a file, for the tests of healing."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.storage import disk, log
from coach.storage.log import Change
from coach.storage.store import Store
from tests.storage.homes import NOVEMBER, log_of, open_store, put, visible

Damage = Callable[[bytes], bytes]
COUNT = 8
"""Changes of the history; number n is about day n of November, in line n."""


def history(home: Path) -> Store:
    store = open_store(home)
    for number in range(1, COUNT + 1):
        put(store, "items", f"2611-{number}", title=f"number {number}", day=f"2026-11-{number:02}")
    store.sync_mirror()
    return store


def second_of(home: Path, book: str = NOVEMBER) -> Path:
    return home / "state" / "mirror" / f"{book}.log"


def changes_in(path: Path) -> list[Change]:
    found = [log.decode(line) for line in path.read_bytes().split(b"\n")]
    return [change for change in found if isinstance(change, Change)]


def both_copies(home: Path) -> tuple[list[Change], list[Change]]:
    return changes_in(log_of(home)), changes_in(second_of(home))


def spoil(path: Path, damage: Damage) -> bytes:
    """Damages a file; its bytes since then."""
    data = damage(path.read_bytes())
    path.write_bytes(data)
    return data


def aside(home: Path) -> set[bytes]:
    """All that is in quarantine."""
    folder = home / "state" / "quarantine"
    return {path.read_bytes() for path in folder.iterdir()} if folder.exists() else set()


def generation(path: Path) -> int:
    head = path.read_bytes().split(b"\n")[0]
    return int(head.rpartition(b":")[2].rstrip(b"}"))


def contents(home: Path) -> Any:
    return visible(open_store(home)), visible(open_store(home), "plan")


def everything(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes; of the lock and of what was seen only that it is there."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: b"" if name.endswith(("lock", "seen.json")) else found[name].read_bytes() for name in found}


def flip(*lines: int) -> Damage:
    """One bit of each of these lines."""

    def damage(data: bytes) -> bytes:
        parts = data.split(b"\n")
        for line in lines:
            middle = len(parts[line]) // 2
            parts[line] = parts[line][:middle] + bytes([parts[line][middle] ^ 1]) + parts[line][middle + 1 :]
        return b"\n".join(parts)

    return damage


def without(*lines: int) -> Damage:
    return lambda data: b"\n".join(part for line, part in enumerate(data.split(b"\n")) if line not in lines)


def ends_after(line: int, more: int = 0) -> Damage:
    """Cut after a whole line, or some bytes into the next."""
    return lambda data: data[: len(b"\n".join(data.split(b"\n")[: line + 1])) + 1 + more]


def zeroes(first: int, last: int) -> Damage:
    """Nothing but zero bytes from the middle of one line to the middle of another."""

    def damage(data: bytes) -> bytes:
        parts = data.split(b"\n")
        start, end = (len(b"\n".join(parts[:line])) + 1 + len(parts[line]) // 2 for line in (first, last))
        return data[:start] + bytes(end - start) + data[end:]

    return damage


def joined(line: int) -> Damage:
    """The newline after it became something else."""

    def damage(data: bytes) -> bytes:
        parts = data.split(b"\n")
        return b"\n".join([*parts[:line], parts[line] + b" " + parts[line + 1], *parts[line + 2 :]])

    return damage


def split(line: int) -> Damage:
    """A byte in the middle became a newline."""

    def damage(data: bytes) -> bytes:
        at = len(b"\n".join(data.split(b"\n")[:line])) + 40
        return data[:at] + b"\n" + data[at + 1 :]

    return damage


def emptied(data: bytes) -> bytes:
    return b""


def garbage(data: bytes) -> bytes:
    return data + os.urandom(8).hex().encode() + b"\x00\xff\n"


def unfinished_garbage(data: bytes) -> bytes:
    return data + b'{"half a li'


def half_again(data: bytes) -> bytes:
    """The end of it written twice, from the middle of a line."""
    return data + data[-250:]


def headless(data: bytes) -> bytes:
    return data.partition(b"\n")[2]


def refuse_second_copy(patch: pytest.MonkeyPatch) -> None:
    """The disk takes nothing more for any second copy."""
    real = disk.append

    def refuse(path: str, *rest: Any, **more: Any) -> disk.Appended:
        if f"{os.sep}mirror{os.sep}" in path:
            raise OSError(errno.ENOSPC, "full", path)
        return real(path, *rest, **more)

    patch.setattr(disk, "append", refuse)
