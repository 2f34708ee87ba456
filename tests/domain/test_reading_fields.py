"""The fields of a line: what stands in them, and the line they make."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.after_phrases import anchors_of
from coach.domain.errors import Refused
from coach.domain.quickadd import Reading, read_line
from coach.domain.reading_fields import FIELDS, fields_of, line_from, raw_line
from coach.domain.typed_line import take_apart

NOW = datetime(2026, 11, 23, 10, 0)
TODAY = NOW.date()
KNOWN = anchors_of(["Breakfast", "walk 5 km"])
EMPTY = dict.fromkeys(FIELDS, "")


def read(line: str) -> Reading:
    return read_line(line, NOW, TODAY, anchors=KNOWN)


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("walk", {"day": "today"}),
        ("walk later", {"day": "later"}),
        ("walk 3 dec 14:15 1h30", {"day": "Thu 3 Dec 2026", "time": "14:15", "length": "1 h 30"}),
        ("walk 8:00 and 20:00 tomorrow", {"day": "tomorrow", "time": "08:00 and 20:00"}),
        ("walk every mon evening", {"day": "today", "often": "every Mon evening"}),
        ("walk daily 10 times", {"day": "today", "often": "every day", "until": "10 times"}),
        ("walk daily until june", {"day": "today", "often": "every day", "until": "30 Jun 2027"}),
        ('walk after breakfast @"the old gym" #a #b !', {"after": "Breakfast", "place": "the old gym", "tags": "a b"}),
    ],
)
def test_what_stands_in_the_fields(line: str, fields: dict[str, str]) -> None:
    found = fields_of(read(line), TODAY)
    assert found["title"] == "walk"
    assert {name: found[name] for name in fields} == fields
    assert found["first"] == ("yes" if "!" in line else "")


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"day": "fri", "time": "7", "length": "30"}, "walk at 7 fri for 30m"),
        ({"often": "mon wed", "day": "fri", "time": "8 and 20"}, "walk mon wed 8 and 20 from fri"),
        ({"often": "fri"}, "walk every fri"),
        ({"often": "every day except sat", "until": "for 2 weeks"}, "walk every day except sat for 2 weeks"),
        ({"often": "daily", "until": "june"}, "walk daily until june"),
        ({"time": "noon", "place": "Jo's", "tags": "#a, b", "first": "yes"}, 'walk noon @"Jo\'s" #a #b !'),
        ({"title": "call fri", "after": "walk 5 km"}, '"call fri" after "walk 5 km"'),
        ({"title": "sunday roast", "time": "13:00"}, '"sunday roast" 13:00'),
    ],
)
def test_the_line_they_make(fields: dict[str, str], line: str) -> None:
    made = line_from({**EMPTY, "title": "walk", **fields}, KNOWN)
    assert made == line
    assert read(made).title == fields.get("title", "walk")


@pytest.mark.parametrize(
    ("fields", "field", "way_out"),
    [
        ({"title": " "}, "title", "few words"),
        ({"day": "soon"}, "day", "Try tomorrow, fri"),
        ({"day": "32 nov"}, "day", "Try 30 November"),
        ({"day": "tomorrow 7pm"}, "day", "Try tomorrow, fri"),
        ({"time": "25:00"}, "time", "07:30 or 7pm"),
        ({"time": "soon"}, "time", "Try 07:30"),
        ({"length": "99 days"}, "length", "Try 30m"),
        ({"often": "sometimes"}, "often", "Try every day"),
        ({"often": "daily", "until": "whenever"}, "until", "Try 31 dec"),
        ({"until": "31 dec"}, "until", "Say how often"),
        ({"after": "lunch"}, "after", "called “lunch”"),
        ({"after": "Breakfast", "time": "11:00"}, "after", "It has a time"),
        ({"tags": "?? !!"}, "tags", "Try words"),
    ],
)
def test_each_field_says_what_it_takes(fields: dict[str, str], field: str, way_out: str) -> None:
    whole = {**EMPTY, "title": "walk", **fields}
    with pytest.raises(Refused, match=way_out) as refused:
        line_from(whole, KNOWN)
    assert refused.value.words == field
    assert all(word in raw_line(whole) for words in whole.values() for word in words.split() if word.isalnum())


SAID = {
    "day": ["fri", "later", "tomorrow", "3 dec", "in 3 days", "today"],
    "time": ["7", "8:00", "8 and 20", "15-16", "noon", "in 20 minutes"],
    "length": ["30", "1h30", "half an hour", "20h"],
    "often": ["daily", "mon wed", "fri", "every day except sat", "weekends", "1st of every month", "every evening"],
    "until": ["june", "10 times", "7 days", "fri", "31 dec", "end of the month", "christmas", "a week"],
}
KINDS = {"day": "day", "time": "clock", "length": "length", "often": "repeat", "until": "end"}


@settings(max_examples=300, deadline=None)
@given(st.fixed_dictionaries({name: st.sampled_from(["", *words]) for name, words in SAID.items()}))
def test_no_field_is_silently_left_out(fields: dict[str, str]) -> None:
    try:
        line = line_from({**EMPTY, "title": "sun", **fields}, KNOWN)
    except Refused as refused:
        assert refused.words in FIELDS
        return
    taken = take_apart(line, KNOWN)
    assert taken.title == "sun"
    assert set(taken.chosen) - {"except"} == {KINDS[name] for name, words in fields.items() if words}


@pytest.mark.parametrize("often", ["every week", "every other friday", "1st of every month", "every mon fri"])
def test_the_part_of_the_day_of_what_repeats_is_kept(often: str) -> None:
    reading = read(f"walk {often} in the evening")
    again = read(line_from(fields_of(reading, TODAY), KNOWN))
    assert (again.part, again.rule, again.title) == ("evening", reading.rule, "walk")
