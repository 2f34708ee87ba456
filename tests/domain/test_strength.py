"""What makes a habit stronger, what weakens it a little, and what leaves it alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from coach.domain import strength
from coach.domain.habit_days import HabitDays
from coach.domain.habits import Habit, Pause, Target
from coach.domain.strength import course, keep_of
from tests.domain.made_habits import TODAY, counted, days, habit

GROWN = course(habit(), days("d" * 30))[-1]
UNCHANGED: dict[str, tuple[Habit, HabitDays]] = {
    "not marked": (habit(), days("d" * 30 + "....")),
    "excused": (habit(), days("d" * 30 + "eeee")),
    "sick, away or low": (habit(), days("d" * 30 + "....", shapes="." * 30 + "sall")),
    "missed on a day that asks for nothing": (habit(), days("d" * 30 + "mmmm", shapes="." * 30 + "llll")),
    "paused": (
        habit(pauses={"a": Pause(TODAY - timedelta(days=3))}),
        days("d" * 30 + "mmmm"),
    ),
}


@pytest.mark.parametrize("name", UNCHANGED)
def test_what_leaves_it_alone(name: str) -> None:
    assert course(*UNCHANGED[name])[-4:] == pytest.approx([GROWN] * 4, abs=0)


def test_missed_is_said_and_lowers_it_a_little() -> None:
    assert course(habit(), days("d" * 30 + "m"))[-1] == pytest.approx(GROWN * keep_of(1))


def test_the_tiny_version_counts_half() -> None:
    keep = keep_of(1)
    assert course(habit(), days("p"))[-1] == pytest.approx(0.5 * (1 - keep))
    assert course(habit(), days("d" * 30 + "p"))[-1] == pytest.approx(GROWN * keep + 0.5 * (1 - keep))
    on_a_low_day = course(habit(), days("d" * 30 + "p", shapes="." * 30 + "l"))
    assert on_a_low_day[-1] == GROWN, "what is done on a low day lowers nothing"
    assert course(habit(), days("p", shapes="l"))[-1] > 0


def test_other_weekdays_are_not_its_days() -> None:
    week = "".join("d" if (TODAY - timedelta(days=back)).weekday() in (0, 2) else "." for back in reversed(range(70)))
    named = habit(Target(weekdays=(0, 2)))
    expected = 1 - keep_of(2 / 7) ** week.count("d")
    assert course(named, days(week))[-1] == pytest.approx(expected)
    assert course(named, days(week.replace(".", "m")))[-1] == pytest.approx(expected), "nothing was asked on them"


def test_a_day_whose_period_is_full_counts_as_done() -> None:
    once = habit(Target(times=1, per=7))
    found = course(once, days("d......" * 2))
    assert found[1:7] == [found[0]] * 6, "a week says nothing yet about two"
    assert found[7:] == sorted(found[7:])
    assert found[13] > found[12] > found[7]


def test_coming_back_never_lowers_it() -> None:
    thrice = habit(Target(times=3, per=7))
    found = course(thrice, days("d.d.d.." * 20 + "." * 28 + "d"))
    assert found[-1] >= found[-2]
    known = course(thrice, days("dmdmdmm" * 20 + "m" * 28 + "d"))
    assert known[-1] < known[-30], "but what is known counts"
    long_known = course(thrice, days("." * 9 + "dmdmdmm" * 20 + "m" * 28 + "d"))
    assert long_known[-1] < long_known[-2], "however little was known once"
    asked_more = replace(thrice, targets=thrice.targets | {TODAY.isoformat(): Target(times=4, per=7)})
    found = course(asked_more, days("d.d.d.." * 20 + "." * 28 + "d"))
    assert found[-1] >= found[-2], "also where more is asked from that day on"


def test_paused_weeks_are_as_if_they_never_were() -> None:
    thrice = habit(Target(times=3, per=7))
    paused = course(thrice, days("dmdmdmm" * 5 + "e" * 21 + "dmdmdmm"))
    assert paused[-7:] == pytest.approx(course(thrice, days("dmdmdmm" * 6))[-7:])


@pytest.mark.parametrize(
    ("letter", "amount", "share"),
    [("d", None, 1.0), ("p", None, 0.5), ("m", None, 0.0), ("d", 4.0, 1.0), ("p", 2.0, 0.25)],
)
def test_a_counted_day_may_be_ticked_instead(letter: str, amount: float | None, share: float) -> None:
    found = course(habit(Target(amount=8)), counted([amount], letter))
    assert found[-1] == pytest.approx(share * (1 - keep_of(1)))


@pytest.mark.parametrize(("letter", "share"), [("d", 1.0), ("p", 0.5), ("m", 0.0)])
@pytest.mark.parametrize("limit", [0.0, 3.0])
def test_something_to_reduce_may_be_ticked_too(letter: str, share: float, limit: float) -> None:
    found = course(habit(Target(amount=limit), "reduce"), days(letter))
    expected = share if limit else float(letter == "d")
    assert found[-1] == pytest.approx(keep_of(1) + expected * (1 - keep_of(1)))


def test_something_to_avoid_grows_by_silence_and_dips_when_it_is_noted() -> None:
    avoided = habit(kind="avoid", made=TODAY - timedelta(days=30))
    silent = course(avoided, days("." * 41, here="h" * 41))
    assert silent[:10] == [0.0] * 10, "before it was begun"
    assert silent[-2] == pytest.approx(GROWN)
    assert silent[-1] == silent[-2], "today is not over"
    assert course(avoided, days("." * 41))[-1] == 0, "silence of somebody who was not there says nothing"
    with_zero = course(avoided, days("." * 41, {1: 0.0, 0: 0.0}))
    assert with_zero[-1] == with_zero[-2] == pytest.approx(1 - keep_of(1)), "that there was none was said of yesterday"
    noted = course(avoided, days("." * 41, {0: 1.0}, here="h" * 41))
    assert noted[-1] == pytest.approx(GROWN * keep_of(1))


def test_what_is_said_to_be_missed_was_nothing_whatever_amount_another_device_left() -> None:
    for one in (habit(Target(amount=8)), habit(Target(amount=8), "reduce")):
        assert course(one, counted([8.0], "m")) == course(one, days("m"))


def test_pauses_without_number_cost_no_more_than_their_days(monkeypatch: pytest.MonkeyPatch) -> None:
    expanded = 0

    def counting(*edges: int) -> range:
        nonlocal expanded
        expanded += len(range(*edges))
        return range(*edges)

    monkeypatch.setattr(strength, "range", counting, raising=False)
    pauses = {str(number): Pause(TODAY - timedelta(days=40 + number), TODAY) for number in range(500)}
    said = days("d" * 30 + "m" * 41)
    paused = course(habit(pauses=pauses), said)
    assert paused[30:] == [paused[29]] * 41
    assert expanded < 5 * len(said.marks)


def test_pauses_that_lie_over_each_other_leave_out_what_each_of_them_does() -> None:
    first, last = TODAY - timedelta(days=9), TODAY - timedelta(days=5)
    inner = Pause(TODAY - timedelta(days=8), TODAY - timedelta(days=7))
    later = Pause(TODAY - timedelta(days=2), TODAY - timedelta(days=2))
    found = course(habit(pauses={"a": later, "b": inner, "c": Pause(first, last)}), days("d" * 10 + "m" * 10))
    changed = [now != before for before, now in pairwise(found[9:])]
    assert changed == [False] * 5 + [True] * 2 + [False] + [True] * 2
