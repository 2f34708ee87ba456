"""No typed text upsets the reading of a line, and every item has a line that reads back as it."""

from __future__ import annotations

import time as clocks
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.domain.errors import Refused
from coach.domain.items import Item
from coach.domain.quickadd import line_of, read_line
from coach.domain.text import one_line
from coach.domain.typed_line import LONGEST_TITLE, quote_title

NOW = datetime(2026, 11, 23, 10, 0)
TODAY = NOW.date()
"""A Monday."""


def test_a_megabyte_is_refused_at_once() -> None:
    began = clocks.perf_counter()
    for text in ("a" * 1_000_000, "fri 7pm " * 125_000, '"' * 1_000_000, "\u0301" * 1_000_000):
        with pytest.raises(Refused, match="That line is too long: 500 characters at most"):
            read_line(text, NOW, TODAY)
    assert clocks.perf_counter() - began < 1


WORDS = """walk at on for in next fri sat 7 7pm 07:30 25:00 15-16 9-5pm 30m 1h 1 h 30 50m later today tonight tomorrow
"x y" " "" , . - @ @7 24 dec 31 feb may 2026-12-24 9999-99-99 noon midnight half an hour minutes days
every 0m 99h ٣ 12.50"""
LINES = st.one_of(
    st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join),
    st.text(max_size=60),
    st.text(st.characters(), max_size=40),
)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1))


@settings(max_examples=500, deadline=None)
@given(LINES, MOMENTS)
@example("at " * 300, NOW)
@example("fri at 8 " * 120, NOW)
@example("1 h " * 270, NOW)
@example("\x00\x1b[2J\u202e\ud800", NOW)
def test_no_text_upsets_it(line: str, now: datetime) -> None:
    try:
        reading = read_line(line, now, now.date())
    except Refused as refusal:
        assert str(refusal).endswith(".")
    else:
        assert reading.title == one_line(reading.title)
        Item("i", reading.title, reading.day, reading.start, reading.minutes)


ITEMS = st.builds(
    Item,
    st.just("i"),
    LINES.map(one_line).filter(bool),
    st.none() | st.dates(date(2020, 1, 1), date(2060, 1, 1)) | st.sampled_from([TODAY, TODAY + timedelta(days=1)]),
    st.none() | st.times().map(lambda start: start.replace(second=0, microsecond=0)),
    st.none() | st.integers(1, 1440),
)


@settings(max_examples=500, deadline=None)
@given(ITEMS, MOMENTS, st.none() | st.just(TODAY))
@example(Item("i", '"' * LONGEST_TITLE, TODAY, time(7, 30), 1439), NOW, None)
@example(Item("i", "look at", TODAY, time(7, 30)), NOW, None)
@example(Item("i", 'fri, "now"', None), NOW, None)
def test_an_item_reads_back_from_its_line(item: Item, now: datetime, today: date | None) -> None:
    reading = read_line(line_of(item, today), now, today or now.date(), day=now.date() + timedelta(days=9))
    assert (reading.title, reading.day, reading.start, reading.minutes) == (
        item.title,
        item.day,
        item.start,
        item.minutes,
    )


def test_lines_to_edit_are_plain_when_they_can_be() -> None:
    assert line_of(Item("i", "walk", TODAY, time(7, 30), 30), TODAY) == "walk today 07:30 30m"
    assert line_of(Item("i", "walk", date(2026, 12, 2), None, 90), TODAY) == "walk 2026-12-02 1h30"
    assert line_of(Item("i", "call tomorrow", None)) == '"call tomorrow" later'
    assert quote_title('say "hi"') == '"say ""hi"""'
