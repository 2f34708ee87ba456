"""The verb goals: what somebody would like to be true, and the next small step."""

from __future__ import annotations

import argparse
from typing import Any

from coach.bootstrap import Coach
from coach.cli.main import OK, write_json
from coach.cli.text import show
from coach.domain.days import show_day, show_minutes
from coach.domain.goals import Goal

HEADINGS = {"on": "", "waiting": "Waiting", "reached": "Reached"}


def add_verbs(verbs: Any, common: argparse.ArgumentParser) -> None:
    goals = verbs.add_parser("goals", parents=[common], help="your goals, each with its next step")
    goals.set_defaults(run=show_goals, json=False)


def show_goals(coach: Coach, options: argparse.Namespace) -> int:
    goals = coach.goals.all()
    if options.json:
        write_json({"goals": [_told(goal) for goal in goals]})
    else:
        show(
            "\n".join(_lines(coach, goals))
            or "No goals yet. coach opens the full screen; there, 2 and then a adds one."
        )
    return OK


def state_of(goal: Goal) -> str:
    """ "on", "waiting" or "reached"."""
    return "reached" if goal.done else "waiting" if goal.resting else "on"


def _told(goal: Goal) -> dict[str, Any]:
    """Levels are told in words only."""
    found, (done, total) = goal.next_step(), goal.progress()
    key, step = found or ("", None)
    return {
        "id": goal.id,
        "title": goal.title,
        "area": goal.area or None,
        "state": state_of(goal),
        "next": {"id": key, "title": step.title, "minutes": step.minutes} if step else None,
        "steps_done": done,
        "steps_total": total,
        "level": goal.how_far() or None,
        "review": goal.review.isoformat() if goal.review else None,
    }


def _lines(coach: Coach, goals: tuple[Goal, ...]) -> list[str]:
    lines: list[str] = []
    for state, heading in HEADINGS.items():
        of_state = [goal for goal in goals if state_of(goal) == state]
        lines += ["", heading] if of_state and heading and lines else [heading] if of_state and heading else []
        for goal in of_state:
            lines += _goal(goal, coach)
    return lines


def _goal(goal: Goal, coach: Coach) -> list[str]:
    done, total = goal.progress()
    box = "[x]" if goal.done else "[ ]"
    lines = [f"  {box} {goal.title}{f'  ({done} of {total})' if total else ''}"]
    if not goal.is_active:
        return lines
    if found := goal.next_step():
        minutes = found[1].minutes
        lines.append(f"      next       {found[1].title}{f'  ({show_minutes(minutes)})' if minutes else ''}")
    if how_far := goal.how_far():
        lines.append(f"      how far    {how_far}")
    if goal.review:
        lines.append(f"      look back  {show_day(goal.review, coach.items.today())}")
    return lines
