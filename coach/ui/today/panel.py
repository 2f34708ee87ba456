"""The column beside the day: what is in it, and what gives way first where it is too high for the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coach.domain.days import show_minutes, show_time
from coach.domain.goals import Goal
from coach.ui.today.view import TodayView, waiting_lines
from coach.ui.widgets.panel import PanelLine

LEAST_HABITS = 4
"""Lines of habits below which they give way altogether: the heading, two of them, and how many more there are."""
_Name = Literal["mood", "goal"]
GIVE_WAY: tuple[_Name, ...] = ("mood", "goal")
"""What goes first where there is no room."""


@dataclass(frozen=True, slots=True)
class Column:
    """What stands above the habits, how many lines they get, and what stands below."""

    above: tuple[PanelLine, ...]
    habits: int
    below: tuple[PanelLine, ...]


def column_of(view: TodayView, habits: int, height: int) -> Column:
    """The column for so many lines; `habits` is how many lines all of them would take, their heading included."""
    blocks: dict[str, tuple[PanelLine, ...]] = {"goal": _goal(view.goal), "mood": _mood(view)}
    above, waiting, gone = (PanelLine(), *_now(view)), _waiting(view), 0
    if _height(above, habits, blocks, waiting) > height:
        above = above[1:]  # a little air gives way before anything else
    for name in GIVE_WAY:
        if _height(above, habits, blocks, waiting) + bool(gone) <= height:
            break
        gone += bool(blocks[name])
        blocks[name] = ()
    over = max(0, _height(above, habits, blocks, waiting) + bool(gone) - height)
    left = habits - over if habits - over >= min(LEAST_HABITS, habits) else 0
    gone += bool(habits and not left)
    said = (PanelLine(f"{gone} more on a taller screen", look="dim"),) if gone else ()
    gap = (PanelLine(),) if left else ()
    return Column(above, left, (*gap, *blocks["goal"], *blocks["mood"], *waiting, *said))


def _height(
    above: tuple[PanelLine, ...], habits: int, blocks: dict[str, tuple[PanelLine, ...]], waiting: tuple[PanelLine, ...]
) -> int:
    return len(above) + habits + bool(habits) + sum(map(len, blocks.values())) + len(waiting)


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


def _waiting(view: TodayView) -> tuple[PanelLine, ...]:
    return tuple(PanelLine(words, key, "dim") for words, key in waiting_lines(view))
