"""An id says in which book its record lives."""

from __future__ import annotations

from datetime import date

import pytest

from coach.domain.errors import Refused
from coach.storage import ids


def test_ids_sort_in_the_order_they_were_given() -> None:
    given = [ids.ulid() for _ in range(5000)]
    assert given == sorted(set(given))
    assert {len(one) for one in given} == {26}


def test_ids_go_forward_when_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    first = ids.ulid()
    monkeypatch.setattr("coach.storage.ids.time.time_ns", lambda: 1_000_000)
    assert ids.ulid() > first


def test_a_book_and_back() -> None:
    for book in ("plan", "2026-11", "2000-01", "2099-12"):
        assert ids.book_of(ids.new_id(book)) == book == ids.home_of(ids.new_id(book))
    assert ids.month_book(date(2026, 2, 3)) == "2026-02"
    assert ids.book_of("2611-m:p-abc:2026-11-23") == "2026-11"


@pytest.mark.parametrize("record", ["", "p", "p-", "2613-x", "2600-x", "x-y", "١٢٠١-x", "26-11", "-"])
def test_what_is_not_ours_lives_in_the_plan(record: str) -> None:
    assert ids.book_of(record) is None
    assert ids.home_of(record) == "plan"


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2100, 1, 1)])
def test_other_centuries_are_refused(day: date) -> None:
    with pytest.raises(Refused, match="2000 to 2099"):
        ids.month_book(day)
