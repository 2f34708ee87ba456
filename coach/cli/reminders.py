"""Verbs for prompts: due claims nothing, remind --once claims and notifies."""

from __future__ import annotations

import argparse
from typing import Any

from coach.bootstrap import Coach
from coach.cli.main import ERROR, OK, say, write_json
from coach.cli.text import show


def add_verbs(verbs: Any, common: argparse.ArgumentParser) -> None:
    due = verbs.add_parser("due", parents=[common], help="what is due now; nothing is claimed")
    due.add_argument("--at", metavar="TIME", help="at another time, as 07:30 or 2026-11-23T07:30")
    due.set_defaults(run=show_due, json=False)
    remind = verbs.add_parser("remind", parents=[common], help="show what is due as a notification, once")
    remind.add_argument("--once", action="store_true", required=True, help="what is due now, then end")
    remind.set_defaults(run=remind_once, json=False)


def show_due(coach: Coach, options: argparse.Namespace) -> int:
    found = coach.prompts.due(coach.moments.read(options.at, ahead=True) if options.at else None)
    if options.json:
        write_json({"due": [{"key": one.key, "title": one.title, "at": one.at.isoformat()} for one in found]})
        return OK
    for one in found:
        show(f"{one.at:%H:%M}  {one.title}")
    if not found:
        say("Nothing is due.")
    return OK


def remind_once(coach: Coach, options: argparse.Namespace) -> int:
    delivered, sent = coach.reminders.deliver()
    if options.json:
        write_json({"delivered": [{"key": one.key, "title": one.title} for one in delivered]})
    if not sent:
        say("Nothing here took the notification (notify-send), so nothing counts as shown. coach due lists it.")
        return ERROR
    return OK
