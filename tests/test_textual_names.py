"""What belongs to Textual stays its own: no private name of it is used, and none of its names is taken by accident."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import textual.app
import textual.dom
import textual.message_pump
import textual.screen
import textual.scroll_view
import textual.widget
from textual import getters
from textual.message_pump import MessagePump

from tests.sources import Source, imports_of, sources

PRIVATE_BUT_NEEDED = {
    "coach/ui/crash.py": {
        "_handle_exception": "the one place through which an unforeseen error leaves an app",
        "_fatal_error": "it prints the error with all local variables, so with private text",
    },
    "coach/ui/running.py": {
        "_notifications": "a word makes room for the next, and a trouble stays until it was read",
        "_unnotify": "in public Textual takes all notices away, or none",
    },
    "coach/ui/sparse.py": {
        "_compositor": "it sends a line's unchanged cells too, five times the bytes of a breath",
    },
}
MEANT_TO_BE_REPLACED = {
    *("compose", "render", "render_line", "render_lines", "check_action", "get_default_screen", "update"),
    *("get_content_width", "get_content_height", "get_system_commands", "get_theme_variable_defaults"),
    *("get_css_variables", "handle_bindings_clash", "can_focus", "allow_select", "exit", "validate", "notify"),
    *("get_line_filters", "selection_updated", "search", "discover"),
    *("panic", "restricted", "notify_style_update"),
    "get_driver_class",  # ours writes on when the terminal is gone
    "run_action",  # the one place through which every key, click and command of the palette acts
    "edit",  # of TextArea: the one place through which keys, pastes and clipboards all change the text
}
"""Hooks Textual offers, besides its upper-case settings, its `on_`, `action_`, `watch_`, `validate_` and `compute_`."""
OFFERED = re.compile(r"on_|action_|watch_|_watch_|validate_|compute_|key_|[A-Z_]+$|__")
BY_STRING = ("getattr", "setattr", "hasattr", "delattr")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
CORE = (textual.app, textual.dom, textual.message_pump, textual.screen, textual.scroll_view, textual.widget)


@cache
def private_names_of_textual() -> frozenset[str]:
    """Names with one underscore that its core classes define or set, from its own source."""
    found: set[str] = set()
    for module in CORE:
        text = Path(inspect.getfile(module)).read_text(encoding="utf-8")
        found |= set(re.findall(r"(?:self\.|def |^    )(_[a-z]\w*)\s*[:=(]", text, re.MULTILINE))
    return frozenset(found)


def test_the_list_of_private_names_is_not_empty() -> None:
    assert {"_bindings", "_size", "_handle_exception", "_refresh_styles"} & private_names_of_textual()
    assert len(private_names_of_textual()) > 200


def test_no_private_name_of_textual_is_used_or_taken() -> None:
    used = [use for source in sources("coach/ui") for use in _private_uses(source)]
    assert not used, "\n".join(used)


def _private_uses(source: Source) -> Iterator[str]:
    allowed = PRIVATE_BUT_NEEDED.get(source.path, {})
    for name, import_node in imports_of(source):
        if name.startswith("textual.") and any(part.startswith("_") for part in name.split(".")):
            yield f"{source.at(import_node)} imports {name}"
    for node in ast.walk(source.tree):
        for line, name in _private_names(node):
            if name in private_names_of_textual() and name not in allowed and not OFFERED.match(name):
                yield f"{source.path}:{line} has {name}, a name of Textual's own"


def _private_names(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Names of attributes, of methods of classes that build on others, and of attributes named by a string."""
    if isinstance(node, ast.ClassDef) and node.bases:
        yield from ((part.lineno, part.name) for part in node.body if isinstance(part, FUNCTIONS))
    elif isinstance(node, ast.Attribute) and not (isinstance(node.value, ast.Name) and node.value.id == "os"):
        yield node.lineno, node.attr
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BY_STRING:
        yield from ((a.lineno, str(a.value)) for a in node.args if isinstance(a, ast.Constant))


@pytest.mark.parametrize(
    "text",
    [
        "class Page(Screen):\n    def _size(self): ...",
        "class Page(Screen):\n    def on_mount(self):\n        self._bindings = 1",
        "widget._size",
        "getattr(screen, '_compositor')",
        "from textual._context import active_app",
    ],
)
def test_the_guard_catches(text: str) -> None:
    assert list(_private_uses(Source("coach/ui/sample.py", text, ast.parse(text))))


def test_the_guard_lets_own_names_through() -> None:
    text = "import os\nos._exit(1)\ndef _render(x): ...\n@dataclass\nclass Disc:\n    def _size(self): ..."
    assert not list(_private_uses(Source("coach/ui/sample.py", text, ast.parse(text))))


def test_no_name_of_textual_is_shadowed_by_accident() -> None:
    """An attribute called `log`, `name`, `size` ... works until the day Textual reads its own."""
    shadowed = [
        f"{kind.__module__}.{kind.__name__}.{name} hides {owner.__name__}.{name}"
        for kind in _our_classes()
        for name in vars(kind)
        if name not in MEANT_TO_BE_REPLACED and not OFFERED.match(name)
        for owner in kind.__mro__[1:]
        if owner.__module__.startswith("textual.") and name in vars(owner) and not _set_by_textual(kind, name)
    ]
    assert not shadowed, "\n".join(sorted(set(shadowed)))


def _set_by_textual(kind: type, name: str) -> bool:
    """What its metaclass puts on every subclass, and `app = getters.app(...)`, its way to give `app` a type."""
    typed_app = name == "app" and isinstance(vars(kind)[name], getters.app)
    return typed_app or name.startswith("_") or name in {"can_focus_children", "can_maximize"}


def _our_classes() -> Iterator[type]:
    for source in sources("coach/ui"):
        module = importlib.import_module(source.module)
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, MessagePump) and kind.__module__ == source.module:
                yield kind
