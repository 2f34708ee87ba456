"""What a disk may hold after the power went: everything that was waited for, and any part of what was not."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.fire.recorder import Call, Cut, Made, MadeFolder, NameCall, Renamed, Synced, SyncedFolder, Unlinked, Wrote

Names = dict[str, int]
"""Path to file; a folder is FOLDER."""
FOLDER = -1
MOST_TOGETHER = 400
"""Up to so many combinations at one moment each is tried; of more, every two parts in all their ways, once with
nothing else on the disk and once with all the rest."""
_WAYS = ("none", "half", "zeros", "back", "all")


@dataclass(frozen=True, slots=True)
class Image:
    """One disk: each file's bytes and, as the system knows it, its number."""

    folders: tuple[str, ...]
    files: tuple[tuple[str, int, bytes], ...]


@dataclass(slots=True)
class _Part:
    """A write or a cut of a file."""

    call: Wrote | Cut
    settled: bool = False
    doubtful: bool = False
    """A wait for it was refused: the system takes it for written, so no later wait settles it."""


@dataclass(slots=True)
class _File:
    durable: bytes = b""
    parts: list[_Part] = field(default_factory=list)

    def settle(self, done: bool) -> None:
        for part in self.parts:
            part.doubtful |= not done and not part.settled
            part.settled |= done and not part.doubtful
        while self.parts and self.parts[0].settled:
            self.durable = _applied(self.durable, self.parts.pop(0).call, "all")

    def live(self) -> bytes:
        return self._with(["all"] * len(self.parts))

    def possible(self) -> list[bytes]:
        """From nothing of what is open to all of it."""
        open_parts = sum(not part.settled for part in self.parts)
        found = dict.fromkeys(self._with(way) for way in _one_apart(open_parts))
        return [*(data for data in found if data != self.live()), self.live()]

    def _with(self, ways: Sequence[str]) -> bytes:
        left, data = iter(ways), self.durable
        for part in self.parts:
            data = _applied(data, part.call, "all" if part.settled else next(left))
        return data


class Disk:
    """Follows the calls, and says at any moment what a cut would leave."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._names: Names = {}
        self._files: dict[int, _File] = {}
        self._open: list[tuple[NameCall, int]] = []
        self._now: Names = {}
        for folder, _, names in os.walk(root):
            self._names[folder] = FOLDER
            for path in (os.path.join(folder, name) for name in names):
                number = os.stat(path).st_ino
                self._names[path] = number
                with open(path, "rb") as file:
                    self._files[number] = _File(file.read())
        self._now = dict(self._names)

    def follow(self, call: Call) -> None:
        if isinstance(call, Wrote | Cut):
            self._files[call.file].parts.append(_Part(call))
        elif isinstance(call, Synced):
            self._files[call.file].settle(call.done)
        elif isinstance(call, SyncedFolder):
            for name in [name for name in self._open if _folder_of(name[0]) == call.path]:
                _name(self._names, *name)
                self._open.remove(name)
        elif isinstance(call, Made | MadeFolder | Renamed | Unlinked):
            self._begin(call)

    def _begin(self, call: NameCall) -> None:
        number = FOLDER
        if isinstance(call, Made):
            number = call.file
            self._files[number] = _File()
        elif not isinstance(call, MadeFolder):
            number = self._now[call.path]
        if isinstance(call, Renamed):
            assert os.path.dirname(call.path) == os.path.dirname(call.to), "only within a folder is it one step"
        self._open.append((call, number))
        _name(self._now, call, number)

    def contents(self) -> dict[str, bytes]:
        """What the running system shows."""
        return {path: self._files[number].live() for path, number in self._now.items() if number != FOLDER}

    def images(self, *, ends: bool = False) -> Iterator[Image]:
        """Each disk a cut may leave now; of `ends` only the one with the least and the one with the most."""
        dirty = [
            number
            for number in set(self._now.values()) | self._maybe()
            if number != FOLDER and self._files[number].parts
        ]
        choices: list[Sequence[bool | bytes]] = [(False, True) for _ in self._open]
        choices += [self._files[number].possible() for number in dirty]
        for chosen in _least_and_most(choices) if ends else _combinations(choices):
            names = dict(self._names)
            for name, kept in zip(self._open, chosen, strict=False):
                if kept:
                    _name(names, *name)
            contents = {number: file.durable for number, file in self._files.items()}
            contents |= dict(zip(dirty, chosen[len(self._open) :], strict=True))  # type: ignore[arg-type]  # the rest of the choices are contents
            yield self._image(names, contents)

    def _maybe(self) -> set[int]:
        """Files that have no name any more, but might have it back."""
        return {number for _, number in self._open} | set(self._names.values())

    def _image(self, names: Names, contents: dict[int, bytes]) -> Image:
        there = {self._root}
        for path in sorted(names):  # a name in a folder that is not there is not there either
            if path.rpartition("/")[0] in there:
                there.add(path)
        folders = sorted(path for path in there if names[path] == FOLDER)
        files = sorted((path, names[path], contents[names[path]]) for path in there if names[path] != FOLDER)
        return Image(tuple(folders), tuple(files))


def _folder_of(call: NameCall) -> str:
    return os.path.dirname(call.path)


def _name(names: Names, call: NameCall, number: int) -> None:
    if isinstance(call, Made | MadeFolder):
        names[call.path] = number
    else:
        names.pop(call.path, None)
    if isinstance(call, Renamed):
        names[call.to] = number


def _applied(data: bytes, call: Wrote | Cut, way: str) -> bytes:
    if way == "none":
        return data
    if isinstance(call, Cut):
        return data[: call.size].ljust(call.size, b"\0") if way == "all" else data
    half, size = len(call.data) // 2, len(call.data)
    piece = {
        "all": call.data,
        "half": call.data[:half],
        "zeros": bytes(size),
        "back": bytes(half) + call.data[half:],
    }[way]
    return data[: call.offset].ljust(call.offset, b"\0") + piece + data[call.offset + len(piece) :]


def _one_apart(count: int) -> Iterator[tuple[str, ...]]:
    """Each number of first parts whole with the next in every way, and each part missing alone."""
    for whole, way in itertools.product(range(count), _WAYS):
        yield ("all",) * whole + (way,) + ("none",) * (count - whole - 1)
    for missing, way in itertools.product(range(count - 1), ("none", "zeros")):
        yield ("all",) * missing + (way,) + ("all",) * (count - missing - 1)


def _least_and_most(choices: Sequence[Sequence[bool | bytes]]) -> Iterable[tuple[bool | bytes, ...]]:
    return (tuple(choice[0] for choice in choices), tuple(choice[-1] for choice in choices))


def _combinations(choices: Sequence[Sequence[bool | bytes]]) -> Iterator[tuple[bool | bytes, ...]]:
    together = 1
    for choice in choices:
        together *= len(choice)
    if together <= MOST_TOGETHER:
        yield from itertools.product(*choices)
        return
    for rest in _least_and_most(choices):
        for first, second in itertools.combinations(range(len(choices)), 2):
            for one, two in itertools.product(choices[first], choices[second]):
                chosen = list(rest)
                chosen[first], chosen[second] = one, two
                yield tuple(chosen)
