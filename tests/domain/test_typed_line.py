"""No typed text upsets the reading of a line, and every item has a line that reads back as it."""

from __future__ import annotations

import time as clocks
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from coach.domain.after_phrases import anchors_of
from coach.domain.errors import Refused
from coach.domain.items import Item
from coach.domain.quickadd import Reading, line_of, read_line
from coach.domain.reading_fields import fields_of, line_from
from coach.domain.repeat import Rule
from coach.domain.settings import DateOrder
from coach.domain.text import one_line, title_key
from coach.domain.typed_line import LONGEST_TITLE, quote_title
from coach.domain.when import begin

NOW = datetime(2026, 11, 23, 10, 0)
TODAY = NOW.date()
"""A Monday."""


def test_a_megabyte_is_refused_at_once() -> None:
    began = clocks.perf_counter()
    for text in ("a" * 1_000_000, "fri 7pm " * 125_000, '"' * 1_000_000, "\u0301" * 1_000_000):
        with pytest.raises(Refused, match="That line is too long: 500 characters at most"):
            read_line(text, NOW, TODAY)
    assert clocks.perf_counter() - began < 1


WORDS = """walk at on for in next daily weekdays sundays mon mon-thu until till times 10 from other first last day week
month of the by rule FREQ=DAILY FREQ=WEEKLY;BYDAY=MO,TH FREQ=MONTHLY;BYDAY=1MO;COUNT=3 8 and 20 8:00 20:00 3/4 24/12
3/4/2027 @gym @"old @ @"" #admin #12 # ! !! every evening night weekend
after breakfast after walk except but not weekends weekdays christmas june end "after gym" tommorow
fri sat 7 7pm 07:30 25:00 15-16 9-5pm 30m 1h 1 h 30 50m later today tonight tomorrow
"x y" " "" , . - @ @7 24 dec 31 feb may 2026-12-24 9999-99-99 noon midnight half an hour minutes days
every 0m 99h ٣ 12.50 half past quarter to o'clock eight 03:30 01:00 yesterday 24.12. 29.2.2027 every 15th 5th this
morning afternoon twice a week biweekly 99999 years months two 0730 1830 7.30 1h30 with please before starting"""
LINES = st.one_of(
    st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join),
    st.text(max_size=60),
    st.text(st.characters(), max_size=40),
)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1))
ANCHORS = anchors_of(["Breakfast", "walk", "fri 7pm", "after gym", "today"])
ORDERS: tuple[DateOrder, ...] = ("", "dmy", "mdy", "iso")


@settings(max_examples=500, deadline=None)
@given(LINES, MOMENTS, st.sampled_from(ORDERS))
@example("at " * 300, NOW, "")
@example("7.30 " * 220, NOW, "")
@example("walk tonight every week", NOW, "")
@example("every morning and " * 60, NOW, "")
@example("fri at 8 " * 120, NOW, "")
@example("1 h " * 270, NOW, "")
@example("mon " * 270, NOW, "")
@example("every 8 and " * 90, NOW, "")
@example("daily until 31 dec " * 50, NOW, "")
@example("#a @b ! " * 130, NOW, "")
@example("x daily in 99 weeks for 999 months", NOW, "")
@example("\x00\x1b[2J\u202e\ud800", NOW, "")
def test_no_text_upsets_it(line: str, now: datetime, order: DateOrder) -> None:
    try:
        reading = read_line(line, now, now.date(), date_order=order, anchors=ANCHORS)
    except Refused as refusal:
        assert str(refusal).endswith(".")
    else:
        assert reading.title == one_line(reading.title)
        Item("i", reading.title, reading.day, reading.start, reading.minutes, rule=reading.rule)
        assert all(line[span.start : span.end].strip() for span in reading.spans)
        assert reading.follows in ("", *ANCHORS.values())
        _reads_the_same_again(reading, now)


def _reads_the_same_again(reading: Reading, now: datetime) -> None:
    """The line of what was read, and the fields made of it, mean what the first line meant."""
    item = Item("i", reading.title, reading.day, reading.start, reading.minutes, rule=reading.rule)
    item = replace(item, starts=reading.starts, place=reading.place, tags=reading.tags, pinned=reading.pinned)
    item = replace(item, follows=reading.follows)
    lines = [line_of(item, now.date()), line_from(fields_of(reading, now.date()), ANCHORS)]
    for line in lines:
        again = read_line(line, now, now.date(), anchors=ANCHORS)
        assert _meant(again) == _meant(reading), line


def _meant(reading: Reading) -> tuple[object, ...]:
    when = (reading.day, reading.start, reading.starts, reading.rule, reading.minutes, reading.next)
    return (reading.title, *when, reading.place, reading.tags, reading.pinned, reading.follows)


