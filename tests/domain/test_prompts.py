"""Prompts come due once, whatever the clocks do: tables for the hard hours, and random walks through both changes."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.asks import Ask, Known, Nag, instant_of
from coach.domain.errors import Refused
from coach.domain.prompts import Plan, coming, plan
from coach.domain.quiet import Limits
from coach.domain.sentences import Prompt

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = (
    *("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns"),
    *("Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia"),
)
OPEN = Limits(time(0), time(0))
"""No quiet hours."""
DAY = date(2026, 11, 23)


def local(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def asks_of(*prompts: Prompt, first: date = DAY - timedelta(days=3), limits: Limits = OPEN) -> list[Ask]:
    return [ask for prompt in prompts for ask in prompt.asks(first, first + timedelta(days=12), limits)]


def planned(now: str, *prompts: Prompt, claimed: tuple[str, ...] = (), since: str = "") -> Plan:
    first = local(now).date() - timedelta(days=3)
    begun = local(since) if since else None
    return plan(asks_of(*prompts, first=first), Known(set(claimed)), local(now), BERLIN, OPEN, since=begun)


def keys_due(since: str, now: str, *prompts: Prompt) -> list[str]:
    return [found.key for found in planned(now, *prompts, since=since).due]


def test_a_prompt_is_due_at_its_second_and_not_before() -> None:
    prompt = Prompt("p", "Drink something", time(7, 30, 15))
    assert keys_due("2026-11-23T07:00", "2026-11-23T07:30:14", prompt) == []
    assert keys_due("2026-11-23T07:00", "2026-11-23T07:30:15", prompt) == ["p@2026-11-23T07:30:15"]
    assert keys_due("2026-11-23T07:30:15", "2026-11-23T09:00", prompt) == []


@pytest.mark.parametrize(
    ("at", "zone", "instant"),
    [
        ("2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30"),  # skipped hour: 03:30 summer time
        ("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30"),  # repeated hour: the first one
        ("2026-03-08T02:30", "America/New_York", "2026-03-08T07:30"),
        ("2026-11-01T01:30", "America/New_York", "2026-11-01T05:30"),
        ("2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:45"),  # half an hour is skipped
        ("2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-04T14:45"),
        ("2011-12-30T12:00", "Pacific/Apia", "2011-12-30T22:00"),  # a whole day is skipped
    ],
)
def test_the_hours_clocks_skip_and_repeat(at: str, zone: str, instant: str) -> None:
    found = instant_of(datetime.fromisoformat(at), ZoneInfo(zone))
    assert found == datetime.fromisoformat(instant).replace(tzinfo=UTC)


def test_a_repeated_hour_does_not_repeat_a_prompt() -> None:
    prompt = Prompt("p", "x", time(2, 30))
    assert keys_due("2026-10-25T00:00", "2026-10-25T12:00", prompt) == ["p@2026-10-25T02:30:00"]


@pytest.mark.parametrize(
    ("known", "settled", "comes"),
    [
        (Known(), False, True),
        (Known(), True, False),
        (Known(said={"i@2026-11-23T09:00:00": None}), False, False),
        (Known(skipped={"i@2026-11-23"}), False, False),
        (Known(skipped={"i@2026-11-22", "j@2026-11-23"}), False, True),
    ],
)
def test_silent_when_done_answered_or_not_wanted_today(known: Known, settled: bool, comes: bool) -> None:
    ask = Ask("i", "walk", datetime(2026, 11, 23, 9), "item", settled=settled)
    found = plan([ask], known, local("2026-11-23T09:00"), BERLIN, OPEN)
    assert bool(found.due) == comes
    assert found.held == ()
    assert bool(coming([ask], known, local("2026-11-23T08:00"), BERLIN)) == comes


def test_a_day_that_is_not_its_date_is_skipped_by_its_own_name() -> None:
    """01:30 belongs to the day before."""
    ask = Ask("i", "tea", datetime(2026, 11, 24, 1, 30), "item", day=DAY)
    assert plan([ask], Known(skipped={"i@2026-11-23"}), local("2026-11-24T02:00"), BERLIN, OPEN).due == ()
    assert plan([ask], Known(skipped={"i@2026-11-24"}), local("2026-11-24T02:00"), BERLIN, OPEN).due != ()


def test_what_is_switched_off_is_held_and_counted_and_rings_nobody() -> None:
    ask = Ask("i", "walk", datetime(2026, 11, 23, 9), "item", paused=True)
    found = plan([ask], Known(), local("2026-11-23T09:00"), BERLIN, OPEN)
    assert (found.due, [one.reason for one in found.held]) == ((), ["paused"])
    assert plan([ask], Known(), local("2026-11-23T08:00"), BERLIN, OPEN).next_instant is None


def test_the_same_wish_twice_comes_once() -> None:
    ask = Ask("i", "walk", datetime(2026, 11, 23, 9), "item")
    assert len(plan([ask, ask], Known(), local("2026-11-23T09:00"), BERLIN, OPEN).due) == 1


@pytest.mark.parametrize(("kind", "comes"), [("prompt", False), ("item", False), ("dose", True), ("appointment", True)])
def test_what_may_have_been_shown_comes_only_where_it_must(kind: str, comes: bool) -> None:
    """A quarter of an hour around a line nobody can read, and not a minute more."""
    for minutes, in_doubt in ((-15, True), (0, True), (15, True), (16, False), (-16, False)):
        ask = Ask("i", "x", datetime(2026, 11, 23, 9), kind)
        known = Known(doubts=(ask.at + timedelta(minutes=minutes), datetime(2020, 1, 1)))
        found = plan([ask], known, local("2026-11-23T09:30"), BERLIN, OPEN).due
        assert len(found) == (comes or not in_doubt)
        assert all(one.in_doubt == in_doubt for one in found)


def test_the_next_instant() -> None:
    weekly, item = Prompt("p", "x", time(9), days=(0,)), Ask("i", "tea", datetime(2026, 11, 23, 10), "item")
    asks = [*asks_of(weekly), item]
    for now, then in (("23T09:00", "2026-11-23T10:00"), ("23T10:00", "2026-11-30T09:00")):
        assert plan(asks, Known(), local(f"2026-11-{now}"), BERLIN, OPEN).next_instant == local(then)
    assert plan([item], Known(), local("2026-11-23T10:00"), BERLIN, OPEN).next_instant is None


TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
OWN = st.builds(
    Prompt,
    st.just("p"),
    st.just("x"),
    TIMES,
    times=st.lists(TIMES, max_size=2).map(tuple),
    leads=st.sampled_from([(), (10,), (0, 90)]),
)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.sampled_from([(2026, 3), (2026, 4), (2026, 9), (2026, 10), (2026, 11)]),
    st.lists(OWN, min_size=1, max_size=2),
    st.integers(0, 2**32),
)
def test_every_occurrence_exactly_once_on_a_random_walk(
    name: str, month: tuple[int, int], kinds: list[Prompt], seed: int
) -> None:
    draw = Random(seed).random
    zone = ZoneInfo(name)
    start = now = datetime(*month, 1, tzinfo=UTC) - timedelta(days=3)
    end = start + timedelta(days=36)
    first = start.astimezone(zone).date() - timedelta(days=2)
    asks = [
        Ask(f"{ask.subject}{number}", ask.title, ask.at, ask.kind, ask.lead)
        for number, prompt in enumerate(kinds)
        for ask in prompt.asks(first, first + timedelta(days=42), OPEN)
    ]
    assert len({ask.key for ask in asks}) == len(asks)
    shown: Counter[str] = Counter()
    asks.sort(key=lambda ask: ask.at)
    while now < end:
        clock = now.astimezone(zone).replace(tzinfo=None)
        near = [bisect(asks, clock + timedelta(days=by), key=lambda ask: ask.at) for by in (-2, 2)]
        shown.update(one.key for one in plan(asks[slice(*near)], Known(shown.keys()), now, zone, OPEN).due)
        kind = draw()
        if kind < 0.9:
            now += timedelta(seconds=20 + 20000 * draw())
        elif kind < 0.97:
            now += timedelta(hours=23.9 * draw())  # asleep, shorter than what is looked back
        else:
            now -= timedelta(minutes=90 * draw())  # somebody set the clock back
    inside = (
        start.astimezone(zone).replace(tzinfo=None),
        (end - timedelta(days=2)).astimezone(zone).replace(tzinfo=None),
    )
    assert {
        ask.key for ask in asks if inside[0] <= ask.at - timedelta(minutes=ask.lead) and ask.at <= inside[1]
    } <= shown.keys()
    assert set(shown.values()) == {1}


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2026, 1, 5), datetime(2026, 12, 20), timezones=st.just(UTC)),
    st.lists(st.builds(Prompt, st.uuids().map(str), st.just("x"), st.times()), min_size=1, max_size=4),
    st.builds(Limits, st.times(), st.times()),
)
def test_the_next_instant_is_the_first_to_be_due(
    name: str, now: datetime, prompts: list[Prompt], limits: Limits
) -> None:
    zone = ZoneInfo(name)
    asks = asks_of(*prompts, first=now.date() - timedelta(days=3), limits=limits)
    shown = Known({one.key for one in plan(asks, Known(), now, zone, limits).due})
    following = plan(asks, shown, now, zone, limits).next_instant
    assert following is not None
    assert now < following
    assert plan(asks, shown, following - timedelta(microseconds=1), zone, limits).due == ()
    assert plan(asks, shown, following, zone, limits).due


def test_asks_that_cannot_be() -> None:
    with pytest.raises(Refused, match="zone"):
        Ask("p", "x", local("2026-11-23T07:00"), "prompt")
    with pytest.raises(Refused, match="24 hours"):
        Ask("p", "x", datetime(2026, 11, 23), "prompt", lead=1441)
    assert Nag(240, 6).most == 6
