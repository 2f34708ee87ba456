"""Verbs that look after things: crisis, doctor, paths, keys."""

from __future__ import annotations

import argparse
import os
from typing import Any

from coach.bootstrap import Coach
from coach.cli.main import OK, write_json
from coach.cli.text import show
from coach.codec import encode

NEEDS_CARE = 4


def add_verbs(verbs: Any, common: argparse.ArgumentParser) -> None:
    crisis = verbs.add_parser("crisis", parents=[common], help="Help now, printed at once, whatever else is wrong")
    crisis.set_defaults(run=show_crisis, json=False, needs_folder=False)
    doctor = verbs.add_parser(
        "doctor", parents=[common], help="look after the data: mend what can be mended, say the rest"
    )
    doctor.add_argument("--let-go", action="store_true", help="stop looking for entries that nothing can bring back")
    doctor.set_defaults(run=check, json=False, warns=False, needs_folder=False)  # it tells in its own notes
    paths = verbs.add_parser("paths", parents=[common], help="where everything is kept")
    paths.set_defaults(run=show_paths, json=False, needs_folder=False)
    keys = verbs.add_parser("keys", parents=[common], help="every key, as it is set now")
    keys.set_defaults(run=show_keys, json=False, needs_folder=False)


def show_crisis(coach: Coach, options: argparse.Namespace) -> int:
    from coach.crisis import show as show_card

    return show_card(["--home", options.home] if options.home else [])


def check(coach: Coach, options: argparse.Namespace) -> int:
    from coach.services.wording import counted

    found = coach.doctor.check(let_go=options.let_go)
    if options.json:
        write_json(found)
        return OK if found["ok"] else NEEDS_CARE
    show("All is well." if found["ok"] else "Something needs looking after.")
    kept, devices = counted(found["records"], "record", "records"), counted(found["devices"], "device", "devices")
    show(f"  {kept}, {devices}, {found['waiting']} waiting to be taken in")
    unread = counted(found["damaged_lines"], "line", "lines")
    show(f"  {unread} could not be read, {found['newer_lines']} from a newer coach")
    if found["quarantine"]:
        folder = os.path.join(coach.paths.state, "quarantine")
        show(f"  {counted(found['quarantine'], 'file', 'files')} in {folder}: the bytes of what could not be read")
    for note in (*found["kept_aside"], *found["not_shown"], *found["good"], *found["notes"]):
        show(f"  {note}")
    return OK if found["ok"] else NEEDS_CARE


def show_paths(coach: Coach, options: argparse.Namespace) -> int:
    places = {"data": coach.paths.data, "state": coach.paths.state, "config": coach.paths.config}
    if options.json:
        write_json(places)
    else:
        for name, place in places.items():
            show(f"{name:<7} {place}")
    return OK


def show_keys(coach: Coach, options: argparse.Namespace) -> int:
    from coach.ui import environment

    environment.prepare(os.environ)
    from coach.ui.key_list import key_list  # the one command that needs the screen's own declarations

    settings = coach.settings.now
    lines = key_list(settings.keys, urges="urges" in settings.rooms)
    if options.json:
        write_json({"keys": [encode(line) for line in lines]})
        return OK
    for line in lines:
        show(f"{line.keys:<16} {line.title:<46} {line.where:<12} {line.id}")
    return OK
