"""Days and times said in words, and times typed without a colon: what they mean, and where they stay words."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from coach.domain.quickadd import read_line, rule_with_times
from tests.domain.test_quickadd import on, read


@pytest.mark.parametrize(
    ("line", "title", "coming"),
    [
        ("call the day after tomorrow", "call", "2026-11-25"),
        ("call day after tomorrow 7pm", "call", "2026-11-25T19:00"),
        ("called bob the day before yesterday", "called bob", "2026-11-21"),
        ("call in two days", "call", "2026-11-25"),
        ("call in three weeks", "call", "2026-12-14"),
        ("call in a week's time", "call", "2026-11-30"),
        ("call in two hours", "call", "2026-11-23T12:00"),
        ("call in 1h30", "call", "2026-11-23T11:30"),
        ("call in 1 h 30", "call", "2026-11-23T11:30"),
        ("call in 1h30m", "call", "2026-11-23T11:30"),
        ("call in 1.5 hours", "call", "2026-11-23T11:30"),
        ("call in an hour and a half", "call", "2026-11-23T11:30"),
        ("call in 2 hours and 15 minutes", "call", "2026-11-23T12:15"),
        ("do in 1 hour 30 push-ups", "do 30 push-ups", "2026-11-23T11:00"),
        ("swim on the 5th", "swim", "2026-12-05"),
        ("swim on the 30th 18:00", "swim", "2026-11-30T18:00"),
        ("swim on the 23rd 18:00", "swim", "2026-11-23T18:00"),
        ("swim on the 23rd 9:30", "swim", "2026-12-23T09:30"),
        ("swim on the 31st", "swim", "2026-12-31"),
        ("swim on the 5th with Ann", "swim with Ann", "2026-12-05"),
        ("clean on the 5th floor", "clean on the 5th floor", "2026-11-23"),
        ("meet at 11 with Ann", "meet with Ann", "2026-11-23T11:00"),
        ("meet at 11 with Ann fri", "meet with Ann", "2026-11-27T11:00"),
        ("meet at 8 with Ann fri 9", "meet at 8 with Ann", "2026-11-27T09:00"),
        ("buy milk at 11 please", "buy milk please", "2026-11-23T11:00"),
        ("look at 3 with care", "look at 3 with care", "2026-11-23"),
        ("gym at 1130", "gym", "2026-11-23T11:30"),
        ("gym fri 0730", "gym", "2026-11-27T07:30"),
        ("gym fri 1830", "gym", "2026-11-27T18:30"),
        ("0730 gym fri", "gym", "2026-11-27T07:30"),
        ("0730 gym", "0730 gym", "2026-11-23"),
        ("gym fri 7.30", "gym", "2026-11-27T07:30"),
        ("gym 0730 later", "gym 0730", "None"),
        ("see tomorrow 2048 stars", "see 2048 stars", "2026-11-24"),
        ("pay fri 12.30", "pay fri 12.30", "2026-11-23"),
        ("gym fri 12.50", "gym fri 12.50", "2026-11-23"),
        ("pay 12.50 tomorrow", "pay 12.50", "2026-11-24"),
        ("play 2048 fri", "play 2048", "2026-11-27"),
        ("meet at 1984 Main Street", "meet at 1984 Main Street", "2026-11-23"),
        ("songs from 1950", "songs from 1950", "2026-11-23"),
    ],
)
def test_a_day_or_a_time_in_words(line: str, title: str, coming: str) -> None:
    reading = read(line)
    told = reading.next or reading.day
    shown = told.isoformat().removesuffix(":00") if isinstance(told, datetime) else str(told)
    assert (reading.title, shown, reading.minutes) == (title, coming, None)


@pytest.mark.parametrize(
    ("line", "title", "rule"),
    [
        *((line, "gym", "FREQ=DAILY;BYHOUR=7") for line in ("gym daily at 0700", "gym daily 0700", "gym 0700 daily")),
        *((line, "gym", "FREQ=DAILY;BYHOUR=7") for line in ("gym daily 7.00", "gym 7.00 daily", "0700 gym daily")),
        ("gym mon wed 1800", "gym", "FREQ=WEEKLY;BYDAY=MO,WE;BYHOUR=18"),
        ("gym 0700 30m daily", "gym", "FREQ=DAILY;BYHOUR=7"),
        ("play 2048 daily", "play 2048", "FREQ=DAILY"),
        ("read 1984 daily", "read 1984", "FREQ=DAILY"),
        ("feed cat daily 7.00", "feed cat", "FREQ=DAILY;BYHOUR=7"),
        ("pay 12.30 weekly", "pay 12.30", "FREQ=WEEKLY"),
        ("stretch every morning and evening", "stretch", "FREQ=DAILY"),
        ("walk mon wed 30m until 31 dec", "walk", "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261231"),
        ("walk mon-tue 30m from 2026-12-01 for 7 days", "walk", "FREQ=WEEKLY;BYDAY=MO,TU;UNTIL=20261207"),
        ("walk sat sun park until 31 dec", "walk sat sun park until 31 dec", "None"),
        ("walk daily until the day after tomorrow", "walk", "FREQ=DAILY;UNTIL=20261125"),
        ("rent every 2 months on the 5th", "rent", "FREQ=MONTHLY;INTERVAL=2"),
    ],
)
def test_a_time_without_a_colon_beside_what_repeats(line: str, title: str, rule: str) -> None:
    reading = read(line)
    hours = f";BYHOUR={reading.start.hour}" if reading.start and not reading.starts else ""
    assert (reading.title, f"{rule_with_times(reading)}{hours}") == (title, rule)


def test_so_many_hours_are_no_time() -> None:
    assert (read("drive 7.30 h").minutes, read("drive 7.30 h").start) == (438, None)
    assert read("walk in 1 h 30m").minutes == 30, "the length of what comes in an hour"


def test_mornings_and_evenings_ask_for_their_times() -> None:
    reading = read("stretch every morning and evening")
    assert (reading.part, reading.day) == (None, on(0))
    assert "once a day" in reading.hint
    assert "8:00 and 20:00" in reading.hint
    assert read("stretch every morning and evening 8:00 and 20:00").hint == ""


@pytest.mark.parametrize(
    ("today", "line", "day"),
    [
        (date(2026, 1, 31), "x in 1 month", date(2026, 2, 28)),
        (date(2028, 1, 31), "x in a month", date(2028, 2, 29)),
        (date(2026, 3, 31), "x in 1 month", date(2026, 4, 30)),
        (date(2028, 2, 29), "x in 1 year", date(2029, 2, 28)),
        (date(2026, 12, 31), "x in 2 months", date(2027, 2, 28)),
        (date(2099, 11, 30), "x in 1 month", date(2099, 12, 30)),
    ],
)
def test_months_ahead_end_with_their_month(today: date, line: str, day: date) -> None:
    assert read_line(line, datetime(today.year, today.month, today.day, 10), today).day == day
    ends = read_line("x daily for 1 month", datetime(2026, 1, 31, 10), date(2026, 1, 31))
    assert ends.rule == "FREQ=DAILY;UNTIL=20260228"


def test_a_leap_day_that_repeats_says_so() -> None:
    note = "only in leap years; “every year from 28 feb” is in all"
    assert note in read("birthday every year from 29 feb").sentence
    assert "only in" not in read("birthday every year from 28 feb").sentence
    assert "only in" not in read("games every 4 years from 29 feb").sentence
