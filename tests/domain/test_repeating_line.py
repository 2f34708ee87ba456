"""Typed lines that repeat, end, and say where: the thirty phrases of the research and the traps beside them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from coach.domain.errors import Refused
from coach.domain.quickadd import Reading, read_line, rule_with_times
from coach.domain.settings import DateOrder

NOW = datetime(2026, 11, 23, 10, 0)
TODAY = NOW.date()
"""A Monday."""
WORKING = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


def read(line: str, order: DateOrder = "", day: date | None = None) -> Reading:
    return read_line(line, NOW, TODAY, date_order=order, day=day)


@pytest.mark.parametrize(
    ("line", "title", "coming", "minutes", "rule"),
    [
        ("walk 07:30 30m every weekday", "walk", "2026-11-24T07:30", 30, WORKING),
        ("call sponsor fri 18:00", "call sponsor", "2026-11-27T18:00", None, None),
        ("meeting tomorrow 7pm", "meeting", "2026-11-24T19:00", None, None),
        ("dentist 3 dec 14:15", "dentist", "2026-12-03T14:15", None, None),
        ("dentist dec 3 at 2:15pm", "dentist", "2026-12-03T14:15", None, None),
        ("meds 8am daily", "meds", "2026-11-24T08:00", None, "FREQ=DAILY"),
        ("meds 8:00 and 20:00 daily", "meds", "2026-11-23T20:00", None, "FREQ=DAILY;BYHOUR=8,20"),
        ("therapy every tuesday 16:00 1h", "therapy", "2026-11-24T16:00", 60, "FREQ=WEEKLY;BYDAY=TU"),
        ("laundry every other saturday", "laundry", "2026-11-28", None, "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA"),
        ("gym mon wed fri 6:30", "gym", "2026-11-25T06:30", None, "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        (
            *("gym every mon, wed and fri at 6:30am for 45 minutes", "gym"),
            *("2026-11-25T06:30", 45, "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ),
        ("pay rent 1st of every month", "pay rent", "2026-12-01", None, "FREQ=MONTHLY;BYMONTHDAY=1"),
        ("home group every first monday 19:30", "home group", "2026-12-07T19:30", None, "FREQ=MONTHLY;BYDAY=1MO"),
        ("journal every night 21:30", "journal", "2026-11-23T21:30", None, "FREQ=DAILY"),
        ("plan week sundays 17:00", "plan week", "2026-11-29T17:00", None, "FREQ=WEEKLY;BYDAY=SU"),
        ("check in in 20 minutes", "check in", "2026-11-23T10:20", None, None),
        ("review goals next monday 9:00", "review goals", "2026-11-30T09:00", None, None),
        ("counsellor thu 3-4pm", "counsellor", "2026-11-26T15:00", 60, None),
        ("breathe noon 5 min", "breathe", "2026-11-23T12:00", 5, None),
        ("call mum tonight 8pm", "call mum", "2026-11-23T20:00", None, None),
        ("read 20 pages at 21:00", "read 20 pages", "2026-11-23T21:00", None, None),
        ("step 4 work sat 10am", "step 4 work", "2026-11-28T10:00", None, None),
        ("90 in 90 meeting daily 18:30", "90 in 90 meeting", "2026-11-23T18:30", None, "FREQ=DAILY"),
        ("wind down 22:00 mon-thu", "wind down", "2026-11-23T22:00", None, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH"),
        ("bins every 2 weeks on thursday 7am", "bins", "2026-11-26T07:00", None, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("walk 7:30 30m weekdays until 31 dec", "walk", "2026-11-24T07:30", 30, f"{WORKING};UNTIL=20261231"),
        ("antibiotic 08:00 daily for 7 days", "antibiotic", "2026-11-24T08:00", None, "FREQ=DAILY;COUNT=7"),
        # beyond the thirty
        ("bins every friday 18:00", "bins", "2026-11-27T18:00", None, "FREQ=WEEKLY;BYDAY=FR"),
        ("meds 8 and 20 daily", "meds", "2026-11-23T20:00", None, "FREQ=DAILY;BYHOUR=8,20"),
        ("meds daily except sat and sun 8 and 20", "meds", "2026-11-23T20:00", None, f"{WORKING};BYHOUR=8,20"),
        ("meds daily 8 and 20", "meds", "2026-11-23T20:00", None, "FREQ=DAILY;BYHOUR=8,20"),
        ("meds 8:00 and 20:30 daily", "meds", "2026-11-23T20:30", None, "FREQ=DAILY"),
        ("meds 8am, 2pm and 8pm tomorrow", "meds", "2026-11-24T08:00", None, "FREQ=DAILY;COUNT=3;BYHOUR=8,14,20"),
        ("report last day of every month", "report", "2026-11-30", None, "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("bins every other week on tue", "bins", "2026-11-24", None, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("clean fortnightly", "clean", "2026-11-23", None, "FREQ=WEEKLY;INTERVAL=2"),
        ("run from 3 dec daily 7:00", "run", "2026-12-03T07:00", None, "FREQ=DAILY"),
        ("swim every tue 10 times", "swim", "2026-11-24", None, "FREQ=WEEKLY;BYDAY=TU;COUNT=10"),
        ("yoga tue/thu 6:30-7:15", "yoga", "2026-11-24T06:30", 45, "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("daily walk 11:30", "walk", "2026-11-23T11:30", None, "FREQ=DAILY"),
        ("every friday bins", "bins", "2026-11-27", None, "FREQ=WEEKLY;BYDAY=FR"),
        ("bank weekly fri", "bank", "2026-11-27", None, "FREQ=WEEKLY"),
        ("gym every day but sunday", "gym", "2026-11-23", None, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA"),
        ("standup 11:15 daily except sat and sun", "standup", "2026-11-23T11:15", None, WORKING),
        ("standup weekdays 11:15 except fri", "standup", "2026-11-23T11:15", None, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH"),
        ("standup daily 11:15 not on sundays", "standup", "2026-11-23T11:15", None, f"{WORKING},SA"),
        ("standup daily 11:15 except weekends", "standup", "2026-11-23T11:15", None, WORKING),
        ("toast daily but not weekends 11:15", "toast", "2026-11-23T11:15", None, WORKING),
        ("walk daily until june", "walk", "2026-11-23", None, "FREQ=DAILY;UNTIL=20270630"),
        ("walk daily until the end of feb 2028", "walk", "2026-11-23", None, "FREQ=DAILY;UNTIL=20280229"),
        ("walk daily until end of the month", "walk", "2026-11-23", None, "FREQ=DAILY;UNTIL=20261130"),
        ("walk daily until end of this year", "walk", "2026-11-23", None, "FREQ=DAILY;UNTIL=20261231"),
        ("walk daily until christmas eve 11:15", "walk", "2026-11-23T11:15", None, "FREQ=DAILY;UNTIL=20261224"),
        ("walk daily until next monday", "walk", "2026-11-23", None, "FREQ=DAILY;UNTIL=20261130"),
        ("walk daily until tomorrow", "walk", "2026-11-23", None, "FREQ=DAILY;UNTIL=20261124"),
        ("call dad every sunday about 18:00", "call dad", "2026-11-29T18:00", None, "FREQ=WEEKLY;BYDAY=SU"),
        ("walk at weekends", "walk", "2026-11-28", None, "FREQ=WEEKLY;BYDAY=SA,SU"),
        ("bins every other thursday 7", "bins", "2026-11-26T07:00", None, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("gym mon wed 18", "gym", "2026-11-23T18:00", None, "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("rent every 15th", "rent", "2026-12-15", None, "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("bins biweekly mon", "bins", "2026-11-23", None, "FREQ=WEEKLY;INTERVAL=2"),
        ("meds 11:30 12:30 13:30 daily", "meds", "2026-11-23T11:30", None, "FREQ=DAILY;BYHOUR=11,12,13"),
        ("meds fri 8 and 20", "meds", "2026-11-27T08:00", None, "FREQ=DAILY;COUNT=2;BYHOUR=8,20"),
        ("birthday yearly 3 dec", "birthday", "2026-12-03", None, "FREQ=YEARLY"),
        ("course every tue for 2 months", "course", "2026-11-24", None, "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270123"),
        ("course every tue until fri", "course", "2026-11-24", None, "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261127"),
        (
            "course mon-thu until 2026-12-31",
            "course",
            "2026-11-23",
            None,
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH;UNTIL=20261231",
        ),
        ("odd by the rule FREQ=MONTHLY;BYDAY=-2FR", "odd", "2026-12-18", None, "FREQ=MONTHLY;BYDAY=-2FR"),
        ('"every friday" 11:00', "every friday", "2026-11-23T11:00", None, None),
    ],
)
def test_what_repeats(line: str, title: str, coming: str, minutes: int | None, rule: str | None) -> None:
    reading = read(line)
    told = reading.next.isoformat() if reading.next else ""
    told = told.removesuffix(":00") if "T" in told else told
    assert (reading.title, told, reading.minutes, rule_with_times(reading)) == (title, coming, minutes, rule)


@pytest.mark.parametrize(
    "line",
    [
        *("the daily mail", "weekly shop", "weekend walk", "fri sat party", "my every thing", "away for 7 days"),
        *("away until 31 dec", "say it 10 times", "read chapters 8 and 20", "buy 2 and 3", "open 24/7", "room #12"),
        *("toast except sunday", "away until june", "wait until christmas", "why not friday"),
        *("mail bob@x.org", "wow! great", "mix 3/4 cup of flour", "the last monday club", "take pills 2 times, please"),
    ],
)
def test_words_that_only_look_like_it_stay_in_the_title(line: str) -> None:
    reading = read(line)
    assert (reading.title, reading.rule, reading.start, reading.tags, reading.place) == (line, None, None, (), "")


def test_an_end_needs_a_repetition_before_it() -> None:
    reading = read("say it 10 times daily")
    assert (reading.title, reading.rule) == ("say it 10 times", "FREQ=DAILY")


def test_place_tags_and_pin() -> None:
    reading = read('! yoga @"the old ""gym""" #Admin tomorrow 7pm #two_words #admin')
    assert (reading.title, reading.start, reading.day) == ("yoga", time(19), TODAY + timedelta(days=1))
    assert (reading.place, reading.tags, reading.pinned) == ('the old "gym"', ("admin", "two_words"), True)
    assert reading.sentence == 'yoga, tomorrow 19:00, at the old "gym", #admin, #two_words, pinned'
    plain = read("swim @pool. fri 18:00")
    assert (plain.title, plain.place, plain.pinned) == ("swim", "pool", False)
    assert read("walk @11:30").place == ""
    assert read('"@home #now !"').title == "@home #now !"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("walk 07:30 30m every weekday", "walk, Mon-Fri 07:30, 30 min, next tomorrow"),
        ("meds 8 and 20 daily", "meds, every day 08:00 and 20:00, next today 20:00"),
        ("meds 8:00 and 20:00 tomorrow", "meds, tomorrow 08:00 and 20:00"),
        ("walk mon-fri until 31 dec #gym", "walk, Mon-Fri, until 31 Dec, #gym, next today"),
        ("pill 8 and 20 daily for 7 days", "pill, every day 08:00 and 20:00, on 7 days, next today 20:00"),
        ("swim every tue 10 times", "swim, every Tuesday, 10 times, next tomorrow"),
        ("journal every evening", "journal, every day in the evening, next today"),
        ("tea every night 01:30", "tea, every day 01:30, next today"),
        (
            "rent 31st of every month",
            "rent, the 31st of every month, next Thursday 31 December "
            "(only in months with a 31st; “last day of every month” is in all)",
        ),
        (
            "walk every friday from 2026-01-02 until 2026-01-30",
            "walk, every Friday, until 30 Jan, nothing more to come",
        ),
    ],
)
def test_the_sentence_says_how_often_and_when_next(line: str, sentence: str) -> None:
    assert read(line).sentence == sentence


