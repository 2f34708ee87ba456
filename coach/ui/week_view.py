"""A week laid out in rows: seven days one under another, in as many lines as the screen has room for."""

from __future__ import annotations

from collections import Counter
from datetime import date, time, timedelta

from coach.domain.day_view import DayView, Line
from coach.domain.days import show_day
from coach.domain.shapes import SHAPE_WORDS
from coach.services.weeks import Week
from coach.ui.balance_view import balance_rows, sentence_rows
from coach.ui.glyphs import Glyphs
from coach.ui.text import cell_len, fit
from coach.ui.widgets.lines import Row

NOTHING = "nothing planned"
FEWEST = 2
"""Lines of a day at least, where each thing has one."""
OFTEN = 5
"""Days of a week from which on something counts as coming every day."""
_SHORTEST = 4
"""Cells of a thing and what parts it from the next: more of them than fit are not tried."""
_UNSAID = frozenset({"open", "unknown"})
_AROUND = 6
"""Cells beside the words of a row: its margin, and a little air."""


def week_title(week: Week, *, short: bool = False) -> str:
    """ "23 to 29 November", with the year when it is another one; short "23 to 29 Nov"."""
    last = show_day(week.last, short=short).partition(" ")[2]
    first = show_day(week.first, short=short).partition(" ")[2]
    year = f" {week.last.year}" if week.last.year != week.today.year else ""
    return f"{week.first.day if week.first.month == week.last.month else first} to {last}{year}"


def near_words(week: Week) -> str:
    """ "This week", with "next" and "last"; nothing for weeks further away."""
    if week.first <= week.today <= week.last:
        return "This week"
    if week.first <= week.today + timedelta(days=7) <= week.last:
        return "Next week"
    return "Last week" if week.first <= week.today - timedelta(days=7) <= week.last else "Week"


def day_key(day: date) -> str:
    return day.isoformat()


def day_of_key(key: str) -> date:
    """The day of a row, whether it is the day's own or that of one of its things."""
    return date.fromisoformat(key[:10])


def rows_in_lines(week: Week, glyphs: Glyphs, width: int) -> list[Row]:
    """A line for each day: the first thing that makes it this day and no other, and the count."""
    rows, usual = [], _usual(week)
    for view in week.days:
        lines = _standing(week, view)
        first = _few(lines, 1, usual, past=view.day < week.today)
        text = _thing(first[0], glyphs) if first else NOTHING
        time = f"{show_day(view.day, short=True)[:3]} {view.day.day:>2}"
        rows.append(_row(week, view, text, time=time, right=_count(view, short=True)))
    return [*rows, *sentence_rows(week.balance, width - _AROUND)]


def rows_in_pairs(week: Week, glyphs: Glyphs, width: int, height: int) -> list[Row]:
    """For each day a heading, and its things in one line; the balance below, in what lines are left."""
    rows: list[Row] = []
    usual = _usual(week)
    for view in week.days:
        text = _compact(week, view, usual, glyphs, width - _AROUND)
        rows += [_heading(week, view), _row(week, view, text or NOTHING)]
    said = list(sentence_rows(week.balance, width - _AROUND))
    room = height - len(rows) - len(said)
    return [*rows, *said, *balance_rows(week.balance, glyphs, width - _AROUND, room, titled=not said)]


def rows_in_full(week: Week, glyphs: Glyphs, height: int) -> list[Row]:
    """For each day a heading, and a line for each thing, as many as make the whole week fit."""
    usual = _usual(week)
    counts = [max(1, len(things(week, view))) for view in week.days]
    apart = sum(counts) + 2 * len(counts) - 1 <= height
    most = max(counts) if apart else _fitting(counts, height - len(counts))
    rows: list[Row] = []
    for view in week.days:
        rows += [Row("", kind="gap")] if rows and apart else []
        rows.append(_heading(week, view))
        lines = things(week, view)
        shown = lines if len(lines) <= most else _few(lines, most - 1, usual, past=view.day < week.today)
        rows += [_full(week, view, line, glyphs) for line in shown]
        if not lines:
            rows.append(_row(week, view, NOTHING))
        if rest := len(lines) - len(shown):
            rows.append(Row(f"{rest} more", kind="note", indent=4))
    return rows


