"""Plain data becomes dataclasses only where nothing later stumbles over it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from coach.codec import Malformed, decode
from coach.domain.entries import Mood
from coach.domain.habits import Target
from coach.domain.items import Item
from coach.domain.prompts import Prompt
from coach.domain.templates import Template, TemplateLine


@pytest.mark.parametrize(
    ("kind", "data", "place"),
    [
        (Item, {"id": "a", "title": "walk", "start": "07:00+02:00"}, "start"),
        (Item, {"id": "a", "title": "walk", "start": "07:00Z"}, "start"),
        (Item, {"id": "a", "title": "walk", "starts": ["07:00", "08:00+00:00"]}, r"starts\[1\]"),
        (TemplateLine, {"title": "walk", "start": "07:00-11:30"}, "start"),
        (
            Template,
            {"id": "a", "title": "t", "lines": {"l": {"title": "walk", "start": "07:00+02:00"}}},
            "lines.l.start",
        ),
        (Prompt, {"id": "a", "sentence": "Water", "at": "07:00+02:00"}, "at"),
    ],
)
def test_a_time_of_day_has_no_offset(kind: type[Any], data: dict[str, Any], place: str) -> None:
    with pytest.raises(Malformed, match=f"^{place}: expected a time without an offset, such as 07:30$"):
        decode(kind, data, strict=False)


def test_a_number_too_large_for_any_is_said_to_be_none() -> None:
    for number in (10**400, -(10**400)):
        with pytest.raises(Malformed, match=r"^amount: expected a number"):
            decode(Target, {"amount": number})


@dataclass(frozen=True)
class _Times:
    at: time
    on: date | None = None


def test_a_time_of_day_is_read_as_text_or_as_it_is() -> None:
    for given in ("07:30", "07:30:00", time(7, 30)):
        assert decode(_Times, {"at": given}) == _Times(time(7, 30))
    for bad, said in (
        ("25:00", "is not a time such as 07:30"),
        (7, "expected a time such as 07:30"),
        (None, "expected"),
    ):
        with pytest.raises(Malformed, match=said):
            decode(_Times, {"at": bad})


def test_a_stored_moment_always_has_an_offset() -> None:
    """One without would compare with no other; in a file somebody writes by hand it stays what was written."""
    mood = {"id": "m", "zone": "UTC", "day": "2026-11-23", "value": 5}
    for text in ("2026-11-23T07:30:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59.999999"):
        found = decode(Mood, {**mood, "at": text}, strict=False).at
        assert found.replace(tzinfo=None).isoformat() == text
        assert abs(found - datetime.fromisoformat(text).replace(tzinfo=UTC)) <= timedelta(days=1)
        assert decode(Mood, {**mood, "at": text}).at == datetime.fromisoformat(text)
    assert decode(Mood, {**mood, "at": "2026-11-23T07:30:00+05:30"}, strict=False).at.isoformat().endswith("+05:30")
