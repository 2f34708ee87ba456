"""What merge is given: damaged, newer and foreign files, whole homes, folders without end."""

from __future__ import annotations

import os
import random
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.domain.errors import NotFound, Refused
from coach.exchange import merging
from coach.exchange.merging import merge
from coach.storage import log
from coach.storage.clock import LATEST_MS
from coach.storage.store import Store
from tests.exchange.whole import change_two_books, everything, lines_of
from tests.storage.homes import NOVEMBER, change, log_of, open_store, put, visible, write_lines
from tests.storage.test_devices import newer
from tests.storage.test_trouble import impatient, lock_held_elsewhere

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "home")


def test_what_cannot_be_taken_in_is_counted_and_the_rest_is_taken(tmp_path: Path, store: Store) -> None:
    good = [change(ms, "zz", ("items", f"2611-{ms}", {"n": ms})) for ms in (1, 2)]
    late = change(LATEST_MS, "zz", ("items", "2611-late", {}))
    bad: list[log.Change | bytes] = [
        b"\x00" * 50 + b"\n",
        newer(["items", "2611-new", {}]),
        newer(),
        b"e1 QUdF\n",
        late,
    ]
    path = write_lines(tmp_path, "zz", NOVEMBER, good[0], *bad, good[1])
    path.write_bytes(path.read_bytes()[:-1])  # the last line lost its newline, and nothing else
    found = merge(store, [str(path)])
    assert (found.taken, found.unreadable, found.newer, found.files) == (2, 2, 3, 1)
    assert sorted(visible(store)["items"]) == ["2611-1", "2611-2"]
    assert [note.removeprefix(f"{path}: ") for note in found.notes] == [
        "1 line is unreadable, so nothing was taken from there.",
        "1 line is dated after 2100, which no clock should say, and left out.",
        "2 lines are from a newer coach: update coach, then merge again.",
        "1 line is sealed, which this coach cannot open.",
    ]
    assert merge(store, [str(path)]).taken == 0


def test_files_that_are_no_logs_are_named_and_harm_nothing(tmp_path: Path, store: Store) -> None:
    good = write_lines(tmp_path, "zz", NOVEMBER, change(1, "zz", ("items", "2611-a", {"n": 1})))
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "mine.json").write_text('{\n "coach": 1, "tables": {}}')
    (tmp_path / "picture\x1b]52;.log").write_bytes(bytes(range(256)) * 99)
    os.mkfifo(tmp_path / "pipe")
    names = ["missing", "link", "mine.json", "picture\x1b]52;.log", "pipe", "empty", str(good)]
    found = merge(store, [str(tmp_path / name) for name in names])
    assert (found.taken, found.files) == (1, 1)
    assert [note.removeprefix(f"{tmp_path}/") for note in found.notes[:3]] == [
        "missing cannot be read: no such file or directory.",
        "link is a link to nothing.",
        "mine.json is no log of coach. It is an export: coach import takes it.",
    ]
    assert "\\x1b]52;" in found.notes[3] and found.notes[3].endswith(" is no log of coach.")
    assert found.notes[4:] == (
        f"{tmp_path}/pipe is no file that can be read.",
        f"{tmp_path}/empty holds no log of coach.",
    )


def test_with_nothing_readable_nothing_is_touched(tmp_path: Path, store: Store) -> None:
    only_newer = write_lines(tmp_path, "zz", NOVEMBER, newer(["items", "2611-a", {}]))
    for name, told in ((only_newer, "update coach"), (tmp_path / "missing", "no such file")):
        with pytest.raises(NotFound, match=told):
            merge(store, [str(name)])
    empty = write_lines(tmp_path, "yy", NOVEMBER)
    with pytest.raises(NotFound, match="nothing to take in"):
        merge(store, [str(empty)])
    assert not (tmp_path / "home").exists()


def test_too_large_a_file_or_a_folder_is_left_alone(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_lines(tmp_path, "zz", NOVEMBER, change(1, "zz", ("items", "2611-a", {"n": 1})))
    with monkeypatch.context() as patch:
        patch.setattr(log, "LARGEST", 100)
        with pytest.raises(NotFound, match="larger than"):
            merge(store, [str(path)])
    monkeypatch.setattr(merging, "MOST_LOOKED_AT", 0)
    with pytest.raises(Refused, match="Name the folder"):
        merge(store, [str(tmp_path)])


def test_many_sentences_become_a_few(tmp_path: Path, store: Store) -> None:
    with pytest.raises(NotFound) as told:
        merge(store, [str(tmp_path / f"missing{number}") for number in range(99)])
    assert str(told.value).count("missing") == 10
    assert "89 more" in str(told.value)


def test_a_whole_old_home_brings_what_waits_and_nothing_but_changes(tmp_path: Path, store: Store) -> None:
    old = tmp_path / "old"
    first = impatient(open_store(old))
    change_two_books(first)
    with lock_held_elsewhere(old):
        put(first, "items", "2611-waits", n=1)
    shutil.copy(log_of(old), log_of(old).with_name("2026-11.sync-conflict-20261123-101010-ABC.log"))
    (old / "state" / "quarantine").mkdir()
    shutil.copy(log_of(old), old / "state" / "quarantine" / "2026-11.0123456789")
    shutil.copy(log_of(old), old / ".2026-11.log.tmp")  # as a synchroniser names what is not finished
    found = merge(store, [str(old), str(old / "data")])
    assert (found.taken, found.known, found.files, found.notes) == (2, 0, 7, ())
    assert everything(tmp_path / "home") == everything(old)


def test_damaged_files_give_what_is_whole_in_them_and_nothing_else(tmp_path: Path) -> None:
    """Flips, cuts, zeroes, garbage and repeated ends: no line is ever taken in that nobody wrote."""
    chance = random.Random(20261123)
    other = tmp_path / "other"
    source = open_store(other)
    for number in range(12):
        put(source, "items", f"2611-{number}", n=number)
    data, wanted = log_of(other).read_bytes(), set(lines_of(other))
    for trial in range(60):
        hurt = bytearray(data)
        at, length = chance.randrange(len(data)), chance.randrange(1, 400)
        match trial % 5:
            case 0:
                hurt[at] ^= 1 << chance.randrange(8)
            case 1:
                del hurt[at:]
            case 2:
                hurt[at : at + length] = bytes(length)
            case 3:
                hurt[at:at] = chance.randbytes(length)
            case 4:
                hurt += hurt[at:]
        file = tmp_path / "2026-11.log"
        file.write_bytes(hurt)
        home = tmp_path / f"home{trial}"
        try:
            found = merge(open_store(home), [str(file)])
        except NotFound:
            continue
        assert set(lines_of(home)) <= wanted
        assert found.taken == len(lines_of(home)) >= sum(line in hurt.split(b"\n") for line in wanted)
