"""Each call to the operating system goes wrong once: what was acknowledged is there, what was refused is not."""

from __future__ import annotations

import builtins
import errno
import fcntl
import itertools
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest

from coach.domain.errors import NotSaved
from tests.fire import checks, scenes
from tests.fire.scenes import (
    BOTH,
    DELETE,
    EDIT,
    HEAL,
    INSERT,
    MERGE,
    MIRROR,
    OLD_HOME,
    REDO_EDIT,
    SUMMARY,
    TRIM,
    UNDO_EDIT,
    WAIT_BOTH,
    WAITS,
)
from tests.fire.stage import Content, Scene, Stage, Step, after, content, in_memory
from tests.fire.trial import Outcome
from tests.storage.homes import open_store

CALLS = (
    *("open", "close", "read", "write", "pwrite", "pread", "lseek", "fstat", "fsync", "ftruncate"),
    *("mkdir", "rename", "replace", "unlink", "utime", "listdir", "scandir"),
)
KINDS = ("EIO", "ENOSPC", "EINTR", "short", "dying", "torn")
"""An error once; a write that takes a part, once; everything fails from there on; the same after half a write."""
MOST_CALLS = 400

ACTIONS = (
    Scene("first start", (INSERT,)),
    Scene("first start, two books", (BOTH,)),
    Scene("first start, waiting", (WAITS,)),
    Scene("insert", (INSERT,), OLD_HOME),
    Scene("edit", (EDIT,), OLD_HOME),
    Scene("delete", (DELETE,), OLD_HOME),
    Scene("two books", (BOTH,), OLD_HOME),
    Scene("waiting", (WAITS,), OLD_HOME),
    Scene("taken in", (EDIT,), (*OLD_HOME, WAITS)),
    Scene("taken in, two books", (EDIT,), (*OLD_HOME, WAIT_BOTH)),
    Scene("torn tail sealed", (INSERT,), (*OLD_HOME, scenes.DAMAGES["torn"][0])),
    Scene("summary", (SUMMARY,), (*OLD_HOME, EDIT)),
    Scene("undo", (UNDO_EDIT,), (*OLD_HOME, EDIT)),
    Scene("redo", (REDO_EDIT,), (*OLD_HOME, EDIT, UNDO_EDIT)),
    Scene("undo log let go of old steps", (TRIM,), OLD_HOME),
    Scene("merge", (MERGE,), OLD_HOME),
    Scene("second copy", (MIRROR,), (*OLD_HOME, EDIT)),
    *(Scene(f"heal, {name}", (HEAL,), (*scenes.LONG_HOME, *done)) for name, done in scenes.DAMAGES.items()),
)


def each_call(folder: Path, share: float) -> Outcome:
    """All actions; of the calls and of the ways in which they go wrong a share."""
    return wrong_once(folder, ACTIONS, share)


def wrong_once(folder: Path, actions: Iterable[Scene], share: float, kinds: Iterable[str] = KINDS) -> Outcome:
    """Each call of the actions, each in every way."""
    tried = faults = refused = 0
    bad: list[str] = []
    with in_memory(folder) as quick:
        for tried, action in enumerate(actions, start=1):  # noqa: B007  (told at the end)
            calls, chance = Play(quick / "calls", action).counted(), Random(action.name)
            for kind, call in itertools.product(kinds, range(1, calls + 1)):
                if chance.random() < share:
                    play = Play(quick / "home", action)
                    found = list(play.with_fault(call, kind))
                    faults, refused = faults + 1, refused + play.refused
                    bad += [f"{action.name}, call {call} {kind} ({play.failed}): {what}" for what in found]
    figures = f"{tried} actions, {faults:,} faults, {refused:,} refused"
    return Outcome("each call failing once", figures, tuple(bad))


