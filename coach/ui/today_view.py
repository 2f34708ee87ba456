"""What Today shows, gathered in the store thread, and how it is laid out in rows and lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from coach.domain.days import show_day, show_minutes, show_time
from coach.domain.entries import Mood
from coach.domain.goals import Goal
from coach.domain.items import Item, State
from coach.domain.planner import DayView, Gap, Line, Section
from coach.ui.glyphs import Glyphs
from coach.ui.widgets.lines import Row
from coach.ui.widgets.panel import PanelLine

if TYPE_CHECKING:
    from coach.bootstrap import Coach

WORDS: dict[State, str] = {
    "part": "part",
    "excused": "excused",
    "moved": "moved",
    "dropped": "let go",
}
"""Said beside a line whose box is not enough."""


@dataclass(frozen=True, slots=True)
class TodayView:
    """One day and what stands beside it."""

    day: DayView
    today: date
    clock: int
    goal: Goal | None
    mood: Mood | None
    leftovers: int
    """What earlier days left open; 0 once it was looked at today."""
    later: int


def fetch(coach: Coach, day: date | None) -> TodayView:
    """The view of a day (None is today); runs in the store thread."""
    today = coach.items.today()
    shown = day or today
    goal = next((one for one in coach.goals.all() if one.done is None and one.next_step() is not None), None)
    moods = coach.moods.of_day(today)
    view = coach.items.view(shown)
    coach.status.write(view if shown == today else None)
    return TodayView(
        view,
        today,
        coach.settings.now.clock,
        goal,
        moods[-1] if moods else None,
        len(coach.items.leftovers()) if coach.items.asks_about_leftovers() else 0,
        len(coach.items.later()),
    )


def day_rows(
    view: TodayView, glyphs: Glyphs, *, fold: bool, saving: Mapping[str, State], adding: tuple[str, ...] = ()
) -> list[Row]:
    """The timeline. Folded, what is settled is only counted; `saving` holds marks not yet on the disk."""
    rows: list[Row] = [] if fold and view.day.day == view.today else [_title(view)]
    times = max((len(line.time) for section in view.day.sections for line in section.lines), default=0)
    for section in view.day.sections:
        rows += [Row("", kind="gap")] if rows and not fold else []
        rows.append(Row(section.name, kind="heading", right=_count(section) if fold else ""))
        rows += [_row(line, glyphs, saving, times) for line in section.lines if not fold or _stays(line, saving)]
    rows += [Row(line, kind="note", right="saving", indent=4) for line in adding]
    if not view.day.sections and not adding:
        rows += [Row("", kind="gap"), Row(_nothing(view), kind="note")]
    if fold:
        rows += _waiting_rows(view)
    return rows


def begin_at(view: TodayView) -> str:
    """The id of the line the cursor begins on: what goes on now, else what is still open, else none."""
    if view.day.present:
        return view.day.present.item.id
    lines = [line for section in view.day.sections for line in section.lines if isinstance(line, Line)]
    return next((line.item.id for line in lines if line.state in ("open", "unknown")), "")


def planned_words(item: Item, today: date) -> str:
    """Where something is that is not on the day shown."""
    if item.day is None:
        return "waits for later. l shows it."
    if item.rule is None:
        others = " The others stay." if item.of else ""
        return f"is planned for {show_day(item.day, today)}.{others}"
    from coach.domain.occurrences import rule_of
    from coach.domain.repeat import next_day

    coming = next_day(rule_of(item), item.day, today)
    return f"comes next {show_day(coming, today)}." if coming else "has nothing more to come."


def _nothing(view: TodayView) -> str:
    """The one thing to do on an empty day."""
    if view.day.day < view.today:
        return "Nothing was planned. t goes to today."
    return "Nothing here yet. a adds the first."


def _waiting_rows(view: TodayView) -> list[Row]:
    """What the column on the right says, where there is no room for it."""
    lines = [Row(line.text, kind="note", right=line.right) for line in _left(view)]
    return [Row("", kind="gap"), *lines] if lines else []


def _title(view: TodayView) -> Row:
    near, name = show_day(view.day.day, view.today), show_day(view.day.day)
    if view.day.day == view.today or near == name:
        shown = name
    else:
        shown = f"{near.capitalize()}, {show_day(view.day.day, short=True)}"
    return Row(shown, kind="heading", right=f"{view.day.done} of {view.day.total} done" if view.day.total else "")


def _count(section: Section) -> str:
    lines = [line for line in section.lines if isinstance(line, Line)]
    done = sum(line.state in ("done", "part") for line in lines)
    return f"{done} of {len(lines)}" if done else ""


def _stays(line: Line | Gap, saving: Mapping[str, State]) -> bool:
    """Whether a folded day still shows the line: it is open, or its tick is on the way to the disk."""
    return isinstance(line, Gap) or line.state in ("open", "unknown") or line.item.id in saving


def _row(line: Line | Gap, glyphs: Glyphs, saving: Mapping[str, State], times: int) -> Row:
    """`times` is the width of the longest time of the day: "9:30 am" stands under "10:30 am"."""
    time = line.time.rjust(times) if line.time else ""
    if isinstance(line, Gap):
        return Row(line.length, kind="note", time=time, indent=4)
    state = saving.get(line.item.id, line.state)
    right = "saving" if line.item.id in saving else WORDS.get(state, line.length)
    if right and state == "excused" and line.reason and line.item.id not in saving:
        right = f"{right}, {line.reason}"
    return Row(
        line.item.title,
        key=line.item.id,
        mark=glyphs.box(state),
        time=time,
        right=right,
        done=state not in ("open", "unknown"),
    )


def panel_lines(view: TodayView) -> tuple[PanelLine, ...]:
    """The column on the right."""
    return (*_now(view), *_goal(view.goal), *_mood(view), *_left(view))


def now_line(view: TodayView) -> tuple[str, str]:
    """The present thing in one line, and how long it lasts, for a narrow screen."""
    day = view.day
    if day.present and day.present.item.start:
        left = show_minutes(day.present.minutes_left)
        return f"NOW  {show_time(day.present.item.start, view.clock)} {day.present.item.title}", f"{left} left"
    if day.next_up and day.next_up.start:
        return f"NEXT  {show_time(day.next_up.start, view.clock)} {day.next_up.title}", ""
    return "", ""


def _now(view: TodayView) -> tuple[PanelLine, ...]:
    day, lines = view.day, []
    if day.present and day.present.item.start:
        start = show_time(day.present.item.start, view.clock)
        left = f"{show_minutes(day.present.minutes_left)} left"
        lines += [PanelLine("NOW", look="heading")]
        lines += [PanelLine(day.present.item.title, left, "strong", time=start)]
        lines += [PanelLine(look="bar", part=day.present.fraction)]
    if day.next_up and day.next_up.start:
        start = show_time(day.next_up.start, view.clock)
        lines += [PanelLine("NEXT", look="heading")] if not lines else []
        lines += [PanelLine(day.next_up.title, "next" if day.present else "", time=start)]
    return (*lines, PanelLine()) if lines else ()


def _goal(goal: Goal | None) -> tuple[PanelLine, ...]:
    found = goal.next_step() if goal else None
    if goal is None or found is None:
        return ()
    done, total = goal.progress()
    step = found[1]
    minutes = show_minutes(step.minutes) if step.minutes else ""
    return (
        PanelLine("GOAL", look="heading"),
        PanelLine(goal.title, f"{done} of {total}"),
        PanelLine(step.title, minutes, "dim", time="next"),
        PanelLine(),
    )


def _mood(view: TodayView) -> tuple[PanelLine, ...]:
    if view.mood is None:
        return ()
    return (PanelLine("HOW IT FEELS", look="heading"), PanelLine(f"mood {view.mood.value}"), PanelLine())


def _left(view: TodayView) -> tuple[PanelLine, ...]:
    lines = []
    if view.leftovers:
        things = "1 thing" if view.leftovers == 1 else f"{view.leftovers} things"
        lines.append(PanelLine(f"{things} from before", "l look", "dim"))
    if view.later:
        lines.append(PanelLine(f"{view.later} for later", "" if lines else "l look", "dim"))
    return tuple(lines)
