"""What the ledger keeps beside claims: answers, what was put off, what is not wanted; and what damage leaves of it."""

from __future__ import annotations

import errno
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.asks import Known
from coach.domain.errors import NotSaved
from coach.storage import disk, ledger, ledger_lines
from coach.storage.ledger import Ledger

KEY = "p-1@2026-11-23T07:30:00"
OTHER = "p-2@2026-11-23T09:00:00"
LATER = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DAY = date(2026, 11, 23)


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "state" / "delivered.log")


def test_everything_that_was_said_is_known_and_the_last_word_counts(path: str) -> None:
    kept, other = Ledger(path), Ledger(path)
    assert kept.known() == Known()
    kept.claim(KEY)
    kept.snooze(KEY, LATER)
    assert other.known() == Known({KEY}, {KEY: LATER})
    other.answer(KEY)
    other.skip("p-2", DAY)
    assert kept.known() == Known({KEY}, {KEY: None}, {"p-2@2026-11-23"})
    kept.snooze(KEY, LATER + timedelta(hours=1))
    assert kept.known().said == {KEY: LATER + timedelta(hours=1)}
    assert kept.unreadable() == 0
    assert not kept.claim(KEY), "what was said to it does not make it new"


ZONES = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45)), timezone(-timedelta(hours=3, minutes=30))])
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=ZONES)
KEYS = st.builds(
    lambda subject, at, tail: f"{subject}@{at.isoformat()}{tail}",
    st.text(min_size=1, max_size=12),
    st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)),
    st.sampled_from(["", "-10", "-1440"]),
)


@settings(max_examples=200, deadline=None)
@given(KEYS, MOMENTS, st.sampled_from(["", "~", "#3", "~#1"]), st.text(min_size=1, max_size=12), st.dates())
def test_whatever_is_written_reads_back(key: str, until: datetime, tail: str, subject: str, day: date) -> None:
    """However strange an id is: nothing it holds can pass for another kind of line."""
    shown = key + tail.replace("~", f"~{until.isoformat()}")
    written = [ledger_lines.shown(shown), ledger_lines.snoozed(key, until), ledger_lines.skipped(subject, day)]
    if not subject[0].isspace() and not key[0].isspace():
        read = ledger_lines.read(written)
        assert read == Known({shown}, {key: until}, {f"{subject}@{day}"})
        assert ledger_lines.read([*written, ledger_lines.answered(key)]).said == {key: None}
    assert not any(b"\n" in line for line in written)


@pytest.mark.parametrize(
    "tail", [b"p-2@2026-11-23T09:00:00 answ", b"p-2@2026-11-23T09:00:00 snoozed 2026-11-23T", b"p-2@2026-11-2"]
)
def test_a_torn_answer_was_none_and_puts_nothing_in_doubt(path: str, tail: bytes) -> None:
    Ledger(path).claim(KEY)
    with open(path, "ab") as file:
        file.write(tail)
    assert Ledger(path).known() == Known({KEY})
    Ledger(path).answer(OTHER)
    assert Ledger(path).known() == Known({KEY}, {OTHER: None}), "sealed, and its own line is whole"
    assert Ledger(path).unreadable() == 1


def write(path: str, *lines: bytes) -> Known:
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_bytes(b"".join(line + b"\n" for line in lines))
    return Ledger(path).known()


def test_a_line_nobody_can_read_puts_its_own_time_in_doubt_or_its_neighbours(path: str) -> None:
    whole = KEY.encode(), OTHER.encode()
    own = (datetime(2026, 11, 23, 8, 15),)
    times = datetime(2026, 11, 23, 7, 30), datetime(2026, 11, 23, 9, 0)
    assert write(path, *whole).doubts == ()
    assert write(path, b"p-3@2026-11-23T08:1\xff", b"\0\0 2026-11-23T08:15 \xfe").doubts == own
    assert write(path, whole[0], b"\xff\xfe", whole[1]).doubts == times
    assert write(path, whole[0], b"\xff\xfe", b"\xfe").doubts == times[:1]
    assert write(path, b"\xff").doubts == ()
    assert write(path, whole[0].replace(b"p", b"\xf0")).doubts == times[:1], "whose it was nobody knows"
    assert write(path, b"p\\x@2026-11-23T09:00:00").doubts == (), "a name that cannot be is nobody's"
    assert write(path, whole[0], b"", b"   ", b"torn ?").doubts == (), "nobody acknowledged any of these"
    assert write(path, KEY.encode() + b" snoozed 2026-99-99T99:99+00:00").doubts == times[:1]


def test_damage_costs_no_time_however_much_there_is_of_it(path: str) -> None:
    begun = time.process_time()
    assert len(write(path, KEY.encode(), *[b"\xff" * 20] * 40_000).doubts) == 1
    assert time.process_time() - begun < 1


def test_a_full_disk_takes_nothing_and_says_so(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Ledger(path).claim(KEY)
    before = Path(path).read_bytes()

    def full(fd: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(disk, "sync", full)
    kept = Ledger(path)
    for say in (partial(kept.answer, KEY), partial(kept.snooze, KEY, LATER), partial(kept.skip, "p-1", DAY)):
        with pytest.raises(NotSaved, match="no space left"):
            say()
    assert Path(path).read_bytes() == before
    monkeypatch.undo()
    assert kept.known() == Known({KEY})
    kept.answer(KEY)
    assert kept.known().said == {KEY: None}


def test_every_answer_waits_for_the_disk(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Ledger(path).claim(KEY)
    synced: list[int] = []
    monkeypatch.setattr(disk, "sync", synced.append)
    kept = Ledger(path)
    for number, say in enumerate((partial(kept.answer, KEY), partial(kept.skip, "p-1", DAY)), 1):
        say()
        assert len(synced) >= number


def test_letting_old_lines_go_keeps_what_was_said_lately(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    old = [f"p{n}@2026-01-01T07:30:00{tail}" for n in range(3000) for tail in ("", " answered")]
    write(path, *(line.encode() for line in old))
    Ledger(path).snooze(OTHER, LATER)
    Ledger(path).claim_many(f"p{number}@2026-11-23T07:30:00" for number in range(2500))
    monkeypatch.setattr(ledger, "LARGE", 1000)
    Ledger(path).skip("p-2", DAY)
    known = Ledger(path).known()
    assert known.said == {OTHER: LATER}
    assert known.skipped == {"p-2@2026-11-23"}
    assert len(known.claimed) == 2500


def _race(path: str) -> int:
    kept, won = Ledger(path, patience=60), 0
    for number in range(25):
        keys = {f"p{number}-{part}@2026-11-23T07:30:00" for part in range(20)}
        new = kept.claim_many(keys)
        won += len(new)
        for key in sorted(new)[:1]:
            kept.answer(key)
        kept.skip(f"q{number}", DAY)
    return won


def test_four_processes_win_each_of_five_hundred_once_while_they_answer(path: str) -> None:
    with ProcessPoolExecutor(4, multiprocessing.get_context("spawn")) as pool:
        wins = list(pool.map(_race, [path] * 4))
    known = Ledger(path).known()
    assert sum(wins) == len(known.claimed) == 500
    assert len(known.said) >= 25
    assert len(known.skipped) == 25
    assert Ledger(path).unreadable() == 0