MINUTES = st.times().map(lambda start: start.replace(second=0, microsecond=0))
# Never weekdays and days of the month at once: a rule that falls on no day takes dateutil half a second to find out.
RULES = (
    st.builds(
        Rule,
        st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
        st.sampled_from([1, 2, 3, 14]),
        weekdays=st.lists(st.integers(0, 6), unique=True, max_size=7).map(lambda days: tuple((0, day) for day in days)),
    )
    | st.builds(
        Rule,
        st.just("MONTHLY"),
        st.integers(1, 3),
        weekdays=st.tuples(st.tuples(st.sampled_from([1, 2, -1, -2]), st.integers(0, 6))),
    )
    | st.builds(
        Rule,
        st.just("MONTHLY"),
        st.integers(1, 3),
        numbers=st.sampled_from([(), (("BYMONTHDAY", (1,)),), (("BYMONTHDAY", (-1,)),), (("BYMONTHDAY", (5, 28)),)]),
    )
)


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Any item a line can say; one that repeats begins on a day of its rule."""
    day = draw(
        st.none() | st.dates(date(2020, 1, 1), date(2060, 1, 1)) | st.sampled_from([TODAY, TODAY + timedelta(days=1)])
    )
    starts = sorted(draw(st.lists(MINUTES, unique=True, max_size=3)), key=lambda start: (start < time(4), start))
    rule = None
    if day is not None and (draw(st.booleans()) or len(starts) > 1):
        found = draw(RULES)
        day, until = begin(found, day), draw(st.none() | st.integers(0, 400))
        found = replace(found, count=draw(st.none() | st.integers(1, 1000))) if until is None else found
        rule = str(replace(found, until=day + timedelta(days=until)) if until is not None else found)
    return Item(
        "i",
        draw(LINES.map(one_line).filter(bool)),
        day,
        starts[0] if starts else None,
        draw(st.none() | st.integers(1, 1440)),
        rule=rule,
        starts=tuple(starts) if rule and len(starts) > 1 else (),
        place=draw(st.just("") | LINES.map(lambda text: one_line(text, 100)) | st.sampled_from(["gym", "Jo's"])),
        tags=tuple(draw(st.lists(st.sampled_from(["admin", "two_words", "größe", "4you"]), unique=True, max_size=2))),
        pinned=draw(st.booleans()),
        follows="" if starts else draw(st.just("") | LINES.map(one_line) | st.sampled_from(["Breakfast", "walk 5 km"])),
    )


@pytest.mark.parametrize("day_start", [time(0), time(4), time(6, 30)])
@pytest.mark.parametrize("away", range(-2, 3))
def test_a_time_in_the_night_reads_back(away: int, day_start: time) -> None:
    for start in (time(0), time(1, 30), time(5), time(23)):
        item = Item("i", "flight", TODAY + timedelta(days=away), start)
        lines = [line_of(item, today, day_start) for today in (TODAY, None)]
        first = read_line(lines[0], NOW, TODAY, day_start)
        lines.append(line_from(fields_of(first, TODAY, day_start=day_start), ANCHORS))
        for line in lines:
            again = read_line(line, NOW, TODAY, day_start)
            assert (again.day, again.start) == (item.day, item.start), line


@settings(max_examples=500, deadline=None)
@given(items(), MOMENTS, st.none() | st.just(TODAY))
@example(Item("i", '"' * LONGEST_TITLE, TODAY, time(7, 30), 1439), NOW, None)
@example(Item("i", "look at", TODAY, time(7, 30)), NOW, None)
@example(Item("i", 'fri, "now"', None), NOW, None)
@example(Item("i", "meds", TODAY, time(8), rule="FREQ=DAILY;COUNT=1", starts=(time(8), time(20))), NOW, TODAY)
@example(Item("i", "call after breakfast", TODAY), NOW, None)
@example(Item("i", "walk", TODAY, None, 1, rule="FREQ=WEEKLY;BYDAY=MO,TU;UNTIL=20261123"), NOW, None)
@example(Item("i", "vitamins", TODAY, rule="FREQ=DAILY;COUNT=3", follows="fri 7pm"), NOW, None)
@example(Item("i", "last 3 times", TODAY, rule="FREQ=WEEKLY;BYDAY=MO;COUNT=4"), NOW, None)
def test_an_item_reads_back_from_its_line(item: Item, now: datetime, today: date | None) -> None:
    assume(title_key(item.follows) != title_key(item.title))
    known = {**ANCHORS, **anchors_of([item.follows])}
    later = now.date() + timedelta(days=9)
    reading = read_line(line_of(item, today), now, today or now.date(), day=later, anchors=known)
    read = (reading.title, reading.day, reading.start, reading.minutes, reading.starts, reading.rule)
    assert read == (item.title, item.day, item.start, item.minutes, item.starts, item.rule)
    assert (reading.place, reading.tags, reading.pinned) == (item.place, item.tags, item.pinned)
    assert title_key(reading.follows) == title_key(item.follows)


def test_lines_to_edit_are_plain_when_they_can_be() -> None:
    assert line_of(Item("i", "walk", TODAY, time(7, 30), 30), TODAY) == "walk today 07:30 30m"
    assert line_of(Item("i", "walk", date(2026, 12, 2), None, 90), TODAY) == "walk 2026-12-02 1h30"
    assert line_of(Item("i", "call tomorrow", None)) == '"call tomorrow" later'
    walk = Item("i", "walk", TODAY, time(7, 30), 30, rule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261231")
    assert line_of(walk) == "walk Mon-Fri 07:30 30m from 2026-11-23 until 2026-12-31"
    meds = Item("i", "meds", TODAY, time(8), rule="FREQ=DAILY;COUNT=7", starts=(time(8), time(20)), tags=("care",))
    assert line_of(meds) == "meds every day 08:00 and 20:00 #care from 2026-11-23 7 times"
    assert line_of(Item("i", "rent", TODAY, rule="FREQ=MONTHLY", place="the bank")) == (
        'rent every month @"the bank" from 2026-11-23'
    )
    assert quote_title('say "hi"') == '"say ""hi"""'
