"""The command line: which verbs there are, and what each error means to a script."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from coach import __version__, streams
from coach.domain.errors import Locked, NotFound, NotSaved, Refused
from coach.domain.events import Changed

OK, ERROR, USAGE, NOTHING, LOCKED = 0, 1, 2, 3, 5
INTERRUPTED = 130
SCHEMA = 1
_Verb = Callable[[Any, argparse.Namespace], int]
VERBS = {
    "today": "day",
    "add": "day",
    "done": "day",
    "skip": "day",
    "plan": "day",
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
"""Verb to module; each module adds its verbs with `add_verbs(subparsers, common)`."""


class _SavedUnseen(Exception):
    """The change is kept, but what was to be said about it could not be written."""


def run(arguments: list[str]) -> int:
    """The exit code of one command."""
    try:
        return _answer(arguments)
    finally:
        streams.finish()


def _answer(arguments: list[str]) -> int:
    as_json = "--json" in arguments
    try:
        code = _run(arguments)
    except NotFound as error:
        return _refuse(error, NOTHING, as_json)
    except Refused as error:
        return _refuse(error, USAGE, as_json)
    except Locked as error:
        return _refuse(error, LOCKED, as_json)
    except (NotSaved, _SavedUnseen) as error:
        return _refuse(error, ERROR, as_json)
    except BrokenPipeError:
        return OK  # the reader has seen enough
    except OSError as error:
        return _refuse(_sentence(error), ERROR, as_json)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as end:  # argparse, after printing help or the version
        return int(end.code or OK)
    return code


def _run(arguments: list[str]) -> int:
    _check_text(arguments)
    options = parser(arguments).parse_args(arguments)
    if options.home == "":
        raise Refused("--home needs the name of a folder, and was given an empty one.")
    from coach.bootstrap import build
    from coach.paths import Paths

    coach = build(Paths(options.home))
    if options.run is not _open_screen:
        _look_around(coach, options)
    try:
        return _carry_out(coach, options)
    finally:
        coach.close()


def _look_around(coach: Any, options: argparse.Namespace) -> None:
    """What is wrong with the home and its settings is said before anything is typed, read or kept."""
    from coach.services.places import places_taken

    if options.needs_folder and (taken := places_taken(coach.paths)):
        raise NotSaved(taken[0])
    if options.warns:
        for problem in (*coach.settings.problems, *_assumed_zone(coach)):
            say(f"coach: {problem}")


def _carry_out(coach: Any, options: argparse.Namespace) -> int:
    """Output that nobody can take is told apart from a change that was not kept: nobody should make it twice."""
    changes: list[Changed] = []
    coach.listen(changes.append)
    try:
        code = int(options.run(coach, options))
        if sys.stdout is not None:
            sys.stdout.flush()  # a full disk behind a pipe is told here, not after the last line of Python
    except BrokenPipeError:
        raise
    except OSError as error:
        if any(change.label for change in changes):  # those taken in from elsewhere have none
            raise _SavedUnseen(f"It is saved, but the output could not be written: {_reason(error)}.") from error
        raise
    return code


def _check_text(arguments: list[str]) -> None:
    """What cannot be read is not kept with a letter missing; the name of a folder may be any bytes."""
    words = [word for word, before in zip(arguments, ["", *arguments], strict=False) if before != "--home"]
    try:
        "".join(word for word in words if not word.startswith("--home=")).encode()
    except UnicodeEncodeError:
        told = "That text is not UTF-8, so it cannot be read, and nothing was kept."
        raise Refused(f"{told} Type it again, or set LANG to a UTF-8 one.") from None


def _assumed_zone(coach: Any) -> list[str]:
    """Looked at only when a zone was set by hand: finding out costs time."""
    chosen = coach.settings.now.zone
    if not chosen and not os.environ.get("TZ"):
        return []
    from coach.services.zone import assumed

    return [sentence] if (sentence := assumed(os.environ, chosen, coach.now())) else []


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
    whole.set_defaults(run=_open_screen, json=False, warns=True, needs_folder=True)
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


def _open_screen(coach: Any, options: argparse.Namespace) -> int:
    from coach.cli.screen import open_screen

    return open_screen(coach)


def _refuse(error: object, code: int, as_json: bool) -> int:
    if as_json:
        with suppress(OSError):
            write_json({"error": str(error)})
    with suppress(OSError):
        say(f"coach: {error}")
    return code


def _sentence(error: OSError) -> str:
    where = f" ({error.filename})" if isinstance(error.filename, str) else ""
    return f"The computer said: {_reason(error)}{where}. coach paths shows where everything is kept."


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def write_json(data: dict[str, Any]) -> None:
    """One JSON object on standard output, with the schema's number."""
    whole = {"schema": SCHEMA, **data}
    text = json.dumps(whole, ensure_ascii=False, default=str)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except UnicodeEncodeError:
        text = json.dumps(whole, default=str)
    print(text)


def say(text: str) -> None:
    """Talk goes to standard error, so that standard output stays data."""
    print(text, file=sys.stderr)


def whole_number(text: str) -> int:
    """What argparse calls for a number; it puts the name of the argument before the sentence."""
    with suppress(ValueError):
        return int(text[:20])
    raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a whole number")
