"""The strength published with the well-known tracker, to six digits."""

from __future__ import annotations

import pytest

from coach.domain.habit_days import HabitDays
from coach.domain.habits import Habit, Target
from coach.domain.strength import course, keep_of
from tests.domain.made_habits import counted, days, habit

SIX_DIGITS = 1e-6
TWENTY = (
    *(0.655747, 0.636894, 0.617008, 0.596033, 0.573910, 0.550574, 0.525961, 0.500000, 0.472617, 0.443734),
    *(0.413270, 0.381137, 0.347244, 0.311495, 0.273788, 0.234017, 0.192067, 0.147820, 0.101149, 0.051922),
    *(0.000000, 0.000000, 0.000000),
)
"""Of a daily habit done on the last twenty days, newest first."""


def runs(*lengths: tuple[int, float]) -> HabitDays:
    """So many days with so much each, oldest first."""
    return counted([amount for number, amount in lengths for _ in range(number)])


def skipped(marks: str, *back: int) -> str:
    """Excused on the days so many days ago."""
    return "".join("e" if len(marks) - 1 - place in back else one for place, one in enumerate(marks))


def repeated(number: int, without: tuple[int, ...]) -> tuple[float, ...]:
    """The twenty numbers where these days, counted back, have that of the day before them, as skipped ones do."""
    rest = iter(TWENTY[len(without) :])
    found: list[float] = []
    for back in range(number):
        found.append(-1.0 if back in without else next(rest))
    for back in reversed(range(number)):
        found[back] = found[back + 1] if found[back] < 0 else found[back]
    return tuple(found)


PUBLISHED: dict[str, tuple[Habit, HabitDays, tuple[float, ...]]] = {
    "daily": (habit(), days("..." + "d" * 20), TWENTY),
    "daily with skips": (
        habit(),
        days("..." + skipped("d" * 20, 5, 10, 11)),
        (
            *(0.596033, 0.573910, 0.550574, 0.525961, 0.500000, 0.472617, 0.472617, 0.443734, 0.413270, 0.381137),
            *(0.347244, 0.347244, 0.347244, 0.311495, 0.273788, 0.234017, 0.192067, 0.147820, 0.101149, 0.051922),
            *(0.000000, 0.000000, 0.000000),
        ),
    ),
    "one day, a skip, and none after": (
        habit(),
        days(".demmmm"),
        (0.041949, 0.044247, 0.046670, 0.049226, 0.051922, 0.051922, 0.0),
    ),
    "two days": (habit(), days("dd"), (0.101149,)),
    "two days at once in two": (habit(Target(times=1, per=2)), days("dd"), (0.054816,)),
    "3 in 7, two of three done": (habit(Target(times=3, per=7)), days("mmmmmdd" * 100), (2 / 3,)),
    "4 in 7, two of four done": (habit(Target(times=4, per=7)), days("mmmmmdd" * 100), (0.5,)),
    "counted, at least": (habit(Target(amount=2)), runs((3, 0), (20, 2)), TWENTY),
    "counted, with skips": (
        habit(Target(amount=2)),
        counted(
            [0] * 3 + [None if back in (10, 15) else 2 for back in reversed(range(20))],
            "..." + skipped("." * 20, 10, 15),
        ),
        repeated(23, (10, 15)),
    ),
    "counted, two days": (habit(Target(amount=2)), runs((2, 2)), (0.101149,)),
    "counted, two days, in two": (habit(Target(amount=2, per=2)), runs((2, 2)), (0.072631,)),
    "counted, half": (habit(Target(amount=2)), runs((500, 1)), (0.5,)),
    "counted, a quarter": (habit(Target(amount=2)), runs((500, 0.5)), (0.25,)),
    "counted, far too much": (habit(Target(amount=2)), runs((1, 10_000)), (0.051922,)),
    "at most": (
        habit(Target(amount=2), "reduce"),
        runs((1, 1), (20, 5)),
        (
            *(0.344253, 0.363106, 0.382992, 0.403967, 0.426090, 0.449426, 0.474039, 0.500000, 0.527383, 0.556266),
            *(0.586730, 0.618863, 0.652756, 0.688505, 0.726212, 0.765983, 0.807933, 0.852180, 0.898851, 0.948078, 1.0),
        ),
    ),
    "at most, nothing noted": (habit(Target(amount=2), "reduce"), days("."), (1.0,)),
    "at most, two days": (habit(Target(amount=2), "reduce"), runs((2, 5)), (0.898850,)),
    "at most, two days, in two": (habit(Target(amount=2, per=2), "reduce"), runs((2, 5)), (0.927369,)),
    "at most, half over": (habit(Target(amount=2), "reduce"), runs((500, 3)), (0.5,)),
    "at most, three quarters over": (habit(Target(amount=2), "reduce"), runs((500, 3.5)), (0.25,)),
    "at most, far too much, then none": (habit(Target(amount=2), "reduce"), runs((1, 10_000), (1, 0)), (0.950773,)),
    "at most, none and then too much": (habit(Target(amount=2), "reduce"), runs((1, 0), (1, 5)), (0.948077,)),
    "at most, little and then too much": (habit(Target(amount=2), "reduce"), runs((1, 1), (1, 5)), (0.948077,)),
}
"""Newest first. Where nothing was entered the tracker counts none; here a person has to say so."""


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_numbers(name: str) -> None:
    one, said, expected = PUBLISHED[name]
    assert course(one, said)[::-1][: len(expected)] == pytest.approx(expected, abs=SIX_DIGITS)


def test_skips_are_as_if_they_never_were() -> None:
    half = habit(Target(amount=2))
    skips = counted([1.0] * 200 + [None] * 200 + [1.0] * 300, "." * 200 + "e" * 200 + "." * 300)
    assert course(half, skips)[-1] == pytest.approx(course(half, runs((500, 1)))[-1], abs=SIX_DIGITS)


def test_irregular_weeks_come_to_the_whole() -> None:
    assert course(habit(Target(times=1, per=7)), days("dmmmmmmmmmmmmd" * 50))[-1] == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize(("every", "times"), [(1, 90), (7, 39), (30, 18)])
def test_high_in_reasonable_time(every: int, times: int) -> None:
    marks = ("d" + "m" * (every - 1)) * (times - 1) + "d"
    amounts: list[float | None] = [2.0 if letter == "d" else 0.0 for letter in marks]
    assert course(habit(Target(times=1, per=every)), days(marks))[-1] > 0.99
    assert course(habit(Target(amount=2, per=every)), counted(amounts))[-1] > 0.99


def test_the_table_of_days_in_a_row() -> None:
    found = course(habit(), days("d" * 90))
    assert [round(found[number - 1] * 100) for number in (1, 3, 7, 14, 21, 30, 60, 90)] == [
        5,
        15,
        31,
        53,
        67,
        80,
        96,
        99,
    ]
    half_lives = [13 / rate**0.5 for rate in (1, 3 / 7, 1 / 7)]
    assert [round(one, 1) for one in half_lives] == [13.0, 19.9, 34.4]
    assert keep_of(1 / 7) ** half_lives[2] == pytest.approx(0.5)
