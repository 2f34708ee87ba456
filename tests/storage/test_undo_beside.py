"""Two processes note steps in one undo log at a time: the one that has the lock, and one that did not get it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.storage import disk, undo
from coach.storage.undo import UndoLog


def step(name: str) -> undo.Step:
    return undo.step(name, "Done", (("goals", "p-a", {"title": ["one", name]}),), None)


def meanwhile(patch: pytest.MonkeyPatch, call: str, do: Callable[[], object], *, before: bool) -> None:
    """Does something just before or after the next call to the system of this name."""
    real, todo = getattr(os, call), [do]

    def watched(*given: Any, **more: Any) -> Any:
        now = todo.pop() if todo else lambda: None
        if before:
            now()
            return real(*given, **more)
        done = real(*given, **more)
        now()
        return done

    patch.setattr(os, call, watched)


@pytest.fixture
def log(tmp_path: Path) -> UndoLog:
    log = UndoLog(str(tmp_path / "undo.log"))
    log.keep(step("first"))
    return log


def ids(log: UndoLog) -> set[str]:
    return {one.id for one in log.steps()}


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("call", ["open", "write", "fstat", "close"])
def test_each_adds_at_any_moment(log: UndoLog, monkeypatch: pytest.MonkeyPatch, call: str, before: bool) -> None:
    meanwhile(monkeypatch, call, lambda: log.keep(step("a much longer other"), alone=False), before=before)
    log.keep(step("mine"))
    assert ids(log) == {"first", "a much longer other", "mine"}


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("call", ["fstat", "write", "rename"])
def test_one_adds_while_the_other_lets_old_steps_go(
    log: UndoLog, monkeypatch: pytest.MonkeyPatch, call: str, before: bool
) -> None:
    monkeypatch.setattr(undo, "KEPT_BYTES", 300)
    for name in ("second", "third", "fourth", "fifth", "sixth"):
        log.keep(step(name), alone=False)
    real = UndoLog._let_go

    def let_go(self: UndoLog) -> None:
        meanwhile(monkeypatch, call, lambda: log.keep(step("other"), alone=False), before=before)
        real(self)

    monkeypatch.setattr(UndoLog, "_let_go", let_go)
    log.keep(step("mine"))
    assert {"other", "mine"} <= ids(log) and "first" not in ids(log)


def test_a_step_for_a_log_that_was_replaced_since_it_was_opened(
    tmp_path: Path, log: UndoLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes to the new one too."""
    path = str(tmp_path / "undo.log")
    meanwhile(monkeypatch, "open", lambda: disk.replace(path, b"", durable=False), before=False)
    log.keep(step("other"), alone=False)
    assert ids(log) == {"other"}


def test_who_has_no_lock_lets_nothing_go(log: UndoLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo, "KEPT_BYTES", 0)
    log.keep(step("other"), alone=False)
    assert ids(log) == {"first", "other"}


@pytest.mark.parametrize("alone", [True, False])
def test_nothing_grows_into_a_torn_end(tmp_path: Path, log: UndoLog, alone: bool) -> None:
    log.keep(step("torn"))
    path = tmp_path / "undo.log"
    path.write_bytes(path.read_bytes()[:-9])
    log.keep(step("mine"), alone=alone)
    assert ids(log) == {"first", "mine"}
