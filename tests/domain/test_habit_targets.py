"""What a habit may ask for, from which day on, and in which words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from coach.codec import decode, encode
from coach.domain.errors import Refused
from coach.domain.habits import DAILY, Habit, HabitKind, Pause, Target, asking, check_habit, show_target
from tests.domain.made_habits import TODAY, habit


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"times": 8, "per": 7}, "8 times in 7 days is not possible"),
        ({"times": 2}, "a day counts once"),
        ({"times": 0}, "not possible"),
        ({"per": 0}, "between 1 and 366"),
        ({"per": 367}, "between 1 and 366"),
        ({"amount": -1.0}, "not between 0"),
        ({"amount": float("nan")}, "not between 0"),
        ({"amount": 30.0, "times": 3, "per": 7}, "in 7 days all together"),
        ({"weekdays": (7,)}, "Weekdays are"),
        ({"weekdays": (1, 1)}, "each once"),
        ({"weekdays": (1,), "times": 2, "per": 7}, "not both"),
    ],
)
def test_a_target_that_cannot_be(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        Target(**fields)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (habit(DAILY, "avoid"), "has no target"),
        (habit(None, "reduce"), "at most"),
        (habit(DAILY, "reduce"), "at most"),
        (habit(Target(weekdays=(1,), amount=2), "reduce"), "holds for every day"),
        (habit(DAILY, unit="glasses"), "how many glasses"),
        (habit(Target(amount=0)), "asks for nothing"),
        (habit(area="nowhere"), "no area 'nowhere'"),
    ],
)
def test_a_habit_whose_parts_do_not_go_together(one: Habit, said: str) -> None:
    """It can be read, for two devices may have made it so, and each on its own was right; it cannot be kept."""
    with pytest.raises(Refused, match=said):
        check_habit(one)


def test_what_is_not_a_habit_at_all() -> None:
    for title, first in ((" ", "2026-11-23"), ("Walk", "soon"), ("Walk", "20261123")):
        with pytest.raises(Refused):
            Habit("p-h", title, targets={first: DAILY})
    with pytest.raises(Refused, match="cannot end before"):
        Pause(TODAY, TODAY - timedelta(days=1))


def test_a_habit_is_kept_and_read_exactly() -> None:
    one = habit(Target(weekdays=(0, 4), amount=2.5), unit="km", pauses={"a": Pause(TODAY)}, run=True, area="health")
    data = encode(one)
    assert decode(Habit, data) == check_habit(one)


def test_a_target_holds_from_its_day_on() -> None:
    one = Habit("p-h", "x", "reduce", targets={f"2026-{month:02}-01": Target(amount=month) for month in (3, 6, 9)})
    asked = {day: one.target_on(date.fromisoformat(day)).amount for day in ("2020-01-01", "2026-05-31", "2026-06-01")}
    assert asked == {"2020-01-01": 3, "2026-05-31": 3, "2026-06-01": 6}
    assert one.target_on(date(2030, 1, 1)).amount == 9
    assert Habit("p-h", "x").target_on(TODAY) == DAILY


def test_another_limit_leaves_the_steps_that_are_below_it() -> None:
    days = [(TODAY + timedelta(days=7 * week)).isoformat() for week in range(5)]
    planned = {day: Target(per=7, amount=10 - week) for week, day in enumerate(days)}
    one = Habit("p-h", "Cans", "reduce", targets={"2020-01-01": Target(per=7, amount=12), **planned})
    kept = {8.5: days[2:], 9.0: days[2:], 20.0: days[1:], 1.0: []}
    for limit, left in kept.items():
        found = asking(one, TODAY, Target(per=7, amount=limit)).targets
        assert sorted(found) == ["2020-01-01", TODAY.isoformat(), *left]
        assert (found["2020-01-01"].amount, found[TODAY.isoformat()].amount) == (12, limit)
    assert sorted(asking(one, TODAY, Target(amount=9)).targets) == ["2020-01-01", days[0]], "of a day is something else"
    built = Habit("p-h", "Read", targets={"2020-01-01": DAILY, days[3]: Target(amount=1)})
    assert sorted(asking(built, TODAY, Target(amount=5)).targets) == ["2020-01-01", days[0]]


@pytest.mark.parametrize(
    ("target", "unit", "kind", "words"),
    [
        (DAILY, "", "build", "every day"),
        (Target(weekdays=(2, 0)), "", "build", "Mon, Wed"),
        (Target(times=3, per=7), "", "build", "3 times in 7 days"),
        (Target(times=1, per=30), "", "build", "once in 30 days"),
        (Target(amount=8), "glasses", "build", "8 glasses a day"),
        (Target(amount=2.5, weekdays=(4,)), "km", "build", "2.5 km on Fri"),
        (Target(amount=30, per=7), "km", "build", "30 km in 7 days"),
        (Target(amount=2), "", "reduce", "at most 2 a day"),
        (None, "", "avoid", "noted when it happens"),
    ],
)
def test_a_target_in_words(target: Target | None, unit: str, kind: HabitKind, words: str) -> None:
    assert show_target(target, unit, kind) == words


def test_counted_is_what_has_a_unit_or_an_amount_or_is_not_built_up() -> None:
    assert [one.counted for one in (habit(), habit(unit="km"), habit(Target(amount=1)), habit(kind="avoid"))] == [
        *(False, True, True, True)
    ]
