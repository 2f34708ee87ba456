"""The person's own keys from config.toml: what can be used of them, and a sentence about the rest."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from textual.binding import Binding
from textual.dom import DOMNode

from coach.domain.errors import Refused
from coach.domain.text import one_line
from coach.ui.widgets.keybar import HELP_NOW

_NAMED = {
    "!": "exclamation_mark",
    "?": "question_mark",
    ",": "comma",
    ".": "full_stop",
    ":": "colon",
    "/": "slash",
    "<": "less_than_sign",
    ">": "greater_than_sign",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
}


@dataclass(frozen=True, slots=True)
class Command:
    """A binding with an id, and the class it belongs to ("" for the app)."""

    id: str
    keys: tuple[str, ...]
    owner: str


@dataclass(frozen=True, slots=True)
class Keys:
    """The keymap to use, and one sentence about each line that cannot be used."""

    keymap: dict[str, str]
    problems: tuple[str, ...]


def declared(app: type[DOMNode]) -> tuple[Command, ...]:
    """Every command of the app and of all its screens and dialogs. Imports them all."""
    from coach.ui import dialogs, screens, widgets

    found = [command for kind in app.__mro__ if kind.__module__.startswith("coach.") for command in _of(kind, "")]
    for package in (screens, dialogs, widgets):
        for module in _modules(package):
            for kind in vars(module).values():
                if isinstance(kind, type) and issubclass(kind, DOMNode) and kind.__module__ == module.__name__:
                    found += _of(kind, f"{kind.__module__}.{kind.__name__}")
    return tuple(found)


def read_key(text: str, app: type[DOMNode]) -> tuple[str, str]:
    """ "breathe = b,f5" as a command and its keys; Refused when it cannot be used."""
    name, equals, keys = (part.strip() for part in text.partition("="))
    if not equals:
        raise Refused("Write a command and its keys, for example: breathe = b,f5")
    if problems := check({name: keys}, declared(app)).problems:
        raise Refused(problems[0])
    return name, keys


def check(wanted: Mapping[str, str], known: Iterable[Command]) -> Keys:
    """What of the wanted keys can be used. Help now keeps its keys, whatever else it gets."""
    by_id: dict[str, list[Command]] = {}
    for command in known:
        by_id.setdefault(command.id, []).append(command)
    reserved = {key for command in by_id.get(HELP_NOW, []) for key in command.keys}
    keymap: dict[str, str] = {}
    problems: list[str] = []
    for name, text in wanted.items():
        keys = tuple(dict.fromkeys(_NAMED.get(key.strip(), key.strip()) for key in text.split(",") if key.strip()))
        problem = _problem(name, keys, by_id, keymap, reserved)
        if problem:
            problems.append(problem)
        else:
            extra = tuple(sorted(reserved - set(keys))) if name == HELP_NOW else ()
            keymap[name] = ",".join((*keys, *extra))
    return Keys(keymap, tuple(problems))


def _problem(
    name: str, keys: tuple[str, ...], by_id: Mapping[str, list[Command]], keymap: Mapping[str, str], reserved: set[str]
) -> str:
    shown = one_line(name, 40)
    if name not in by_id:
        return f'There is no command called "{shown}".'
    if not keys:
        kept = "Help now keeps its key." if name == HELP_NOW else "It keeps its own."
        return f'"{shown}" needs a key. {kept}'
    if name != HELP_NOW and (taken := reserved & set(keys)):
        return f'"{shown}" keeps its own key: {sorted(taken)[0]} belongs to Help now.'
    for other, commands in by_id.items():
        present = set(keymap[other].split(",")) if other in keymap else {key for c in commands for key in c.keys}
        together = any(not a.owner or not b.owner or a.owner == b.owner for a in by_id[name] for b in commands)
        if other != name and together and (both := present & set(keys)):
            return f'"{shown}" keeps its own key: {sorted(both)[0]} is the key of "{other}".'
    return ""


def _of(kind: type, owner: str) -> Iterable[Command]:
    found: dict[str, list[str]] = {}
    for binding in Binding.make_bindings(vars(kind).get("BINDINGS", ())):
        if binding.id:
            found.setdefault(binding.id, []).append(binding.key)
    return (Command(name, tuple(keys), owner) for name, keys in found.items())


def _modules(package: ModuleType) -> Iterable[ModuleType]:
    return (import_module(f"{package.__name__}.{found.name}") for found in pkgutil.iter_modules(package.__path__))
