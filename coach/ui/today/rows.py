"""The timeline of a day in rows: its title, its parts, the steps of what is unfolded, and free room."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from coach.domain.day_view import DayView, Line, Section
from coach.domain.days import show_day, show_minutes
from coach.domain.gaps import Gap
from coach.domain.items import SETTLED, RoutineStep, State
from coach.domain.planner import UNCOUNTED
from coach.domain.shapes import SHAPE_WORDS
from coach.ui.glyphs import Glyphs
from coach.ui.rating_words import second_rating, short_rating
from coach.ui.text import cell_len
from coach.ui.today.targets import gap_key, section_key, state_of, step_key, step_places
from coach.ui.today.view import TodayView, waiting_lines
from coach.ui.widgets.lines import Row

INDENT = 4
"""Steps stand under the first letters of their routine."""
_AROUND = 10
"""Cells beside a title, the time of day and the words on the right: the margin, the box, and the air between."""
_UNSETTLED: frozenset[State] = frozenset({"open", "unknown"})
_STATES: dict[State, str] = {"part": "part", "excused": "excused", "moved": "moved", "dropped": "let go"}
"""Said beside a line whose box is not enough."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a day is drawn."""

    glyphs: Glyphs
    fold: bool = False
    """Where there is little room, what is settled is only counted."""
    saving: Mapping[str, State] = field(default_factory=dict)
    """Marks not yet on the disk, by the key of their row."""
    adding: str = ""
    """The title of what is on its way to the disk."""
    opened: Collection[str] = ()
    """The items whose steps are shown."""
    width: int = 44
    """Cells of a row."""


def day_rows(view: TodayView, drawing: Drawing) -> list[Row]:
    """The timeline from its title to its last part."""
    rows = list(_title(view, fold=drawing.fold))
    times = max((len(line.time) for section in view.day.sections for line in section.lines), default=0)
    for section in view.day.sections:
        rows += [Row("", kind="gap")] if rows and not drawing.fold else []
        key = section_key(section)
        folds = drawing.fold and not all(_stays(line, drawing) for line in section.things)
        words = _count(section, folds=folds) if drawing.fold else ""
        rows.append(Row(section.name, key=key, kind="heading", right=words, unfolds=folds))
        for line in section.lines:
            if isinstance(line, Gap):
                rows.append(_gap_row(line, drawing, times))
            elif not folds or key in drawing.opened or _stays(line, drawing):
                rows += _line_rows(line, drawing, times)
    rows += [Row(drawing.adding, kind="note", right="saving", indent=INDENT)] if drawing.adding else []
    if not view.day.sections and not drawing.adding:
        rows += [Row("", kind="gap"), Row(_nothing(view), kind="note")]
    return [*rows, *_beside(view, drawing)] if drawing.fold else rows


def _beside(view: TodayView, drawing: Drawing) -> list[Row]:
    """What the column on the right says, where there is no room for it."""
    lines = [Row(words, kind="note", right=key) for words, key in waiting_lines(view)]
    lines += [Row(view.yesterday, kind="note")] if view.yesterday else []
    habits = habit_rows(view, drawing.glyphs, drawing.saving, "Habits")
    return [*habits, *([Row("", kind="gap")] if lines else []), *lines]


def habit_rows(view: TodayView, glyphs: Glyphs, saving: Mapping[str, State], heading: str) -> list[Row]:
    """The habits of the day under their heading; nothing where there are none."""
    if not view.habits:
        return []
    from coach.ui.habits import view as habits_view

    return [Row(heading, kind="heading", right="last 30 days"), *habits_view.habit_rows(view.habits, glyphs, saving)]


def begin_at(day: DayView) -> str:
    """The key of the row the cursor begins on: what goes on now, else what is still open, else none."""
    if day.present:
        return day.present.item.id
    return next((line.item.id for line in day.lines if line.state in _UNSETTLED or _is_begun(line)), "")


def _title(view: TodayView, *, fold: bool) -> Iterator[Row]:
    """The day, what kind of day it is, and how much of it is done; folded, today's name stands above already."""
    day, today = view.day, view.today
    near, name = show_day(day.day, today), show_day(day.day)
    if day.shape != "usual":
        name = f"{show_day(day.day, short=True)}, {SHAPE_WORDS[day.shape]}"
    elif near != name and day.day != today:
        name = f"{near.capitalize()}, {show_day(day.day, short=True)}"
    elif fold and day.day == today:
        return
    yield Row(name, kind="heading", right=f"{day.done} of {day.total} done" if day.total else "")
    if view.yesterday and not fold:
        yield Row(view.yesterday, kind="note")


