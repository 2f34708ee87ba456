"""What comes after something that is planned, and the quiet questions about words that may be mistyped."""

from __future__ import annotations

from datetime import datetime

import pytest

from coach.domain.after_phrases import anchors_of
from coach.domain.errors import Refused
from coach.domain.quickadd import Reading, read_line

NOW = datetime(2026, 11, 23, 10, 0)
TODAY = NOW.date()
"""A Monday."""
KNOWN = anchors_of(["Breakfast", "breakfast", "Breakfast with Anna", "walk 5 km", "Fri", ""])


def read(line: str) -> Reading:
    return read_line(line, NOW, TODAY, anchors=KNOWN)


@pytest.mark.parametrize(
    ("line", "title", "follows"),
    [
        ("vitamins after breakfast", "vitamins", "Breakfast"),
        ("vitamins AFTER  breakFAST.", "vitamins", "Breakfast"),
        ("vitamins after breakfast with anna", "vitamins", "Breakfast with Anna"),
        ("vitamins after breakfast tomorrow", "vitamins", "Breakfast"),
        ("vitamins tomorrow after breakfast 5m #health @home !", "vitamins", "Breakfast"),
        ("vitamins every morning after breakfast until june", "vitamins", "Breakfast"),
        ("vitamins daily after breakfast except fri", "vitamins", "Breakfast"),
        ("stretch after walk 5 km", "stretch", "walk 5 km"),
        ('stretch after "walk 5 km" tomorrow', "stretch", "walk 5 km"),
        ('"after lunch" after breakfast', "after lunch", "Breakfast"),
        ("call after fri", "call", "Fri"),
        ("look after breakfast dishes", "look after breakfast dishes", ""),
        ("vitamins after lunch", "vitamins after lunch", ""),
        ("vitamins thereafter breakfast", "vitamins thereafter breakfast", ""),
        ('vitamins "after breakfast"', "vitamins after breakfast", ""),
        ('talk after "the meeting"', "talk after the meeting", ""),
        ("vitamins after breakfast 11:00", "vitamins after breakfast", ""),
        ("after breakfast", "after breakfast", ""),
    ],
)
def test_only_what_is_planned_can_be_followed(line: str, title: str, follows: str) -> None:
    if line == "after breakfast":
        with pytest.raises(Refused, match="few words"):
            read(line)
        return
    assert (read(line).title, read(line).follows) == (title, follows)


def test_it_is_said_and_shown() -> None:
    assert read("vitamins after breakfast 5m").sentence == "vitamins, today after Breakfast, 5 min"
    line = "vitamins after breakfast tomorrow"
    assert [line[span.start : span.end] for span in read(line).spans] == ["after breakfast", "tomorrow"]
    assert read_line("vitamins after breakfast", NOW, TODAY).follows == "", "nothing is known without being told"
    with pytest.raises(Refused, match="cannot come after itself"):
        read("breakfast after breakfast")


@pytest.mark.parametrize(
    ("line", "near"),
    [
        ("call tommorow", "tomorrow"),
        ("bank wendsday 11:00", "wednesday"),
        ("bank thurdsay", "thursday"),
        ("bank Saterday", "saturday"),
        ("dentist 3 decmber", "december"),
        ("dentist 3 febuary", "february"),
        ("walk dialy", "daily"),
        ("walk everyday", "every day"),
    ],
)
def test_a_mistyped_day_is_asked_about_and_never_changed(line: str, near: str) -> None:
    reading = read(line)
    assert reading.hint.startswith(f"Did you mean “{near}”?")
    assert (reading.day, reading.rule) == (TODAY, None)
    protected = line.removesuffix(" 11:00").rpartition(" ")[2]
    assert read(line.replace(protected, f'"{protected}"')).hint == "", "quotes say that it is meant"


@pytest.mark.parametrize(
    "line",
    [
        *("buy dairy", "mother", "money matters", "remember the milk", "members meeting", "fridge"),
        *("march on", "friday report monday 11:00", "weekday walk", "mondays child", "Julie", "Augustine", "marsh"),
        *("walk #tommorow", "mail tommorow@x.org", "the monthly mail", "weekend", "secondary", "decent"),
    ],
)
def test_other_words_raise_no_question(line: str) -> None:
    assert read(line).hint == ""


def test_an_end_that_is_not_understood_is_asked_about() -> None:
    assert "until 31 dec" in read("walk daily until easter").hint
    assert read("wait until easter").hint == ""


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("rent 32 nov", "no 32 November: it has 30 days. Try 30 November"),
        ("rent nov 31 2027", "Try 30 November 2027"),
        ("rent 0 nov", "Try 1 November"),
        ("rent 30 feb", "28 days, and 29 in a leap year. Try 28 February"),
        ("rent 29 feb 2027", "it has 28 days. Try 28 February 2027"),
    ],
)
def test_a_day_that_is_not_in_the_month_comes_with_one_that_is(line: str, named: str) -> None:
    with pytest.raises(Refused, match=named) as refused:
        read(line)
    assert refused.value.words == line.removeprefix("rent "), "so that it can be underlined"
    assert read("top 40 march").title == "top 40 march"


def test_what_cannot_repeat_names_its_own_words() -> None:
    for line, words in (
        ("x by the rule FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 11:00", "by the rule FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        ("x daily until 2020-01-01", "until 2020-01-01"),
        ("x every other day except sunday", "except sunday"),
        ("x mon wed except mon and wed", "except mon and wed"),
    ):
        with pytest.raises(Refused) as refused:
            read(line)
        assert refused.value.words == words


def test_an_area_is_only_said_by_a_form() -> None:
    assert read("walk #health").area is None
