"""How doctor and the start word what was mended, and what the start says and keeps to itself."""

from __future__ import annotations

import errno
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from coach.bootstrap import Coach, build
from coach.paths import Paths
from coach.services.findings import Findings
from coach.services.wording import listed, span
from coach.storage import disk
from coach.storage.care.mended import Mended
from coach.storage.care.quarantine import Loss
from tests.services.test_places import _link
from tests.storage.homes import NOVEMBER, Clock, change, log_of, open_store, put, write_lines
from tests.storage.test_lock import take_locks_away
from tests.storage.test_trouble import impatient, lock_held_elsewhere

DAYS = {date(2026, 11, 20): 3, date(2026, 11, 21): 10, date(2026, 11, 22): 1}


def own(book: str = NOVEMBER, **found: object) -> Mended:
    return Mended("/h/data/books/me/x.log", book, True, **found)  # type: ignore[arg-type]  # counts by name


def theirs(**found: object) -> Mended:
    return Mended("/h/data/books/zz/x.log", NOVEMBER, False, **found)  # type: ignore[arg-type]  # counts by name


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], ""),
        ([21], "21 Nov 2026"),
        ([22, 20, 21], "20 to 22 Nov 2026"),
        ([20, 50], "20 Nov to 20 Dec 2026"),
        ([20, 70], "20 Nov 2026 to 9 Jan 2027"),
    ],
)
def test_days_in_words(days: list[int], words: str) -> None:
    first = date(2026, 11, 1).toordinal() - 1
    assert span([date.fromordinal(first + day) for day in days]) == words


def test_names_in_words() -> None:
    assert (listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])) == (
        "",
        "a",
        "a and b",
        "a, b and c",
    )
    assert listed(map(str, range(14))) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 4 more"


def test_what_was_put_back_is_named_by_book_days_and_count() -> None:
    found = Findings((own(restored=DAYS), own(book="plan", restored={date(2026, 11, 21): 1, None: 1})))
    assert found.good_news() == [
        "14 entries of 20 to 22 Nov 2026 were put back from the second copy.",
        "2 entries of the plan, noted 21 Nov 2026, were put back from the second copy.",
    ]
    assert found.troubles() == []
    assert {key: found.numbers()[key] for key in ("restored", "set_aside", "missing")} == {
        "restored": 16,
        "set_aside": 0,
        "missing": 0,
    }
    assert found.numbers()["mended"][1]["restored"] == {"2026-11-21": 1, "unknown": 1}


def test_what_cannot_be_read_is_told_with_the_place_of_its_bytes_and_once() -> None:
    found = (own(unreadable={date(2026, 11, 21): 2}, aside="/q/a"), own(unreadable={None: 1}, aside="/q/b"))
    assert Findings(found).troubles() == [
        "3 entries noted around 21 Nov 2026 cannot be read; the bytes are kept in /q/a and /q/b."
    ]
    assert Findings(found, frozenset(["/q/a"])).troubles() == Findings(found).troubles(), (
        "whoever kept the bytes then was stopped before it was told"
    )
    assert Findings(found).good_news() == []
    waited = Mended("/h/state/spool/x.rec", "", True, unreadable={None: 1}, aside="/q/c")
    assert Findings((waited,)).troubles() == ["1 entry that waited cannot be read; the bytes are kept in /q/c."]


def test_what_lies_in_quarantine_since_an_earlier_time_is_told_and_no_trouble() -> None:
    losses = (Loss("/q/a", NOVEMBER, {date(2026, 11, 3): 1}), Loss("/q/b", "", {None: 2}))
    assert Findings(losses=losses).troubles() == []
    assert Findings(losses=losses).kept_aside() == [
        "2 entries that waited cannot be read; the bytes are kept in /q/b.",
        "1 entry noted around 3 Nov 2026 cannot be read; the bytes are kept in /q/a.",
    ]
    again = own(unreadable={date(2026, 11, 3): 1}, aside="/q/a")
    found = Findings((again,), frozenset(["/q/a"]), losses[:1])
    assert (len(found.troubles()), found.kept_aside()) == (1, []), "it is not told twice"
    other = theirs(unreadable={date(2026, 11, 3): 1}, aside="/q/z")
    assert len(Findings((other,)).troubles()) == 1 and Findings((other,)).kept_aside() == []
    found = Findings((other,), frozenset(["/q/z"]))
    assert found.troubles() == []
    assert found.kept_aside() == [
        "1 entry noted around 3 Nov 2026 from another device cannot be read, in /h/data/books/zz/x.log; "
        "the bytes are kept in /q/z. Start coach on that device: it may put them back."
    ]


def test_what_was_passed_over_is_named_with_the_way_out() -> None:
    found = Findings((theirs(obstacle="Remove it by hand."), own(restored={None: 1})))
    assert found.troubles() == ["/h/data/books/zz/x.log was passed over. Remove it by hand."]


def test_what_is_missing_is_told_with_the_way_out() -> None:
    [ours] = Findings((own(missing={date(2026, 11, 21): 2}),)).troubles()
    assert ours.startswith("2 entries of 21 Nov 2026 were here before, and they are in no file now. ")
    assert "coach merge FILE" in ours
    [other] = Findings((theirs(missing={date(2026, 11, 21): 1}),)).troubles()
    assert other.startswith("1 entry of 21 Nov 2026 from another device was here before, and it is in no file now. ")
    assert "Start coach on that device" in other


