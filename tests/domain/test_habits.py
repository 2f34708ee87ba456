"""What a habit's days come to: the state of one, what is asked for, the last thirty, and a run of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from coach.domain.habit_days import HabitDays, is_due, judged, run_of, state_after, state_of_amount, state_on, view_of
from coach.domain.habits import DAILY, Habit, HabitView, Pause, Target, asking
from coach.domain.items import Mark
from coach.domain.strength import strength_from
from tests.domain.made_habits import LONG_AGO, TODAY, counted, days, habit


def seen(one: Habit, said: HabitDays, day: date = TODAY) -> HabitView:
    return view_of(one, said, day, TODAY)


@pytest.mark.parametrize(
    ("one", "said", "day", "state"),
    [
        (habit(), days("d"), TODAY, "done"),
        (habit(), days("p"), TODAY, "part"),
        (habit(), days("m"), TODAY, "missed"),
        (habit(), days("."), TODAY, "open"),
        (habit(), days("v"), TODAY, "open"),
        (habit(), days(".."), TODAY - timedelta(days=1), "unknown"),
        (habit(), days("."), TODAY + timedelta(days=1), "open"),
        (habit(), days(".", shapes="s"), TODAY, "excused"),
        (habit(), days("d", shapes="s"), TODAY, "done"),
        (habit(Target(amount=2), "reduce"), days(".", shapes="s"), TODAY, "open"),
        (habit(kind="avoid"), days(".", shapes="l"), TODAY, "open"),
        (habit(pauses={"a": Pause(LONG_AGO)}), days("."), TODAY, "excused"),
        (habit(pauses={"a": Pause(LONG_AGO, LONG_AGO)}), days("."), TODAY, "open"),
        (habit(kind="avoid"), days(".."), TODAY - timedelta(days=1), "open"),
        (habit(Target(amount=2), "reduce"), days(".."), TODAY - timedelta(days=1), "unknown"),
        (habit(Target(amount=2), "reduce"), days("..", {1: 3}), TODAY - timedelta(days=1), "open"),
    ],
)
def test_the_state_of_a_day(one: Habit, said: HabitDays, day: date, state: str) -> None:
    assert state_on(one, said, day, TODAY) == state


THRICE, WEEKLY_30 = habit(Target(times=3, per=7)), habit(Target(amount=30, per=7))


@pytest.mark.parametrize(
    ("one", "said", "due"),
    [
        (habit(), days("."), True),
        (habit(), days("d"), True),  # it stays one of the day's things when it is done
        (habit(Target(weekdays=(0,))), days("."), True),
        (habit(Target(weekdays=(1, 2))), days("."), False),
        (habit(), days(".", shapes="l"), False),
        (habit(pauses={"a": Pause(LONG_AGO)}), days("."), False),
        (habit(Target(amount=2), "reduce"), days("."), False),
        (habit(kind="avoid"), days("."), False),
        (THRICE, days("dd....."), True),
        (THRICE, days("d.d.d.."), False),
        (THRICE, days("d.d.d..."), True),  # the first of them is more than a week ago
        (THRICE, days(".ddp..."), False),
        (THRICE, days(".dd...d"), True),
        (THRICE, days("ddd......."), True),
        (WEEKLY_30, days(".......", {6: 30}), False),
        (WEEKLY_30, days("........", {7: 30}), True),
        (WEEKLY_30, days(".......", {2: 10, 1: 19.5}), True),
        (WEEKLY_30, days(".......", {0: 30}), True),
    ],
)
def test_what_is_asked_for(one: Habit, said: HabitDays, due: bool) -> None:
    assert is_due(one, said, TODAY) == due


def test_the_headline_is_of_the_last_thirty_days() -> None:
    view = seen(habit(), days("d" * 20 + "." * 18 + "d" * 22))
    assert (view.done30, view.of30, view.headline) == (22, 30, "22 of the last 30 days")
    assert view.letters == "." * 8 + "d" * 22


@pytest.mark.parametrize(
    ("one", "said", "headline", "letters"),
    [
        (habit(), days("p" * 2 + "d" * 28), "30 of the last 30 days, 2 in part", "pp" + "d" * 28),
        (habit(), days("e" * 10 + "d" * 20), "20 of 20 days", "e" * 10 + "d" * 20),
        (habit(), days("." * 20 + "d" * 10, shapes="l" * 20 + "s" * 10), "10 of 10 days", "e" * 20 + "d" * 10),
        (
            habit(Target(amount=2), "reduce"),
            days("." * 29 + "d", shapes="s" * 30),
            "within it on 1 of 1 day",
            "." * 29 + "d",
        ),
        (habit(made=TODAY), days("." * 30), "none yet", "-" * 29 + "."),
        (habit(made=TODAY), days("." * 29 + "d"), "1 of 1 day", "-" * 29 + "d"),
        (habit(made=TODAY), days("." * 28 + "dd"), "2 of 2 days", "-" * 28 + "dd"),
        (habit(pauses={"a": Pause(LONG_AGO, TODAY)}), days("." * 29 + "d"), "1 of 1 day", "-" * 29 + "d"),
        (habit(Target(weekdays=(0,))), days("." * 29 + "d"), "1 of 5 days", "-." + "------." * 3 + "------d"),
        (habit(), days("m" * 30), "none yet", "m" * 30),
        (habit(Target(amount=2), "reduce"), days("." * 27 + "ddp"), "within it on 2 of 3 days", "." * 27 + "ddp"),
        (habit(Target(amount=2), "reduce"), days("." * 30), "not counted yet", "." * 30),
        (
            habit(kind="avoid"),
            days("." * 30, {2: 1, 9: 2, 5: 0}),
            "noted on 2 of the last 30 days",
            "." * 20 + "p......p..",
        ),
        (habit(kind="avoid"), days("." * 30), "not noted lately", "." * 30),
    ],
)
def test_what_the_last_days_say(one: Habit, said: HabitDays, headline: str, letters: str) -> None:
    view = seen(one, said)
    assert (view.headline, view.letters) == (headline, letters)


def test_a_view_says_the_rest() -> None:
    one = habit(Target(amount=8), unit="glasses")
    view = view_of(one, days("p", {0: 3}), TODAY, TODAY, Mark("p-h", TODAY, "part", note="hot day"))
    assert (view.amount, view.note, view.target, view.due) == (3, "hot day", Target(amount=8), True)
    assert seen(habit(kind="avoid"), days(".")).target is None


def test_of_its_day_is_what_is_asked_counted_or_said() -> None:
    resting = habit(Target(weekdays=(1,)))
    assert [seen(one, days(marks)).of_its_day for one, marks in ((habit(), "."), (resting, "."), (resting, "d"))] == [
        *(True, False, True)
    ]
    assert seen(habit(kind="avoid"), days(".")).of_its_day


@pytest.mark.parametrize(
    ("marks", "run"), [("", 0), ("ddd", 3), ("ddd.", 3), ("dd.ed", 3), ("ddmdp", 2), ("ddm", 0), ("dd...", 2)]
)
def test_only_what_is_said_to_be_missed_ends_a_run(marks: str, run: int) -> None:
    assert run_of(habit(), days("." + marks)) == run


def test_a_run_of_something_to_avoid_is_of_days_since_it_was_noted() -> None:
    assert run_of(habit(kind="avoid"), days("." * 20, {4: 1, 9: 1})) == 4
    assert run_of(habit(kind="avoid"), days("." * 20, {0: 1})) == 0
    assert run_of(habit(kind="avoid", made=TODAY - timedelta(days=9)), days("." * 20)) == 10
    assert run_of(habit(kind="avoid", made=date.max), days("." * 20)) == 0
    assert run_of(habit(kind="avoid"), days("." * 15 + "e....", {4: 1, 9: 1})) == 9, "an excused day counts for nothing"
    assert run_of(habit(kind="avoid"), days("." * 15 + "e....", {4: 1})) > 20


@pytest.mark.parametrize(("amounts", "run"), [((20, 20, 20), 0), ((1, 2, 5), 3), ((1, 9, 2), 1), ((1, 2, 9), 0)])
def test_a_run_of_something_to_reduce_is_of_days_within_its_limit(amounts: tuple[float, ...], run: int) -> None:
    one = habit(Target(amount=5), "reduce")
    assert run_of(one, judged(one, counted(amounts, "ddd"))) == run


def test_a_day_within_its_limit_is_so_in_whatever_order_it_was_typed() -> None:
    one = habit(Target(per=7, amount=2), "reduce")
    noted = [2, None, None, 2, None, None, None, 1, None, None, 1.5]
    expected = "d..p...p..p"  # with the days before it in its week: 2, 4, 3, 2.5
    for stored in ("." * 11, "d" * 11, "p" * 11):
        found = judged(one, counted(noted, stored)).marks
        kept = "".join(letter for letter, amount in zip(found, noted, strict=True) if amount is not None)
        assert kept == expected.replace(".", "")
    excused = judged(one, counted(noted, "e..d......."))
    assert excused.marks == "e..d...p..p", "what is excused counts for nothing"
    weekly_now = replace(
        one, targets={LONG_AGO.isoformat(): Target(amount=2), TODAY.isoformat(): Target(per=7, amount=2)}
    )
    assert judged(weekly_now, counted([1, 2, 1])).marks == "ddp"
    assert judged(habit(Target(amount=2)), counted([1], "d")).marks == "d", "what is to be built stays as it was said"


EIGHT = habit(Target(amount=8))
CANS = habit(Target(amount=2), "reduce")
SMOKE = habit(kind="avoid")


@pytest.mark.parametrize(
    ("one", "before", "amount", "state"),
    [
        (EIGHT, {"state": "open"}, 1, "part"),
        (EIGHT, {"state": "missed"}, 1, "part"),
        (EIGHT, {"state": "done"}, 1, "done"),  # that it was done, the person said
        (EIGHT, {"state": "done", "amount": 3}, 4, "done"),
        (EIGHT, {"state": "done", "amount": 3}, None, "done"),
        (EIGHT, {"state": "done", "amount": 3}, 0, "missed"),
        (EIGHT, {"state": "done"}, None, "open"),
        (EIGHT, {"state": "done", "amount": 8}, 7, "part"),  # it was counted
        (EIGHT, {"state": "done", "amount": 8}, None, "open"),
        (EIGHT, {"state": "excused"}, 1, "excused"),
        (EIGHT, {"state": "excused", "reason": "ill"}, 8, "done"),
        (EIGHT, {"state": "done", "amount": 8, "reason": "ill"}, 7, "excused"),
        (EIGHT, {"state": "excused", "amount": 1}, None, "excused"),
        (EIGHT, {"state": "excused"}, 0, "missed"),
        (CANS, {"state": "excused"}, 1, "excused"),
        (CANS, {"state": "done", "amount": 2}, 3, "part"),
        (SMOKE, {"state": "excused"}, 1, "excused"),
        (SMOKE, {"state": "open"}, 1, "open"),
    ],
)
def test_what_another_amount_leaves_as_it_was_said(
    one: Habit, before: dict[str, Any], amount: float | None, state: str
) -> None:
    assert state_after(one, Mark(one.id, TODAY, **before), amount) == state


def test_what_was_counted_is_counted_on_when_more_is_asked_for_the_same_day() -> None:
    more = asking(EIGHT, TODAY, Target(amount=10))
    assert state_after(more, Mark(more.id, TODAY, "done", amount=8), 9) == "part"
    assert state_after(more, Mark(more.id, TODAY, "done", amount=8), 10) == "done"
    assert state_after(more, Mark(more.id, TODAY, "done", amount=3), 4) == "done", "the person said that it was enough"


@pytest.mark.parametrize(
    ("kind", "target", "amount", "before", "state"),
    [
        ("build", Target(amount=8), 8, 0, "done"),
        ("build", Target(amount=8), 9, 0, "done"),
        ("build", Target(amount=8), 3, 0, "part"),
        ("build", Target(amount=8), 0, 0, "missed"),
        ("build", Target(amount=0.3), 0.1 + 0.2, 0, "done"),
        ("build", Target(amount=30, per=7), 1, 0, "done"),
        ("reduce", Target(amount=2), 0, 0, "done"),
        ("reduce", Target(amount=2), 2, 0, "done"),
        ("reduce", Target(amount=2), 3, 0, "part"),
        ("reduce", Target(amount=5, per=7), 2, 3, "done"),
        ("reduce", Target(amount=5, per=7), 3, 3, "part"),
        ("avoid", DAILY, 1, 0, "open"),
    ],
)
def test_what_an_amount_comes_to(kind: str, target: Target, amount: float, before: float, state: str) -> None:
    assert state_of_amount(kind, target, amount, before) == state


def test_a_change_of_the_target_leaves_the_days_before_it() -> None:
    one = replace(habit(), targets={"2020-01-01": DAILY, TODAY.isoformat(): Target(weekdays=(1,))})
    view = seen(one, days("d" * 29 + "."))
    assert (view.done30, view.of30, view.letters[-1]) == (29, 29, "-")


def test_days_from_the_ends_of_time_stop_nothing() -> None:
    for made in (date.min, date.max):
        one = habit(kind="avoid", made=made, run=True, pauses={"a": Pause(date.min), "b": Pause(date.max)})
        assert run_of(one, days("." * 30)) is not None
        assert seen(one, days("." * 30)).headline
        assert strength_from(one, days("." * 30), whole=True) == 0.0
    endless = {"0001-01-01": DAILY, "9999-12-31": Target(times=3, per=366)}
    assert seen(replace(habit(), targets=endless), days("d" * 30)).done30 == 30
    assert strength_from(replace(habit(), targets=endless), days("d" * 30), whole=True)
