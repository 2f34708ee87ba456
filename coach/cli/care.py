"""Verbs that look after things: crisis, doctor, paths, keys."""

from __future__ import annotations

import argparse
from typing import Any

from coach.bootstrap import Coach
from coach.cli.main import OK, write_json
from coach.cli.text import show

NEEDS_CARE = 4


def add_verbs(verbs: Any, common: argparse.ArgumentParser) -> None:
    crisis = verbs.add_parser("crisis", parents=[common], help="Help now, printed at once, whatever else is wrong")
    crisis.set_defaults(run=show_crisis, json=False)
    doctor = verbs.add_parser("doctor", parents=[common], help="look after the data: what can be read, what waits")
    doctor.set_defaults(run=check, json=False)
    paths = verbs.add_parser("paths", parents=[common], help="where everything is kept")
    paths.set_defaults(run=show_paths, json=False)
    keys = verbs.add_parser("keys", parents=[common], help="every key, as it is set now")
    keys.set_defaults(run=show_keys, json=False)


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
    from coach.ui.commands import declared  # the one command that needs the screen's own declarations

    rows = [(command.keys, command.id, command.title, command.where) for command in declared(coach.settings.now.keys)]
    if options.json:
        write_json({"keys": [{"keys": keys, "id": name, "title": title} for keys, name, title, _ in rows]})
        return OK
    for keys, name, title, where in rows:
        show(f"{keys:<14} {title:<28} {where:<10} {name}")
    return OK