def used(home: Path) -> Coach:
    """A home with three entries, and coach as it is after its first view."""
    before = os.umask(0o077)
    home.mkdir(mode=0o700, exist_ok=True)
    store = open_store(home)
    for number in range(3):
        put(store, "moods", f"2611-{number}", value=number, day="2026-11-23")
    assert reopened(home).doctor.at_start() == []
    os.umask(before)
    return reopened(home)


def reopened(home: Path) -> Coach:
    coach = build(Paths(str(home)), lambda: datetime(2026, 11, 23, 10, tzinfo=UTC))
    coach.store.book("plan")
    coach.store.book(NOVEMBER)
    return coach


def spoil(path: Path) -> None:
    """A line of garbage that is no line either copy lacks."""
    path.write_bytes(path.read_bytes() + b"garbage\n")


def test_nothing_is_said_of_a_home_where_nothing_happened(tmp_path: Path) -> None:
    coach = used(tmp_path / "home")
    assert coach.doctor.at_start() == coach.doctor.at_start() == []
    assert build(Paths(str(tmp_path / "new"))).doctor.at_start() == []
    assert not (tmp_path / "new").exists()


def test_what_the_start_puts_back_is_said_once_and_seen_at_once(tmp_path: Path) -> None:
    used(tmp_path / "home")
    path = log_of(tmp_path / "home")
    whole = path.read_bytes()
    path.write_bytes(b"".join(whole.splitlines(keepends=True)[:2]))
    coach = reopened(tmp_path / "home")
    assert coach.doctor.at_start() == ["2 entries of 23 Nov 2026 were put back from the second copy."]
    assert path.read_bytes() == whole
    assert len(coach.tables.records("moods")) == 3
    assert reopened(tmp_path / "home").doctor.at_start() == []


def test_own_lines_that_cannot_be_read_are_set_aside_at_the_start(tmp_path: Path) -> None:
    """Also when the file has the size it had, so that a quick look would not see it."""
    used(tmp_path / "home")
    path = log_of(tmp_path / "home")
    look = path.stat()
    for copy in (path, tmp_path / "home" / "state" / "mirror" / path.name):
        look = copy.stat()
        copy.write_bytes(copy.read_bytes().replace(b'"value":1', b'"valve":1'))
        os.utime(copy, ns=(look.st_atime_ns, look.st_mtime_ns))
    coach = reopened(tmp_path / "home")
    [sentence] = coach.doctor.at_start()
    assert sentence.startswith("1 entry noted around 23 Nov 2026 cannot be read; the bytes are kept in ")
    assert coach.store.unread() == {}
    assert reopened(tmp_path / "home").doctor.at_start() == []


def test_damage_of_another_device_is_said_once(tmp_path: Path) -> None:
    used(tmp_path / "home")
    path = write_lines(tmp_path / "home", "zz", NOVEMBER, change(1, "zz", ("moods", "2611-z", {"value": 1})), b"odd\n")
    before = path.read_bytes()
    path.parent.chmod(0o700)
    [sentence] = reopened(tmp_path / "home").doctor.at_start()
    assert "from another device cannot be read" in sentence and str(path) in sentence
    assert reopened(tmp_path / "home").doctor.at_start() == []
    assert path.read_bytes() == before


def test_with_a_held_lock_the_start_says_only_what_everybody_can_see(tmp_path: Path) -> None:
    used(tmp_path / "home")
    spoil(log_of(tmp_path / "home"))
    coach = reopened(tmp_path / "home")
    impatient(coach.store)
    with lock_held_elsewhere(tmp_path / "home"):
        [sentence] = coach.doctor.at_start()
    assert sentence == "1 line of your data could not be read; everything else is here. coach doctor says where."
    [told] = coach.doctor.at_start()
    assert "cannot be read; the bytes are kept in" in told


@pytest.mark.parametrize("trouble", ["full", "no locks"])
def test_a_start_that_cannot_mend_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str) -> None:
    used(tmp_path / "home")
    path = log_of(tmp_path / "home")
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))
    coach = reopened(tmp_path / "home")

    def refuse(place: str, *rest: object, **more: object) -> None:
        raise OSError(errno.ENOSPC, "full", place)

    with monkeypatch.context() as patch:
        if trouble == "no locks":
            take_locks_away(patch)
        else:
            for name in ("append", "replace", "create", "make_folder"):
                patch.setattr(disk, name, refuse)
        said = coach.doctor.at_start()
    assert ["no file locks" in sentence for sentence in said] == ([True] if trouble == "no locks" else [])
    assert coach.doctor.at_start() == ["2 entries of 23 Nov 2026 were put back from the second copy."]


def test_the_start_tells_of_the_places_too(tmp_path: Path) -> None:
    coach = used(tmp_path / "home")
    (tmp_path / "home" / "data").chmod(0o777)
    _link(tmp_path / "home" / "state" / "device.json")
    [brief] = coach.doctor.at_start()
    assert brief.startswith("Others on this computer can write to ") and brief.endswith(". coach doctor says more.")
    assert "is a link" in " ".join(coach.doctor.check()["notes"])


def test_of_ten_years_one_month_at_a_time_is_held(tmp_path: Path) -> None:
    store = open_store(tmp_path, Clock())
    for month in range(1, 13):
        put(store, "moods", f"26{month:02}-a", value=1)
    coach = build(Paths(str(tmp_path)))
    found = coach.doctor.check()
    assert found["tables"] == {"moods": 12}
    assert [name for name in (f"2026-{month:02}" for month in range(1, 13)) if coach.store.books.is_open(name)] == []
