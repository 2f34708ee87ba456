"""Carries out one command, and says what each error means to a script."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from coach import streams
from coach.cli.verbs import open_screen, parser
from coach.domain.errors import Locked, NotFound, NotSaved, Refused
from coach.domain.events import Changed
from coach.domain.text import clean, harmless_json

OK, ERROR, USAGE, NOTHING, LOCKED = 0, 1, 2, 3, 5
INTERRUPTED = 130
SCHEMA = 1


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
    if options.run is not open_screen:
        _look_around(coach, options)
    try:
        gc.enable()  # __main__ has waited with it
        return _carry_out(coach, options)
    finally:
        coach.close()


def _look_around(coach: Any, options: argparse.Namespace) -> None:
    """What is wrong with the home and its settings is said before anything is typed, read or kept."""
    from coach.services.places import places_taken, soon_told

    if options.needs_folder and (taken := places_taken(coach.paths)):
        raise NotSaved(taken[0])
    if options.warns:
        for problem in (*soon_told(coach.paths), *coach.settings.problems, *_assumed_zone(coach)):
            say(f"coach: {problem}")


def _carry_out(coach: Any, options: argparse.Namespace) -> int:
    """Output that nobody can take is told apart from a change that was not kept: nobody should make it twice."""
    changes: list[Changed] = []
    coach.listen(changes.append)
    try:
        code = int(options.run(coach, options))
        _finish_output()
    except BrokenPipeError:
        raise
    except OSError as error:
        if any(change.label for change in changes):  # those taken in from elsewhere have none
            raise _unseen(error) from error
        raise
    return code


@contextmanager
def after_saving() -> Iterator[None]:
    """Around what a verb says about something kept that is no change of its own, such as what it took in."""
    try:
        yield
        _finish_output()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _unseen(error) from error


def _finish_output() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()  # a full disk behind a pipe is told here, not after the last line of Python


def _unseen(error: OSError) -> _SavedUnseen:
    return _SavedUnseen(f"It is saved, but the output could not be written: {_reason(error)}.")


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
    text = harmless_json(json.dumps(whole, ensure_ascii=False, default=str))
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except UnicodeEncodeError:
        text = json.dumps(whole, default=str)
    print(text)


def say(text: str) -> None:
    """Talk goes to standard error, so that standard output stays data; what it names may come from anybody."""
    print(clean(text), file=sys.stderr)


def whole_number(text: str) -> int:
    """What argparse calls for a number; it puts the name of the argument before the sentence."""
    with suppress(ValueError):
        return int(text[:20])
    raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a whole number")
