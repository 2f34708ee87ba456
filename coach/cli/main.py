"""The command line: which verbs there are, and what each error means to a script."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from typing import Any

from coach import __version__
from coach.domain.errors import Locked, NotFound, NotSaved, Refused

OK, ERROR, USAGE, NOTHING, LOCKED = 0, 1, 2, 3, 5
SCHEMA = 1
_Verb = Callable[[Any, argparse.Namespace], int]
MODULES = ("day", "log", "writing", "practice", "reminders", "data", "care")
"""Each adds its verbs with `add_verbs(subparsers, common)`."""


def run(arguments: list[str]) -> int:
    """The exit code of one command."""
    try:
        return _run(arguments)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the reader has seen enough
        return OK
    except KeyboardInterrupt:
        return 130


def _run(arguments: list[str]) -> int:
    options = parser(arguments).parse_args(arguments)
    from coach.bootstrap import build
    from coach.paths import Paths

    coach = build(Paths(options.home))
    try:
        return int(options.run(coach, options))
    except NotFound as error:
        return _refuse(options, error, NOTHING)
    except Refused as error:
        return _refuse(options, error, USAGE)
    except Locked as error:
        return _refuse(options, error, LOCKED)
    except (NotSaved, OSError) as error:
        return _refuse(options, error, ERROR)
    finally:
        coach.close()


def parser(arguments: list[str] | None = None) -> argparse.ArgumentParser:
    """All verbs; given the arguments, only those of the verb's own module are built, which is quicker."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help="keep everything in this folder")
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
    whole = argparse.ArgumentParser(
        prog="coach",
        description="A private, offline daily planner, breathing room and goal coach. Without a verb: the full screen.",
        epilog="Help now, without starting anything else: coach crisis",
    )
    whole.add_argument("--home", metavar="DIR", help="keep everything in this folder")
    whole.add_argument("--version", action="version", version=f"coach {__version__}")
    whole.add_argument("--crisis", action="store_true", help="the same as coach crisis")
    whole.set_defaults(run=_open_screen, json=False)
    verbs = whole.add_subparsers(title="verbs", metavar="VERB")
    for name in _modules(arguments or []):
        _load(name).add_verbs(verbs, common)
    return whole


def _modules(arguments: list[str]) -> tuple[str, ...]:
    for argument in arguments:
        if argument in VERBS:
            return (VERBS[argument],)
    return MODULES


VERBS = {
    "today": "day",
    "add": "day",
    "done": "day",
    "log": "log",
    "journal": "writing",
    "find": "writing",
    "breathe": "practice",
    "due": "reminders",
    "remind": "reminders",
    "status": "data",
    "list": "data",
    "export": "data",
    "undo": "data",
    "crisis": "care",
    "doctor": "care",
    "paths": "care",
    "keys": "care",
}


def _load(name: str) -> Any:
    from importlib import import_module

    return import_module(f"coach.cli.{name}")


def _open_screen(coach: Any, options: argparse.Namespace) -> int:
    from coach.cli.screen import open_screen

    return open_screen(coach, options)


def _refuse(options: argparse.Namespace, error: Exception, code: int) -> int:
    if options.json:
        write_json({"error": str(error)})
    print(f"coach: {error}", file=sys.stderr)
    return code


def write_json(data: dict[str, Any]) -> None:
    """One JSON object on standard output, with the schema's number."""
    print(json.dumps({"schema": SCHEMA, **data}, ensure_ascii=sys.stdout.encoding.lower() != "utf-8", default=str))


def say(text: str) -> None:
    """Talk goes to standard error, so that standard output stays data."""
    print(text, file=sys.stderr)
