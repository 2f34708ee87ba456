"""A line for an own sentence: read as it is meant, written so that it reads back, refused with an example."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.errors import Refused
from coach.domain.prompt_line import read_line, write_line
from coach.domain.sentences import Prompt
from coach.ui.clock_times import read_time

NINE, TEN = time(9), time(10)


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
        ("9:00 again and again", {"nag_every": 0, "sentence": "again and again"}),
        ("9:00 again 10m on mon 5m before x", {"nag_every": 10, "days": (0,), "leads": (5,), "sentence": "x"}),
    ],
)
def test_lines_as_people_write_them(text: str, fields: dict[str, Any]) -> None:
    if fields.get("sentence", "") is None:
        with pytest.raises(Refused, match="16:30 Drink"):
            read_line(text, read_time)
        return
    found = read_line(text, read_time)
    assert {name: found[name] for name in fields} == fields
    Prompt("p", **found)


@pytest.mark.parametrize("text", ["", "16:30", "16:30 pm", "drink 16:30", "24:00 x", "9 x", "9:00, 25:00 x", "9:00-x"])
def test_what_has_no_time_or_no_words_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_line(text, read_time)


PROMPTS = st.builds(
    lambda times, days, leads, nag, window: Prompt(
        "p",
        "Ring mum",
        (window or times)[0],
        tuple(sorted(days)),
        times=() if window or len(times) == 1 else times,
        leads=leads,
        nag_every=nag,
        nag_most=3 if nag else 0,
        window=window,
    ),
    st.lists(st.times().map(lambda one: one.replace(microsecond=0)), min_size=1, max_size=4, unique=True).map(tuple),
    st.sets(st.integers(0, 6)),
    st.lists(st.integers(0, 1440), max_size=2).map(tuple),
    st.sampled_from([0, 5, 240]),
    st.sampled_from([(), (NINE, TEN)]),
)


@settings(max_examples=100, deadline=None)
@given(PROMPTS)
def test_a_written_line_reads_back(prompt: Prompt) -> None:
    assert Prompt("p", **read_line(write_line(prompt), read_time)) == prompt
