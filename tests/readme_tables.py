"""The two tables of the README as the program itself declares them: `python -m tests.readme_tables` prints both."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode

from tests.sources import ROOT, sources

NAMED = {
    "slash": "/",
    "escape": "Esc",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "space": "Space",
    "enter": "Enter",
    "less_than_sign": "<",
    "greater_than_sign": ">",
}
VERB = re.compile(r"^ {2,6}(?:coach )?([a-z]+)(?: |,|$)", re.MULTILINE)


def show_key(key: str) -> str:
    """ "ctrl+p" as "Ctrl+P", "exclamation_mark" as "!"."""
    *held, last = key.split("+")
    if last in NAMED:
        shown = NAMED[last]
    elif len(last) == 1:
        shown = last.upper() if held else last
    else:
        try:
            shown = unicodedata.lookup(last.replace("_", " "))
        except KeyError:
            shown = last.capitalize()
    return "+".join([*(part.capitalize() for part in held), shown])


def declared_bindings() -> Iterator[tuple[type[DOMNode], Binding]]:
    """Every binding with an id, with the class that declares it."""
    for source in sources("coach/ui"):
        module = importlib.import_module(source.module)
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, DOMNode) and kind.__module__ == source.module:
                own = vars(kind).get("BINDINGS", ())
                yield from ((kind, binding) for binding in own if isinstance(binding, Binding) and binding.id)


def where_of(kind: type[DOMNode]) -> str:
    """The app's keys work everywhere; a widget without a title of its own is called as its file is."""
    if issubclass(kind, App):
        return "everywhere"
    return str(kind.BINDING_GROUP_TITLE or kind.__module__.rpartition(".")[2].replace("_", " ").capitalize())


def keys_rows() -> set[tuple[str, str, str]]:
    """Key, what it does, where."""
    return {
        (
            " ".join(show_key(key.strip()) for key in binding.key.split(",")),
            binding.tooltip or binding.description,
            where_of(kind),
        )
        for kind, binding in declared_bindings()
    }


def verbs_of_help() -> set[str]:
    """The verbs `coach --help` lists."""
    command = [sys.executable, "-m", "coach", "--help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True).stdout
    return set(VERB.findall(shown))


def table_of_readme(name: str) -> list[list[str]]:
    """The cells of the rows between two `<!-- name -->` marks, without the heading."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    parts = re.split(rf"<!-- /?{name} -->", text)
    assert len(parts) == 3, f"the README has no table between two <!-- {name} --> marks"
    rows = [line.strip().strip("|").split("|") for line in parts[1].splitlines() if line.lstrip().startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def keys_table() -> str:
    rows = sorted(keys_rows(), key=lambda row: (row[2] != "everywhere", row[2], row[0]))
    lines = [f"| `{key}` | {what} | {where} |" for key, what, where in rows]
    return "\n".join(["| key | what | where |", "|---|---|---|", *lines])


if __name__ == "__main__":
    print(keys_table())
    print(*sorted(verbs_of_help()))
