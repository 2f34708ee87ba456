"""The verb breathe: asks, paces by printing, and keeps whatever part was done."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any, TextIO

from coach.bootstrap import Coach
from coach.cli.guide import Clock, Line, Pen, Phases, Walk
from coach.cli.main import OK, say, write_json
from coach.cli.signals import Ended, Ending
from coach.cli.text import ask, can_ask, show
from coach.codec import encode
from coach.domain.errors import NotSaved, Refused
from coach.domain.practices import Practice
from coach.domain.session_clock import Course

_SCALE = {str(number) for number in range(11)}


def add_verbs(verbs: Any, common: argparse.ArgumentParser) -> None:
    breathe = verbs.add_parser("breathe", parents=[common], help="breathe for a while, guided line by line")
    breathe.add_argument("practice", nargs="?", metavar="ID", help="which one; --list shows them all")
    breathe.add_argument("--minutes", metavar="M", help="how long, in whole or half minutes")
    breathe.add_argument("--list", action="store_true", help="show every practice")
    breathe.set_defaults(run=breathe_here, json=False, needs_folder=False)  # nothing stops a breath


def breathe_here(coach: Coach, options: argparse.Namespace) -> int:
    if options.list:
        return list_practices(coach, options)
    practice = coach.practices.get(options.practice or coach.practices.all()[0].id)
    minutes = practice.minutes if options.minutes is None else read_minutes(practice, options.minutes)
    sitting = _Sitting(coach, practice, Walk(Course.plan(practice, minutes), Clock(monotonic, sleep)), Ending())
    with sitting.ending.heard():
        return _sit(sitting, as_json=options.json)


def list_practices(coach: Coach, options: argparse.Namespace) -> int:
    practices = coach.practices.all()
    for problem in coach.practices.problems():
        say(problem)
    if options.json:
        write_json({"practices": [encode(practice) for practice in practices]})
        return OK
    for practice in practices:
        length = f"{practice.minutes} min ({practice.shortest} to {practice.longest})"
        show(f"{practice.id:<14} {practice.title:<22} {practice.pattern:<34} {length}")
    return OK


def read_minutes(practice: Practice, text: str) -> float:
    """Whole or half minutes that the practice allows; Refused otherwise."""
    with suppress(ValueError):
        minutes = float(text.replace(",", "."))
        if practice.shortest <= minutes <= practice.longest and minutes * 2 % 1 == 0:
            return minutes
    span = f"{practice.shortest} to {practice.longest}"
    raise Refused(f"{practice.title} takes {span} minutes, whole or half ones; {text!r} is something else.")


@dataclass(frozen=True, slots=True)
class _Sitting:
    """One time somebody sits down to breathe."""

    coach: Coach
    practice: Practice
    walk: Walk
    ending: Ending


def _sit(sitting: _Sitting, *, as_json: bool) -> int:
    try:
        with sitting.ending.may_interrupt():
            awake = _is_awake(sitting.coach)
            before = _ask_before(sitting.practice) if awake else None
    except Ended:
        return sitting.ending.code
    if not awake:
        if as_json:
            write_json({"id": None, "saved": False, "seconds": 0, "skipped": "precheck"})
        return OK
    trouble = _pace(sitting, sys.stderr if as_json else sys.stdout)
    record = _keep(sitting, before)
    if as_json:
        write_json({"id": record, "saved": record is not None, "seconds": sitting.walk.seconds})
    if trouble is not None:
        raise trouble
    return sitting.ending.code


def _is_awake(coach: Coach) -> bool:
    """Asked once a day; where nobody can answer, the question is at least said."""
    if coach.sessions.of_day(coach.items.today()):
        return True
    precheck = coach.practices.precheck()
    if not can_ask():
        say(f"{precheck.ask} If so, stop here: coach crisis")
        return True
    answer = ""
    while not answer.startswith(("y", "n")):
        told = ask(f"{_wrapped(precheck.ask)}\n  y  {precheck.yes}\n  n  {precheck.no}\n> ")
        if told is None:
            return False
        answer = told.casefold()
    if answer.startswith("y"):
        for line in (precheck.title, *precheck.lines, f"{precheck.signs}: coach crisis"):
            say(_wrapped(line))
    return answer.startswith("n")


def _wrapped(text: str) -> str:
    import textwrap

    return textwrap.fill(text, 72, subsequent_indent=" " * (len(text) - len(text.lstrip())))


def _ask_before(practice: Practice) -> int | None:
    say(f"{practice.title}: {practice.pattern}")
    for caution in practice.cautions:
        say(_wrapped(f"  {caution}"))
    return _ask_scale("How do you feel right now? 0 is at ease, 10 very tense.\nEnter alone begins without a number: ")


def _ask_scale(question: str) -> int | None:
    """0 to 10, or None; asked again for anything else."""
    while can_ask() and (answer := ask(question)):
        if answer in _SCALE:
            return int(answer)
        say("A whole number from 0 to 10, or Enter alone.")
    return None


def _pace(sitting: _Sitting, out: TextIO) -> OSError | None:
    """Until the last breath, a signal, or until nobody can read it any more; that trouble is given back."""
    try:
        with sitting.ending.may_interrupt():
            sitting.walk.follow(_pen(sitting.coach, out))
    except Ended:
        return None
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            sitting.ending.number = sitting.ending.number or signal.SIGHUP  # the window is gone
            return None
        return error
    finally:
        sitting.walk.stop()
        with suppress(OSError):
            out.write("\n" if out.isatty() else "")
            out.flush()
    return None


def _pen(coach: Coach, out: TextIO) -> Pen:
    if not out.isatty() or os.environ.get("TERM", "") in ("", "dumb"):
        return Phases(out)
    settings = coach.settings.now
    can = (out.encoding or "").lower().replace("-", "") == "utf8"
    unicode = settings.glyphs == "unicode" or (settings.glyphs == "auto" and can)
    return Line(out, unicode=unicode and can, moving=settings.motion != "none")


def _keep(sitting: _Sitting, before: int | None) -> str | None:
    """The id of the session; saved before the last question, so that leaving there costs nothing."""
    coach, practice, seconds = sitting.coach, sitting.practice, sitting.walk.seconds
    if not seconds:
        _tell("Nothing counted yet.")
        return None
    try:
        session = coach.sessions.log(practice.id, seconds, before)
    except NotSaved as trouble:
        raise NotSaved(f"{trouble} To keep it later: coach log session {practice.id} --seconds {seconds}") from trouble
    rounds = sitting.walk.rounds
    told = f", {rounds} {'round' if rounds == 1 else 'rounds'}" if rounds else ""
    _tell(f"{seconds // 60}:{seconds % 60:02} counted{told}. Saved.")
    after = None
    with suppress(Ended), sitting.ending.may_interrupt():
        after = _ask_scale("And now? Enter leaves the number out: ")
    if after is not None:
        coach.sessions.rate_after(session.id, after)
    return session.id


def _tell(text: str) -> None:
    with suppress(OSError):  # a closed window must not keep the rest from being done
        say(text)
