"""Every command with its present keys, as `coach keys` prints them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import format_key

from coach.ui.app import CoachApp
from coach.ui.keymap import check, declared

EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One command: its keys as people know them, what it does, and where."""

    keys: str
    id: str
    title: str
    where: str


def key_list(wanted: Mapping[str, str], urges: bool) -> tuple[KeyLine, ...]:
    """What works everywhere first; a command of a room that is off is left out."""
    keymap = check(wanted, declared(CoachApp)).keymap
    lines: dict[tuple[str, str], list[Binding]] = {}
    for kind, binding in _bindings():
        if binding.id and (urges or "urge" not in binding.id.split("-")):
            lines.setdefault((_where(kind), binding.id), []).append(binding)
    found = [
        KeyLine(_shown(keymap.get(name) or ",".join(one.key for one in bindings)), name, _title(bindings[0]), where)
        for (where, name), bindings in lines.items()
    ]
    return tuple(sorted(found, key=lambda line: (line.where != EVERYWHERE, line.where)))


def _bindings() -> Iterator[tuple[type[DOMNode], Binding]]:
    for name in sorted(name for name in sys.modules if name.startswith("coach.ui.")):
        for kind in vars(sys.modules[name]).values():
            if isinstance(kind, type) and issubclass(kind, DOMNode) and kind.__module__ == name:
                yield from ((kind, binding) for binding in Binding.make_bindings(vars(kind).get("BINDINGS", ())))


def _where(kind: type[DOMNode]) -> str:
    return EVERYWHERE if issubclass(CoachApp, kind) else str(kind.BINDING_GROUP_TITLE or EVERYWHERE)


def _title(binding: Binding) -> str:
    return binding.tooltip or binding.description


def _shown(keys: str) -> str:
    return " ".join(dict.fromkeys(format_key(key.strip()) for key in keys.split(",")))
