"""Whatever moment or day another program wrote into whatever record, coach starts, shows the rest and reminds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any, get_type_hints

import pytest

from coach.bootstrap import Coach, build
from coach.domain.days import day_of
from coach.paths import Paths
from coach.services.odd_records import KINDS
from coach.storage import log
from coach.ui import journal_view
from coach.ui.find_flow import spot_of
from coach.ui.goals.with_habits import fetch_habits
from coach.ui.habits.days_view import asked_words, day_words
from coach.ui.opening import opening_words
from coach.ui.today.view import fetch, planned_words
from tests.cli.running import Home
from tests.storage.homes import write_lines

NOW = datetime.now().astimezone().replace(microsecond=0)
TODAY = day_of(NOW)
D, M = TODAY.isoformat(), f"{TODAY:%y%m}"
MOMENTS = [
    NOW.replace(tzinfo=None).isoformat(),
    (NOW + timedelta(hours=30)).replace(tzinfo=None).isoformat(),
    *(f"0001-01-01T00:00:00{zone}" for zone in ("", "Z", "+14:00")),
    *(f"9999-12-31T23:59:59{zone}" for zone in ("", "Z", "-12:00")),
]
"""Without an offset, as other programs write them, and as far away as a moment can be."""
DAYS = ["0001-01-01", "0001-01-31", "1999-12-31", "2100-01-01", "9990-12-25", "9999-12-05", "9999-12-31"]
RULES = ("DAILY", "WEEKLY;INTERVAL=5", "MONTHLY;BYDAY=-1FR", "YEARLY;INTERVAL=1000", "DAILY;INTERVAL=900;COUNT=3")
ENTRY = {"at": NOW.isoformat(), "zone": "UTC", "day": D}
STARTS = {"start": "01:30", "made": ENTRY["at"]}
NAG = {"nag_every": 5, "nag_most": 3}
Rows = Iterator[tuple[str, str, dict[str, Any]]]

WELL: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("items", f"{M}-walk", {**STARTS, "title": "walk", "day": D}),
    ("items", "p-later", {"title": "walk later", "made": ENTRY["at"]}),
    *(
        ("items", f"p-{n}", {**STARTS, "title": f"walk {n}", "day": D, "rule": f"FREQ={rule}"})
        for n, rule in enumerate(RULES)
    ),
    ("items", f"{M}-x:p-0:{D}", {"title": "walk moved", "day": D, "of": "p-0", "on": D, "made": ENTRY["at"]}),
    ("marks", f"{M}-m:{M}-walk:{D}", {"subject": f"{M}-walk", "day": D, "state": "open", "at": ENTRY["at"]}),
    ("marks", f"{M}-m:p-less:{D}", {"subject": "p-less", "day": D, "state": "done", "at": ENTRY["at"], "amount": 2}),
    ("shapes", f"{M}-s:{D}", {"day": D, "seen": ENTRY["at"], "leftovers_seen": None, "away": 1}),
    ("templates", "p-t", {"title": "walks", "made": ENTRY["at"], "lines": {"a": {"title": "walk"}}}),
    (
        "habits",
        "p-habit",
        {
            "title": "walk",
            "made": D,
            "run": True,
            "targets": {D: {"times": 1}},
            "archived": None,
            "remind": ["08:00"],
            "remind_set": ENTRY["at"],
        },
    ),
    ("habits", "p-less", {"title": "less", "kind": "reduce", "made": D, "run": True, "targets": {D: {"amount": 2}}}),
    ("goals", "p-goal", {"title": "walk", "made": ENTRY["at"], "review": D, "review_set": ENTRY["at"], "done": None}),
    ("measures", f"{M}-a:home:{D}", {"area": "home", "value": 3, "day": D}),
    ("sessions", f"{M}-session", {**ENTRY, "practice": "box-4", "seconds": 60}),
    ("cravings", f"{M}-urge", {**ENTRY, "intensity": 3}),
    ("moods", f"{M}-mood", {**ENTRY, "value": 3}),
    ("journal", f"{M}-entry", {**ENTRY, "text": "walk"}),
    ("prompts", "p-prompt", {"sentence": "walk", "at": "23:30", "made": ENTRY["at"], "first": None, "until": None}),
    ("prompts", "p-again", {"sentence": "walk", "at": "00:01", "made": ENTRY["at"], "leads": [30], **NAG}),
)  # fmt: skip
"""One of each kind and more, as coach writes them, with every field that holds a moment or a day."""


def named(table: str, kind: type) -> set[str]:
    """The fields of a kind that hold a date-time or a date."""
    hints = get_type_hints(KINDS[table])
    return {field.name for field in fields(KINDS[table]) if hints[field.name] in (kind, kind | None)}


def odd(value: str, kind: type) -> Rows:
    """Each record once more for each of these fields, which holds the value; in its own place where it has only one."""
    for table, record, said in WELL:
        for name in sorted(named(table, kind) & said.keys()):
            own = record if table in ("marks", "shapes", "measures") or "-x:" in record else f"{record}-{name}"
            yield table, own, {**said, name: value}
    if kind is date:
        at_once = {"title": "walk at once", "day": D, "on": value}
        yield "items", f"{M}-on", at_once
        yield "items", "p-of", {"title": "walk on", "day": value, "rule": "FREQ=DAILY"}
        yield "items", f"{M}-x:p-of:{value}", {**at_once, "of": "p-of"}
        yield "items", "p-until", {"title": "walk", "day": D, "rule": f"FREQ=MONTHLY;UNTIL={value.replace('-', '')}"}
        pauses = {"a": {"first": "0001-01-01", "last": value}, "b": {"first": value}}
        yield "habits", "p-paused", {"title": "walk", "made": D, "pauses": pauses, "run": True}
        yield "habits", "p-targets", {"title": "walk", "made": D, "targets": {value: {"times": 1}}, "run": True}


def write(home: Home, rows: Rows) -> None:
    """As another device would have: what is well first, then the odd ones."""
    for number, (table, record, said) in enumerate([*WELL, *rows]):
        book = "plan" if record.startswith("p-") else f"{TODAY:%Y-%m}"
        change = log.Change(f"{number:012x}-0000-other", f"c{number}", ((table, record, said),))
        write_lines(home.path, "other", book, change)


def everything_is_shown(home: Home) -> set[str]:
    for words in (
        ["today"],
        ["plan"],
        ["plan", "--week"],
        ["due"],
        ["habits"],
        ["goals"],
        ["status"],
        ["find", "walk"],
    ):
        for extra in ([], ["--json"]):
            said = home.coach(*words, *extra)
            assert said.code == 0, (words, said)
    assert home.coach("export").code == 0
    shown = screens_are_filled(build(Paths(str(home.path))))
    assert home.coach("remind", "--once").code in (0, 1), "1 says that nobody is there to take it"
    return shown


def screens_are_filled(coach: Coach) -> set[str]:
    """All that the places and their first dialogs ask for; the titles on Today."""
    opening_words(coach)
    coach.days.arrive()
    assert "walk" in {line.item.title for line in fetch(coach, None).day.lines}
    fetch(coach, TODAY + timedelta(days=1))
    coach.weeks.view(TODAY)
    for view in fetch_habits(coach).views:
        assert asked_words(view, TODAY) and day_words(view, TODAY, TODAY)
    assert coach.habits.strengths(TODAY).keys() | coach.habits.runs(TODAY).keys()
    assert journal_view.journal_rows(journal_view.fetch(coach, 30))
    assert coach.sessions.of_day(TODAY) and coach.cravings.of_day(TODAY) and coach.goals.all()
    coach.prompts.due(), coach.prompts.next_instant(), coach.prompts.held(), coach.prompts.coming()
    coach.ideas.for_gap(TODAY, 60, first_week=True), coach.items.anchors(TODAY), coach.areas.lived(TODAY)
    for item in (*coach.items.later(), *coach.items.leftovers(), *coach.items.left.longer_ago()):
        assert planned_words(item, TODAY)
    hits = coach.search.find("walk")
    assert len(hits) > 10
    for hit in hits:
        spot_of(coach, hit)
    return {line.item.title for line in fetch(coach, None).day.lines}


def test_every_kind_and_every_such_field_is_tried() -> None:
    for table in KINDS:
        tried = {name for name_of_table, _, said in WELL if name_of_table == table for name in said}
        assert named(table, datetime) | named(table, date) <= tried, table


@pytest.mark.parametrize("moment", MOMENTS)
def test_any_moment_stops_nothing(home: Home, moment: str) -> None:
    write(home, odd(moment, datetime))
    assert "walk" in everything_is_shown(home)


@pytest.mark.parametrize("day", DAYS)
def test_any_day_stops_nothing(home: Home, day: str) -> None:
    write(home, odd(day, date))
    assert "walk" in everything_is_shown(home)


@pytest.mark.parametrize("away", [-(10**9), 10**9])
def test_no_number_of_days_away_stops_anything(home: Home, away: int) -> None:
    write(home, iter([("shapes", f"{M}-s:{D}", {"day": D, "seen": ENTRY["at"], "away": away})]))
    assert "walk" in everything_is_shown(home)
