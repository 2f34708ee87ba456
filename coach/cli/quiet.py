"""The verb quiet: nothing is told for a while, except what is urgent."""

from __future__ import annotations

import argparse
from typing import Any

from coach.bootstrap import Coach
from coach.cli.main import OK, write_json
from coach.cli.text import show
from coach.domain.days import show_time
from coach.domain.quiet import read_length

OFF = ("off", "none", "end")


def add_verbs(verbs: Any, common: argparse.ArgumentParser) -> None:
    quiet = verbs.add_parser("quiet", parents=[common], help="no reminders for a while: quiet 2h, quiet off")
    quiet.add_argument("length", metavar="FOR", nargs="*", help="2h, 45m, 1h30 or off; without it, until when it is")
    quiet.set_defaults(run=keep_quiet, json=False)


def keep_quiet(coach: Coach, options: argparse.Namespace) -> int:
    words = " ".join(options.length).strip()
    if words.casefold() in OFF:
        coach.quiet.end()
    until = coach.quiet.ask(read_length(words)) if words and words.casefold() not in OFF else coach.quiet.until()
    if options.json:
        write_json({"until": until.isoformat() if until else None})
    elif until is None:
        show("Reminders come as usual.")
    else:
        day = "" if until.date() == coach.now().date() else " tomorrow"
        show(f"Quiet until {show_time(until.time(), coach.settings.now.clock)}{day}. coach quiet off ends it.")
    return OK