def _nothing(view: TodayView) -> str:
    """The one thing to do on an empty day."""
    if view.day.day < view.today:
        return "Nothing was planned. t goes to today."
    return "Nothing here yet. a adds the first."


def _count(section: Section, *, folds: bool) -> str:
    """As the title of the day counts; where only something else is folded, how much that is."""
    done = sum(line.state in ("done", "part") for line in section.things)
    if not done:
        return f"{sum(line.state in SETTLED for line in section.things)} more" if folds else ""
    return f"{done} of {sum(line.state not in UNCOUNTED for line in section.things)}"


def _stays(line: Line, drawing: Drawing) -> bool:
    """Whether a folded day still shows the line: it is asked for, unfolded, or on the way to the disk."""
    saved = line.item.id not in drawing.saving and not any(
        step_key(line.item, key) in drawing.saving for key in line.item.steps
    )
    return line.state in _UNSETTLED or _is_begun(line) or line.by_shape or not saved or line.item.id in drawing.opened


def _is_begun(line: Line) -> bool:
    """A routine of which something is left."""
    return line.state == "part" and bool(line.item.steps)


def _line_rows(line: Line, drawing: Drawing, times: int) -> Iterator[Row]:
    """`times` is the width of the longest time of the day: "9:30 am" stands under "10:30 am"."""
    state = state_of(line, drawing.saving)
    yield Row(
        line.item.title,
        key=line.item.id,
        mark=drawing.glyphs.box(state),
        time=line.time.rjust(times) if line.time else "",
        right="saving" if line.item.id in drawing.saving else _right(line, state, drawing, times),
        done=state not in _UNSETTLED and not (line.item.steps and state == "part"),
    )
    for place in step_places(line, drawing.saving) if line.item.id in drawing.opened else ():
        key = step_key(line.item, place.key)
        yield Row(
            place.step.title,
            key=key,
            mark=drawing.glyphs.box("done" if place.ticked else "open"),
            right="saving" if key in drawing.saving else _length(place.step),
            indent=INDENT,
            done=place.ticked,
        )


def _right(line: Line, state: State, drawing: Drawing, times: int) -> str:
    """A few short words; those that can wait are left out where the title needs the room."""
    words = [word for word in _words(line, state, drawing) if word]
    room = drawing.width - _AROUND - (times + 2 if line.time else 0) - cell_len(line.item.title)
    if len(words) > 1 and words[0] == line.length and cell_len(", ".join(words)) > room:
        words = words[1:]
    settled = state not in _UNSETTLED
    rating = short_rating(line.mark, settled=settled), second_rating(line.mark) if settled else ""
    for more in (*rating, line.follows and f"after {line.follows}"):
        if more and cell_len(", ".join([*words, more])) <= room:
            words.append(more)
    return ", ".join(words)


def _words(line: Line, state: State, drawing: Drawing) -> Iterator[str]:
    """What is said whatever room there is."""
    by_shape = state == "excused" and line.by_shape  # the title of the day has said why
    if line.item.steps and (by_shape or state in ("open", "unknown", "part", "done")):
        ticked = sum(place.ticked for place in step_places(line, drawing.saving))
        yield f"{ticked} of {len(line.item.steps)}" if ticked else _counted(len(line.item.steps))
    elif by_shape:
        yield line.length
    else:
        yield _STATES.get(state, line.length)
        yield line.reason if state == "excused" else ""
    yield "overlaps" if line.overlaps else ""
    yield "note" if line.noted else ""


def _counted(steps: int) -> str:
    return "1 step" if steps == 1 else f"{steps} steps"


def _length(step: RoutineStep) -> str:
    return show_minutes(step.minutes) if step.minutes else ""


def _gap_row(gap: Gap, drawing: Drawing, times: int) -> Row:
    time, right = gap.time.rjust(times), "" if drawing.fold else "Enter for ideas"
    return Row(gap.length, key=gap_key(gap), time=time, right=right, done=True)
