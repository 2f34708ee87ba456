"""The rules of the house that no tool on the shelf knows, each as a function that names what breaks it in one file."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from tests.sources import Source, dotted, imports_of

FILE_LINES, FUNCTION_LINES, CLASS_METHODS = 250, 40, 20
NETWORK = (
    *("socket", "ssl", "urllib", "http", "ftplib", "smtplib", "imaplib", "poplib", "socketserver", "xmlrpc"),
    *("requests", "httpx", "aiohttp", "urllib3", "websockets", "webbrowser", "wsgiref"),
)
NETWORK_CALLS = ("open_url", "open_connection", "create_connection", "start_server")
CLOCKS_READ_BY = {
    "coach/bootstrap.py": "builds the one clock that everybody is given",
    "coach/glance.py": "`status --short` may load next to nothing, so it asks the system itself",
    "coach/storage/ids.py": "ids sort by the moment they are made; no date is ever taken from one",
}
READS_A_CLOCK = re.compile(
    r"(?:^|\.)(?:datetime\.(?:now|today|utcnow)|date\.today|time\.(?:time|time_ns|localtime|gmtime|ctime|strftime))$"
)
NOUNS_THAT_SAY_NOTHING = re.compile(r"(?:Manager|Helper|Helpers|Util|Utils|Handler)$|^(?:Base|Abstract)[A-Z]")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


SILENCED = re.compile(r"#\s*(?:type:\s*ignore(?:\[[\w\s,-]*\])?|noqa(?::[\sA-Z\d,]*\b)?)")
A_REASON = re.compile(r"[a-z]\w*\W+\w+")


def too_large(source: Source) -> Iterator[str]:
    if (lines := len(source.text.splitlines())) > FILE_LINES:
        yield f"{source.path} has {lines} lines"
    for node in ast.walk(source.tree):
        if isinstance(node, FUNCTIONS) and (lines := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES:
            yield f"{source.at(node)} {node.name} has {lines} lines"
        elif isinstance(node, ast.ClassDef):
            methods = sum(isinstance(part, FUNCTIONS) for part in node.body)
            if methods > CLASS_METHODS:
                yield f"{source.at(node)} {node.name} has {methods} methods"


def silent(source: Source) -> Iterator[str]:
    """A module without a sentence about what it knows."""
    if source.text.strip() and not ast.get_docstring(source.tree):
        yield f"{source.path} does not say what it knows"


def empty_names(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and NOUNS_THAT_SAY_NOTHING.search(node.name):
            yield f"{source.at(node)} {node.name} says nothing"


def silenced_without_a_word(source: Source) -> Iterator[str]:
    """A tool told to be quiet, and not why: nobody can tell later whether it still has to be."""
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        said, number = SILENCED.subn(" ", token.string) if token.type == tokenize.COMMENT else ("", 0)
        if number and not A_REASON.search(said):
            yield f"{source.path}:{token.start[0]} gives no reason: {token.string}"


def network(source: Source) -> Iterator[str]:
    for name, node in imports_of(source):
        if any(name == banned or name.startswith(f"{banned}.") for banned in NETWORK):
            yield f"{source.at(node)} imports {name}"
    for use in ast.walk(source.tree):
        if isinstance(use, ast.Attribute) and use.attr in NETWORK_CALLS:
            yield f"{source.at(use)} uses {use.attr}"


def clock(source: Source) -> Iterator[str]:
    """The time is an argument; `from time import time` would hide a clock behind a bare name."""
    if source.path in CLOCKS_READ_BY:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and READS_A_CLOCK.search(dotted(node)):
            yield f"{source.at(node)} reads {dotted(node)}"
    for name, statement in imports_of(source):
        if name.startswith("time.") and READS_A_CLOCK.search(name):
            yield f"{source.at(statement)} imports {name}"


def escape(source: Source) -> Iterator[str]:
    """It misses upper-case tags and doubles backslashes; text goes through ui/text.py instead."""
    for name, node in imports_of(source):
        if name.endswith("markup.escape"):
            yield f"{source.at(node)} imports {name}"
    for use in ast.walk(source.tree):
        if isinstance(use, ast.Attribute) and dotted(use).endswith("markup.escape"):
            yield f"{source.at(use)} uses {dotted(use)}"


def spinner(source: Source) -> Iterator[str]:
    """LoadingIndicator repaints for as long as it shows, 45 KB/s; `widget.loading` brings it in by the back door."""
    for name, node in imports_of(source):
        if name.endswith("LoadingIndicator"):
            yield f"{source.at(node)} imports {name}"
    for use in ast.walk(source.tree):
        if isinstance(use, ast.Attribute) and (use.attr == "LoadingIndicator" or _is_stored(use, "loading")):
            yield f"{source.at(use)} uses {use.attr}"


def notices_in_markup(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call) or not dotted(node.func).endswith(".notify"):
            continue
        if not any(word.arg == "markup" and _is_false(word.value) for word in node.keywords):
            yield f"{source.at(node)} calls notify without markup=False"


def _is_stored(node: ast.Attribute, name: str) -> bool:
    return node.attr == name and isinstance(node.ctx, ast.Store)


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False
