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
    doctor = verbs.add_parser("doctor", parents=[common], help="look after the data: what can be read, what waits")
    doctor.set_defaults(run=check, json=False, warns=False, needs_folder=False)  # it tells in its own notes
    paths = verbs.add_parser("paths", parents=[common], help="where everything is kept")
    paths.set_defaults(run=show_paths, json=False, needs_folder=False)
    keys = verbs.add_parser("keys", parents=[common], help="every key, as it is set now")
    keys.set_defaults(run=show_keys, json=False, needs_folder=False)


def show_crisis(coach: Coach, options: argparse.Namespace) -> int:
    from coach.crisis import show as show_card

    return show_card(["--home", options.home] if options.home else [])


def check(coach: Coach, options: argparse.Namespace) -> int:
    found = coach.doctor.check()
    if options.json:
        write_json(found)
        return OK if found["ok"] else NEEDS_CARE
    show("All is well." if found["ok"] else "Something needs looking after.")
    show(f"  {found['records']} records, {found['devices']} device(s), {found['waiting']} waiting to be taken in")
    show(f"  {found['damaged_lines']} lines could not be read, {found['newer_lines']} are from a newer coach")
    for note in found["notes"]:
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
