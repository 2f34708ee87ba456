"""What a scene is, and where it is played: steps, and what every record is after each of them."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from coach.paths import Paths
from coach.storage import disk
from coach.storage.drafts import Drafts
from coach.storage.ledger import Ledger
from coach.storage.settings import read_settings
from coach.storage.store import Store
from tests.storage.homes import NOVEMBER, Clock, visible

_MEMORY = Path("/dev/shm")
FORMS, PROMPTS = ("journal",), ("p-a@2026-11-23T07:30:00", "p-b@2026-11-23T08:30:00")
Key = tuple[str, str]
"""Table and record."""
Content = dict[Key, dict[str, Any]]
_OPEN, _CLOSE, _LOCK, _MKDIR = os.open, os.close, fcntl.flock, os.mkdir


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a person does, and what is there then: fields by record, None for one that is gone."""

    label: str
    do: Callable[[Store], object]
    then: Mapping[Key, dict[str, Any] | None]
    busy: bool = False
    """Somebody else holds the lock meanwhile."""
    fail_sync: int = 0
    """The how-manieth wait for a file is refused, and so is the step."""
    kill_at: int = 0
    """The process is killed before so many more changes of the disk, and the step is not acknowledged."""
    anew: bool = False
    """By a process that has just been started."""
    mends: bool = False
    """From here on the log alone holds everything again."""
    goes_on: bool = False
    """Refused, it may have got so far that all of it is seen; done again it goes on from there."""
    copies: bool = False
    """Once it is done the second copies alone hold everything."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Steps over a home in which other steps were made, and reached the disk, long ago."""

    name: str
    steps: tuple[Step, ...]
    before: tuple[Step, ...] = ()

    @property
    def is_killed(self) -> bool:
        return any(step.kill_at for step in self.steps)

    @property
    def labels(self) -> dict[str, Step]:
        return {step.label: step for step in reversed((*self.before, *self.steps))}


def content(store: Store) -> Content:
    """Everything a person would see."""
    books = (visible(store, "plan"), visible(store, NOVEMBER), _beside(store.paths))
    return {(table, record): dict(fields) for book in books for table in book for record, fields in book[table].items()}


def _beside(paths: Paths) -> dict[str, dict[str, Any]]:
    """What is kept beside the books, as if it were records."""
    drafts = Drafts(os.path.join(paths.state, "drafts"))
    forms = [form for form in FORMS if drafts.get(form)]
    claimed = Ledger(os.path.join(paths.state, "delivered.log")).claimed(PROMPTS)
    settings, odd = read_settings(paths.config)
    return {
        "drafts": {form: {"text": drafts.get(form)} for form in forms},
        "claims": {prompt: {} for prompt in claimed},
        "settings": {"rooms": {"open": settings.rooms, "odd": odd}} if settings.rooms or odd else {},
    }


def after(now: Content, step: Step) -> Content:
    """The content once a step was made."""
    merged = {**now, **step.then}
    return {key: fields for key, fields in merged.items() if fields is not None}


def undone(now: Content, step: Step, before: Content) -> Content:
    """The content once a step was taken back: only what still is as the step left it."""
    found = {key: dict(fields) for key, fields in now.items()}
    for key, fields in step.then.items():
        was = before.get(key)
        if fields is None:
            found |= {} if key in found or was is None else {key: was}
        elif was is None:
            found = {each: value for each, value in found.items() if (each, value) != (key, fields)}
        elif key in found:
            for name in {**was, **fields}:
                if was.get(name) != fields.get(name) and found[key].get(name) == fields.get(name):
                    found[key] |= {name: was[name]} if name in was else {}
                    found[key] = {each: value for each, value in found[key].items() if each != name or name in was}
    return found


class Stage:
    """Where a scene is played: one home, one clock, one long-lived process."""

    def __init__(self, home: Path) -> None:
        self.home, self._clock = home, Clock()
        self.store = self.opened()

    def opened(self) -> Store:
        disk._named.clear()  # a new process has waited for no names
        store = Store(Paths(str(self.home)), self._clock)
        store.appender.lock._patience = -1.0
        return store

    def play(self, step: Step) -> None:
        if step.anew:
            self.store = self.opened()
        with lock_held(self.home) if step.busy else _nothing():
            step.do(self.store)


@contextmanager
def lock_held(home: Path) -> Iterator[None]:
    """As by another process: unseen by whoever watches or spoils the system's calls."""
    for folder in (home, home / "state"):
        with suppress(FileExistsError):
            _MKDIR(folder, 0o700)
    fd = _OPEN(home / "state" / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _LOCK(fd, fcntl.LOCK_EX)
        yield
    finally:
        _CLOSE(fd)


@contextmanager
def in_memory(folder: Path) -> Iterator[Path]:
    """A folder that costs no disk, where the system has one, and no waiting for any: in these trials it is a model."""
    quick = _MEMORY if os.access(_MEMORY, os.W_OK) else folder
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(prefix="coach-fire-", dir=quick) as made:
        patch.setattr(os, "fsync", lambda fd: None)
        yield Path(made)


@contextmanager
def _nothing() -> Iterator[None]:
    yield
