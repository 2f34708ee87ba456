"""The person's own sentences: their times and days, what comes before them, a random moment, and what cannot be."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from coach.codec import decode, encode
from coach.domain.errors import Refused
from coach.domain.sentences import Prompt
from tests.domain.test_prompts import BERLIN, DAY, OPEN, keys_due, local, planned


def test_weekdays_days_off_and_what_was_set_too_late() -> None:
    noon, day = time(12), ["p@2026-11-23T12:00:00"]
    since, now = "2026-11-22T00:00", "2026-11-24T23:00"
    assert keys_due(since, now, Prompt("p", "x", noon, days=(0,))) == day
    assert keys_due(since, now, Prompt("p", "x", noon, on=False)) == []
    assert keys_due(since, now, Prompt("p", "x", noon, first=DAY, until=DAY)) == day
    set_late = Prompt("p", "x", noon, made=local("2026-11-23T12:00:01"))
    assert keys_due("2026-11-23T00:00", "2026-11-24T13:00", set_late) == ["p@2026-11-24T12:00:00"]


def test_several_times_and_moments_before_each_have_keys_of_their_own() -> None:
    prompt = Prompt("p", "x", time(9), times=(time(9), time(20)), leads=(0, 30))
    found = planned("2026-11-23T20:00", prompt, since="2026-11-23T00:00").due
    assert [(one.key, one.instant.astimezone(BERLIN).strftime("%H:%M"), one.at.hour) for one in found] == [
        ("p@2026-11-23T09:00:00-30", "08:30", 9),
        ("p@2026-11-23T09:00:00", "09:00", 9),
        ("p@2026-11-23T20:00:00-30", "19:30", 20),
        ("p@2026-11-23T20:00:00", "20:00", 20),
    ]


def test_a_moment_before_is_counted_on_the_clock_that_runs_not_on_the_one_that_jumps() -> None:
    """Half an hour before 03:15 on the morning that has no 02:45."""
    found = planned("2026-03-29T12:00", Prompt("p", "x", time(3, 15), leads=(30,)), since="2026-03-29T00:00").due
    assert [one.instant for one in found] == [datetime(2026, 3, 29, 0, 45, tzinfo=UTC)]


def test_a_moment_in_a_window_is_random_to_a_person_and_the_same_everywhere() -> None:
    prompt = Prompt("p-1", "How is it?", time(10), window=(time(10), time(18)))
    moments = [prompt.moment(DAY + timedelta(days=number)) for number in range(400)]
    assert moments == [prompt.moment(DAY + timedelta(days=number)) for number in range(400)]
    assert all(time(10) <= moment < time(18) for moment in moments)
    assert len(set(moments)) > 200, "no habit can be made of it"
    assert {moment.hour for moment in moments} == set(range(10, 18))
    assert len(list(prompt.asks(DAY, DAY, OPEN))) == 1
    assert str(moments[0]) == "15:20:00", "another draw would come twice on the day of an update"


def test_a_prompt_survives_being_kept_and_an_old_one_reads_as_it_did() -> None:
    prompt = Prompt("p", "x", time(7, 30, 5), (0, 4), made=local("2026-11-23T10:00"))
    assert decode(Prompt, encode(prompt)) == prompt
    more = Prompt("p", "x", time(7), (), True, None, (time(7), time(9)), (0, 10), 10, 3, (), DAY, DAY)
    assert decode(Prompt, encode(more)) == more
    assert decode(Prompt, {"id": "p", "sentence": "x", "at": "07:30:00"}) == Prompt("p", "x", time(7, 30))


NOON, ONE = time(12), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"sentence": "  "}, "needs a sentence"),
        ({"days": (7,)}, "from 0"),
        ({"at": time(7, tzinfo=UTC)}, "zone"),
        ({"times": (time(7, tzinfo=UTC),)}, "zone"),
        ({"leads": (1441,)}, "24 hours"),
        ({"leads": (-1,)}, "24 hours"),
        ({"times": (*(time(hour) for hour in range(24)), NOON)}, "24 times"),
        ({"nag_every": 10}, "Ask again"),
        ({"nag_every": 241, "nag_most": 1}, "Ask again"),
        ({"nag_every": 240, "nag_most": 7}, "within a day"),
        ({"window": (NOON,)}, "two times"),
        ({"window": (NOON, time(12, 5))}, "15 minutes"),
        ({"window": (time(22), time(1))}, "same day"),
        ({"first": ONE, "until": ONE - timedelta(days=1)}, "before it begins"),
        ({"first": ONE, "until": ONE + timedelta(days=5), "days": (6,)}, "no Sunday"),
    ],
)
def test_prompts_that_cannot_be(fields: dict[str, object], named: str) -> None:
    with pytest.raises(Refused, match=named):
        Prompt(**{"id": "p", "sentence": "x", "at": NOON, **fields})  # type: ignore[arg-type]  # each value is what its field takes


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        ({"days": tuple(range(7))}, ""),
        ({"times": (NOON, time(18)), "days": (4, 0)}, "and 18:00, Mon Fri"),
        ({"window": (NOON, time(18)), "nag_every": 5, "nag_most": 1}, "to 18:00, again after 5 min"),
        ({"leads": (10,)}, "10 min before"),
        ({"leads": (10, 0)}, "also 10 min before"),
        ({"first": ONE, "until": date(2027, 1, 3), "days": (0,)}, "Mon, from 23 Nov 2026, until 3 Jan 2027"),
    ],
)
def test_what_a_list_says_beside_the_first_time(fields: dict[str, object], words: str) -> None:
    assert Prompt(**{"id": "p", "sentence": "x", "at": NOON, **fields}).more() == words  # type: ignore[arg-type]  # each value is what its field takes
