"""A change is the same one in whatever file it stands: it is missing when no file holds it any more, and only then."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coach.storage.care.heal import heal
from coach.storage.care.mended import Mended
from tests.storage import damages
from tests.storage.damages import history, second_of, spoil
from tests.storage.homes import NOVEMBER, change, log_of, open_store, write_lines
from tests.storage.test_heal import again
from tests.storage.test_seen import look, of_november, their_log


@pytest.fixture
def home(tmp_path: Path) -> Path:
    history(tmp_path)
    assert heal(open_store(tmp_path), thorough=False) == []
    return tmp_path


def merged_into(home: Path, *devices: str) -> None:
    """Other devices took in what their_log holds, as coach merge does."""
    lines = their_log(home).read_bytes().partition(b"\n")[2]
    for device in devices:
        write_lines(home, device, NOVEMBER, lines)


def test_what_a_device_took_in_from_another_is_not_missing_while_that_one_holds_it(home: Path) -> None:
    merged_into(home, "bb")
    assert look(home) == []
    shutil.rmtree(home / "data" / "books" / "bb")
    assert again(home) == []
    spoil(home / "data" / "books" / "zz" / f"{NOVEMBER}.log", damages.ends_after(3))
    assert [told.missing for told in look(home)] == [of_november(4)]


@pytest.mark.parametrize("is_thorough", [False, True])
def test_what_two_files_held_is_missing_once(home: Path, is_thorough: bool) -> None:
    merged_into(home, "bb", "cc")
    look(home)
    for device in ("bb", "cc", "zz"):
        shutil.rmtree(home / "data" / "books" / device)
    assert [told.missing for told in look(home, thorough=is_thorough)] == [of_november(1, 2, 3, 4)]


def test_what_only_a_conflict_copy_held_is_told_when_it_is_tidied_away(home: Path) -> None:
    copy = log_of(home).with_name(f"{NOVEMBER}.sync-conflict-1.log")
    shutil.copy(log_of(home), copy)
    (home / "state" / "seen.json").unlink()
    for path in (log_of(home), second_of(home)):
        spoil(path, damages.ends_after(6))
    assert look(home) == []
    copy.unlink()
    assert look(home) == [Mended(str(copy), NOVEMBER, True, missing=of_november(7, 8))]
    assert look(home) == []
    assert [told.missing for told in look(home, thorough=True)] == [of_november(7, 8)]


def test_a_conflict_copy_that_is_tidied_away_takes_nothing_with_it(home: Path) -> None:
    copy = log_of(home).with_name(f"{NOVEMBER}.sync-conflict-1.log")
    shutil.copy(log_of(home), copy)
    assert look(home) == []
    copy.unlink()
    assert again(home) == []


def test_what_two_other_files_hold_counts_once(home: Path) -> None:
    """Otherwise it would stand for another change of that day, which nothing holds."""
    merged_into(home, "bb", "cc")
    path = write_lines(home, "zz", NOVEMBER, change(5, "zz", ("items", "2611-more", {"day": "2026-11-04"})))
    look(home)
    spoil(path, damages.ends_after(3))
    assert [told.missing for told in look(home)] == [of_november(4)]