def things(week: Week, view: DayView) -> list[Line]:
    """What is on a day, in its order through the day; what is pinned stands at its time."""

    def place(line: Line) -> tuple[int, time]:
        start = line.item.start
        return (2, time(0)) if start is None else (int(start < week.day_start), start)

    return sorted(view.lines, key=place)


def _standing(week: Week, view: DayView) -> list[Line]:
    """The same without what went elsewhere, for where lines are few."""
    return [line for line in things(week, view) if line.state not in ("moved", "dropped")]


def _row(week: Week, view: DayView, text: str, *, time: str = "", right: str = "") -> Row:
    """The row of a day that holds the cursor; days gone and empty ones are dim."""
    quiet = view.day < week.today or text == NOTHING
    return Row(text, day_key(view.day), time=time, right=right, done=quiet, strong=view.day == week.today)


def _full(week: Week, view: DayView, line: Line, glyphs: Glyphs) -> Row:
    return Row(
        line.item.title,
        f"{day_key(view.day)} {line.item.id}",
        mark=glyphs.box(line.state),
        time=line.time,
        right=line.length,
        done=view.day < week.today or line.state not in _UNSAID,
    )


def _heading(week: Week, view: DayView) -> Row:
    name, near = show_day(view.day), show_day(view.day, week.today)
    words = [name, *([near] if near != name else [])]
    right = [SHAPE_WORDS[view.shape], _count(view)]
    return Row(", ".join(words), kind="heading", right="   ".join(filter(None, right)))


def _count(view: DayView, *, short: bool = False) -> str:
    """What was done of what was planned; where nothing is marked, only what was planned."""
    if not view.done:
        return f"{view.total} planned" if view.total else ""
    return f"{view.done} of {view.total}" + ("" if short else " done")


def _thing(line: Line, glyphs: Glyphs) -> str:
    """ "07:30 Walk"; a box in front says what became of it."""
    box = "" if line.state in _UNSAID or line.by_shape else glyphs.box(line.state)
    return " ".join(filter(None, [box, line.time, line.item.title]))


def _usual(week: Week) -> set[str]:
    """What comes nearly every day: where lines are few, it gives way to what makes a day this day."""
    days = Counter(one for view in week.days for one in {line.item.of for line in things(week, view)} if one)
    return {series for series, number in days.items() if number >= OFTEN}


def _few(lines: list[Line], most: int, usual: set[str], *, past: bool) -> list[Line]:
    """At most so many of them, in their order: of days gone rather what was marked, of others what is still open."""

    def rank(place: int) -> tuple[bool, bool]:
        return lines[place].item.of in usual, (lines[place].state in _UNSAID) == past

    return [lines[place] for place in sorted(sorted(range(len(lines)), key=rank)[:most])]


def _compact(week: Week, view: DayView, usual: set[str], glyphs: Glyphs, width: int) -> str:
    """As many things as fit into a line, and how many more there are; one that alone is too long is cut."""
    lines = _standing(week, view)
    for most in range(min(len(lines), width // _SHORTEST), 0, -1):
        parts = [_thing(line, glyphs) for line in _few(lines, most, usual, past=view.day < week.today)]
        parts += [f"{len(lines) - most} more"] if most < len(lines) else []
        if cell_len(text := f" {glyphs.bullet} ".join(parts)) <= width or most == 1:
            rest = cell_len(text) - cell_len(parts[0])
            return text if cell_len(text) <= width else fit(parts[0], width - rest, glyphs.ellipsis) + text[-rest:]
    return ""


def _fitting(counts: list[int], room: int) -> int:
    """The most things of one day for which the whole week still fits."""
    return next((most for most in range(max(counts), FEWEST, -1) if sum(min(most, n) for n in counts) <= room), FEWEST)