class Faults:
    """Lets every call through until one; afterwards all again, or none."""

    def __init__(self, fail_at: int, kind: str) -> None:
        self.made = 0
        self.failed = ""
        self._fail_at, self._kind = fail_at, kind

    @contextmanager
    def on(self, home: Path) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            for name in CALLS:
                patch.setattr(os, name, self._watched(name, getattr(os, name)))
            patch.setattr(fcntl, "flock", self._watched("flock", fcntl.flock))
            patch.setattr(builtins, "open", self._watched("open to read", builtins.open, str(home)))
            yield

    def _watched(self, name: str, real: Callable[..., Any], only: str = "") -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:
            if not str(given[0]).startswith(only):
                return real(*given, **more)
            self.made += 1
            if not self._fails(name):
                return real(*given, **more)
            self.failed = self.failed or name
            if name == "write" and self._kind in ("short", "torn") and self.made == self._fail_at:
                return real(given[0], bytes(given[1])[: max(1, len(given[1]) // 3)])
            if name == "close":
                real(*given)  # the system closes it, whatever it says
            raise OSError(getattr(errno, self._kind, errno.EIO), "a test")

        return call

    def _fails(self, name: str) -> bool:
        if self._kind in ("short", "torn") and self.made == self._fail_at:
            return name == "write"
        if self._kind in ("dying", "torn"):
            return self.made >= self._fail_at
        return self.made == self._fail_at


@dataclass(slots=True)
class Play:
    """An action, once, in a home of its own."""

    _home: Path
    _action: Scene
    refused: bool = False
    failed: str = ""

    def _prepared(self) -> tuple[Stage, Content, dict[str, Content]]:
        """The stage, what is there, and what was there before each step."""
        shutil.rmtree(self._home, ignore_errors=True)
        stage, now = Stage(self._home), Content()
        before: dict[str, Content] = {}
        for step in self._action.before:
            before[step.label] = now
            stage.play(step)
            now = after(now, step)
        content(stage.store)
        return stage, now, before

    def counted(self) -> int:
        """How many calls the action makes."""
        stage, _, _ = self._prepared()
        faults = Faults(-1, "")
        with faults.on(self._home):
            stage.play(self._action.steps[0])
        assert 0 < faults.made < MOST_CALLS
        return faults.made

    def with_fault(self, call: int, kind: str) -> Iterator[str]:
        """What is not as promised when that call goes wrong."""
        stage, now, before = self._prepared()
        step, faults = self._action.steps[0], Faults(call, kind)
        then = after(now, step)
        try:
            with faults.on(self._home):
                stage.play(step)
        except NotSaved as error:
            self.refused = True
            yield from _unclear(str(error))
        except Exception as error:
            yield f"{type(error).__name__} instead of a sentence: {error}"
            return
        self.failed = faults.failed
        before[step.label] = content(open_store(self._home)) if self.refused else now
        # A disk that dies cannot take back what it was told to forget: then it may be there, but whole.
        possible = [now, then] if kind in ("dying", "torn") or step.goes_on else [now]
        yield from self._left(stage, possible if self.refused else [then])
        if self.refused:
            yield from self._again(stage, step, then)
        yield from checks.problems(self._home, self._action.labels, before)

    def _left(self, stage: Stage, possible: list[Content]) -> Iterator[str]:
        found = content(open_store(self._home))
        if found not in possible:
            yield f"{'refused' if self.refused else 'acknowledged'}, and there is {found}, and not one of {possible}"
        stage.store.catch_up()
        if (remembered := content(stage.store)) != found:
            yield f"the process that wrote it shows {remembered}, and not {found}"

    def _again(self, stage: Stage, step: Step, then: Content) -> Iterator[str]:
        try:
            stage.play(step)
        except NotSaved as error:
            yield f"refused again, though nothing fails any more: {error}"
            return
        for store in (stage.store, open_store(self._home)):
            if (found := content(store)) != then:
                yield f"once more, and there is {found}, and not {then}"


def _unclear(sentence: str) -> Iterator[str]:
    if not sentence.endswith(".") or "Errno" in sentence or "error" in sentence:
        yield f"that is no sentence for a person: {sentence}"
