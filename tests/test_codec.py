"""Plain data becomes dataclasses only where nothing later stumbles over it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

import pytest

from coach.codec import Malformed, decode
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
