"""Verbs for what is written: journal and find."""

from __future__ import annotations

import argparse
from typing import Any

from coach.bootstrap import Coach
from coach.cli.main import NOTHING, OK, say, write_json
from coach.cli.text import read_text, show


def add_verbs(verbs: Any, common: argparse.ArgumentParser) -> None:
    journal = verbs.add_parser("journal", parents=[common], help="write an entry, typed or piped in")
    journal.add_argument("source", nargs="?", choices=["-"], help="- reads standard input, as does nothing")
    journal.set_defaults(run=write_entry, json=False)
    find = verbs.add_parser("find", parents=[common], help="find words in everything written")
    find.add_argument("words", nargs="+", help="the words; #tag for what has it, # for all tags; - to type them")
    find.set_defaults(run=find_words, json=False)


def write_entry(coach: Coach, options: argparse.Namespace) -> int:
    entry = coach.journal.write(read_text("Write, then Ctrl+D on an empty line:"))
    if options.json:
        write_json({"id": entry.id, "saved": True})
    else:
        show("Saved.")
    return OK


def find_words(coach: Coach, options: argparse.Namespace) -> int:
    words = read_text("Words, then Ctrl+D:") if options.words == ["-"] else " ".join(options.words)
    if words.strip() == "#":
        return list_tags(coach, options)
    hits = coach.search.find(words)
    if options.json:
        write_json({"hits": [{"table": hit.table, "id": hit.id, "day": hit.day, "text": hit.text} for hit in hits]})
    for hit in [] if options.json else hits:
        first = hit.text.strip().split("\n", 1)[0]
        show(f"{hit.day or '          '}  {hit.table:<9} {first[:100]}  ({hit.id})")
    if not hits:
        say("Nothing found. Fewer or shorter words find more.")
    return OK if hits else NOTHING


def list_tags(coach: Coach, options: argparse.Namespace) -> int:
    """Every tag there is; `coach find '#health'` finds what has one."""
    tags = coach.search.tags()
    if options.json:
        write_json({"tags": [{"tag": tag, "count": count} for tag, count in tags]})
    for tag, count in [] if options.json else tags:
        show(f"{count:>6}  #{tag}")
    if not tags:
        say("Nothing has a tag yet. Type one with a sign before it, as in: walk #health")
    return OK if tags else NOTHING
