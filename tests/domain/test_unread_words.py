"""Parts of the day in a typed line, and what it says of words for a time that it did not read."""

from __future__ import annotations

import pytest

from tests.domain.test_quickadd import read


@pytest.mark.parametrize(
    ("line", "part"),
    [
        *(("walk in the morning", "morning"), ("walk this afternoon", "midday"), ("walk this evening", "evening")),
        *(("walk tomorrow morning", "morning"), ("walk fri night", "evening"), ("walk tonight", "evening")),
        *(("walk every day in the morning", "morning"), ("walk tonight 8pm", None), ("walk later", None)),
    ],
)
def test_a_part_of_the_day_is_kept_where_there_is_no_time(line: str, part: str | None) -> None:
    assert (read(line).title, read(line).part) == ("walk", part)


@pytest.mark.parametrize(
    ("line", "unread"),
    [
        *(("x twice a week", "twice a week"), ("x 3 times a day", "3 times a day"), ("x every 0 days", "every 0 days")),
        *(("x every 500 days", "every 500 days"), ("x daily for 100000 days", "for 100000 days")),
        *(("x next week", "next week"), ("x next month", "next month"), ("x this weekend", "this weekend")),
        *(("x at the weekend", "at the weekend"), ("x in a few days", "in a few days"), ("x 3-10 dec", "3-10 dec")),
        *(("x from 3 dec until 10 dec", "until 10 dec"), ("x from 3 dec for 7 days", "for 7 days")),
        *(("x morning and evening", "morning and evening"), ("x daily morning and night", "morning and night")),
        *(("x in the morning and in the evening", "in the morning and"), ("x at 8 for two", "at 8")),
        *(("0730 x", "0730"), ("x 0730", "0730"), ("x 1830", "1830"), ("x 7.30", "7.30"), ("7.30 x", "7.30")),
        *(("on the 5th x y", "on the 5th"), ("x 0800 and 2000 daily", "0800")),
        *(("x daily 0 times", "0 times"), ("x 24.12", "24.12"), ("x 3 dec 4 dec", "3 dec"), ("drive 18h", "18h")),
        *(("x first monday of month", "first monday of month"), ("rent last day of month", "last day of month")),
        *(("pills 8 and 20", "8 and 20"), ("call mum at eight", "at eight")),
    ],
)
def test_words_for_a_time_that_were_not_read_are_named(line: str, unread: str) -> None:
    reading = read(line)
    assert reading.unread == unread
    assert f"“{unread}” is kept in the title" in reading.hint
    assert unread in reading.title


@pytest.mark.parametrize(
    ("line", "alone"),
    [("birthday every 24 dec", "every"), ("meet tom friday or saturday", "or"), ("sat in the sun", "in the")],
)
def test_what_is_left_alone_by_a_day_is_named(line: str, alone: str) -> None:
    assert read(line).hint.startswith(f"“{alone}” is left alone in the title.")
    for fine in ("carry on tomorrow", "birthday yearly 24 dec", "sweets or fruit tomorrow", "walk on weekends"):
        assert read(fine).hint == ""


def test_an_end_asks_for_how_often() -> None:
    assert "add how often, such as: daily" in read("x from 3 dec until 10 dec").hint
    assert read("x daily from 3 dec until 10 dec").hint == ""
    assert "one day and one time" in read("x daily from 3 dec for 7 days until 10 dec").hint


def test_a_time_that_may_be_meant_otherwise_is_asked_about() -> None:
    assert read("x 20:00-19:00").hint == "That is 23 h, into the next day. Is it meant so?"
    assert "type 3pm" in read("x fri 3").hint
    for line in ("x fri 03:30", "x fri 8", "x 22:00-06:00", "pay 12.50", "say it 3 times", "away for 1000 days"):
        assert read(line).hint == ""


@pytest.mark.parametrize(
    "line",
    [
        *("plan next week sundays", "look at 3 flats", "look at 2 or 3 flats", "save 1500", "read 1984", "watch 1917"),
        *("meet on the 5th floor", "pay 7.30", "walk 10 km", "play 2048", "x from 3 dec", "away until 31 dec"),
        *("wait for 7 days", "morning coffee", "x 3-10", "good morning", "x 0730 8:00", "run 7.30 km"),
    ],
)
def test_what_is_no_time_raises_no_question(line: str) -> None:
    assert read(line).hint == ""
