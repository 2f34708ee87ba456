"""Power cuts, in the suite: of every moment the disk with the least and the one with the most on it, and a few more."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.fire import power
from tests.fire.images import Disk
from tests.fire.recorder import Cut, Made, MadeFolder, Recorder, Renamed, Synced, SyncedFolder, Unlinked, Wrote
from tests.fire.scenes import SCENES


def test_a_share_of_all_disks(tmp_path: Path) -> None:
    outcome = power.power_cut(tmp_path, 0.01)
    assert outcome.held, outcome.told()


def contents(disk: Disk, root: Path) -> set[frozenset[tuple[str, bytes]]]:
    """The files of every disk that may be left."""
    found = list(disk.images())
    ends = list(disk.images(ends=True))
    assert {*ends} <= {*found}
    return {frozenset((os.path.relpath(path, root), data) for path, _, data in image.files) for image in found}


def follow(root: Path, *steps: object) -> set[frozenset[tuple[str, bytes]]]:
    disk = Disk(str(root))
    for step in steps:
        disk.follow(step)  # type: ignore[arg-type]  # calls of every kind
    return contents(disk, root)


def one(**files: bytes) -> frozenset[tuple[str, bytes]]:
    return frozenset(files.items())


def test_what_was_not_waited_for_is_there_in_any_part(tmp_path: Path) -> None:
    made, wrote = Made(f"{tmp_path}/a", 1), Wrote(1, 0, b"abcd")
    parts = {one(a=data) for data in (b"", b"ab", b"\0\0\0\0", b"\0\0cd", b"abcd")}
    assert follow(tmp_path, made, wrote) == {one(), *parts}
    assert follow(tmp_path, made, wrote, SyncedFolder(str(tmp_path))) == parts
    assert follow(tmp_path, made, wrote, Synced(1)) == {one(), one(a=b"abcd")}
    assert follow(tmp_path, made, wrote, Synced(1), SyncedFolder(str(tmp_path))) == {one(a=b"abcd")}


def test_a_new_name_is_on_the_disk_or_not_and_never_half(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    number = os.stat(tmp_path / "a").st_ino
    assert number != 1
    new = (Made(f"{tmp_path}/t", 1), Wrote(1, 0, b"new"), Synced(1), Renamed(f"{tmp_path}/t", f"{tmp_path}/a"))
    assert follow(tmp_path, *new) == {one(a=b"old"), one(a=b"old", t=b"new"), one(a=b"new")}
    assert follow(tmp_path, *new, SyncedFolder(str(tmp_path))) == {one(a=b"new")}
    assert follow(tmp_path, Unlinked(f"{tmp_path}/a")) == {one(a=b"old"), one()}


def test_a_folder_that_is_lost_takes_along_what_is_in_it(tmp_path: Path) -> None:
    folder = MadeFolder(f"{tmp_path}/f")
    calls = (folder, Made(f"{tmp_path}/f/a", 1), SyncedFolder(f"{tmp_path}/f"))
    assert follow(tmp_path, *calls) == {one(), frozenset({("f/a", b"")})}
    assert follow(tmp_path, *calls, SyncedFolder(str(tmp_path))) == {frozenset({("f/a", b"")})}


def test_a_refused_wait_leaves_doubt_until_it_is_written_again(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old\n")
    number = os.stat(tmp_path / "a").st_ino
    refused = (Wrote(number, 4, b"new\n"), Synced(number, done=False))
    doubtful = {one(a=b"old\n" + data) for data in (b"", b"ne", b"\0\0\0\0", b"\0\0w\n", b"new\n")}
    assert follow(tmp_path, *refused, Synced(number)) == doubtful
    again = (*refused, Cut(number, 4), Wrote(number, 4, b"new\n"), Synced(number))
    assert follow(tmp_path, *again) == {one(a=b"old\nnew\n")}


def test_the_recorder_misses_nothing(tmp_path: Path) -> None:
    """Else the trial would not try what the store does; each scene compares the record with the disk at its end."""
    film = power.Film(tmp_path / "film", SCENES["insert"])
    film.calls[:] = [call for call in film.calls if not isinstance(call, Wrote)]
    with pytest.raises(AssertionError, match="went past the recorder"):
        list(film.cases(1))
    with Recorder(str(tmp_path)).on(), pytest.raises(AssertionError, match="does not know"):
        os.link(tmp_path / "a", tmp_path / "b")


def test_every_scene_is_played_as_it_is_written(tmp_path: Path) -> None:
    films = {name: power.Film(tmp_path / str(number), scene) for number, (name, scene) in enumerate(SCENES.items())}
    assert not any(film.unlike for film in films.values())
    for kind in ("first start", "waiting", "heal", "draft", "claim", "taken in"):
        ends = [film.is_over for name, film in films.items() if name.startswith(f"{kind}, killed")]
        assert True in ends, f"{kind}: the process makes more calls than are tried"
        assert ends.index(True) > 5