@pytest.mark.parametrize(
    ("line", "order", "day"),
    [
        ("call 3/4", "dmy", date(2027, 4, 3)),
        ("call 3/4", "mdy", date(2027, 3, 4)),
        ("call 3/4", "iso", date(2027, 3, 4)),
        ("call on 3/4/2027 at noon", "dmy", date(2027, 4, 3)),
        ("call 3/4/27", "mdy", date(2027, 3, 4)),
        ("call 24/12", "", date(2026, 12, 24)),
        ("call 31.12.", "", date(2026, 12, 31)),
        ("call 3.4.2027", "dmy", date(2027, 4, 3)),
        ("call on 24.12", "", date(2026, 12, 24)),
        ("call 12/24", "", date(2026, 12, 24)),
        ("call 5/5", "", date(2027, 5, 5)),
        ("call 2027/04/03", "", date(2027, 4, 3)),
    ],
)
def test_numbers_of_a_date_follow_the_setting(line: str, order: DateOrder, day: date) -> None:
    assert (read(line, order).title, read(line, order).day) == ("call", day)


@pytest.mark.parametrize(
    ("line", "order", "named"),
    [
        ("lunch 3/4", "", "3 April or 4 March.*date_order.*Quotes"),
        ("walk daily until 3/4/2027", "", "3 April or 4 March"),
        ("lunch 24/12", "mdy", "month first"),
        ("lunch 12/24", "dmy", "day first"),
        ("lunch 3/4/2027", "iso", "2027-03-04 or 2027-04-03"),
        ("lunch 31/2", "", "no 31 February"),
        ("x by the rule FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "", "falls on no day.*another day"),
        ("x by the rule FREQ=HOURLY", "", "by day, week, month or year"),
        ("gym mon wed except mon, wed", "", "leaves no day"),
        ("rent 1st of every month except sunday", "", "every day except sunday.*quotes"),
        ("bins every other day except sunday", "", "every day except sunday.*quotes"),
        ("walk daily until 2020-01-01", "", "before it begins"),
        ("walk daily until yesterday", "", "before it begins"),
        ("bins every 5th monday", "", "every last monday"),
        ("lunch 3.4.2027", "", "3 April or 4 March"),
        ("walk daily 13pm and 8pm", "", "13pm"),
        ("drink every 2 hours", "", "“every 2 hours”.*8:00, 12:00 and 16:00 daily"),
        ("stretch every hour", "", "“every hour”"),
    ],
)
def test_what_cannot_be_known_is_asked(line: str, order: DateOrder, named: str) -> None:
    with pytest.raises(Refused, match=named):
        read(line, order)


def test_a_start_the_clocks_skip_is_moved_on_and_said() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 3, 27, 10, 0, tzinfo=berlin)  # in the night to Sunday 29 March 02:00 becomes 03:00
    once = read_line("tea 2026-03-29 02:30", now, now.date())
    assert (once.day, once.start, once.next) == (date(2026, 3, 28), time(3, 30), datetime(2026, 3, 29, 3, 30))
    assert once.sentence.endswith("03:30 (in the night to Sunday) (the clocks go forward over 02:30)")
    saturdays = read_line("tea every sat 02:30", now, now.date())
    assert saturdays.start == time(2, 30), "other Saturdays have that time"
    assert saturdays.sentence.endswith("(that day at 03:30, since the clocks go forward)")
    ends = read_line("tea 2026-03-29 01:30-02:30", now, now.date())
    assert ends.sentence.endswith("(it ends at 03:30, since the clocks go forward over 02:30)")
    assert "clocks" not in read_line("tea 2026-03-29 01:30-03:30", now, now.date()).sentence
    other = read_line("tea 2026-03-29 02:30", now.replace(tzinfo=None), now.date(), zone=ZoneInfo("America/New_York"))
    assert other.start == time(2, 30)


def test_the_first_day_is_one_of_the_rule() -> None:
    assert read("bins every other thursday", day=date(2026, 11, 27)).day == date(2026, 12, 3), "not in a week more"
    assert read("walk daily", day=date(2026, 11, 20)).day == TODAY, "never in the past unless it is said"
    assert read("walk daily from 2026-11-20").day == date(2026, 11, 20)
    assert read("rent 1st of every month 09:00").day == date(2026, 12, 1)


def test_the_characters_that_were_understood_are_told() -> None:
    line = '  walk  every friday, 18:00 @"the park" until 31 dec'
    spans = {span.kind: line[span.start : span.end] for span in read(line).spans}
    assert spans == {"repeat": "every friday", "clock": "18:00", "place": '@"the park"', "end": "until 31 dec"}
    assert read("walk 18:00\u202e").spans == (), "no places in a line that is not as it was typed"
