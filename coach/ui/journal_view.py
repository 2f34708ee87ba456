"""What the journal shows, gathered in the store thread, and how it is laid out in rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from coach.domain.days import FIRST_DAY, LAST_DAY, show_day, show_time
from coach.domain.entries import Entry
from coach.ui.widgets.lines import Row

if TYPE_CHECKING:
    from coach.bootstrap import Coach

PAGE = 30
"""Entries shown at first, and added each time somebody looks further back."""
NEAR = 14
"""Days whose moods are shown even without an entry."""
EARLIER = "earlier"
"""The key of the row that shows more."""


@dataclass(frozen=True, slots=True)
class Glance:
    """Something beside the entries that one line says all about."""

    at: datetime
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class JournalView:
    """Entries and glances, and whether there may be older ones."""

    entries: tuple[Entry, ...]
    glances: tuple[Glance, ...]
    today: date
    clock: int
    earlier: bool
    opened: bool
    """Whether the second room's glances are among them."""


def fetch(coach: Coach, wanted: int) -> JournalView:
    """At least so many entries if there are as many, whole months of them; runs in the store thread."""
    today = coach.items.today()
    months = [date.fromisoformat(f"{month}-01") for month in reversed(coach.summaries.months())]
    entries: list[Entry] = []
    while months and len(entries) < wanted:
        entries += coach.journal.of_month(months.pop(0))
    entries.sort(key=lambda entry: entry.at, reverse=True)
    settings = coach.settings.now
    written = {entry.day for entry in entries if FIRST_DAY <= entry.day <= LAST_DAY}
    days = written | {today - timedelta(days=back) for back in range(NEAR)}
    glances = [Glance(mood.at, mood.day, f"mood {mood.value}") for day in days for mood in coach.moods.of_day(day)]
    if settings.urges:
        from coach.ui.urge_flow import urge_words

        found = (craving for day in days for craving in coach.cravings.of_day(day))
        glances += [Glance(craving.at, craving.day, urge_words(craving)) for craving in found]
    return JournalView(tuple(entries), tuple(glances), today, settings.clock, bool(months), settings.urges)


def journal_rows(view: JournalView) -> list[Row]:
    """Newest first, by day."""
    rows: list[Row] = []
    everything: list[Entry | Glance] = [*view.entries, *view.glances]
    day: date | None = None
    for one in sorted(everything, key=lambda one: (one.day, one.at), reverse=True):
        if one.day != day:
            day = one.day
            rows += [Row("", kind="gap")] if rows else []
            rows.append(Row(_heading(day, view.today), kind="heading"))
        rows.append(_row(one, view.clock))
    if rows and view.earlier:
        rows += [Row("", kind="gap"), Row("Further back", EARLIER, done=True)]
    return rows


def _heading(day: date, today: date) -> str:
    near, name = show_day(day, today), show_day(day)
    year = f" {day.year}" if day.year != today.year else ""
    return f"{name}{year}" if near == name else f"{near.capitalize()}, {name}"


def _row(one: Entry | Glance, clock: int) -> Row:
    time = show_time(one.at.time(), clock).rjust(5 if clock == 24 else 8)
    if isinstance(one, Glance):
        return Row(one.text, kind="note", time=time)
    return Row(_first_line(one.text.splitlines()), one.id, time=time)


def _first_line(lines: Iterable[str]) -> str:
    return next((line.strip() for line in lines if line.strip()), "")
