"""Repetitions: the same days as dateutil's own expansion, quickly however old a rule is, and said in words."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.domain import repeat
from coach.domain.asks import instant_of
from coach.domain.days import moment_of
from coach.domain.errors import Refused
from coach.domain.items import Item
from coach.domain.occurrences import comes_rarely, occurrences
from coach.domain.repeat import (
    Rule,
    check_rule,
    days_between,
    last_before,
    next_day,
    read_rule,
)
from coach.domain.repeat_words import how_often, say_end

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)


PIECES = ["FREQ", "=", "DAILY", ";", "BYDAY", "-1MO", ",", "COUNT", "5", "UNTIL"]


def numbers(least: int, most: int, size: int = 3) -> st.SearchStrategy[tuple[int, ...]]:
    some = st.integers(least, most).filter(bool)
    return st.lists(some, min_size=1, max_size=size, unique=True).map(lambda found: tuple(sorted(found)))


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Rules that fall on some day every few years: what never does takes dateutil half a second to find out."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 4))}"]
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(['MO', 'SU']))}")
    days = draw(st.lists(st.sampled_from(repeat.WEEKDAY_CODES), max_size=3, unique=True))
    which = draw(st.sampled_from(["", "1", "-1", "2"])) if frequency in ("MONTHLY", "YEARLY") else ""
    if days:
        parts.append(f"BYDAY={','.join(which + day for day in days)}")
    elif frequency in ("MONTHLY", "YEARLY") and draw(st.booleans()):
        parts.append(f"BYMONTHDAY={','.join(map(str, draw(numbers(-28, 28))))}")
    if frequency == "YEARLY" and draw(st.booleans()):
        parts.append(f"BYMONTH={','.join(map(str, draw(numbers(1, 12))))}")
    if days and not which and frequency == "MONTHLY" and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, 2, -1]))}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 300))}")
    elif draw(st.booleans()):
        parts.append(f"UNTIL={draw(st.dates(date(2015, 6, 1), date(2030, 1, 1))):%Y%m%d}")
    return ";".join(parts)


@settings(max_examples=1000, deadline=None)
@given(rules(), st.dates(date(2015, 1, 1), date(2027, 1, 1)), st.integers(0, 4400), st.integers(0, 60))
@example("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SA", date(2015, 1, 7), 4300, 30)
@example("FREQ=MONTHLY;INTERVAL=3", date(2015, 1, 31), 4000, 60)
@example("FREQ=YEARLY", date(2016, 2, 29), 4000, 60)
@example("FREQ=MONTHLY;BYMONTHDAY=-1", date(2015, 1, 31), 4000, 60)
def test_the_days_are_those_of_dateutil(text: str, first: date, after: int, long: int) -> None:
    rule, start = read_rule(text), first + timedelta(days=after)
    end = start + timedelta(days=long)
    whole = rrulestr(text, dtstart=datetime.combine(first, datetime.min.time()))
    midnight = datetime.min.time()
    plain = whole.between(datetime.combine(start, midnight), datetime.combine(end, midnight), inc=True)
    assert days_between(rule, first, start, end) == tuple(moment.date() for moment in plain)
    assert read_rule(str(rule)) == rule


MINUTES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia")


@settings(max_examples=1000, deadline=None)
@given(rules(), st.dates(date(2026, 1, 1), date(2026, 12, 31)), MINUTES, st.sampled_from(ZONES))
@example("FREQ=DAILY", date(2026, 3, 20), time(2, 30), "Europe/Berlin")
@example("FREQ=DAILY", date(2026, 10, 20), time(2, 30), "Europe/Berlin")
def test_each_comes_once_across_changes_of_the_clocks(text: str, first: date, start: time, zone: str) -> None:
    """Days are local and become moments late, so that no hour that is skipped or repeated loses or doubles one."""
    where = ZoneInfo(zone)
    whole_day = re.sub(r"(UNTIL=\d+)", r"\1T235959", text)  # a last day is meant, whatever the time of day
    plain = rrulestr(whole_day, dtstart=datetime.combine(first, start))
    wanted = [instant_of(at, where) for at in plain.xafter(datetime.combine(first, start), count=40, inc=True)]
    days = days_between(read_rule(text), first, first, max((at.date() for at in wanted), default=first) + 2 * DAY)
    found = [instant_of(moment_of(day, start, time(0)), where) for day in days][: len(wanted)]
    assert found == wanted == sorted(set(wanted))


def test_an_old_rule_is_begun_near_the_days_that_are_wanted() -> None:
    """Counted, not timed: how many days dateutil walks through before the first that is wanted."""
    first, wanted = date(2015, 1, 7), date(2026, 11, 23)
    for text in ("FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SA", "FREQ=MONTHLY", "FREQ=YEARLY"):
        rule = read_rule(text)
        begun = repeat._expansion(rule, first, wanted)
        walked = begun.between(datetime(2015, 1, 1), datetime(2026, 11, 23))
        assert len(walked) <= 4, text


@pytest.mark.parametrize(
    ("text", "first", "days"),
    [
        ("FREQ=DAILY", MONDAY, ["2026-11-23", "2026-11-24", "2026-11-25"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", date(2026, 11, 28), ["2026-11-28", "2026-12-12", "2026-12-26"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", date(2026, 11, 30), ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28"]),
        ("FREQ=MONTHLY", date(2026, 12, 31), ["2026-12-31", "2027-01-31", "2027-03-31"]),
        ("FREQ=MONTHLY;BYDAY=1MO", date(2026, 12, 7), ["2026-12-07", "2027-01-04", "2027-02-01"]),
        ("FREQ=DAILY;COUNT=2", MONDAY, ["2026-11-23", "2026-11-24"]),
        ("FREQ=DAILY;UNTIL=20261124", MONDAY, ["2026-11-23", "2026-11-24"]),
        ("RRULE:freq=weekly;byday=tu,th", MONDAY, ["2026-11-24", "2026-11-26", "2026-12-01"]),
    ],
)
def test_the_days_of_some_rules(text: str, first: date, days: list[str]) -> None:
    found = days_between(read_rule(text), first, first, date(2027, 4, 1))
    assert [day.isoformat() for day in found][: len(days)] == days
    assert days_between(read_rule(text), first, found[0], found[0]) == found[:1]


def test_before_and_after() -> None:
    rule = read_rule("FREQ=MONTHLY;BYMONTHDAY=1;UNTIL=20270201")
    first = date(2015, 1, 1)
    assert next_day(rule, first, MONDAY) == date(2026, 12, 1)
    assert next_day(rule, first, date(2027, 2, 2)) is None
    assert last_before(rule, first, MONDAY) == date(2026, 11, 1)
    assert last_before(rule, first, first) is None
    assert next_day(read_rule("FREQ=YEARLY"), date(2024, 2, 29), MONDAY) == date(2028, 2, 29)


def test_a_rule_may_begin_at_either_end_of_all_days() -> None:
    rule = read_rule("FREQ=DAILY")
    assert next_day(rule, date.min, MONDAY) == MONDAY
    assert next_day(rule, date.max, MONDAY) is next_day(rule, MONDAY, date.max) is None
    for first, shown in ((date.min, [MONDAY]), (date.max, [])):
        series = Item("p-walk", "walk", first, rule="FREQ=DAILY")
        assert [one.day for one in occurrences(series, MONDAY, MONDAY)] == shown
        assert comes_rarely(series) is (first == date.max)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2", "falls on no day"),
        ("FREQ=DAILY;UNTIL=20200101", "falls on no day"),
        ("FREQ=HOURLY", "by day, week, month or year"),
        ("FREQ=DAILY;BYHOUR=8", "BYHOUR=8"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "not both"),
        ("FREQ=DAILY;COUNT=2000", "between 1 and 1000"),
        ("FREQ=DAILY;INTERVAL=0", "between 1 and 1000"),
        ("FREQ=MONTHLY;BYMONTHDAY=0000031337", "between -31 and 31"),
        ("FREQ=DAILY;COUNT=00000199999999", "between 1 and 1000"),
        ("FREQ=MONTHLY;BYDAY=000531MO", "weeks of a year"),
        ("FREQ=DAILY;INTERVAL=٣", "between"),
        ("FREQ=WEEKLY;BYDAY=XX", "not a weekday"),
        ("FREQ=WEEKLY;BYDAY=1MO", "of a month or a year"),
        ("FREQ=MONTHLY;BYDAY=99MO", "weeks of a year"),
        ("FREQ=DAILY;FREQ=WEEKLY", "FREQ=WEEKLY"),
        ("FREQ=DAILY;UNTIL=2027", "not a day"),
        ("", "cannot repeat"),
    ],
)
def test_what_cannot_be_repeated_is_refused(text: str, named: str) -> None:
    with pytest.raises(Refused, match=named):
        check_rule(text, MONDAY)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES)).map("".join))
def test_no_text_is_more_than_refused(text: str) -> None:
    try:
        read_rule(text)
    except Refused as refusal:
        assert str(refusal)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=2", "every other day"),
        ("FREQ=WEEKLY", "every Monday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Mon-Fri"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "every day"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", "Tue and Thu"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU", "every 3 weeks on Tue"),
        ("FREQ=MONTHLY", "the 23rd of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,11,-1", "the 1st and 11th and last day of every month"),
        ("FREQ=MONTHLY;BYDAY=-1FR;INTERVAL=2", "the last Friday of every other month"),
        ("FREQ=YEARLY", "every year on 23 November"),
        ("FREQ=YEARLY;BYWEEKNO=20;COUNT=2", "by the rule FREQ=YEARLY;BYWEEKNO=20, 2 times"),
        ("FREQ=DAILY;UNTIL=20270131", "every day, until 31 Jan 2027"),
        ("FREQ=DAILY;COUNT=1", "every day, once"),
    ],
)
def test_a_rule_in_words(text: str, words: str) -> None:
    rule = read_rule(text)
    assert ", ".join(filter(None, [how_often(rule, MONDAY), say_end(rule, MONDAY)])) == words


def test_a_rule_has_one_text() -> None:
    assert str(Rule("WEEKLY", 2, until=date(2026, 12, 31), weekdays=((0, 0),), week_start=6)) == (
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO;UNTIL=20261231"
    )
