"""Which verbs there are, and how their words are taken apart."""

from __future__ import annotations

import argparse
import os
from typing import Any, NoReturn

from coach import __version__
from coach.domain.errors import Refused

VERBS = {
    "today": "day",
    "add": "day",
    "done": "marking",
    "skip": "marking",
    "habits": "habits",
    "plan": "day",
    "goals": "goals",
    "log": "log",
    "journal": "writing",
    "find": "writing",
    "breathe": "practice",
    "due": "reminders",
    "remind": "reminders",
    "quiet": "quiet",
    "status": "data",
    "list": "data",
    "undo": "data",
    "export": "exchange",
    "import": "exchange",
    "merge": "exchange",
    "crisis": "care",
    "doctor": "care",
    "paths": "care",
    "keys": "care",
}
"""Verb to module; each module adds its verbs with `add_verbs(subparsers, common)`."""


class Parser(argparse.ArgumentParser):
    """Whole words only, and one sentence instead of a page when a word is not understood."""

    def __init__(self, **settings: Any) -> None:
        whole: dict[str, Any] = {"allow_abbrev": False, "formatter_class": _layout, **settings}
        super().__init__(**whole)

    def error(self, message: str) -> NoReturn:
        # The words there are stay out of it: a room that is off is not named to whoever looks on.
        said = message.rpartition(" (choose from ")[0] or message
        said = said.removeprefix("argument ").rstrip(".")
        raise Refused(f"{said[:1].upper()}{said[1:]}. How it is used: {self.prog} --help")


def _layout(prog: str) -> argparse.HelpFormatter:
    """Asks for the width itself: argparse would load half the library of files to do so, for every verb."""
    try:
        width = os.get_terminal_size().columns
    except OSError:
        width = 80
    return argparse.HelpFormatter(prog, width=max(40, min(100, width)) - 2)


def parser(arguments: list[str] | None = None) -> argparse.ArgumentParser:
    """All verbs; given the arguments, only those of the verb's own module are built, which is quicker."""
    common = Parser(add_help=False)
    common.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help="keep everything in this folder")
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
    whole = Parser(
        prog="coach",
        description="A private, offline daily planner, breathing room and goal coach. Without a verb: the full screen.",
        epilog="Help now, without starting anything else: coach crisis",
    )
    whole.add_argument("--home", metavar="DIR", help="keep everything in this folder")
    whole.add_argument("--version", action="version", version=f"coach {__version__}")
    whole.add_argument("--crisis", action="store_true", help="the same as coach crisis")
    whole.set_defaults(run=open_screen, json=False, warns=True, needs_folder=True)
    verbs = whole.add_subparsers(title="verbs", metavar="VERB", prog="coach")
    for name in _modules(arguments):
        _load(name).add_verbs(verbs, common)
    return whole


def _modules(arguments: list[str] | None) -> tuple[str, ...]:
    """The module of the verb; all of them when the first word is none, and none for the full screen."""
    everything = tuple(dict.fromkeys(VERBS.values()))
    if arguments is None:
        return everything
    words = [word for word, before in zip(arguments, ["", *arguments], strict=False) if before != "--home"]
    verb = next((word for word in words if not word.startswith("-")), "")
    if not verb and not {"-h", "--help"} & set(arguments):
        return ()
    return (VERBS[verb],) if verb in VERBS else everything


def _load(name: str) -> Any:
    from importlib import import_module

    return import_module(f"coach.cli.{name}")


def open_screen(coach: Any, options: argparse.Namespace) -> int:
    from coach.cli.screen import open_screen

    return open_screen(coach)
