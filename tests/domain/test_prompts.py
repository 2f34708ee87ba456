"""Prompts come due once, whatever the clocks do: tables for the hard hours, and random walks through both changes."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.codec import decode, encode
from coach.domain.errors import Refused
from coach.domain.prompts import Prompt, Timed, due, instant_of, next_instant

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = (
    *("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns"),
    *("Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia"),
)
MONDAY = date(2026, 11, 23)


def local(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def keys_due(since: str, now: str, *entries: Prompt | Timed) -> list[str]:
    prompts = [entry for entry in entries if isinstance(entry, Prompt)]
    timed = [entry for entry in entries if isinstance(entry, Timed)]
    return [found.key for found in due(prompts, timed, local(now), BERLIN, local(since))]


def test_a_prompt_is_due_at_its_second_and_not_before() -> None:
    prompt = Prompt("p", "Drink something", time(7, 30, 15))
    assert keys_due("2026-11-23T07:00", "2026-11-23T07:30:14", prompt) == []
    assert keys_due("2026-11-23T07:00", "2026-11-23T07:30:15", prompt) == ["p@2026-11-23T07:30:15"]
    assert keys_due("2026-11-23T07:30:15", "2026-11-23T09:00", prompt) == []


def test_weekdays_off_and_what_was_set_too_late() -> None:
    noon = time(12)
    assert keys_due("2026-11-22T00:00", "2026-11-24T23:00", Prompt("p", "x", noon, days=(0,))) == [
        "p@2026-11-23T12:00:00"
    ]
    assert keys_due("2026-11-22T00:00", "2026-11-24T23:00", Prompt("p", "x", noon, on=False)) == []
    set_late = Prompt("p", "x", noon, made=local("2026-11-23T12:00:01"))
    assert keys_due("2026-11-23T00:00", "2026-11-24T13:00", set_late) == ["p@2026-11-24T12:00:00"]


def test_a_prompt_goes_by_clock_time_and_an_item_by_its_logical_day() -> None:
    prompt, item = Prompt("p", "x", time(1, 30), days=(0,)), Timed("i", "tea", MONDAY, time(1, 30))
    assert keys_due("2026-11-22T12:00", "2026-11-25T12:00", prompt, item) == [
        *("p@2026-11-23T01:30:00", "i@2026-11-24T01:30:00")
    ]


def test_an_item_already_past_when_added_does_not_prompt() -> None:
    past = Timed("i", "walk", MONDAY, time(9), made=local("2026-11-23T10:00"))
    coming = Timed("j", "walk", MONDAY, time(11), made=local("2026-11-23T10:00"))
    assert keys_due("2026-11-23T00:00", "2026-11-23T12:00", past, coming) == ["j@2026-11-23T11:00:00"]


def test_several_come_in_order_with_their_words() -> None:
    entries = due(
        [Prompt("p", "Water", time(9))],
        [Timed("d", "Call", MONDAY, time(8, 30), kind="step")],
        local("2026-11-23T09:30"),
        BERLIN,
        local("2026-11-23T08:00"),
    )
    assert [(o.title, o.kind, o.at, o.instant) for o in entries] == [
        ("Call", "step", datetime(2026, 11, 23, 8, 30), datetime(2026, 11, 23, 7, 30, tzinfo=UTC)),
        ("Water", "prompt", datetime(2026, 11, 23, 9, 0), datetime(2026, 11, 23, 8, 0, tzinfo=UTC)),
    ]


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


def test_the_next_instant() -> None:
    weekly, item = Prompt("p", "x", time(9), days=(0,)), Timed("i", "tea", MONDAY, time(10))
    assert next_instant([weekly], [item], local("2026-11-23T09:00"), BERLIN) == local("2026-11-23T10:00")
    assert next_instant([weekly], [item], local("2026-11-23T10:00"), BERLIN) == local("2026-11-30T09:00")
    assert next_instant([], [item], local("2026-11-23T10:00"), BERLIN) is None
    far = Timed("i", "x", date(2027, 11, 23), time(10))
    extremes = [Timed("a", "x", date.min, time(1)), Timed("z", "x", date.max, time(1)), far]
    assert next_instant([], extremes, local("2026-11-23T10:00"), BERLIN) is None


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.sampled_from([(2026, 3), (2026, 4), (2026, 9), (2026, 10), (2026, 11)]),
    st.lists(st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45])), min_size=1, max_size=3),
    st.integers(0, 2**32),
)
def test_every_occurrence_exactly_once_on_a_random_walk(
    name: str, month: tuple[int, int], times: list[time], seed: int
) -> None:
    draw = Random(seed).random
    zone = ZoneInfo(name)
    prompts = [Prompt(f"p{number}", "x", at) for number, at in enumerate(times)]
    start = now = datetime(*month, 1, tzinfo=UTC) - timedelta(days=3)
    end = start + timedelta(days=36)
    shown: Counter[str] = Counter()
    while now < end:
        shown.update(o.key for o in due(prompts, [], now, zone, now - timedelta(hours=4)) if o.key not in shown)
        kind = draw()
        if kind < 0.94:
            now += timedelta(seconds=20 + 5000 * draw())
        elif kind < 0.97:
            now += timedelta(hours=3.9 * draw())  # asleep, shorter than the window
        else:
            now -= timedelta(minutes=90 * draw())  # somebody set the clock back
    first, last = (start.astimezone(zone) + timedelta(days=1)).date(), (end.astimezone(zone) - timedelta(days=1)).date()
    days = [first + timedelta(days=number) for number in range((last - first).days)]
    wanted = {f"{prompt.id}@{datetime.combine(day, prompt.at).isoformat()}" for prompt in prompts for day in days}
    assert wanted <= shown.keys()
    assert set(shown.values()) == {1}


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    st.lists(st.builds(Prompt, st.uuids().map(str), st.just("x"), st.times()), min_size=1, max_size=4),
)
def test_the_next_instant_is_the_first_to_be_due(name: str, now: datetime, prompts: list[Prompt]) -> None:
    zone = ZoneInfo(name)
    coming = next_instant(prompts, [], now, zone)
    assert coming is not None
    assert now < coming
    assert due(prompts, [], coming - timedelta(microseconds=1), zone, now) == []
    assert due(prompts, [], coming, zone, now)


def test_a_prompt_survives_being_kept() -> None:
    prompt = Prompt("p", "x", time(7, 30, 5), (0, 4), made=local("2026-11-23T10:00"))
    assert decode(Prompt, encode(prompt)) == prompt


@pytest.mark.parametrize(
    ("sentence", "at", "days", "named"),
    [
        ("  ", time(7), (), "needs a sentence"),
        ("x", time(7), (7,), "from 0"),
        ("x", time(7, tzinfo=UTC), (), "zone"),
    ],
)
def test_prompts_that_cannot_be(sentence: str, at: time, days: tuple[int, ...], named: str) -> None:
    with pytest.raises(Refused, match=named):
        Prompt("p", sentence, at, days)
