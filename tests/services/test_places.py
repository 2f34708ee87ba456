"""What is told of the folders of a home: who else can write there, and what stands where coach keeps its files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.paths import Paths
from coach.services.places import soon_told, told
from coach.storage.log import LARGEST
from tests.storage.homes import log_of, noted, open_store, put
from tests.storage.test_lock import take_locks_away


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    before = os.umask(0o077)
    path = tmp_path / "home"
    put(open_store(path), "items", "2611-a", n=1)
    yield path
    os.umask(before)


def paths(home: Path) -> Paths:
    return Paths(str(home))


def test_of_a_good_home_there_is_nothing_to_tell(home: Path, tmp_path: Path) -> None:
    assert told(paths(home)) == soon_told(paths(home)) == []
    assert told(paths(tmp_path / "nowhere")) == soon_told(paths(tmp_path / "nowhere")) == []
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("mode", [0o770, 0o702, 0o1777])
@pytest.mark.parametrize("place", ["", "data", "data/books", "state"])
def test_a_folder_others_can_write_to(home: Path, place: str, mode: int) -> None:
    folder = home / place
    folder.chmod(mode)
    [sentence] = told(paths(home))
    assert soon_told(paths(home)) == [sentence]
    assert sentence.startswith(f"Others on this computer can write to {folder}. chmod go-w {folder} ")
    folder.chmod(0o755)
    assert told(paths(home)) == []  # others who can read only are told of by doctor, which counts the files


def test_folders_further_down_are_told_too(home: Path) -> None:
    device = log_of(home).parent
    for folder in (device, home / "state" / "mirror"):
        folder.chmod(0o777)
    [sentence] = told(paths(home))
    assert f"chmod go-w {device} {home / 'state' / 'mirror'} " in sentence
    assert soon_told(paths(home)) == []


def test_a_folder_above_in_which_anybody_could_put_another_one(home: Path) -> None:
    home.parent.chmod(0o777)
    [sentence] = told(paths(home))
    assert sentence.startswith(f"Others on this computer can write to {home.parent}. ")
    home.parent.chmod(0o1777)  # as /tmp is: others may add, and not take away
    assert told(paths(home)) == []
    home.parent.chmod(0o775)  # many systems give each person a group of their own
    assert told(paths(home)) == []
    home.parent.chmod(0o700)


def test_a_folder_of_somebody_else(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.stat
    owners = {str(home / "data"): 12345, str(home / "state"): 0}

    def owned(path: str | int, **more: bool) -> os.stat_result:
        found = real(path, **more)
        owner = owners.get(str(path), found.st_uid)
        return os.stat_result((*found[:4], owner, *found[5:]))

    monkeypatch.setattr(os, "stat", owned)
    [sentence] = soon_told(paths(home))
    assert sentence.startswith(f"{home / 'data'} belongs to somebody else on this computer.")
    assert "--home" in sentence


def test_the_folder_of_the_settings_counts(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA", "STATE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name))
    monkeypatch.delenv("COACH_HOME", raising=False)
    (home / "CONFIG" / "coach").mkdir(parents=True)
    (home / "CONFIG" / "coach").chmod(0o777)
    assert str(home / "CONFIG" / "coach") in "".join(soon_told(Paths()))


def _link(path: Path) -> None:
    target = path.with_name("real")
    path.rename(target) if path.exists() else target.touch()
    path.symlink_to(target)


LINKS = [
    "data/books",
    "state/mirror",
    "state/lock",
    "state/device.json",
    "state/spool",
    "state/undo.log",
    "state/seen.json",
]


@pytest.mark.parametrize("place", [*LINKS, "log", "folder of the device", "second copy"])
def test_a_link_in_place_of_a_file_or_folder(home: Path, place: str) -> None:
    log = log_of(home)
    named = {"log": log, "folder of the device": log.parent, "second copy": home / "state" / "mirror" / log.name}
    path = named.get(place, home / place)
    _link(path)
    [sentence] = told(paths(home))
    assert sentence.startswith(f"{path} is a link")
    assert "in its place, or take the link away." in sentence


@pytest.mark.parametrize("place", ["data", "state", "config.toml"])
def test_a_link_somebody_chose_is_fine(home: Path, place: str) -> None:
    _link(home / place)
    assert told(paths(home)) == []


def _pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def test_no_plain_file_where_a_log_should_be(home: Path) -> None:
    log = log_of(home)
    _pipe(log.with_name("2026-10.log"))
    log.with_name("plan.log").mkdir()
    _pipe(home / "state" / "status")
    (home / "state" / "drafts").touch()
    log.with_name("a note of mine").mkdir()
    _pipe(home / "state" / "seen.json")
    files, folders = told(paths(home))
    assert all(str(path) in files for path in (log.with_name("2026-10.log"), log.with_name("plan.log")))
    assert all(str(home / "state" / name) in files for name in ("status", "seen.json"))
    assert "not read" in files and "a note" not in files
    assert folders.startswith(f"{home / 'state' / 'drafts'} is not a folder")


def test_a_log_that_may_not_be_read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = log_of(home)
    monkeypatch.setattr(os, "access", lambda path, mode: str(path) != str(log))
    [sentence] = told(paths(home))
    assert sentence == f"You may not read {log}. chmod u+rwX {log} ends that."


def test_a_log_that_is_too_large(home: Path) -> None:
    os.truncate(log_of(home), LARGEST + 1)
    [sentence] = told(paths(home))
    assert sentence.startswith(f"{log_of(home)} is larger than 256 MB")


def test_a_disk_without_locks(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take_locks_away(monkeypatch)
    [sentence] = told(paths(home))
    assert sentence.startswith(f"The disk under {home / 'state'} has no file locks") and "--home" in sentence


def test_names_from_elsewhere_steer_nothing(home: Path) -> None:
    """They come with the synchronised folder, and are as little to be trusted as what is in it."""
    folder = home / "data" / "books" / "zz\x1b[2J\u202e\nAll is well."
    folder.mkdir()
    (folder / "2026-11\x9b31m.log").symlink_to("nowhere")
    folder.chmod(0o777)
    for sentence in told(paths(home)):
        assert sentence.isprintable()
        assert "\\x1b[2J\\u202e\\nAll is well." in sentence


def test_looking_costs_a_command_four_looks(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(os, "stat", noted(looked, os.stat))
    soon_told(paths(home))
    assert looked == [str(home), str(home / "data"), str(home / "data" / "books"), str(home / "state")]
