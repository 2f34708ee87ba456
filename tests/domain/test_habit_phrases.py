"""How often and how much, as typed for a habit: what each form means, what is refused, and the way there and back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.errors import Refused
from coach.domain.habit_phrases import (
    Amount,
    amount_line,
    amount_of,
    often_line,
    read_amount,
    read_often,
    read_steps,
    target_of,
)
from coach.domain.habits import DAILY, Target
from tests.ui.hostile import HOSTILE


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", DAILY),
        ("daily", DAILY),
        ("every evening", DAILY),
        ("7 in 7", DAILY),
        ("mon wed fri", Target((0, 2, 4))),
        ("Friday", Target((4,))),
        ("weekdays", Target((0, 1, 2, 3, 4))),
        ("every day but sunday", Target((0, 1, 2, 3, 4, 5))),
        ("sat-mon", Target((0, 5, 6))),
        ("3 in 7", Target((), 3, 7)),
        ("3/7", Target((), 3, 7)),
        ("Three times a week", Target((), 3, 7)),
        ("twice a fortnight", Target((), 2, 14)),
        ("4 days of 10", Target((), 4, 10)),
        ("weekly", Target((), 1, 7)),
        ("every other day", Target((), 1, 2)),
        ("every 3 days", Target((), 1, 3)),
        ("once a month", Target((), 1, 30)),
    ],
)
def test_how_often(typed: str, meant: Target) -> None:
    assert read_often(typed) == meant
    assert read_often(often_line(meant)) == meant


@pytest.mark.parametrize("typed", ["8 in 7", "0 in 7", "3 in 0", "1 in 400", "often", "the first monday of the month"])
def test_what_is_no_how_often_is_refused_with_the_way_out(typed: str) -> None:
    with pytest.raises(Refused, match="3 in 7"):
        read_often(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("20", Amount(20)),
        ("20 pages", Amount(20, "pages")),
        ("1.5 km", Amount(1.5, "km")),
        ("0,5 l", Amount(0.5, "l")),
        ("2 cans a day", Amount(2, "cans")),
        ("10 in 7", Amount(10, "", 7)),
        ("10 cigarettes a week", Amount(10, "cigarettes", 7)),
        ("60 pages in 14 days", Amount(60, "pages", 14)),
        ("10000 steps", Amount(10_000, "steps")),
        ("0.125 l", Amount(0.125, "l")),
        ("1.2340 km", Amount(1.234, "km")),
        ('2 "CO2 checks" a week', Amount(2, "CO2 checks", 7)),
    ],
)
def test_how_much(typed: str, meant: Amount) -> None:
    assert read_amount(typed) == meant
    assert read_amount(amount_line(meant)) == meant


@pytest.mark.parametrize(
    ("typed", "ways"),
    [
        ("10,000 steps", "10000 or 10"),
        ("1.234 km", "1234 or 1.2340"),
        ("2,500 ml a day", "2500 or 2.5"),
        ("1,000,000 steps", "1000000"),
        ("10,000", "10000 or 10"),
    ],
)
def test_a_number_that_can_be_read_in_two_ways_is_asked_about(typed: str, ways: str) -> None:
    with pytest.raises(Refused, match=rf"two ways\. Give it as {ways}\.$"):
        read_amount(typed)


@pytest.mark.parametrize("typed", ["a few", "-3", "99999999", "2 in 900", "3 " + "x" * 40, "2 5-min blocks", "3 500"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        read_amount(typed)


@pytest.mark.parametrize(
    ("often", "amount", "asked"),
    [
        ("3 in 7", "", Target((), 3, 7)),
        ("", "20 pages", Target(amount=20)),
        ("mon thu", "20 pages", Target((0, 3), amount=20)),
        ("", "60 pages a week", Target(per=7, amount=60)),
        ("once a week", "20 pages", Target(per=7, amount=20)),
    ],
)
def test_what_both_ask_for_together(often: str, amount: str, asked: Target) -> None:
    target = target_of(read_often(often), read_amount(amount))
    assert target == asked
    assert target_of(read_often(often_line(target)), amount_of(target, "pages")) == asked


@pytest.mark.parametrize(("often", "amount"), [("mon thu", "60 pages a week"), ("3 in 7", "20"), ("weekly", "5 in 14")])
def test_what_says_different_things_is_refused(often: str, amount: str) -> None:
    with pytest.raises(Refused):
        target_of(read_often(often), read_amount(amount))


@pytest.mark.parametrize(
    ("typed", "amounts", "days"),
    [
        ("1 less a week", [2, 1, 0], 7),
        ("1 fewer every 14 days to 1", [2, 1], 14),
        ("2 less each month", [1, 0], 30),
        ("0.5 less a day to 2", [2.5, 2], 1),
    ],
)
def test_steps_down(typed: str, amounts: list[float], days: int) -> None:
    today = date(2026, 11, 23)
    steps = read_steps(typed, 3, today)
    assert steps == tuple((today + timedelta(days=days * n), much) for n, much in enumerate(amounts, 1))


@pytest.mark.parametrize(
    "typed", ["less", "0 less a week", "1 less a week to 3", "1 less in 0", "0.01 less a day", "3", "1,000 less a week"]
)
def test_what_is_no_way_down_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        read_steps(typed, 3, date(2026, 11, 23))


def test_nothing_typed_is_nothing_counted() -> None:
    assert read_amount("  ") is None


@given(st.text(max_size=60) | st.sampled_from(HOSTILE))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (read_often, read_amount):
        try:
            read(text)
        except Refused as refused:
            assert str(refused)


UNITS = ["", "pages", "km", "500ml", "CO2", "m2", "5-min blocks", "x/day", "pages in 14 days", '5" nails', '"', ".5 l"]


@given(st.integers(1, 60), st.integers(1, 60), st.floats(0, 10_000), st.sampled_from(UNITS))
def test_there_and_back(times: int, days: int, amount: float, unit: str) -> None:
    often = DAILY if times >= days else Target((), times, days)
    assert read_often(often_line(often)) == often
    for exact in (1, 3):
        counted = Amount(round(amount, exact), unit, days)
        assert read_amount(amount_line(counted)) == counted
