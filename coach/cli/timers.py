"""`coach remind install KIND` and `uninstall KIND`: shown first, done only with --yes."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Mapping
from typing import Any

from coach.bootstrap import Coach
from coach.cli.main import OK, after_saving, say, write_json
from coach.cli.text import show
from coach.services.units import Unit, unit

SET_ELSEWHERE = ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "TZ")
"""What a person may have set in a shell, and a timer would not know: where everything is, and the zone."""


def install(coach: Coach, options: argparse.Namespace) -> int:
    from coach.services.installing import install as put

    found = unit(options.kind, command(coach), os.environ)
    if options.yes:
        put(found)
    with after_saving():
        if options.json:
            write_json(_as_data(found, options.kind, "written", done=options.yes))
            return OK
        _show(found, "Written to" if options.yes else "Would be written to")
        if not options.yes:
            say("Nothing was written. The same with --yes writes it.")
        _say_commands("To start it:", found.begin)
        if found.note:
            say(found.note)
    return OK


def uninstall(coach: Coach, options: argparse.Namespace) -> int:
    from coach.services.installing import present, remove

    found = unit(options.kind, command(coach), os.environ)
    if options.yes:
        remove(found)
    with after_saving():
        if options.json:
            write_json(_as_data(found, options.kind, "removed", done=options.yes))
            return OK
        places = [file.path for file in (found.files if options.yes else present(found))]
        for place in [*places, *(["the line of coach in your crontab"] if found.line else [])]:
            show(f"{'Taken away' if options.yes else 'Would be taken away'}: {place}")
        if not options.yes:
            say("Nothing was changed. The same with --yes takes it away.")
        _say_commands("To stop it at once:" if options.yes else "Then, to stop it at once:", found.end)
    return OK


def command(coach: Coach, environ: Mapping[str, str] = os.environ) -> list[str]:
    """How this coach is started again from anywhere, for this home and by the same clock."""
    started, beside = os.path.abspath(sys.argv[0]), os.path.join(os.path.dirname(sys.executable), "coach")
    programs = (started if os.path.basename(started) == "coach" else "", beside)
    program = next((one for one in programs if one and os.path.isfile(one) and os.access(one, os.X_OK)), "")
    given = [f"{name}={environ[name]}" for name in SET_ELSEWHERE if environ.get(name)]
    around = [shutil.which("env") or "/usr/bin/env", *given] if given else []
    begin = [program] if program else [sys.executable, "-m", "coach"]
    return [*around, *begin, "remind", "--once", *(["--home", coach.paths.home] if coach.paths.home else [])]


def _show(found: Unit, where: str) -> None:
    for file in found.files:
        say(f"{where} {file.path}")
        show(file.text)
    if found.line:
        say(f"{where} your crontab")
        show(found.line)


def _say_commands(title: str, commands: tuple[str, ...]) -> None:
    if commands:
        say("\n".join([title, *(f"  {one}" for one in commands)]))


def _as_data(found: Unit, kind: str, name: str, *, done: bool) -> dict[str, Any]:
    files = [{"path": file.path, "text": file.text} for file in found.files]
    return {"kind": kind, name: done, "files": files, "line": found.line, "start": found.begin, "stop": found.end}
