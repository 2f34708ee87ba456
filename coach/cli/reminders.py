"""Verbs for prompts: due claims nothing, remind claims and notifies, now or for as long as it runs."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from coach.bootstrap import Coach
from coach.cli.main import ERROR, OK, say, write_json
from coach.cli.text import show
from coach.domain.days import show_day, show_time
from coach.domain.errors import Refused

KINDS = "systemd, cron, launchd or termux"
HOW = f"Say how: coach remind --once, --daemon, install KIND or uninstall KIND; a KIND is {KINDS}."


def add_verbs(verbs: Any, common: argparse.ArgumentParser) -> None:
    due = verbs.add_parser("due", parents=[common], help="what is due now; nothing is claimed")
    due.add_argument("--at", metavar="TIME", help="at another time, as 07:30 or 2026-11-23T07:30")
    due.set_defaults(run=show_due, json=False)
    remind = verbs.add_parser("remind", parents=[common], help="show what is due as a notification, once")
    how = remind.add_mutually_exclusive_group()
    how.add_argument("--once", action="store_true", help="what is due now, then end")
    how.add_argument("--daemon", action="store_true", help="keep watch until told to end")
    remind.add_argument(
        "change", nargs="?", metavar="install|uninstall", help="a timer that does it while coach is closed"
    )
    remind.add_argument("kind", nargs="?", metavar="KIND", help=KINDS)
    remind.add_argument("--yes", action="store_true", help="do it, instead of only showing what would be done")
    remind.set_defaults(run=remind_, json=False)


def show_due(coach: Coach, options: argparse.Namespace) -> int:
    found = coach.prompts.due(coach.moments.read(options.at, ahead=True) if options.at else None)
    if options.json:
        write_json({"due": [{"key": one.key, "title": one.title, "at": one.at.isoformat()} for one in found]})
        return OK
    today = coach.now().date()
    for one in found:
        day = "" if one.at.date() == today else f"{show_day(one.at.date(), today, short=True)} "
        show(f"{day}{one.at:%H:%M}  {one.title}")
    if not found:
        say("Nothing is due." + _held_words(coach))
    return OK


def _held_words(coach: Coach) -> str:
    """Why nothing came, where something is held back."""
    held, until = coach.prompts.held(), coach.quiet.until()
    if held["paused"] and coach.settings.now.pause_prompts:
        return " All reminders are paused; Settings, Reminders switches them on."
    if not held["quiet"]:
        return ""
    end = f" until {show_time(until.time(), coach.settings.now.clock)}" if until else ""
    return f" {held['quiet']} held back while it is quiet{end}."


def remind_(coach: Coach, options: argparse.Namespace) -> int:
    """Whichever way was asked for."""
    if options.change in ("install", "uninstall") and options.kind and not (options.once or options.daemon):
        from coach.cli import timers

        return (timers.install if options.change == "install" else timers.uninstall)(coach, options)
    if options.change or options.yes or not (options.once or options.daemon):
        raise Refused(HOW)
    if options.daemon:
        from coach.cli.vigil import keep_watch

        return keep_watch(coach.paths)
    return remind_once(coach, options)


def remind_once(coach: Coach, options: argparse.Namespace) -> int:
    """1 when something was due and nothing took it; what was left to an open screen is well."""
    delivery = coach.reminders.deliver()
    if delivery.told:
        coach.status.write()
    if options.json:
        write_json({"delivered": [{"key": one.key, "title": one.title} for one in delivery.told]})
    # cron and systemd keep what is said each minute, so there it is said once; somebody who looks is told each time
    if coach.notices.trouble and (coach.notices.is_news or sys.stderr.isatty()):
        say(coach.notices.trouble)
    return OK if delivery.accepted else ERROR
