"""A line for an own sentence: read as it is meant, written so that it reads back, refused with an example."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.errors import Refused
from coach.domain.prompt_line import EXAMPLE, read_line, write_line
from coach.domain.sentences import Prompt
from coach.ui.clock_times import read_time

NINE, TEN = time(9), time(10)
TODAY = date(2026, 11, 23)
"""A Monday."""


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("16:30 Drink something", {"at": time(16, 30), "sentence": "Drink something"}),
        ("4:30 pm  drink", {"at": time(16, 30), "sentence": "drink"}),
        ("9am 9 o'clock", {"at": NINE, "sentence": "9 o'clock"}),
        ("9:00 10:00 x", {"times": (NINE, TEN), "sentence": "x"}),
        ("9:00, 10 am and 9:00 x", {"times": (NINE, TEN)}),
        ("9:00-10:00 How is it?", {"window": (NINE, TEN), "times": (), "sentence": "How is it?"}),
        ("9:00 on mon-fri x", {"days": (0, 1, 2, 3, 4)}),
        ("9:00 on weekends x", {"days": (5, 6)}),
        ("9:00 on sat-mon, Wednesday x", {"days": (0, 2, 5, 6)}),
        ("9:00 sun cream", {"days": (), "sentence": "sun cream"}),
        ("9:00 on time for once", {"days": (), "sentence": "on time for once"}),
        ("9:00 on monday", {"days": (0,), "sentence": None}),
        ("9:00 30m before 0m before x", {"leads": (30, 0)}),
        ("9:00 2h before the train", {"leads": (120,), "sentence": "the train"}),
        ("9:00 before the train", {"leads": (), "sentence": "before the train"}),
        ("9:00 again 10m x4 x", {"nag_every": 10, "nag_most": 4}),
        ("9:00 again 10 min x", {"nag_every": 10, "nag_most": 3}),
        ('9:00 on mon "on monday things change"', {"days": (0,), "sentence": "on monday things change"}),
        ('9:00 "Be kind" and go on', {"sentence": '"Be kind" and go on'}),
        ("9:00 again and again", {"nag_every": 0, "sentence": "again and again"}),
        ("9:00 again 10m on mon 5m before x", {"nag_every": 10, "days": (0,), "leads": (5,), "sentence": "x"}),
        ("9:00 on mon and wed x", {"days": (0, 2), "sentence": "x"}),
        ("9:00 on tues, Fri: x", {"days": (1, 4), "sentence": "x"}),
        ("9:00 on mondays x", {"days": (0,), "sentence": "x"}),
        ("9:00 every weekday and sat x", {"days": (0, 1, 2, 3, 4, 5), "sentence": "x"}),
        ("9:00 fri-mon x", {"days": (0, 4, 5, 6), "sentence": "x"}),
        ("9:00 Mon Wed x", {"days": (0, 2), "sentence": "x"}),
        ("9:00 on the weekend x", {"days": (5, 6), "sentence": "x"}),
        ("9:00 daily x", {"days": (), "sentence": "x"}),
        ("9:00 every day except sundays x", {"days": (0, 1, 2, 3, 4, 5), "sentence": "x"}),
        ("9:00 mondays and fridays are slow", {"days": (), "sentence": "mondays and fridays are slow"}),
        ("9:00 mon, wed and fri are slow", {"days": (), "sentence": "mon, wed and fri are slow"}),
        ("9:00 every day is new", {"days": (), "sentence": "every day is new"}),
        ("9:00 30 minutes before 10 min before x", {"leads": (30, 10), "sentence": "x"}),
        ("9:00 1 hour and 15 min before x", {"leads": (60, 15), "sentence": "x"}),
        ("9:00 1h30 before x", {"leads": (90,), "sentence": "x"}),
        ("9:00 an hour before bed x", {"leads": (), "sentence": "an hour before bed x"}),
        ("9:00 again 10 minutes x3 x", {"nag_every": 10, "nag_most": 3, "sentence": "x"}),
        ("9:00 again every 1 hour, 2 times x", {"nag_every": 60, "nag_most": 2, "sentence": "x"}),
        ("9:00 to 10:00 How is it?", {"window": (NINE, TEN), "sentence": "How is it?"}),
        ("between 9:00 and 10am How is it?", {"window": (NINE, TEN), "sentence": "How is it?"}),
        ("9:00 from 1 dec until 24 dec x", {"first": date(2026, 12, 1), "until": date(2026, 12, 24), "sentence": "x"}),
        ("9:00 from next monday for 7 days x", {"first": date(2026, 11, 30), "until": date(2026, 12, 6)}),
        ("9:00 until friday x", {"first": None, "until": date(2026, 11, 27), "sentence": "x"}),
        ("9:00 on fri 27 nov x", {"first": date(2026, 11, 27), "until": date(2026, 11, 27), "days": ()}),
        ("9:00 until we meet", {"until": None, "sentence": "until we meet"}),
        ('9:00 "8:30 bus"', {"times": (), "sentence": "8:30 bus"}),
        ('9:00 on mon "on ""monday"" things"', {"days": (0,), "sentence": 'on "monday" things'}),
        ('9:00 say "yes" to "no"', {"sentence": 'say "yes" to "no"'}),
    ],
)
def test_lines_as_people_write_them(text: str, fields: dict[str, Any]) -> None:
    if fields.get("sentence", "") is None:
        with pytest.raises(Refused, match="16:30 Drink"):
            read_line(text, read_time)
        return
    found = read_line(text, read_time, TODAY)
    assert {name: found[name] for name in fields} == fields
    Prompt("p", **found)


@pytest.mark.parametrize("text", ["", "16:30", "16:30 pm", "drink 16:30", "24:00 x", "9 x", "9:00, 25:00 x", "9:00-x"])
def test_what_has_no_time_or_no_words_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_line(text, read_time)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("9:00 every other friday x", "“every other friday” is not read.*on mon and fri.*Quotes"),
        ("9:00 every 2 hours x", "“every 2 hours” is not read.*8:00, 12:00"),
        ("9:00 on the 1st of every month x", "“1st of every month” is not read"),
        ("9:00 daily except weekdays and weekends x", "leaves no day"),
        ("9:00 from 3/4 x", "from 2026-12-01"),
        ('9:00 " "', "16:30 Drink"),
    ],
)
def test_words_for_days_that_no_reminder_has_are_refused(text: str, named: str) -> None:
    with pytest.raises(Refused, match=named):
        read_line(text, read_time, TODAY)


def test_without_today_only_full_dates_are_read() -> None:
    found = read_line("9:00 from 2026-12-01 until 2026-12-24 x", read_time)
    assert (found["first"], found["until"]) == (date(2026, 12, 1), date(2026, 12, 24))
    with pytest.raises(Refused, match="from 2026-12-01"):
        read_line("9:00 until 24 dec x", read_time)


WORDS = """on monday mon and wed tues sundays mon-fri weekdays daily every other day week except 30m before again 10 min
x3 8:30 9am x to - , : " "" "x" from until 1 dec 2026-12-24 for 7 days friday is are between at the 1st of month"""
SENTENCES = (
    *("Ring mum", "8:30 bus", "on monday things change", "am I all right?", "and 8pm the news", "- 17:00 tea"),
    *("30m before bed, no screen", "again 10m of this", '"Be kind"', '"a" and "b"', 'say "hi"', '"', '""', ", 9am x"),
)
PROMPTS = st.builds(
    lambda sentence, times, days, leads, nag, window, span: Prompt(
        "p",
        sentence,
        (window or times)[0],
        tuple(sorted(days)),
        times=() if window or len(times) == 1 else times,
        leads=leads,
        nag_every=nag,
        nag_most=3 if nag else 0,
        window=window,
        first=span[0],
        until=span[1],
    ),
    st.sampled_from(SENTENCES) | st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=6).map(" ".join),
    st.lists(st.times().map(lambda one: one.replace(microsecond=0)), min_size=1, max_size=4, unique=True).map(tuple),
    st.sets(st.integers(0, 6)),
    st.lists(st.integers(0, 1440), max_size=2).map(tuple),
    st.sampled_from([0, 5, 240]),
    st.sampled_from([(), (NINE, TEN)]),
    st.sampled_from([(None, None), (TODAY, None), (None, TODAY), (TODAY, date(2027, 1, 1))]),
)


@settings(max_examples=300, deadline=None)
@given(PROMPTS)
def test_a_written_line_reads_back(prompt: Prompt) -> None:
    assert Prompt("p", **read_line(write_line(prompt), read_time)) == prompt


def test_a_sentence_is_only_quoted_where_its_first_words_would_be_read() -> None:
    assert write_line(Prompt("p", "8:30 bus", NINE)) == '09:00 "8:30 bus"'
    assert write_line(Prompt("p", "on monday things change", NINE)) == '09:00 "on monday things change"'
    assert write_line(Prompt("p", "Bus at 8:30", NINE, until=TODAY)) == "09:00 until 2026-11-23 Bus at 8:30"


def test_any_text_is_read_or_refused_with_a_way_out() -> None:
    for text in (
        "9:00 " + "mon " * 300,
        "9:00 " + "30m and " * 150,
        "9:00" + ", 9:00" * 200 + " x",
        "9:00 " + '"' * 999,
    ):
        try:
            read_line(text, read_time, TODAY)
        except Refused as refusal:
            assert str(refusal).endswith(EXAMPLE)
