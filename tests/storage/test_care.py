"""Healing beside everything else: other processes, a lost id, and what killed processes left."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.domain.errors import Locked
from coach.storage import disk
from coach.storage.care.heal import heal
from coach.storage.care.quarantine import Loss, Quarantine
from tests.sources import ROOT
from tests.storage import damages
from tests.storage.damages import history, second_of, spoil
from tests.storage.homes import NOVEMBER, START, Clock, change, edit, log_of, open_store, put, visible
from tests.storage.test_heal import again
from tests.storage.test_seen import look
from tests.storage.test_trouble import impatient, lock_held_elsewhere

AN_OPEN_SCREEN = """
import sys
from datetime import timedelta
from pathlib import Path
from tests.storage.homes import START, Clock, edit, open_store, put, visible
store = open_store(Path(sys.argv[1]), Clock(START + timedelta(hours=1)))
visible(store)
for line in sys.stdin:
    if line == "write\\n":
        edit(store, "items", "2611-1", title="edited elsewhere")
        put(store, "moods", "2611-else", value=1)
    store.catch_up()
    print(sorted(visible(store)["items"]), visible(store) == visible(open_store(Path(sys.argv[1]))), flush=True)
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    history(tmp_path)
    assert heal(open_store(tmp_path), thorough=False) == []
    return tmp_path


def test_open_screens_go_on_after_their_log_was_written_anew(home: Path) -> None:
    command = [sys.executable, "-c", AN_OPEN_SCREEN, str(home)]
    screen = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert screen.stdin and screen.stdout
    try:
        store = open_store(home)
        before = visible(store)
        for word in ("look", "write", "look"):
            for path, line in ((log_of(home), 2), (second_of(home), 5)):
                spoil(path, damages.flip(line))
            stamp = store.stamp()
            assert len(heal(store, thorough=False)) == 2
            assert store.stamp() != stamp
            screen.stdin.write(f"{word}\n")
            screen.stdin.flush()
            assert screen.stdout.readline() == f"{sorted(before['items'])} True\n"
            store.catch_up()
            assert visible(store) == visible(open_store(home)) and store.unread() == {}
    finally:
        screen.stdin.close()
        screen.stdout.close()
        screen.wait(10)
    assert visible(store)["items"]["2611-1"]["title"] == "edited elsewhere"
    edit(store, "items", "2611-1", title="edited here")
    assert visible(open_store(home))["items"]["2611-1"]["title"] == "edited here"
    assert again(home) == []


def test_an_open_book_forgets_what_it_said_about_lines_that_are_gone(home: Path) -> None:
    store = open_store(home)
    spoil(log_of(home), damages.flip(2))
    visible(store)
    assert [found.why for found in store.unread().values()] == ["damaged"]
    heal(store, thorough=False)
    assert store.unread() == {}


def test_a_machine_that_lost_its_id_restores_into_its_new_log(home: Path) -> None:
    before, old = damages.contents(home), log_of(home)
    (home / "state" / "device.json").unlink()
    spoil(old, damages.flip(4))
    [mended] = look(home)
    new = Path(mended.path)
    assert new != old and mended.own and mended.restored == {date(2026, 11, 4): 1}
    assert json.loads((home / "state" / "device.json").read_text())["device"] == new.parent.name
    shutil.rmtree(home / "state" / "mirror")
    assert damages.contents(home) == before
    assert [mended.says_something for mended in look(home)] == [False] and again(home) == []


def test_the_second_copy_of_a_machine_that_lost_its_id_is_made_whole_from_its_old_log(home: Path) -> None:
    (home / "state" / "device.json").unlink()
    put(open_store(home, Clock(START + timedelta(days=1))), "items", "2611-new", n=1)
    look(home)
    before = damages.contents(home)
    spoil(second_of(home), damages.flip(4))
    [mended] = look(home)
    assert mended.unreadable == {} and mended.aside
    assert damages.contents(home) == before and again(home) == []


def test_somebody_who_writes_is_not_disturbed(home: Path) -> None:
    spoil(log_of(home), damages.flip(4))
    before = damages.everything(home)
    with lock_held_elsewhere(home), pytest.raises(Locked, match="busy"):
        heal(impatient(open_store(home)), thorough=False)
    assert damages.everything(home) == before
    assert len(look(home)) == 1
    with lock_held_elsewhere(home):  # and where nothing is to be written nobody waits
        assert heal(impatient(open_store(home)), thorough=True) == []


def test_a_waiting_change_that_cannot_be_read_is_kept_aside(home: Path) -> None:
    store = open_store(home)
    store.appender.spool.put(change(int(START.timestamp() * 1000), "zz", ("items", "2611-w", {"n": 1})))
    store.appender.spool.put(change(int(START.timestamp() * 1000), "zz", ("items", "2611-w", {"m": 1})))
    whole, spoilt = sorted((home / "state" / "spool").iterdir())
    sealed = spoilt.with_name("sealed.rec")
    sealed.write_bytes(b"e1 QUdF\n")
    data = spoil(spoilt, lambda data: data[:50])
    [mended] = look(home)
    assert (mended.path, mended.book, sum(mended.unreadable.values())) == (str(spoilt), "", 1)
    assert all(day and day.year >= 2026 for day in mended.unreadable)
    assert Path(mended.aside).read_bytes() == data
    assert Quarantine(str(home / "state" / "quarantine")).losses() == [Loss(mended.aside, "", mended.unreadable)]
    assert sorted((home / "state" / "spool").iterdir()) == sorted([whole, sealed])
    assert again(home) == []


