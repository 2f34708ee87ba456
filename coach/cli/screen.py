"""Opens the full screen, or prints today where there is no terminal to draw on."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from coach import streams
from coach.bootstrap import Coach, build
from coach.paths import Paths

_INPUT, _OUTPUT, _TALK = 0, 1, 2


def start() -> int:
    """What `coach` alone does; it needs no parser, which would cost every start 8 ms."""
    coach = build(Paths())
    try:
        return open_screen(coach)
    finally:
        coach.close()
        streams.finish()


def open_screen(coach: Coach) -> int:
    """The exit code of the screen: 0, 70 after a crash, 128 and the number of the signal that ended it."""
    if not can_draw(os.environ):
        return _print_today(coach)
    from coach.ui import environment

    environment.prepare(os.environ, coach.settings.now.motion)  # Textual reads these while it is imported
    from coach.ui.app import CoachApp
    from coach.ui.driver import forgive_bytes

    forgive_bytes()
    app = CoachApp(coach)
    app.run(mouse=coach.settings.now.mouse)
    code = app.return_code or 0
    if code == 0:
        print("Saved. Start again with: coach", file=sys.stderr)
    return code


def can_draw(environ: Mapping[str, str]) -> bool:
    """Whether keys come from a terminal and everything Textual writes, which goes to standard error, reaches one."""
    drawable = environ.get("TERM", "") not in ("", "dumb")
    return drawable and all(map(os.isatty, (_INPUT, _OUTPUT, _TALK)))


def _print_today(coach: Coach) -> int:
    from coach.cli.day import day_text
    from coach.cli.main import say
    from coach.cli.text import show
    from coach.services.places import places_taken

    if taken := places_taken(coach.paths):
        say(f"coach: {taken[0]}")
        return 1
    today = coach.items.today()
    show(day_text(coach.items.view(today), today, coach.habits.view(today)))
    return 0
