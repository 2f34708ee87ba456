"""When something reminds before its start: typed with the word for it, said back, written back, and refused."""

from __future__ import annotations

from datetime import datetime

import pytest

from coach.codec import decode, encode
from coach.domain.after_phrases import anchors_of
from coach.domain.errors import Refused
from coach.domain.items import Item
from coach.domain.quickadd import Reading, line_of, read_line
from coach.domain.reading_fields import fields_of, line_from

NOW = datetime(2026, 11, 23, 10, 0)
TODAY = NOW.date()
NOBODY = anchors_of([])


def read(line: str) -> Reading:
    return read_line(line, NOW, TODAY)


@pytest.mark.parametrize(
    ("line", "leads", "said"),
    [
        ("dentist 15:00 remind 15m before", (15,), "reminder 15 min before"),
        ("dentist 15:00, remind me an hour before", (60,), "reminder 1 h before"),
        ("dentist fri 15:00 30m remind 1h and 10m before @hall #teeth !", (60, 10), "reminder 1 h and 10 min before"),
        ("dentist remind half an hour before 15:00", (30,), "reminder 30 min before"),
        ("dentist 15:00 with a reminder a day before", (1440,), "reminder 24 h before"),
        ("dentist every mon 15:00 reminders 1h30, 45 min & 5 min before", (90, 45, 5), "reminder 1 h 30, 45 min"),
        ("dentist mon wed 15:00 remind 10m before until june", (10,), "reminder 10 min before"),
        ("dentist 15:00 and 18:00 remind 10m before", (10,), "reminder 10 min before"),
    ],
)
def test_typed_said_and_written_back(line: str, leads: tuple[int, ...], said: str) -> None:
    found = read(line)
    assert (found.title, found.leads, found.silent) == ("dentist", leads, False)
    assert said in found.sentence
    again = read(line_of(item(found)))
    assert (again.title, again.leads, again.start, again.rule) == ("dentist", leads, found.start, found.rule)
    fields = fields_of(found, TODAY)
    again = read(line_from(fields, NOBODY))
    assert (again.title, again.leads, again.start, again.minutes) == ("dentist", leads, found.start, found.minutes)
    assert decode(Item, encode(item(found))) == item(found)


def item(found: Reading) -> Item:
    more = {name: getattr(found, name) for name in ("rule", "starts", "leads", "silent", "place", "tags", "pinned")}
    return Item("x", found.title, found.day, found.start, found.minutes, **more)


@pytest.mark.parametrize("line", ["walk 15:00 no reminder", "walk 15:00 30m without a reminder", "walk no reminder"])
def test_no_reminder(line: str) -> None:
    found = read(line)
    assert (found.title, found.silent, found.leads) == ("walk", True, ())
    assert "no reminder" in found.sentence
    assert read(line_of(item(found))).silent
    assert read(line_from(fields_of(found, TODAY), NOBODY)).silent


@pytest.mark.parametrize(
    "title",
    [
        "remind mum",
        "send reminder",
        "remind me 1h before class",
        "no reminder card needed",
        "reminder app 15m before it",
    ],
)
def test_a_title_keeps_its_words(title: str) -> None:
    found = read(f"{title} 15:00")
    assert (found.title, found.leads, found.silent) == (title, (), False)


def test_a_title_that_says_so_is_quoted_when_it_is_written() -> None:
    odd = Item("x", "talk, remind 15m before", TODAY, NOW.time())
    assert (read(line_of(odd)).title, read(line_of(odd)).leads) == (odd.title, ())


@pytest.mark.parametrize(
    ("line", "way_out"),
    [
        ("walk remind 15m before", "needs a time"),
        ("walk tomorrow remind 15m before", "needs a time"),
        ("walk 15:00 remind 0m before", "1 minute to 24 hours"),
        ("walk 15:00 remind 25h before", "1 minute to 24 hours"),
        ("walk 15:00 remind 1m, 2m, 3m, 4m, 5m, 6m and 7m before", "Up to 6"),
    ],
)
def test_what_cannot_be(line: str, way_out: str) -> None:
    with pytest.raises(Refused, match=way_out) as refused:
        read(line)
    assert "remind" in refused.value.words


@pytest.mark.parametrize(
    ("line", "words", "way_out"),
    [("walk 15:00", "soon", "15m, 1h and 10m"), ("walk", "15m", "the time when it starts")],
)
def test_a_field_that_cannot_be_read(line: str, words: str, way_out: str) -> None:
    fields = fields_of(read(line), TODAY) | {"remind": words}
    with pytest.raises(Refused, match=way_out) as refused:
        line_from(fields, NOBODY)
    assert refused.value.words == "remind"