def test_of_a_large_waiting_file_every_byte_is_kept_aside(home: Path) -> None:
    path = home / "state" / "spool" / "large.rec"
    path.parent.mkdir()
    path.write_bytes(data := b"some bytes" * 300_000)
    [mended] = look(home)
    assert (Path(mended.aside).read_bytes() == data, path.exists()) == (True, False)
    assert again(home) == []


def test_what_a_killed_process_never_finished_is_cleared_away_a_day_later(home: Path) -> None:
    names = ["state/spool/01abc.part", "state/undo.log.77.tmp", "state/drafts/x.txt.77.tmp", "config.toml.77.tmp"]
    names += [f"{log_of(home).parent.relative_to(home)}/{NOVEMBER}.log.77.tmp", "state/mirror/plan.log.77.tmp"]
    kept = ["state/notes.tmp", "state/x.part", "data/mine.77.tmp", "other.toml.77.tmp"]
    kept += [f"data/books/theirs/{NOVEMBER}.log.77.tmp"]
    for name in [*names, *kept]:
        path = home / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"half")
        os.utime(path, (START.timestamp() - 3600, START.timestamp() - 3600))
    assert look(home) == []
    assert all((home / name).exists() for name in [*names, *kept])
    heal(open_store(home, Clock(START + timedelta(days=1))), thorough=False)
    assert [name for name in names if (home / name).exists()] == []
    assert all((home / name).exists() for name in kept)


def test_bytes_in_quarantine_are_never_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quarantine = Quarantine(str(tmp_path / "quarantine"))
    synced: list[str] = []
    monkeypatch.setattr(disk, "sync_file", noted_path(synced, disk.sync_file))
    first = quarantine.keep("plan.log", b"some bytes")
    assert Path(first).name.startswith("plan.log.") and quarantine.find("plan.log", b"some bytes") == first
    assert quarantine.keep("plan.log", b"some bytes") == first
    assert synced == [first], "whoever kept it before may have been killed before it was on the disk"
    Path(first).write_bytes(b"some")  # a kill left a part
    assert quarantine.find("plan.log", b"some bytes") == ""
    second = quarantine.keep("plan.log", b"some bytes")
    assert (Path(first).read_bytes(), Path(second).read_bytes()) == (b"some", b"some bytes")
    assert Path(second).stat().st_mode & 0o777 == 0o600


def test_what_was_lost_is_noted_beside_the_bytes_for_as_long_as_they_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "quarantine"
    quarantine = Quarantine(str(folder))
    assert quarantine.losses() == []
    first, second, whole = (quarantine.keep("plan.log", data) for data in (b"some", b"other", b"restored"))
    days = {date(2026, 11, 3): 2, None: 1}
    synced: list[int] = []
    with monkeypatch.context() as patch:
        patch.setattr(disk, "sync", synced.append)
        quarantine.note(first, "plan", days)
    assert len(synced) >= 2, "the line and the name of its file are on the disk"
    quarantine.note(second, "", {None: 1})
    quarantine.note(whole, "plan", {})
    quarantine.note(first, "plan", {None: 9})
    noted = [Loss(first, "plan", days), Loss(second, "", {None: 1})]
    assert Quarantine(str(folder)).losses() == noted
    Path(second).unlink()
    assert quarantine.losses() == noted[:1]
    notes = tmp_path / "quarantine.log"
    whole_notes = notes.read_bytes()
    notes.write_bytes(whole_notes.replace(b"plan", b"plax") + b'0123 {"file":1}\nhalf')
    assert quarantine.losses() == []
    notes.unlink()
    notes.mkdir()
    assert quarantine.losses() == []


def test_of_two_damaged_copies_each_loss_is_noted_once(home: Path) -> None:
    """Also when the one who mends is stopped between them, and the second copy alone seems to have lost it then."""
    for path in (log_of(home), second_of(home)):
        spoil(path, damages.flip(4))
    whole = second_of(home).read_bytes()
    [ours, _] = look(home)
    noted = [Loss(ours.aside, NOVEMBER, {date(2026, 11, 3): 1})]
    assert Quarantine(str(home / "state" / "quarantine")).losses() == noted
    second_of(home).write_bytes(whole)
    look(home)
    assert Quarantine(str(home / "state" / "quarantine")).losses() == noted


def noted_path(into: list[str], real: Callable[[str], None]) -> Callable[[str], None]:
    def call(path: str) -> None:
        into.append(path)
        real(path)

    return call
