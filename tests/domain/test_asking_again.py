"""What is asked again until it is answered, and what is put off: occurrences of their own, never a pile."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from coach.domain.asks import Ask, Known
from coach.domain.prompts import Plan, plan
from coach.domain.sentences import Prompt
from tests.domain.test_prompts import BERLIN, OPEN, asks_of, local, planned


def test_what_asks_again_comes_until_it_is_answered() -> None:
    prompt = Prompt("p", "x", time(9), nag_every=10, nag_most=2)
    base = "p@2026-11-23T09:00:00"
    times = ("09:00", "09:10", "09:20", "09:30")
    shown: list[str] = []
    for clock in times:
        shown += [
            one.key for one in planned(f"2026-11-23T{clock}", prompt, claimed=tuple(shown)).due if "23T" in one.key
        ]
    assert shown == [base, f"{base}#1", f"{base}#2"]
    answered = Known({base}, {base: None})
    assert not [
        one for one in plan(asks_of(prompt), answered, local("2026-11-23T09:10"), BERLIN, OPEN).due if one.ask == base
    ]


def test_what_was_asked_again_while_away_comes_as_one() -> None:
    prompt = Prompt("p", "x", time(9), nag_every=10, nag_most=4, made=local("2026-11-22T10:00"))
    (one,) = planned("2026-11-23T09:25", prompt).due
    base = "p@2026-11-23T09:00:00"
    assert (one.key, one.also, one.ask) == (f"{base}#2", (base, f"{base}#1"), base)
    assert planned("2026-11-23T09:25", prompt, claimed=(one.key, *one.also)).next_instant == local("2026-11-23T09:30")


def test_what_was_put_off_comes_once_more_at_its_moment_and_asks_again_from_there() -> None:
    prompt = Prompt("p", "x", time(9), nag_every=10, nag_most=1, made=local("2026-11-22T10:00"))
    base, until = "p@2026-11-23T09:00:00", local("2026-11-23T11:00")
    later = f"{base}~2026-11-23T11:00:00+01:00"

    def look(clock: str, *claimed: str) -> Plan:
        known = Known({base, *claimed}, {base: until})
        return plan(asks_of(prompt), known, local(f"2026-11-23T{clock}"), BERLIN, OPEN)

    assert look("10:59").due == ()
    assert look("10:59").next_instant == until
    assert [one.key for one in look("11:00").due] == [later]
    assert look("11:00", later).next_instant == local("2026-11-23T11:10")
    assert [one.key for one in look("11:10", later).due] == [f"{later}#1"]


def test_what_was_put_off_is_looked_for_as_far_back_as_there_are_days() -> None:
    until, now = local("2027-01-01T08:00"), local("2026-11-23T08:00")
    keys = ("p@1999-01-01T08:00:00", "p@0001-01-01T08:00:00", "p@2100-01-01T08:00:00", "p@soon")
    assert Known(said=dict.fromkeys(keys, until)).put_off_since(now) is None
    assert Known(said=dict.fromkeys((*keys, "p@2025-03-01T08:00:00"), until)).put_off_since(now) == date(2025, 3, 1)


def test_something_put_off_over_the_repeated_hour_waits_as_long_as_was_said() -> None:
    ask = Ask("p", "x", datetime(2026, 10, 25, 2, 55), "prompt")
    until = datetime(2026, 10, 25, 1, 0, tzinfo=UTC).astimezone(BERLIN)  # 02:00 for the second time
    known = Known({ask.key}, {ask.key: until})
    assert plan([ask], known, datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC), BERLIN, OPEN).due == ()
    assert len(plan([ask], known, until, BERLIN, OPEN).due) == 1
