"""Every string that ships: what stands in the code and in the content files, with the place it stands."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.sources import ROOT, Source, sources

NEVER_SHOWN = {
    *("id", "ids", "room", "code", "kind", "family", "suitable_for", "avoid_for", "cautions", "sources", "source"),
    *("url", "status", "emergency_status", "emergency_source", "basis", "schema_version", "do", "via", "reviewed"),
}
"""Keys of content files that hold names for the program and for reviewers, not words for a person."""
CODE_NAMES = {"CSS", "DEFAULT_CSS", "CSS_PATH", "__all__", "__slots__"}


@dataclass(frozen=True, slots=True)
class Shipped:
    """One string and where it stands."""

    text: str
    file: str
    where: str

    def __str__(self) -> str:
        return f"{self.file}:{self.where} {self.text[:100]!r}"


@cache
def shipped_strings() -> tuple[Shipped, ...]:
    return (*_in_code(), *_in_content())


def looks_shown(text: str) -> bool:
    """A sentence or a label; a single lower-case word is a name for the program, as tables and keys are."""
    return any(letter.isalpha() for letter in text) and (" " in text.strip() or text[:1].isupper())


def _in_code() -> Iterator[Shipped]:
    for source in sources("coach"):
        for node in _expressions(source):
            text = _text_of(node)
            if text is not None and looks_shown(text):
                yield Shipped(text, source.path, str(getattr(node, "lineno", 0)))


def _expressions(source: Source) -> Iterator[ast.AST]:
    """The tree without docstrings, style sheets, and the parts of joined strings."""
    waiting: list[ast.AST] = [source.tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.JoinedStr):
            waiting += [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        elif not _is_code(node):
            waiting += [child for child in ast.iter_child_nodes(node) if not _is_docstring(child)]


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_code(node: ast.AST) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return any(isinstance(target, ast.Name) and target.id in CODE_NAMES for target in targets)


def _text_of(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def _in_content() -> Iterator[Shipped]:
    for file in sorted((ROOT / "coach" / "content").rglob("*.toml")):
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        for where, text in _values(data, ""):
            yield Shipped(text, file.relative_to(ROOT).as_posix(), where)

    for file in sorted((ROOT / "coach" / "content").rglob("*.txt")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                yield Shipped(line, file.relative_to(ROOT).as_posix(), str(number))


def _values(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in NEVER_SHOWN:
                yield from _values(item, f"{where}.{key}".lstrip("."))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _values(item, f"{where}[{index}]")
    elif isinstance(value, str) and value.strip():
        yield where, value
