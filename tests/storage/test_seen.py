"""A log that holds less than it did is noticed: put right where a copy remains, and told by day and count where not."""

from __future__ import annotations

import os
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.storage import disk, log
from coach.storage.care.heal import heal
from coach.storage.care.lines import Line
from coach.storage.care.mended import Mended
from coach.storage.care.seen import Seen, Sight
from tests.storage import damages
from tests.storage.damages import history, second_of, spoil
from tests.storage.homes import NOVEMBER, START, Clock, change, log_of, noted, open_store, put, write_lines
from tests.storage.test_heal import again, healed


@pytest.fixture
def home(tmp_path: Path) -> Path:
    history(tmp_path)
    assert heal(open_store(tmp_path), thorough=False) == []
    return tmp_path


def look(home: Path, *, thorough: bool = False) -> list[Mended]:
    return heal(open_store(home), thorough=thorough)


def of_november(*days: int) -> dict[date | None, int]:
    return {date(2026, 11, day): 1 for day in days}


def their_log(home: Path, count: int = 4, gen: int = 1) -> Path:
    """Another device's log; change n is about day n."""
    folder = home / "data" / "books" / "zz"
    shutil.rmtree(folder, ignore_errors=True)
    lines = [
        log.encode(change(n, "zz", ("items", f"2611-z{n}", {"day": f"2026-11-{n:02}"}))) for n in range(1, count + 1)
    ]
    path = write_lines(home, "zz", NOVEMBER)
    path.write_bytes(log.encode_head("zz", NOVEMBER, gen) + b"".join(lines))
    return path


@pytest.mark.parametrize("grown", [False, True], ids=["as it was", "grown by a write since"])
@pytest.mark.parametrize("is_copied", [False, True], ids=["by a link's change", "byte by byte"])
def test_a_data_folder_rolled_back_is_healed_from_the_second_copy(tmp_path: Path, is_copied: bool, grown: bool) -> None:
    home, older = tmp_path / "home", tmp_path / "older"
    history(home)
    look(home)
    shutil.copytree(home / "data", older)
    for number in range(11, 15):
        put(open_store(home), "items", f"2611-{number}", day=f"2026-11-{number}")
    assert look(home) == []
    if is_copied:
        for path in older.rglob("*.log"):
            (home / "data" / path.relative_to(older)).write_bytes(path.read_bytes())
    else:
        shutil.rmtree(home / "data")
        shutil.copytree(older, home / "data")
    if grown:
        put(open_store(home), "moods", "2611-long", text="longer than all that was lost " * 40)
    before = damages.contents(home)
    assert healed(home).restored == of_november(11, 12, 13, 14)
    assert damages.contents(home) == before
    shutil.rmtree(home / "state" / "mirror")
    assert damages.contents(home) == before


def test_what_of_a_log_and_its_second_copy_is_gone_is_told_until_it_is_back(home: Path) -> None:
    before = damages.contents(home)
    whole = log_of(home).read_bytes()
    for path in (log_of(home), second_of(home)):
        spoil(path, damages.ends_after(6))
    [told] = look(home)
    assert (told.path, told.own, told.missing) == (str(log_of(home)), True, of_november(7, 8))
    assert (told.restored, told.unreadable, told.aside) == ({}, {}, "")
    assert look(home) == []
    assert look(home, thorough=True) == [told] == look(home, thorough=True)
    put(open_store(home, Clock(START + timedelta(days=1))), "items", "2611-more", day="2026-11-08")
    assert look(home) == [], "an entry more of that day does not make up for the lost one"
    assert look(home, thorough=True) == [told]
    log_of(home).write_bytes(whole)
    assert all(mended.missing == {} for mended in look(home))
    assert again(home) == []
    assert damages.contents(home)[0]["items"].items() >= before[0]["items"].items()


def test_lines_that_were_lost_and_lines_that_are_gone_are_not_counted_twice(home: Path) -> None:
    for path in (log_of(home), second_of(home)):
        spoil(path, damages.flip(3))
        spoil(path, damages.ends_after(6))
    ours, second = look(home)
    assert sum(ours.unreadable.values()) == 1 and sum(ours.missing.values()) == 2
    assert second.unreadable == second.missing == {}


