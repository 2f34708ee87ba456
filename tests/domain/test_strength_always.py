"""What holds of a strength whatever was marked, asked for and excused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.habit_days import HabitDays
from coach.domain.habits import Habit, HabitKind, Target
from coach.domain.strength import course, strength_from
from tests.domain.made_habits import LONG_AGO, counted, days, habit

SIX_DIGITS = 1e-6
letters = st.text(st.sampled_from("dpem."), min_size=1, max_size=60)
amounts = st.lists(st.none() | st.floats(0, 1e6), max_size=60)
targets = st.one_of(
    st.builds(lambda per, times: Target(times=min(times, per), per=per), st.integers(1, 40), st.integers(1, 40)),
    st.builds(lambda one: Target(weekdays=tuple(sorted(one))), st.sets(st.integers(0, 6), min_size=1)),
    st.builds(lambda per, amount: Target(per=per, amount=amount), st.integers(1, 40), st.floats(0, 1e6)),
)
kinds: st.SearchStrategy[HabitKind] = st.sampled_from(["build", "reduce", "avoid"])


@settings(max_examples=300, deadline=None)
@given(kinds, targets, letters, amounts, st.text(st.sampled_from(".....lsa"), min_size=60, max_size=60))
def test_it_stays_between_nothing_and_all(
    kind: HabitKind, target: Target, marks: str, noted: list[float | None], shapes: str
) -> None:
    found = course(habit(target, kind), counted(noted, marks, shapes[: len(marks)]))
    assert len(found) == len(marks)
    assert all(0.0 <= one <= 1.0 for one in found)


@settings(max_examples=200, deadline=None)
@given(kinds, targets, letters, amounts, st.data())
def test_excusing_a_day_leaves_it_at_the_day_before(
    kind: HabitKind, target: Target, marks: str, noted: list[float | None], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(marks) - 1))
    one, excused = habit(target, kind), marks[:place] + "e" + marks[place + 1 :]
    found = course(one, counted(noted, excused))
    assert found[place] == (found[place - 1] if place else float(kind == "reduce"))


@settings(max_examples=200, deadline=None)
@given(targets.filter(lambda one: not one.weekdays), letters, amounts, st.data())
def test_excused_days_are_as_if_they_never_were(
    target: Target, marks: str, noted: list[float | None], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(marks)))
    amounts_of = [*noted[: len(marks)], *[None] * (len(marks) - len(noted))]
    with_one = counted([*amounts_of[:place], None, *amounts_of[place:]], marks[:place] + "e" + marks[place:])
    assert course(habit(target), with_one)[-1] == pytest.approx(course(habit(target), counted(amounts_of, marks))[-1])


@settings(max_examples=200, deadline=None)
@given(targets, targets, letters, amounts, st.data())
def test_another_target_changes_no_earlier_day(
    before: Target, after: Target, marks: str, noted: list[float | None], data: st.DataObject
) -> None:
    said = counted(noted, marks)
    place = data.draw(st.integers(0, len(marks) - 1))
    changed = Habit(
        "p-h", "Walk", targets={LONG_AGO.isoformat(): before, (said.first + timedelta(days=place)).isoformat(): after}
    )
    assert course(changed, said)[:place] == course(habit(before), said)[:place]


@settings(max_examples=200, deadline=None)
@given(kinds, targets, letters, amounts, st.integers(0, 59))
def test_read_from_a_later_day_it_is_the_same_or_not_known(
    kind: HabitKind, target: Target, marks: str, noted: list[float | None], cut: int
) -> None:
    """So that the strength of today need not read ten years."""
    marks = marks * 20
    said = counted(noted * 20, marks)
    first = said.first + timedelta(days=min(cut, len(marks) - 1))
    near = {day: amount for day, amount in said.amounts.items() if day >= first}
    found = strength_from(habit(target, kind), HabitDays(first, marks[(first - said.first).days :], near), whole=False)
    whole = strength_from(habit(target, kind), said, whole=True)
    assert whole == course(habit(target, kind), said)[-1]
    assert found is None or found == pytest.approx(whole, abs=SIX_DIGITS)


def test_a_year_is_enough_for_a_daily_habit() -> None:
    assert strength_from(habit(), days("dm" * 200), whole=False) is not None
    assert strength_from(habit(), days("dm" * 20), whole=False) is None
