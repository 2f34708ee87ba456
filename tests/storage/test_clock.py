"""Readings only go forward, whatever the wall clock does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coach.storage import log
from coach.storage.clock import LATEST_MS, HybridClock, is_reading, milliseconds
from coach.storage.log import Change

walls = st.lists(st.integers(-(10**13), 10**13), min_size=1, max_size=30)


@given(walls, st.lists(st.integers(0, LATEST_MS - 3), max_size=5))
def test_every_reading_is_greater_than_all_before_and_can_be_read(times: list[int], seen: list[int]) -> None:
    left = list(times)
    clock = HybridClock(lambda: left.pop(0))
    others = [f"{ms:012x}-ffff-zz" for ms in seen]
    for other in others:
        clock.see(other)
    given_out = [clock.tick("aa") for _ in times]
    assert given_out == sorted(set(given_out))
    assert all(reading > other for reading in given_out for other in others)
    for reading in given_out:
        assert is_reading(reading)
        assert isinstance(log.decode(log.encode(Change(reading, "c", ()))[:-1]), Change)


def test_a_full_counter_borrows_a_millisecond() -> None:
    clock = HybridClock(lambda: 0)
    clock.see("000000000005-ffff-bb")
    assert clock.tick("aa") == "000000000006-0000-aa"


def test_a_clock_beyond_2100_is_not_followed() -> None:
    clock = HybridClock(lambda: LATEST_MS + 5)
    clock.see("000000000005-0003-bb")
    assert clock.tick("aa") == "000000000005-0004-aa"


@given(st.lists(st.tuples(st.integers(LATEST_MS - 2, LATEST_MS - 1), st.integers(0, 0xFFFF)), min_size=1, max_size=3))
def test_no_reading_of_anybody_leaves_none_that_can_be_read(seen: list[tuple[int, int]]) -> None:
    clock = HybridClock(lambda: LATEST_MS - 1)
    for ms, counter in seen:
        clock.see(f"{ms:012x}-{counter:04x}-zz")
    given_out = [clock.tick("aa") for _ in range(3)]
    assert given_out == sorted(given_out)
    for reading in given_out:
        assert isinstance(log.decode(log.encode(Change(reading, "c", ()))[:-1]), Change)


def test_what_could_not_be_followed_is_not() -> None:
    clock = HybridClock(lambda: 5)
    clock.see(f"{LATEST_MS - 1:012x}-ffff-zz")
    assert clock.tick("aa") == "000000000005-0000-aa"


def test_shapes() -> None:
    assert milliseconds("000000000010-0000-a") == 16
    for wrong in ("", "000000000010-0000-", "000000000010-0000-A", "00000000001-0000-a", "000000000010-0000-a\n", 7):
        assert not is_reading(wrong)
