"""What may not be written is told, before anybody finds out by losing a line they typed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from coach.paths import Paths
from coach.services.closed_places import not_writable
from tests.storage.homes import log_of, open_store, put


@pytest.mark.parametrize("closed", ["data", "state", "state/lock", "log", "state/mirror"])
def test_what_is_closed_is_named_with_the_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, closed: str) -> None:
    put(open_store(tmp_path), "items", "2611-a", n=1)
    assert list(not_writable(Paths(str(tmp_path)))) == []
    place = str(log_of(tmp_path) if closed == "log" else tmp_path / closed)
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: real(path, mode) and (path != place or mode != os.W_OK))
    [told] = not_writable(Paths(str(tmp_path)))
    assert told.startswith(f"coach may not write to {place}, so nothing new can be kept ")
    assert f"chmod u+w {place} ends that" in told


def test_a_home_that_is_not_there_yet_is_fine(tmp_path: Path) -> None:
    assert list(not_writable(Paths(str(tmp_path / "new")))) == []
