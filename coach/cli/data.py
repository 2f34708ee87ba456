"""Verbs for the data itself: status, list, export, undo."""

from __future__ import annotations

import argparse
import sys
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
    export = verbs.add_parser("export", parents=[common], help="everything as one JSON text")
    export.add_argument("file", nargs="?", default="-", metavar="FILE", help="a new file, or - for standard output")
    export.set_defaults(run=export_all, json=False)
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


def export_all(coach: Coach, options: argparse.Namespace) -> int:
    from coach.exchange.export import export, write_export

    tables = coach.tables.everything()
    if not tables and not coach.tables.any_book():
        raise NotFound(f"Nothing is kept in {coach.paths.data} yet, so there is nothing to export.")
    text = export(tables, coach.now())
    if options.file == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        return OK
    write_export(options.file, text)
    say(f"Everything is in {options.file}. It is not encrypted: keep it where only you can read it.")
    return OK


def take_back(coach: Coach, options: argparse.Namespace) -> int:
    kind: Literal["undo", "redo"] = "redo" if options.redo else "undo"
    if (sentence := coach.undo.take_back(kind)) is None:
        raise NotFound(f"Nothing to {kind}.")
    if options.json:
        write_json({"said": sentence})
    else:
        show(sentence)
    coach.status.write()
    return OK
