"""When nobody is spoken to: what is held, until when, and what is never held."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.asks import URGENT, Ask, Known, Nag
from coach.domain.errors import Refused
from coach.domain.prompts import Plan, plan
from coach.domain.quiet import Limits, read_length

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = Limits()


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def suggestion(clock: str, number: int = 0) -> Ask:
    return Ask(f"s{number}", "x", datetime.fromisoformat(f"2026-11-{clock}"), "practice", own=False)


def look(now: str, *asks: Ask, limits: Limits = NIGHT, claimed: tuple[str, ...] = ()) -> Plan:
    return plan(asks, Known(set(claimed)), local(f"2026-11-{now}"), BERLIN, limits)


@pytest.mark.parametrize(
    ("clock", "quiet"), [("21:59", False), ("22:00", True), ("03:00", True), ("06:59", True), ("07:00", False)]
)
def test_quiet_hours_by_the_wall_clock(clock: str, quiet: bool) -> None:
    assert NIGHT.in_hours(time.fromisoformat(clock)) == quiet
    assert not Limits(time(9), time(9)).in_hours(time.fromisoformat(clock))
    assert Limits(time(1), time(5)).in_hours(time.fromisoformat(clock)) == (clock == "03:00")


def test_what_comes_at_night_waits_for_the_morning() -> None:
    ask = suggestion("23T23:00")
    held = look("23T23:00", ask)
    assert (held.due, [one.reason for one in held.held]) == ((), ["quiet"])
    assert held.next_instant == local("2026-11-24T07:00")
    assert len(look("24T07:00", ask).due) == 1
    assert look("23T21:00", ask).next_instant == local("2026-11-24T07:00"), "nobody is woken for nothing"


def test_a_late_one_waits_too_and_what_was_set_for_the_night_does_not() -> None:
    own = Ask("p", "x", datetime(2026, 11, 23, 18), "prompt")
    assert look("23T23:00", own).due == ()
    for wanted in (replace(own, through_quiet=True), *(replace(own, kind=kind) for kind in URGENT)):
        assert len(look("23T23:00", wanted).due) == 1
    looking = Limits(aloud=False)
    assert len(look("23T23:00", own, limits=looking).due) == 1, "whoever looks is told what they set a time on"
    assert look("23T23:00", suggestion("23T18:00"), limits=looking).due == ()
    assert look("23T23:00", own, limits=replace(looking, until=local("2026-11-24T00:00"))).due == ()


def test_the_morning_that_comes_an_hour_early() -> None:
    ask = Ask("s", "x", datetime(2026, 3, 29, 1), "practice")
    found = plan([ask], Known(), datetime(2026, 3, 29, 0, 30, tzinfo=UTC), BERLIN, Limits(time(22), time(2, 30)))
    assert found.next_instant == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert plan([ask], Known(), found.next_instant, BERLIN, Limits(time(22), time(2, 30))).due


def test_a_quiet_somebody_asked_for_holds_all_but_what_is_urgent() -> None:
    limits = Limits(until=local("2026-11-23T14:00"))
    own = Ask("p", "x", datetime(2026, 11, 23, 13), "prompt", through_quiet=True)
    held = look("23T13:00", own, limits=limits)
    assert (held.due, held.next_instant) == ((), local("2026-11-23T14:00"))
    assert len(look("23T14:00", own, limits=limits).due) == 1
    for kind in URGENT:
        assert len(look("23T13:00", replace(own, kind=kind), limits=limits).due) == 1


def test_six_suggestions_a_day_and_the_earliest_first() -> None:
    asks = [suggestion(f"23T{9 + number:02}:00", number) for number in range(8)]
    first = look("23T12:00", *asks)
    assert len(first.due) == 4
    shown = tuple(one.key for one in first.due)
    later = look("23T18:00", *asks, claimed=shown)
    assert [one.subject for one in later.due] == ["s4", "s5"]
    assert [(one.occurrence.subject, one.reason) for one in later.held] == [("s6", "cap"), ("s7", "cap")]
    full = tuple(one.key for one in (*first.due, *later.due))
    assert [one.subject for one in look("24T09:00", *asks, suggestion("24T08:00", 9), claimed=full).due] == ["s9"]
    assert look("23T18:00", *asks, limits=Limits(cap=0)).due == ()
    for kind in URGENT:
        assert len(look("23T18:00", replace(asks[0], kind=kind), limits=Limits(cap=0)).due) == 1


def test_a_suggestion_that_asks_again_takes_one_place_of_the_day() -> None:
    """Also when it was shown once, for all the times nobody saw: each of those is claimed with it."""
    asks = [replace(suggestion("23T09:00", 0), nag=Nag(30, 3)), suggestion("23T10:00", 1), suggestion("23T11:00", 2)]
    limits = Limits(cap=2)
    [one] = look("23T09:40", *asks, limits=limits).due
    assert len(one.also) == 1
    shown: tuple[str, ...] = (one.key, *one.also)
    first, second = look("23T10:00", *asks, limits=limits, claimed=shown).due
    assert {first.subject, second.subject} == {"s0", "s1"}
    shown += (first.key, second.key)
    later = look("23T11:00", *asks, limits=limits, claimed=shown)
    assert [one.subject for one in later.due] == ["s0"], "what has its place may ask again"
    assert [one.occurrence.subject for one in later.held] == ["s2"]


def test_a_night_belongs_to_the_day_before_also_in_what_a_day_may_hold() -> None:
    asks = [suggestion("24T01:30"), *(suggestion(f"24T{9 + number:02}:00", number + 1) for number in range(6))]
    found = look("24T18:00", *asks, limits=Limits(time(0), time(0)))
    assert len(found.due) == 7


def test_what_waited_for_the_morning_counts_for_that_morning() -> None:
    asks = [suggestion("22T23:00"), *(suggestion(f"23T{9 + number:02}:00", number + 1) for number in range(6))]
    found = look("23T18:00", *asks)
    assert [one.subject for one in found.due] == [f"s{number}" for number in range(6)]


def test_what_was_put_off_comes_though_the_day_is_full_and_the_night_has_come() -> None:
    asks = [suggestion(f"23T{9 + number:02}:00", number) for number in range(6)]
    until = local("2026-11-23T22:30")
    known = Known({ask.key for ask in asks}, {asks[0].key: until})
    assert len(plan(asks, known, until, BERLIN, NIGHT).due) == 1


ASKS = st.builds(
    Ask,
    st.sampled_from("abcdefghij"),
    st.just("x"),
    st.datetimes(datetime(2026, 10, 24), datetime(2026, 10, 26)),
    st.sampled_from(["item", "practice", "dose", "appointment", "supply"]),
    own=st.booleans(),
    through_quiet=st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(ASKS, max_size=12),
    st.datetimes(datetime(2026, 10, 24), datetime(2026, 10, 26, 12), timezones=st.just(UTC)),
    st.builds(Limits, st.times(), st.times(), st.none(), st.integers(0, 6), st.booleans()),
    st.booleans(),
)
def test_cap_and_quiet_never_hold_what_is_exempt_and_lose_nothing(
    asks: list[Ask], now: datetime, limits: Limits, asked: bool
) -> None:
    if asked:
        limits = replace(limits, until=now + timedelta(hours=2))
    found, free = (plan(asks, Known(), now, BERLIN, one) for one in (limits, Limits(time(0), time(0), cap=99)))
    by_key = {ask.key: ask for ask in reversed(asks)}
    for one in found.held:
        ask = by_key[one.occurrence.key]
        assert ask.kind not in URGENT
        assert one.reason != "cap" or not ask.own
        assert one.reason != "quiet" or asked or not (ask.through_quiet or (ask.own and not limits.aloud))
    told = [one.key for one in found.due] + [one.occurrence.key for one in found.held]
    assert sorted(told) == sorted(one.key for one in free.due)
    days = {local_day(one.instant, limits) for one in found.due if not by_key[one.key].own and one.kind not in URGENT}
    capped = [one for one in found.due if not by_key[one.key].own and one.kind not in URGENT]
    assert len(capped) <= limits.cap * max(1, len(days))


def local_day(instant: datetime, limits: Limits) -> date:
    ask = Ask("x", "x", datetime(2026, 1, 1), "practice")
    return (replace(limits, until=None).free_from(ask, instant, BERLIN).astimezone(BERLIN) - timedelta(hours=4)).date()


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2h", 120),
        ("45m", 45),
        ("1h30", 90),
        ("1h30m", 90),
        ("90", 90),
        (" 2 hours ", 120),
        ("24h", 1440),
        ("1 h 5 min", 65),
    ],
)
def test_lengths(text: str, minutes: int) -> None:
    assert read_length(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "soon", "0", "0h", "25h", "24h1", "-2h", "2d", "9999", "1h1h"])
def test_lengths_that_are_none(text: str) -> None:
    with pytest.raises(Refused):
        read_length(text)
