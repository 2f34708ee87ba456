"""What falls on no day at all is known without looking through the years, and nothing that has a day is turned down."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain import repeat, when
from coach.domain.errors import Refused
from coach.domain.repeat import check_rule, may_fall, next_day, read_rule
from coach.domain.when import begin

MONDAY = date(2026, 11, 23)
NEVER = [
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", MONDAY),
    ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", MONDAY),
    ("FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31", MONDAY),
    ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=-30", MONDAY),
    ("FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1", MONDAY),
    ("FREQ=MONTHLY;BYDAY=-5SU;BYMONTHDAY=15", MONDAY),
    ("FREQ=MONTHLY;BYDAY=7MO", MONDAY),
    ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", MONDAY),
    ("FREQ=WEEKLY;BYSETPOS=2", MONDAY),
    ("FREQ=MONTHLY;INTERVAL=12;BYMONTH=3", MONDAY),
    ("FREQ=YEARLY;BYWEEKNO=1;BYMONTH=6", MONDAY),
    ("FREQ=YEARLY;BYYEARDAY=40;BYMONTH=3", MONDAY),
    ("FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29", date(2027, 1, 1)),
    ("FREQ=DAILY;INTERVAL=7;BYDAY=TU", MONDAY),
    ("FREQ=YEARLY;BYMONTH=2", date(2026, 11, 30)),
]
"""The last: its day of the month comes from the day it begins on."""


@pytest.mark.parametrize(("text", "first"), NEVER)
def test_no_year_is_walked_through_for_what_never_comes(
    text: str, first: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted, not timed: dateutil, which would look for seconds, is not asked at all."""

    def walk(*_rule: object) -> None:
        raise AssertionError("dateutil was asked")

    monkeypatch.setattr(repeat, "_expansion", walk)
    with pytest.raises(Refused, match="falls on no day in the years to come"):
        check_rule(text, first)


def test_a_typed_line_asks_before_it_looks_for_the_first_day(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(when, "next_day", lambda *rule: asked.append(rule))
    for text, first in NEVER[:8]:
        with pytest.raises(Refused, match="falls on no day"):
            begin(read_rule(text), first)
    assert not asked


@st.composite
def rules_of_a_day(draw: st.DrawFn) -> tuple[str, date]:
    """A day, and a rule made of what is true of it: it begins on that day, so it has one."""
    day = draw(st.dates(date(2015, 1, 1), date(2035, 12, 31)))
    frequency = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]))
    month, year = (calendar.monthrange(day.year, day.month)[1], 366 if calendar.isleap(day.year) else 365)
    place = day.timetuple().tm_yday
    week, last = day.isocalendar().week, date(day.year, 12, 28).isocalendar().week
    which = ["", f"{(day.day - 1) // 7 + 1}", f"-{(month - day.day) // 7 + 1}"]
    of_year = ["", f"{(place - 1) // 7 + 1}", f"-{(year - place) // 7 + 1}"]
    true = {
        "BYMONTH": [str(day.month), f"{day.month},{day.month % 12 + 1}"],
        "BYMONTHDAY": [str(day.day), str(day.day - month - 1), f"{day.day},31"],
        "BYYEARDAY": [str(place), str(place - year - 1)],
        "BYWEEKNO": [str(week), str(week - last - 1)],
    }
    named = draw(st.sets(st.sampled_from(sorted(true if frequency == "YEARLY" else true.keys() - {"BYWEEKNO"}))))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.sampled_from([1, 2, 3, 4, 7, 12, 14]))}"]
    parts += [f"{name}={draw(st.sampled_from(true[name]))}" for name in sorted(named)]
    placed = {"MONTHLY": which, "YEARLY": which if "BYMONTH" in named else of_year}.get(frequency, [""])
    if draw(st.booleans()):
        parts.append(f"BYDAY={draw(st.sampled_from(placed))}{repeat.WEEKDAY_CODES[day.weekday()]}")
    if len(parts) > 2 and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, -1]))}")
    return ";".join(parts), day


@settings(max_examples=500, deadline=None)
@given(rules_of_a_day())
def test_what_has_a_day_is_never_turned_down(made: tuple[str, date]) -> None:
    text, day = made
    assert may_fall(read_rule(text), day), text


def test_rare_days_still_come() -> None:
    for text in ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=MONTHLY;BYDAY=5MO", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SA"):
        assert next_day(check_rule(text, MONDAY), MONDAY, MONDAY)
