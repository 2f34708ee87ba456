"""The typed line: what people type, what it must not misread, and that no text at all can upset it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from coach.domain.errors import Refused
from coach.domain.quickadd import Reading, read_line
from coach.domain.typed_line import LONGEST_TITLE

NOW = datetime(2026, 11, 23, 10, 0)
TODAY = NOW.date()
"""A Monday."""


def read(line: str, day: date | None = None) -> Reading:
    return read_line(line, NOW, TODAY, day=day)


def on(away: int) -> date:
    return TODAY + timedelta(days=away)


@pytest.mark.parametrize(
    ("line", "title", "day", "start", "minutes"),
    [
        ("call sponsor", "call sponsor", on(0), None, None),
        ("walk 12:30 30m", "walk", on(0), "12:30", 30),
        ("12:30 walk", "walk", on(0), "12:30", None),
        ("call sponsor fri 18:00", "call sponsor", on(4), "18:00", None),
        ("meeting tomorrow 7pm", "meeting", on(1), "19:00", None),
        ("meeting tomorrow 7:30 pm", "meeting", on(1), "19:30", None),
        ("dentist 3 dec 14:15", "dentist", date(2026, 12, 3), "14:15", None),
        ("dentist Dec 3rd at 2:15pm", "dentist", date(2026, 12, 3), "14:15", None),
        ("dentist 3 dec 2027", "dentist", date(2027, 12, 3), None, None),
        ("dentist 3 feb", "dentist", date(2027, 2, 3), None, None),
        ("leap 29 feb", "leap", date(2028, 2, 29), None, None),
        ("birthday call 2026-12-24", "birthday call", date(2026, 12, 24), None, None),
        ("call fri, 27 nov 18:00", "call", on(4), "18:00", None),
        ("counsellor thu 3-4pm", "counsellor", on(3), "15:00", 60),
        ("lunch 11-1pm", "lunch", on(0), "11:00", 120),
        ("shift 11am-2", "shift", on(0), "11:00", 180),
        ("shift tomorrow 9-5", "shift", on(1), "09:00", 480),
        ("group 15-16", "group", on(0), "15:00", 60),
        ("group 15:00 - 16:30", "group", on(0), "15:00", 90),
        ("night bus 23:30-00:15", "night bus", on(0), "23:30", 45),
        ("breathe noon 5 min", "breathe", on(0), "12:00", 5),
        ("read 45 min", "read", on(0), None, 45),
        ("read for 45 minutes tomorrow", "read", on(1), None, 45),
        ("run 1h30", "run", on(0), None, 90),
        ("run 1 h 30", "run", on(0), None, 90),
        ("run 1.5h", "run", on(0), None, 90),
        ("rest for half an hour", "rest", on(0), None, 30),
        ("drive for 20h", "drive", on(0), None, 1200),
        ("call mum tonight 8pm", "call mum", on(0), "20:00", None),
        ("call mum tonight at 8", "call mum", on(0), "20:00", None),
        ("read tonight", "read", on(0), None, None),
        ("check in in 20 minutes", "check in", on(0), "10:20", None),
        ("check in in 2 hours", "check in", on(0), "12:00", None),
        ("water plants in 3 days", "water plants", on(3), None, None),
        ("review goals next monday 9:00", "review goals", on(7), "09:00", None),
        ("bank on tue", "bank", on(1), None, None),
        ("plan holiday later", "plan holiday", None, None, None),
        ("call back later today", "call back", on(0), None, None),
        ("step meeting at 8", "step meeting", on(1), "08:00", None),
        ("at 11 call the bank", "call the bank", on(0), "11:00", None),
        ("walk @11:30", "walk", on(0), "11:30", None),
        ("walk at 11.30", "walk", on(0), "11:30", None),
        ("call, tomorrow, 7pm.", "call", on(1), "19:00", None),
        ("sleep midnight", "sleep", on(0), "00:00", None),
        ("call mum fri 8", "call mum", on(4), "08:00", None),
        ("call mum fri, 8 30m @home", "call mum", on(4), "08:00", 30),
        ("call sunday 9", "call", on(6), "09:00", None),
        ("call tomorrow 9", "call", on(1), "09:00", None),
        ("call tonight 8", "call", on(0), "20:00", None),
        ("swim tomorrow evening 7", "swim", on(1), "19:00", None),
        ("call at 8 in the evening", "call", on(0), "20:00", None),
        ("call tomorrow at 3 in the afternoon", "call", on(1), "15:00", None),
        ("walk tomorrow half past 8", "walk", on(1), "08:30", None),
        ("walk tomorrow a quarter to nine", "walk", on(1), "08:45", None),
        ("walk tomorrow at 8 o'clock", "walk", on(1), "08:00", None),
        ("walk tomorrow twenty past 8 pm", "walk", on(1), "20:20", None),
        ("dentist 31st of may", "dentist", date(2027, 5, 31), None, None),
        ("dentist in 2 months", "dentist", date(2027, 1, 23), None, None),
        ("dentist yesterday 10:00", "dentist", on(-1), "10:00", None),
        ("dentist last friday", "dentist", on(-3), None, None),
        ("dentist last monday", "dentist", on(-7), None, None),
        ("flight tomorrow 03:30", "flight", on(0), "03:30", None),
        ("flight fri 03:30", "flight", on(3), "03:30", None),
        ("flight mon 03:30", "flight", on(6), "03:30", None),
        ("flight 2026-12-24 03:30", "flight", date(2026, 12, 23), "03:30", None),
        ("sleep today 01:30", "sleep", on(0), "01:30", None),
        ("sleep tonight 01:30", "sleep", on(0), "01:30", None),
    ],
)
def test_reads_what_people_type(
    line: str, title: str, day: date | None, start: str | None, minutes: int | None
) -> None:
    reading = read(line)
    wanted = (title, day, time.fromisoformat(start) if start else None, minutes)
    assert (reading.title, reading.day, reading.start, reading.minutes) == wanted


@pytest.mark.parametrize(
    ("line", "title", "day", "start"),
    [
        ("pay 50m deposit", "pay 50m deposit", on(0), None),
        ("pay 12.50", "pay 12.50", on(0), None),
        ("swim 800m", "swim 800m", on(0), None),
        ("take 5", "take 5", on(0), None),
        ("buy 2 apples tomorrow", "buy 2 apples", on(1), None),
        ("read 1984 at 20:00", "read 1984", on(0), "20:00"),
        ("read pages 15-16", "read pages 15-16", on(0), None),
        ("look at 3 flats tomorrow", "look at 3 flats", on(1), None),
        ("buy sun cream", "buy sun cream", on(0), None),
        ("roast sunday 9 december", "roast", date(2026, 12, 9), None),
        ("sunday 9 club", "sunday 9 club", on(0), None),
        ("call fri 30", "call fri 30", on(0), None),
        ("call tomorrow fri 8", "call fri 8", on(1), None),
        ("step 4 work sat 10am", "step 4 work", on(5), "10:00"),
        ("read yesterday news", "read yesterday news", on(0), None),
        ("friday night dinner", "friday night dinner", on(0), None),
        ("paint this evening scene", "paint this evening scene", on(0), None),
        ("greet every 10th visitor", "greet every 10th visitor", on(0), None),
        ("half past the hour", "half past the hour", on(0), None),
        ("may call Sun", "may call", on(6), None),
        ("march for mental health sat 11:00", "march for mental health", on(5), "11:00"),
        ("second opinion friday 10:30", "second opinion", on(4), "10:30"),
        ("sat meditation 06:00", "meditation", on(5), "06:00"),
        ("sat at 8 meditation", "meditation", on(5), "08:00"),
        ("sunday roast 13:00", "roast", on(6), "13:00"),
        ('"sunday roast" 13:00', "sunday roast", on(0), "13:00"),
        ("midnight mass 24 dec", "midnight mass", date(2026, 12, 24), None),
        ("friday report monday 11:00", "friday report", on(0), "11:00"),
        ("90 in 90 meeting 18:30", "90 in 90 meeting", on(0), "18:30"),
        ("see you later, alligator", "see you later, alligator", on(0), None),
        ('5" pipe 11:00', '5" pipe', on(0), "11:00"),
        ('say ""hi"" tomorrow', 'say ""hi""', on(1), None),
        ('"say ""hi"" today"', 'say "hi" today', on(0), None),
        ("[/x] [@click=app.quit] $a 11:00", "[/x] [@click=app.quit] $a", on(0), "11:00"),
        ("\x1b]52;c;aGk=\x07walk \u202e11:00", "]52;c;aGk=walk", on(0), "11:00"),
    ],
)
def test_doubtful_words_stay_in_the_title(line: str, title: str, day: date, start: str | None) -> None:
    reading = read(line)
    wanted = (title, day, time.fromisoformat(start) if start else None)
    assert (reading.title, reading.day, reading.start) == wanted


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("walk 07:30 30m", "walk, tomorrow 07:30, 30 min (07:30 has passed today)"),
        ("walk monday 07:30", "walk, Monday 30 November 07:30 (07:30 has passed today)"),
        ("walk today 07:30", "walk, today 07:30"),
        ("walk 10:00", "walk, today 10:00"),
        ("walk", "walk, today"),
        ("walk later", "walk, later"),
        ("walk next mon 07:30", "walk, Monday 30 November 07:30"),
        ("walk 3 feb", "walk, Wednesday 3 February 2027"),
        ("sleep 01:30", "sleep, today 01:30 (in the night to Tuesday)"),
        ("flight tomorrow 03:30", "flight, tomorrow 03:30 (in the night to Tuesday)"),
        ("flight fri 03:30", "flight, Friday 27 November 03:30 (in the night to Friday)"),
        ("walk yesterday 10:00", "walk, yesterday 10:00 (that day is past)"),
        ("walk tomorrow morning", "walk, tomorrow in the morning"),
    ],
)
def test_the_sentence_says_how_it_was_read(line: str, sentence: str) -> None:
    assert read(line).sentence == sentence


def test_twelve_hour_clock_in_the_sentence() -> None:
    said = read_line("walk 07:30", NOW, TODAY, clock=12).sentence
    assert said == "walk, tomorrow 7:30 am (7:30 am has passed today)"


def test_the_shown_day_is_meant_when_none_is_named() -> None:
    assert read("walk", day=on(3)).day == on(3)
    assert read("walk 07:30", day=on(3)).day == on(3)
    assert read("walk 07:30", day=on(-3)).day == on(-3)
    assert read("walk tomorrow", day=on(3)).day == on(1)


def test_after_midnight_the_logical_day_counts() -> None:
    night = datetime(2026, 11, 24, 1, 30)  # still Monday's day
    early = read_line("walk 07:30", night, TODAY)
    assert (early.day, early.start) == (on(1), time(7, 30))
    assert "passed" not in early.sentence
    assert read_line("tea 02:00", night, TODAY).day == TODAY
    assert read_line("tea 01:00", night, TODAY).day == on(1)
    soon = read_line("tea in 3 hours", night, TODAY)
    assert (soon.day, soon.start) == (on(1), time(4, 30))


def test_minutes_ahead_are_real_minutes_when_the_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 3, 29, 1, 50, tzinfo=berlin)
    assert read_line("tea in 20 minutes", before, date(2026, 3, 28)).start == time(3, 10)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("", "few words"),
        ("   ", "few words"),
        ("tomorrow 07:30", "few words"),
        ('""', "few words"),
        ("walk 25:00", "25:00"),
        ("walk 13pm", "13pm"),
        ("walk 07:75", "07:75"),
        ("walk 31 feb", "31 February"),
        ("walk feb 29 2027", "29 February 2027"),
        ("walk 2026-02-31", "2026-02-31"),
        ("walk 2926-02-01", "2926-02-01"),
        ("walk 30h", "24 h at most"),
        ("walk 31st of april", "no 31 April"),
        ("walk 29.2.2027", "29 February 2027"),
        ("walk in 30000 days", "too far away"),
        ("walk in 999999 years", "too far away"),
        ("x" * (LONGEST_TITLE + 1), "500 characters at most"),
    ],
)
def test_what_cannot_be_taken_is_named(line: str, named: str) -> None:
    with pytest.raises(Refused, match=named):
        read(line)


def test_quotes_protect_what_looks_impossible() -> None:
    assert read('"score 25:00" 11:00').title == "score 25:00"
