"""Healing itself under fire: stopped at any call, and after any damage to any one file."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.errors import NotSaved
from coach.storage import log
from coach.storage.care.mended import Mended
from tests.storage import damages
from tests.storage.damages import both_copies, history, second_of, spoil
from tests.storage.homes import START, Clock, edit, log_of, open_store, put, visible
from tests.storage.test_heal import again
from tests.storage.test_seen import look

CALLS = ("open", "write", "fsync", "rename", "unlink", "ftruncate")


class Killed(BaseException):
    """The process ends here."""


class Stops:
    """Lets calls through up to one of them: that one finds a full disk, or it and all later ones are never made."""

    def __init__(self, patch: pytest.MonkeyPatch, at: int, kind: str) -> None:
        self.made, self._at, self._kind = 0, at, kind
        for name in CALLS:
            patch.setattr(os, name, self._watched(getattr(os, name)))

    def _watched(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:
            self.made += 1
            if self._kind == "killed" and self.made >= self._at:
                raise Killed
            if self.made == self._at:
                raise OSError(errno.ENOSPC, "full")
            return real(*given, **more)

        return call


def damaged_home(home: Path) -> set[bytes]:
    """A log and its second copy, damaged at different places; their bytes."""
    history(home)
    look(home)
    put(open_store(home, Clock(START + timedelta(days=1))), "goals", "p-g", n=1)
    return {spoil(log_of(home), damages.flip(2, 3)), spoil(second_of(home), damages.flip(5))}


@pytest.mark.parametrize("kind", ["full", "killed"])
def test_whatever_call_it_stops_at_everything_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    first, refused = tmp_path / "first", 0
    spoilt = damaged_home(first)
    before, copies = damages.contents(first), both_copies(first)
    for number in range(1, 200):
        home = tmp_path / str(number)
        shutil.copytree(first, home)
        told: list[Mended] = []
        with monkeypatch.context() as patch, suppress(Killed):
            stops = Stops(patch, number, kind)
            try:
                told = look(home)
            except NotSaved as sentence:
                refused += 1
                assert str(sentence).startswith("Not saved: the disk is full.")
                assert both_copies(home) == copies
        assert damages.contents(home) == before, number
        told += look(home)
        assert kind == "killed" or sum(sum(mended.restored.values()) for mended in told) == 2, number
        assert damages.contents(home) == before and again(home) == []
        assert both_copies(home)[0] == both_copies(home)[1]
        assert damages.aside(home) >= spoilt, number
        if stops.made < number:
            break
    assert 20 < number < 199
    assert (refused > 5) is (kind == "full")


@st.composite
def any_damage(draw: st.DrawFn) -> damages.Damage:
    start, length = draw(st.floats(0, 1)), draw(st.integers(1, 700))
    kind = draw(st.sampled_from(["flip", "cut", "zero", "garbage", "again", "empty"]))

    def damage(data: bytes) -> bytes:
        at = min(len(data) - 1, int(start * len(data)))
        return {
            "flip": data[:at] + bytes([data[at] ^ (1 << length % 8)]) + data[at + 1 :],
            "cut": data[:at],
            "zero": data[:at] + bytes(len(data[at : at + length])) + data[at + length :],
            "garbage": data[:at] + b"\x00\xff{}\n" * (length % 9 + 1) + data[at:],
            "again": data + data[-length:],
            "empty": b"",
        }[kind]

    return damage


@settings(max_examples=25, deadline=None)
@given(
    steps=st.lists(st.tuples(st.sampled_from("1234"), st.booleans(), st.integers(0, 9)), min_size=1, max_size=12),
    damage=any_damage(),
    is_second=st.booleans(),
    seen_at=st.integers(0, 12),
)
def test_any_one_file_may_be_damaged(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[str, bool, int]],
    damage: damages.Damage,
    is_second: bool,
    seen_at: int,
) -> None:
    home = tmp_path_factory.mktemp("home")
    store = open_store(home)
    for number, (record, is_edit, value) in enumerate(steps):
        if is_edit and f"2611-{record}" in visible(store).get("items", {}):
            edit(store, "items", f"2611-{record}", n=value)
        else:
            put(store, "items", f"2611-{record}", n=value, text="x" * value * 40)
        if number == seen_at:
            assert look(home) == []
    before = damages.contents(home)
    path = second_of(home) if is_second else log_of(home)
    head = path.read_bytes().split(b"\n")[0]
    spoilt = spoil(path, damage)
    mended = look(home)
    assert damages.contents(home) == before
    ours, seconds = both_copies(home)
    assert {one.stamp for one in ours} == {one.stamp for one in seconds}
    lines = spoilt.split(b"\n")
    odd = [line for line in lines[1:-1] if isinstance(log.decode(line), log.Unread)] + lines[-1:]
    assert not any(odd) or spoilt in damages.aside(home) or lines[0] != head
    assert all(one.missing == {} for one in mended) and again(home) == []
    shutil.rmtree(home)
