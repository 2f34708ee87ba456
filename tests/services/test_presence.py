"""An open screen is known by a sign of life that ends with it, whatever the clocks do."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.services import presence
from coach.services.presence import FRESH, Presence


@pytest.fixture
def other() -> Iterator[int]:
    """Another process that is there."""
    with subprocess.Popen(["sleep", "60"]) as process:
        yield process.pid
        process.kill()


def steady() -> float:
    return time.clock_gettime(presence._STEADY)


def test_a_sign_of_this_process_is_no_other_screen(tmp_path: Path) -> None:
    sign = Presence(str(tmp_path / "state" / "screen"))
    assert not sign.is_live()
    sign.here()
    assert (tmp_path / "state" / "screen").read_text().split()[0] == str(os.getpid())
    assert (tmp_path / "state" / "screen").stat().st_mode & 0o777 == 0o600
    assert not sign.is_live()
    sign.gone()
    sign.gone()
    assert not list((tmp_path / "state").iterdir())


def test_one_of_another_counts_for_a_minute(tmp_path: Path, other: int) -> None:
    path = tmp_path / "screen"
    sign = Presence(str(path))
    for ago, live in ((0, True), (FRESH - 5, True), (FRESH + 5, False), (-30, False)):
        path.write_text(f"{other} {steady() - ago}\n")
        assert sign.is_live() is live, ago
    path.write_text(f"{other} {steady()}\n")
    sign.gone()
    assert sign.is_live(), "another's sign is not taken back"


def test_one_that_ended_without_a_word_is_not_waited_for(tmp_path: Path) -> None:
    with subprocess.Popen(["true"]) as process:
        pass
    path = tmp_path / "screen"
    path.write_text(f"{process.pid} {steady()}\n")
    assert not Presence(str(path)).is_live()


@pytest.mark.parametrize(
    "written", ["", "x", "1", "1 2 3", "-1 {now}", "0 {now}", "99999999999999999999 {now}", "{pid} nan", "{pid} inf"]
)
def test_a_strange_sign_is_none(tmp_path: Path, other: int, written: str) -> None:
    path = tmp_path / "screen"
    path.write_text(written.format(now=steady(), pid=other))
    assert not Presence(str(path)).is_live()


def test_where_no_sign_can_be_given_nothing_stops(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("not a folder")
    sign = Presence(str(tmp_path / "state" / "screen"))
    sign.here()
    sign.gone()
    assert not sign.is_live()
