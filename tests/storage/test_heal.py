"""What one copy of a log lost comes back from the other, and no byte of what cannot be read is thrown away."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.storage import log
from coach.storage.care.heal import heal
from coach.storage.care.mended import Mended
from coach.storage.clock import LATEST_MS
from tests.storage import damages
from tests.storage.damages import COUNT, Damage, both_copies, history, second_of, spoil
from tests.storage.homes import NOVEMBER, START, Clock, change, document, edit, log_of, open_store, put, visible
from tests.storage.homes import write_lines as theirs
from tests.storage.test_devices import newer

# What is done to the file, how many changes that takes, whether bytes are kept aside, lines that were never any
CASES: dict[str, tuple[Damage, int, bool, int]] = {
    "a flipped bit": (damages.flip(4), 1, True, 0),
    "flipped bits in many lines": (damages.flip(1, 4, 5, COUNT), 4, True, 0),
    "a flipped bit in the header": (damages.flip(0), 0, True, 0),
    "the first byte of the header": (lambda data: b"\x00" + data[1:], 0, True, 0),
    "the header gone": (damages.headless, 0, True, 0),
    "header and first line gone": (damages.without(0, 1), 1, True, 0),
    "cut in a line": (damages.ends_after(5, 60), COUNT - 5, True, 0),
    "cut in the header": (lambda data: data[:20], COUNT, True, 0),
    "cut before the last newline": (lambda data: data[:-1], 0, True, 0),
    "cut after a line": (damages.ends_after(5), COUNT - 5, False, 0),
    "lines gone": (damages.without(3, 4), 2, False, 0),
    "zeroes over three lines": (damages.zeroes(2, 4), 3, True, 0),
    "zeroes over the start": (damages.zeroes(0, 2), 2, True, 0),
    "nothing but zeroes": (lambda data: bytes(len(data)), COUNT, True, 0),
    "two lines in one": (damages.joined(4), 2, True, 0),
    "header and first line in one": (damages.joined(0), 1, True, 0),
    "one line in two": (damages.split(4), 1, True, 0),
    "emptied": (damages.emptied, COUNT, False, 0),
    "something else": (lambda data: b"something else\n" * 9, COUNT, True, 0),
    "garbage after it": (damages.garbage, 0, True, 1),
    "an unfinished line": (damages.unfinished_garbage, 0, True, 1),
    "its end written twice": (damages.half_again, 0, True, 1),
}
each_case = pytest.mark.parametrize(("damage", "lost", "is_kept", "odd"), CASES.values(), ids=CASES)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    history(tmp_path)
    assert heal(open_store(tmp_path), thorough=False) == []
    return tmp_path


def again(home: Path) -> list[Mended]:
    return [*heal(open_store(home), thorough=False), *heal(open_store(home), thorough=True)]


def healed(home: Path) -> Mended:
    """What became of the one file that was damaged."""
    [mended] = heal(open_store(home), thorough=False)
    ours, seconds = both_copies(home)
    assert ours == sorted(seconds, key=lambda one: one.stamp)
    assert again(home) == []
    return mended


@each_case
def test_a_damaged_log(home: Path, damage: Damage, lost: int, is_kept: bool, odd: int) -> None:
    before, written = damages.contents(home), damages.generation(log_of(home))
    spoilt = spoil(log_of(home), damage)
    mended = healed(home)
    assert damages.contents(home) == before
    assert (mended.path, mended.book, mended.own) == (str(log_of(home)), NOVEMBER, True)
    assert sum(mended.restored.values()) == lost
    assert all(day and day.month == 11 and 1 <= day.day <= COUNT for day in mended.restored)
    assert sum(mended.unreadable.values()) == odd and mended.missing == {}
    assert damages.aside(home) == ({spoilt} if is_kept else set())
    assert (Path(mended.aside).read_bytes() if mended.aside else None) == (spoilt if is_kept else None)
    is_appended = damage is CASES["cut after a line"][0]
    assert damages.generation(log_of(home)) == (written if is_appended else written + 1)
    assert open_store(home).unread() == {}


@each_case
def test_a_damaged_second_copy(home: Path, damage: Damage, lost: int, is_kept: bool, odd: int) -> None:
    before, kept = damages.contents(home), log_of(home).read_bytes()
    spoilt = spoil(second_of(home), damage)
    mended = healed(home)
    assert (damages.contents(home), log_of(home).read_bytes()) == (before, kept)
    assert (mended.path, mended.own, mended.restored) == (str(second_of(home)), True, {})
    assert sum(mended.unreadable.values()) == odd and mended.missing == {}
    assert damages.aside(home) == ({spoilt} if is_kept else set())


def test_days_are_those_the_changes_are_about(home: Path) -> None:
    put(open_store(home), "moods", "2611-m", value=3)  # says no day of its own
    spoil(log_of(home), damages.without(2, 3, COUNT + 1))
    assert healed(home).restored == {date(2026, 11, 2): 1, date(2026, 11, 3): 1, START.date(): 1}


@pytest.mark.parametrize("gone", ["log", "second copy", "data folder"])
def test_a_file_that_is_gone_comes_back(home: Path, gone: str) -> None:
    before = damages.contents(home)
    path = log_of(home)
    {"log": path.unlink, "second copy": second_of(home).unlink, "data folder": lambda: shutil.rmtree(home / "data")}[
        gone
    ]()
    mended = healed(home)
    assert damages.contents(home) == before
    assert sum(mended.restored.values()) == (0 if gone == "second copy" else COUNT)
    assert damages.aside(home) == set() and log_of(home) == path


def test_both_copies_damaged_at_different_places_are_whole_together(home: Path) -> None:
    before = damages.contents(home)
    spoilt = {spoil(log_of(home), damages.flip(2, 3)), spoil(second_of(home), damages.flip(5, 6))}
    log_mended, second_mended = heal(open_store(home), thorough=False)
    assert log_mended.restored == {date(2026, 11, 2): 1, date(2026, 11, 3): 1}
    assert second_mended.restored == {}
    assert {**log_mended.unreadable, **second_mended.unreadable} == {}
    assert damages.aside(home) == spoilt
    assert damages.contents(home) == before
    assert both_copies(home)[0] == both_copies(home)[1] and again(home) == []


@pytest.mark.parametrize(
    ("in_log", "in_second", "told"),
    [
        (damages.flip(4), damages.flip(4), {3: 1}),
        (damages.flip(4, 5), damages.flip(4, 5), {3: 2}),
        (damages.flip(1), damages.flip(1), {2: 1}),
        (damages.flip(3, 4), damages.flip(4, 5), {2: 1}),
        (damages.zeroes(3, 5), damages.flip(4), {3: 1}),
        (damages.flip(4), damages.zeroes(3, 5), {3: 1}),
        (damages.flip(4, 7), damages.zeroes(6, 7), {6: 1}),
    ],
)
def test_what_neither_copy_holds_is_told_by_day_and_count(
    home: Path, in_log: Damage, in_second: Damage, told: dict[int, int]
) -> None:
    spoilt = {spoil(log_of(home), in_log), spoil(second_of(home), in_second)}
    found: Counter[date | None] = Counter()
    for mended in heal(open_store(home), thorough=False):
        assert mended.missing == {} and mended.aside
        found.update(mended.unreadable)
    assert found == {date(2026, 11, day): number for day, number in told.items()}
    assert damages.aside(home) == spoilt
    assert len(both_copies(home)[0]) == COUNT - sum(told.values())
    assert both_copies(home)[0] == both_copies(home)[1] and again(home) == []


@pytest.mark.parametrize("where", [log_of, second_of])
def test_lines_of_a_newer_coach_sealed_ones_and_wild_clocks_stay_byte_for_byte(
    home: Path, where: Callable[[Path], Path]
) -> None:
    late = log.encode(change(LATEST_MS, "zz", ("items", "2611-late", {})))
    odd = [newer(["items", "2611-1", {"title": "newer"}]), b"e1 QUdF\n", late]
    with where(home).open("ab") as file:
        file.write(b"".join(odd))
    heal(open_store(home), thorough=False)
    for path in (log_of(home), second_of(home)):
        assert all(line in path.read_bytes() for line in odd)
    spoil(where(home), damages.flip(2))
    heal(open_store(home), thorough=False)
    for path in (log_of(home), second_of(home)):
        assert all(path.read_bytes().count(line) == 1 for line in odd)
    assert again(home) == []
    store = open_store(home)
    visible(store)
    assert sorted({found.why for found in store.unread().values()}) == ["clock", "newer", "sealed"]


def test_what_another_log_of_the_book_holds_is_not_written_twice(home: Path) -> None:
    """As after this machine got a new id: the log under its former one is still there."""
    copy = log_of(home).parent.with_name("former") / log_of(home).name
    copy.parent.mkdir()
    shutil.copy(log_of(home), copy)
    spoil(log_of(home), damages.ends_after(3))
    assert heal(open_store(home), thorough=False) == []
    assert len(both_copies(home)[0]) == 3
    copy.unlink()
    found = heal(open_store(home), thorough=False)
    assert sum(sum(one.restored.values()) for one in found) == COUNT - 3


def test_what_only_a_conflict_copy_holds_comes_back_into_the_log(home: Path) -> None:
    """Somebody will tidy that copy away, or it never travels to the other devices."""
    shutil.copy(log_of(home), log_of(home).with_name(f"{NOVEMBER}.sync-conflict-1.log"))
    spoil(log_of(home), damages.ends_after(3))
    assert sum(healed(home).restored.values()) == COUNT - 3


def test_what_the_second_copy_never_got_is_added_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = history(tmp_path)
    with monkeypatch.context() as full:
        damages.refuse_second_copy(full)
        put(store, "items", "2611-x", n=1)
    put(store, "items", "2611-y", n=1)
    assert len(both_copies(tmp_path)[1]) == COUNT + 1
    mended = healed(tmp_path)
    assert mended.path == str(second_of(tmp_path)) and not mended.says_something
    log_of(tmp_path).unlink()
    assert {"2611-x", "2611-y"} <= visible(open_store(tmp_path))["items"].keys()


def test_the_last_line_of_a_mended_log_has_the_greatest_reading(home: Path) -> None:
    """Otherwise a clock that went back would put a later change before an earlier one."""
    spoil(log_of(home), damages.without(COUNT))
    with log_of(home).open("ab") as file:
        file.write(log.encode(change(1, "old", ("items", "2611-old", {"n": 1}))))
    heal(open_store(home), thorough=False)
    behind = open_store(home, Clock(START - timedelta(days=9)))
    behind.append("Later", NOVEMBER, [("items", f"2611-{COUNT}", {"title": "later"})])
    assert visible(open_store(home))["items"][f"2611-{COUNT}"]["title"] == "later"


def test_another_devices_log_is_never_written_and_its_damage_kept_once(home: Path) -> None:
    good = [change(ms, "zz", ("items", f"2611-z{ms}", {"day": "2026-11-03"})) for ms in (1, 2)]
    path = theirs(home, "zz", NOVEMBER, good[0], b"gone\n", good[1], b"gone too\n", b"half")
    before = path.read_bytes()
    [mended] = heal(open_store(home), thorough=False)
    assert (mended.path, mended.own, mended.unreadable) == (str(path), False, {date(2026, 11, 3): 2})
    assert Path(mended.aside).read_bytes() == b"gone\ngone too\n"
    assert heal(open_store(home), thorough=False) == []
    assert [told.unreadable for told in heal(open_store(home), thorough=True)] == [mended.unreadable]
    with path.open("ab") as file:
        file.write(b" a line\n")
    [more] = heal(open_store(home), thorough=False)
    assert sum(more.unreadable.values()) == 3
    assert damages.aside(home) == {b"gone\ngone too\n", b"gone\ngone too\nhalf a line\n"}
    assert path.read_bytes() == before + b" a line\n"


def test_nothing_is_written_where_nothing_is_wrong(home: Path) -> None:
    with open_store(home).change("Both"):
        pass
    store = open_store(home)
    with store.change("Both"):
        edit(store, "items", "2611-1", title="x")
        store.table("plan", "goals").insert(document("p-g", n=1))
    spoil(second_of(home), lambda data: data + data.split(b"\n")[2] + b"\n")
    before = damages.everything(home)
    assert again(home) == []
    assert damages.everything(home) == before
