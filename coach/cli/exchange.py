"""Verbs for files in and out: export, import, merge."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from coach.bootstrap import Coach
from coach.cli.main import OK, after_saving, say, write_json
from coach.cli.text import show
from coach.domain.errors import NotFound, Refused
from coach.domain.text import in_words

if TYPE_CHECKING:
    from coach.exchange.importing import Imported
    from coach.exchange.loop import Brought

MERGE_HELP = (
    "Takes in what other logs of coach hold: an old copy of data/books, the folder of another device, a conflict copy, "
    "a file from quarantine. Every change keeps the time it was made, and what is here already is not added again. "
    "It only adds what was written once, so there is nothing to take back."
)
IMPORT_HELP = (
    "Adds the records of a file that coach export wrote, or the habits and their days of the tracker Loop: its CSV "
    "export, a zip, or its database. What is here already stays as it is, also where the file says something else. "
    "--undo takes the records of one import back that nobody has changed since."
)


def add_verbs(verbs: Any, common: argparse.ArgumentParser) -> None:
    export = verbs.add_parser("export", parents=[common], help="everything as one JSON text")
    export.add_argument("file", nargs="?", default="-", metavar="FILE", help="a new file, or - for standard output")
    export.set_defaults(run=export_all, json=False)
    add = verbs.add_parser("import", parents=[common], help="add what an export holds", description=IMPORT_HELP)
    add.add_argument("file", nargs="?", metavar="FILE", help="an export of coach or of Loop, or - for standard input")
    add.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
    add.add_argument("--undo", metavar="BATCH", help="take an import back, by the name it gave")
    add.set_defaults(run=import_records, json=False)
    merge = verbs.add_parser("merge", parents=[common], help="take in other logs of coach", description=MERGE_HELP)
    merge.add_argument("files", nargs="+", metavar="FILE", help="logs, or folders of them")
    merge.set_defaults(run=merge_files, json=False)


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


def merge_files(coach: Coach, options: argparse.Namespace) -> int:
    from coach.exchange.merging import merge

    done = merge(coach.store, options.files)
    with after_saving():
        coach.status.write()
        for note in done.notes:
            say(f"coach: {note}")
        if options.json:
            lines = {"unreadable": done.unreadable, "newer": done.newer}
            write_json({"taken": done.taken, "known": done.known, **lines, "files": done.files, "notes": done.notes})
        else:
            show(f"{_count(done.taken, 'change')} taken in, {_here(done.known)}.")
    return OK


def import_records(coach: Coach, options: argparse.Namespace) -> int:
    if (options.file is None) == (options.undo is None):
        raise Refused("Name one file to import, or an import to take back with --undo. How: coach import --help")
    if options.undo is not None:
        return _take_back(coach, options)
    from coach.exchange.importing import add, take_in

    data = _read(options.file)
    brought = _of_loop(coach, options.file, data)
    if brought is not None:
        done = add(coach.store, brought.books, dry_run=options.dry_run)
    else:
        done = take_in(coach.store, data, dry_run=options.dry_run)
    with after_saving():
        if not options.dry_run:
            coach.status.write()
        if options.json:
            counts = {"taken": done.done, "known": done.known, "differing": done.kept}
            write_json({"batch": done.batch or None, "dry_run": options.dry_run, **counts, **_facts(brought)})
        else:
            _show_brought(brought)
            _show_imported(done, "would be taken in" if options.dry_run else "taken in")
    return OK


def _of_loop(coach: Coach, name: str, data: bytes) -> Brought | None:
    """What a file of the tracker comes to; None when it is no such file."""
    from coach.exchange import loop

    if not loop.is_of_loop(data):
        return None
    if name != "-":
        loop.check_whole(name, data)
    return loop.bring(coach.store, data, coach.now(), coach.habits.today())


def _facts(brought: Brought | None) -> dict[str, Any]:
    if brought is None:
        return {}
    counts = {"habits": brought.habits, "days": brought.days, "notes": brought.notes}
    return {"file": counts, "left_out": brought.left_out}


def _show_brought(brought: Brought | None) -> None:
    """What the file holds, and what of it has no place here."""
    if brought is None:
        return
    notes = f", {_count(brought.notes, 'note')}" if brought.notes else ""
    show(f"From Loop: {_count(brought.habits, 'habit')}, {_count(brought.days, 'day')}{notes}.")
    for sentence in brought.left_out:
        show(sentence)


def _show_imported(done: Imported, taken_in: str) -> None:
    show(f"{_count(done.done, 'record')} {taken_in}, {_here(done.known)}.")
    if done.kept:
        show(f"{_tables(done.kept)}: the file says something else, and what is here stays unchanged.")
    if done.batch:
        show(f"To take this back: coach import --undo {done.batch}")


def _take_back(coach: Coach, options: argparse.Namespace) -> int:
    if options.dry_run:
        raise Refused("--undo takes an import back at once, without --dry-run. How: coach import --help")
    from coach.exchange.importing import take_back

    done = take_back(coach.store, options.undo)
    with after_saving():
        coach.status.write()
        if options.json:
            write_json({"batch": done.batch, "taken_back": done.done, "changed_since": done.kept})
        else:
            show(f"{_count(done.done, 'record')} of {done.batch} taken back.")
            if done.kept:
                show(f"{_tables(done.kept)}: changed since, and left unchanged.")
    return OK


def _read(name: str) -> bytes:
    """A file, or what is piped in."""
    from coach.exchange.importing import read

    try:
        if name != "-":
            with open(name, "rb") as file:
                return read(file)
        if sys.stdin is None or sys.stdin.closed:
            raise Refused("Standard input is closed, so there is nothing to read. Name a file, or pipe an export in.")
        return read(sys.stdin.buffer)
    except OSError as error:
        what = "Standard input" if name == "-" else in_words(name)
        raise Refused(f"{what} cannot be read: {(error.strerror or 'unknown').lower()}.") from None


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _here(number: int) -> str:
    return f"{number:,} {'was' if number == 1 else 'were'} here already"


def _tables(counts: Mapping[str, int]) -> str:
    """ "12 records (10 in journal, 2 in moods)"."""
    named = ", ".join(f"{number:,} in {table}" for table, number in sorted(counts.items()))
    return f"{_count(sum(counts.values()), 'record')} ({named})"
