"""The times of day at which a habit asks: read in any order, kept in one, and refused where they cannot be."""

from __future__ import annotations

from datetime import time

import pytest

from coach.codec import decode, encode
from coach.domain.errors import Refused
from coach.domain.habit_times import read_times, write_times
from coach.domain.habits import Habit
from coach.ui.clock_times import read_time


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("", ()),
        ("20:00", (time(20),)),
        ("20:00 8:00, 8:00", (time(8), time(20))),
        ("8:00 and 8 pm", (time(8), time(20))),
        ("at 7.30pm & 6am", (time(6), time(19, 30))),
    ],
)
def test_read_and_written_back(text: str, times: tuple[time, ...]) -> None:
    assert read_times(text, read_time) == times
    assert read_times(write_times(times), read_time) == times
    habit = Habit("p-1", "Walk", remind=times)
    assert decode(Habit, encode(habit)) == habit


@pytest.mark.parametrize("text", ["soon", "8", "25:00", "1:00 2:00 3:00 4:00 5:00 6:00 7:00"])
def test_what_is_no_time_or_too_many(text: str) -> None:
    with pytest.raises(Refused):
        read_times(text, read_time)


@pytest.mark.parametrize("times", [(time(20), time(8)), (time(8), time(8))])
def test_kept_in_order_each_once(times: tuple[time, ...]) -> None:
    with pytest.raises(Refused, match="each once"):
        Habit("p-1", "Walk", remind=times)


def test_an_old_record_has_none() -> None:
    assert decode(Habit, {"id": "p-1", "title": "Walk"}).remind == ()
