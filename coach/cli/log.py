"""The verb log: an urge, a mood or a session, in one line and without asking."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any

from coach.bootstrap import Coach
from coach.cli.main import OK, say, whole_number, write_json
from coach.cli.text import show
from coach.cli.verbs import Parser
from coach.domain.errors import NotSaved
from coach.domain.text import one_line


def add_verbs(verbs: Any, common: argparse.ArgumentParser) -> None:
    log = verbs.add_parser("log", help="keep what happened, in one line")
    kinds = log.add_subparsers(title="what", metavar="WHAT", required=True)
    timed = Parser(add_help=False, parents=[common])
    timed.add_argument("--at", metavar="TIME", help="when, as 07:30 or 2026-11-23T07:30")
    craving = kinds.add_parser("craving", parents=[timed])  # without help it is not listed: its room may be off
    craving.add_argument("intensity", type=whole_number, metavar="N")
    craving.add_argument("--trigger", action="append", default=[], metavar="X", help="what set it off")
    craving.add_argument("--cope", action="append", default=[], metavar="X", help="what was done")
    craving.add_argument("--after", type=whole_number, metavar="N", help="how strong it was afterwards")
    craving.set_defaults(run=log_craving, json=False)
    mood = kinds.add_parser("mood", parents=[timed], help="how it feels, 0 to 10")
    mood.add_argument("value", type=whole_number, metavar="N")
    mood.set_defaults(run=log_mood, json=False)
    session = kinds.add_parser("session", parents=[timed], help="a practice once done")
    session.add_argument("practice", metavar="PRACTICE", help="its id: coach breathe --list")
    session.add_argument("--seconds", type=whole_number, required=True, metavar="N")
    session.add_argument("--before", type=whole_number, metavar="N")
    session.add_argument("--after", type=whole_number, metavar="N")
    session.set_defaults(run=log_session, json=False)


def log_craving(coach: Coach, options: argparse.Namespace) -> int:
    at = _at(coach, options)
    triggers, coping = tuple(map(one_line, options.trigger)), tuple(map(one_line, options.cope))
    craving = coach.cravings.log(options.intensity, at, triggers, coping, options.after)
    _saved(options, craving.id)
    try:
        coach.settings.open_room("urges")
    except NotSaved as trouble:
        say(f"coach: the urge is kept, but its room stays closed on the screens. {trouble}")
    return OK


def log_mood(coach: Coach, options: argparse.Namespace) -> int:
    return _saved(options, coach.moods.log(options.value, _at(coach, options)).id)


def log_session(coach: Coach, options: argparse.Namespace) -> int:
    practice = coach.practices.get(options.practice)
    session = coach.sessions.log(practice.id, options.seconds, options.before, options.after, _at(coach, options))
    return _saved(options, session.id)


def _at(coach: Coach, options: argparse.Namespace) -> datetime | None:
    return coach.moments.read(options.at) if options.at else None


def _saved(options: argparse.Namespace, record: str) -> int:
    """What was said is not repeated on the screen."""
    if options.json:
        write_json({"id": record, "saved": True})
    else:
        show("Saved.")
    return OK
