"""A home that another device filled with records this coach cannot read, or only just."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from coach.bootstrap import build
from coach.paths import Paths
from coach.storage import log
from tests.storage.homes import write_lines

Odd = dict[tuple[str, str], dict[str, Any]]
OFFSET = "07:00:00+02:00"
YEAR_ONE = "0001-01-01T00:00:00"


def odd_records(today: date) -> Odd:
    """By table and id; "walk" and "water" are fine but for their marks of today."""
    month, day = f"{today:%y%m}", today.isoformat()
    walk, water = f"{month}-walk", "p-water"
    odd = {"subject": walk, "day": day, "state": "rested", "note": "long words", "pleasure": 3}
    ticks = {"subject": water, "day": day, "state": "done", "note": "kept", "steps": {"a": "yes"}}
    return {
        ("items", walk): {"title": "walk", "day": day, "from_a_newer_coach": [1]},
        ("items", f"{month}-a:b"): {"title": "aware", "day": day, "start": OFFSET},
        ("items", f"{month}-early"): {"title": "early", "day": day, "made": YEAR_ONE},
        ("marks", f"{month}-m:{walk}:{day}"): odd,
        ("marks", f"{month}-m:{water}:{day}"): ticks,
        ("shapes", f"{month}-s:{day}"): {"day": day, "kind": "hospital", "essentials": {"x": True}},
        ("moods", f"{month}-mood"): {"at": YEAR_ONE, "day": day, "value": 5, "zone": "UTC"},
        ("habits", water): {"title": "water", "targets": {"soon": {"times": 1}, "0001-01-01": {"per": 1}}},
        ("habits", "p-a:ä"): {"title": "odd id", "order": 7},
        ("habits", "p-paused"): {"title": "ends", "pauses": {"x": {"first": "0001-01-01"}}, "made": "9999-12-31"},
        ("habits", "p-weekdays"): {"title": "never", "targets": {"2026-01-01": {"weekdays": [9, -1]}}},
        ("goals", "p-goal"): {"title": "good", "steps": {"a": {"title": "x", "order": 1, "link": "newer"}}},
        ("goals", "p-ladder"): {"title": "high", "ladder": {"a": {"title": "x", "order": 1, "difficulty": 99}}},
        ("templates", "p-template"): {"title": "odd", "weekdays": [7], "lines": {"a": {"title": "x", "start": OFFSET}}},
        ("prompts", "p-prompt"): {"sentence": "Water", "at": OFFSET},
        ("measures", f"{month}-a:home:{day}"): {"area": "home", "value": 99, "day": day},
    }  # fmt: skip


def write_odd(home: Path, today: date) -> Odd:
    """What was written."""
    odd = odd_records(today)
    for number, ((table, record), fields) in enumerate(odd.items()):
        book = "plan" if record.startswith("p-") else f"{today:%Y-%m}"
        change = log.Change(f"{number:012x}-0000-other", f"odd{number}", ((table, record, fields),))
        write_lines(home, "other", book, change)
    return odd


def as_kept(home: Path, odd: Odd) -> Odd:
    """The same records as they are on the disk by now."""
    tables: Mapping[str, Mapping[str, dict[str, Any]]] = build(Paths(str(home))).tables.everything()
    return {(table, record): tables[table][record] for table, record in odd}
