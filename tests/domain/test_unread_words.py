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
        *(("x daily 0 times", "0 times"), ("x 24.12", "24.12"), ("x 3 dec 4 dec", "3 dec"), ("drive 18h", "18h")),
    ],
)
def test_words_for_a_time_that_were_not_read_are_named(line: str, unread: str) -> None:
    reading = read(line)
    assert reading.unread == unread
    assert f"“{unread}” is kept in the title" in reading.hint
    assert unread in reading.title


def test_a_time_that_may_be_meant_otherwise_is_asked_about() -> None:
    assert read("x 20:00-19:00").hint == "That is 23 h, into the next day. Is it meant so?"
    assert "type 3pm" in read("x fri 3").hint
    for line in ("x fri 03:30", "x fri 8", "x 22:00-06:00", "pay 12.50", "say it 3 times", "away for 1000 days"):
        assert read(line).hint == ""