def test_another_devices_log_that_holds_less_is_told_by_day_and_count(home: Path) -> None:
    path = their_log(home)
    assert look(home) == []
    their_log(home, 2)
    [told] = look(home)
    assert told == Mended(str(path), NOVEMBER, False, missing=of_november(3, 4))
    assert look(home) == []
    assert look(home, thorough=True) == [told]
    their_log(home, 1)
    assert [told.missing for told in look(home)] == [of_november(2, 3, 4)]
    their_log(home, 3)
    assert look(home) == [], "some of it came back, and the rest was told"
    assert [told.missing for told in look(home, thorough=True)] == [of_november(4)]
    their_log(home)
    assert again(home) == []


def test_another_devices_log_that_is_gone_is_told(home: Path) -> None:
    shutil.rmtree(their_log(home, 2).parent)
    their_log(home, 2)
    look(home)
    shutil.rmtree(home / "data" / "books" / "zz")
    assert [told.missing for told in look(home)] == [of_november(1, 2)]
    assert look(home) == []
    assert [told.missing for told in look(home, thorough=True)] == [of_november(1, 2)]


def test_whoever_writes_a_log_anew_means_it(home: Path) -> None:
    their_log(home)
    look(home)
    their_log(home, 2, gen=2)
    assert again(home) == []
    their_log(home, 1, gen=2)
    assert [told.missing for told in look(home)] == [of_november(2)]


def test_what_another_file_holds_is_not_missing(home: Path) -> None:
    path = their_log(home)
    look(home)
    shutil.copy(path, path.with_name(f"{NOVEMBER} (conflicted copy).log"))
    spoil(path, damages.ends_after(2))
    assert again(home) == []


@pytest.mark.parametrize("damage", [damages.emptied, damages.flip(0), damages.ends_after(0, -9), damages.garbage])
def test_without_what_was_seen_nothing_is_lost_but_the_comparison(home: Path, damage: damages.Damage) -> None:
    spoil(home / "state" / "seen.json", damage)
    assert again(home) == []
    (home / "state" / "seen.json").unlink()
    spoil(log_of(home), damages.flip(4))
    assert healed(home).restored == of_november(4)


def test_a_quick_look_reads_only_what_was_added(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    their_log(home)
    for number in range(6):
        put(open_store(home), "goals", f"p-{number}", n=1)
    look(home)
    read: list[str] = []
    decoded: list[bytes] = []
    monkeypatch.setattr(log, "decode", noted(decoded, log.decode))
    monkeypatch.setattr(disk, "read", noted(read, disk.read))
    monkeypatch.setattr(os, "open", noted(read, os.open))
    look(home)
    assert decoded == []
    assert not [path for path in read if path.endswith(".log")]
    store = open_store(home)
    put(store, "goals", "p-h", n=1)
    decoded.clear()
    assert heal(store, thorough=False) == []
    assert len(decoded) == 2, "the new line in the log, and in its second copy"


def test_files_that_are_not_ours_to_read_are_left_alone(home: Path) -> None:
    path, elsewhere = log_of(home), home / "elsewhere"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    spoil(elsewhere, damages.flip(3))
    theirs = their_log(home)
    theirs.unlink()
    theirs.symlink_to("nowhere")
    before = elsewhere.read_bytes()
    assert again(home) == []
    assert path.is_symlink() and elsewhere.read_bytes() == before
    path.unlink()
    path.mkdir()
    assert again(home) == []


@pytest.mark.parametrize(
    "days",
    [{}, {None: 3}, {date(1999, 1, 2): 1, date(2026, 11, 3): 40, None: 2}, {date.min: 1, date.max: 7}],
)
def test_days_are_kept_as_they_were(tmp_path: Path, days: dict[date | None, int]) -> None:
    held = {(device, day): number + len(device) for day, number in days.items() for device in ("zz", "", "a1")}
    path = str(tmp_path / "seen.json")
    seen = Seen(path)
    sight = Sight((1, 2, 3), 4, 5, "tail", "last", held, 6, held)
    seen.put("books/zz/plan.log", sight)
    seen.save()
    assert Seen(path).get("books/zz/plan.log") == sight
    assert Seen(path).looks == {"books/zz/plan.log": (1, 2, 3)}
    assert Seen(path).get("another") == Sight()


def test_the_device_of_a_line() -> None:
    reading = change(7, "zz").reading
    assert (Line(b"", (reading, "c")).device, Line(b"").device) == ("zz", "")
