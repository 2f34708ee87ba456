"""Verbs for the data itself: status, list, undo."""

from __future__ import annotations

import argparse
from typing import Any, Literal

from coach.bootstrap import Coach
from coach.cli.day import read_day
from coach.cli.main import OK, say, write_json
from coach.cli.text import show
from coach.domain.errors import NotFound


def add_verbs(verbs: Any, common: argparse.ArgumentParser) -> None:
    status = verbs.add_parser("status", parents=[common], help="numbers and times for a status bar, never a title")
    status.add_argument("--short", action="store_true", help="the line another coach left, without reading the data")
    status.set_defaults(run=show_status, json=False)
    table = verbs.add_parser("list", parents=[common], help="the records of a table")
    table.add_argument("table", metavar="TABLE")
    table.add_argument("--from", dest="first", type=read_day, metavar="DAY")
    table.add_argument("--to", dest="last", type=read_day, metavar="DAY")
    table.set_defaults(run=list_table, json=False)
    undo = verbs.add_parser("undo", parents=[common], help="take the latest change back")
    undo.add_argument("--redo", action="store_true", help="repeat what was taken back")
    undo.set_defaults(run=take_back, json=False)


def show_status(coach: Coach, options: argparse.Namespace) -> int:
    line = coach.status.write()
    if options.json:
        write_json(coach.status.numbers())
    else:
        show(line)
    return OK


def list_table(coach: Coach, options: argparse.Namespace) -> int:
    records = coach.tables.records(options.table, options.first, options.last)
    if options.json:
        write_json({"table": options.table, "records": records})
        return OK
    for record in records:
        rest = "  ".join(f"{name}={value}" for name, value in record.items() if name != "id")
        show(f"{record['id']}  {rest}".replace("\n", " "))
    if not records:
        say(f"No {options.table} yet.")
    return OK


def take_back(coach: Coach, options: argparse.Namespace) -> int:
    kind: Literal["undo", "redo"] = "redo" if options.redo else "undo"
    if (taken := coach.undo.take_back(kind)) is None:
        raise NotFound(f"Nothing to {kind}.")
    from coach.services.undo import said

    sentence = said(kind, taken)
    if options.json:
        kept = [{"table": one.table, "id": one.record, "field": one.field, "entry": one.entry} for one in taken.kept]
        write_json({"said": sentence, "kept": kept})
    else:
        show(sentence)
    coach.status.write()
    return OK
