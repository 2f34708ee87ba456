"""Every call to the operating system goes wrong once: what was acknowledged is there, what was refused is not."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.domain.errors import NotSaved
from coach.storage.store import Store
from tests.storage.homes import NOVEMBER, document, edit, open_store, put, visible

CALLS = ("open", "write", "fsync", "mkdir", "rename", "pread", "lseek", "fstat", "ftruncate", "utime", "unlink")
KINDS = ("EIO", "ENOSPC", "short")


class Faults:
    """Lets every call through but one; afterwards all of them again."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.made = 0
        self.fail_at, self.kind = -1, ""
        for name in CALLS:
            patch.setattr(os, name, self._watched(name, getattr(os, name)))

    def _watched(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:
            self.made += 1
            if self.made != self.fail_at:
                return real(*given, **more)
            if self.kind != "short":
                raise OSError(getattr(errno, self.kind), "a test")
            if name == "write":
                return real(given[0], bytes(given[1])[: max(1, len(given[1]) // 3)])
            return real(*given, **more)

        return call


def insert(store: Store) -> None:
    put(store, "items", "2611-new", n=1)


def change_both(store: Store) -> None:
    with store.change("Both"):
        edit(store, "items", "2611-old", n=2)
        store.table("plan", "goals").insert(document("p-new", n=1))


def everything(store: Store) -> Any:
    return visible(store), visible(store, "plan")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("prepared", [False, True], ids=["new home", "old home"])
@pytest.mark.parametrize("action", [insert, change_both])
def test_each_call_fails_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: Callable[[Store], None], prepared: bool, kind: str
) -> None:
    faults = Faults(monkeypatch)
    refused = 0
    for number in range(1, 200):
        home = tmp_path / str(number)
        faults.fail_at = -1
        if prepared or action is change_both:
            put(open_store(home), "items", "2611-old", n=1)
        if prepared:
            put(open_store(home), "goals", "p-old", n=1)
        store = open_store(home)
        before = everything(store)
        faults.made, faults.fail_at, faults.kind = 0, number, kind
        saved = True
        try:
            action(store)
        except NotSaved:
            saved, refused = False, refused + 1
        reached, faults.fail_at = faults.made >= number, -1
        after = everything(open_store(home))
        assert everything(store) == after, number
        assert saved is (after != before), number
        if not saved:
            action(store)
        assert everything(open_store(home)) == everything(store) != before, number
        insert_after = open_store(home)
        put(insert_after, "moods", "2611-later", value=1)
        assert visible(open_store(home)) == visible(insert_after)
        if not reached:
            break
    assert not reached, "the action makes more calls than this test tries"
    assert (refused == 0) is (kind == "short")
    assert number > 8
    assert NOVEMBER


def test_a_fault_that_stays_is_refused_each_time_and_harms_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path)
    put(store, "items", "2611-old", n=1)
    with monkeypatch.context() as broken:

        def never(fd: int) -> None:
            raise OSError(errno.EIO, "a test")

        broken.setattr(os, "fsync", never)
        for _ in range(3):
            with pytest.raises(NotSaved, match="EIO"):
                change_both(store)
            assert everything(store) == everything(open_store(tmp_path)) == ({"items": {"2611-old": {"n": 1}}}, {})
    change_both(store)
    assert visible(open_store(tmp_path)) == {"items": {"2611-old": {"n": 2}}}
