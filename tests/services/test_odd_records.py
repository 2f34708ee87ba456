"""Records that coach cannot show are counted and named by their table; nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

from coach.services.odd_records import KINDS, count_odd, told
from coach.services.tables import TABLES

GOOD = {"title": "walk", "day": "2026-11-23", "start": "07:30", "minutes": 30, "unknown": {"to": "this coach"}}


@pytest.mark.parametrize(
    "odd",
    [{"title": 5}, {"title": " "}, {"start": "99:99"}, {"minutes": -5}, {"minutes": 10**17}, {"day": "not a day"}],
)
def test_a_value_that_no_coach_writes_is_counted(odd: dict[str, Any]) -> None:
    assert count_odd("items", {"2611-a": GOOD, "2611-b": GOOD | odd}) == 1


def test_what_this_coach_does_not_know_is_not_odd() -> None:
    assert count_odd("items", {"2611-a": GOOD}) == 0
    assert count_odd("people", {"p-a": {"name": 7}}) == 0
    assert KINDS.keys() < set(TABLES)


def test_the_sentence_names_the_table_and_the_way_to_look() -> None:
    [one] = told({"items": 1})
    assert one == (
        "1 record of items holds a value no coach writes, so it is kept but not shown. "
        "coach list items --json prints them, and coach export takes them along."
    )
    assert [sentence.split(" holds")[0].split(" hold ")[0] for sentence in told({"moods": 2, "goals": 1})] == [
        "1 record of goals",
        "2 records of moods",
    ]
