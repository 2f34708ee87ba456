"""The house keeps its own rules: sizes, names, clocks, the network, markup."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

import pytest

from tests import guards
from tests.sources import ROOT, Source, sources

Guard = Callable[[Source], Iterator[str]]
EVERYWHERE: tuple[Guard, ...] = (
    guards.too_large,
    guards.silent,
    guards.empty_names,
    guards.silenced_without_a_word,
)
IN_THE_PROGRAM: tuple[Guard, ...] = (
    guards.network,
    guards.clock,
    guards.escape,
    guards.spinner,
    guards.notices_in_markup,
)
CAUGHT: list[tuple[Guard, str]] = [
    (guards.too_large, "'''Long.'''\n" + "a = 1\n" * 250),
    (guards.too_large, "def long():\n" + "    a = 1\n" * 40),
    (guards.too_large, "class Many:\n" + "".join(f"    def m{n}(self): ...\n" for n in range(21))),
    (guards.silent, "a = 1"),
    (guards.empty_names, "class DayManager: ..."),
    (guards.empty_names, "class BaseRow: ..."),
    (guards.silenced_without_a_word, "a = b  # type: ignore"),
    (guards.silenced_without_a_word, "a = b  # type: ignore[list-item]"),
    (guards.silenced_without_a_word, "a = b  # type: ignore[list-item, misc]  # noqa: E501, B010"),
    (guards.silenced_without_a_word, "a = b  # noqa"),
    (guards.silenced_without_a_word, "a = b  #noqa:B010  # why"),
    (guards.network, "import urllib.request"),
    (guards.network, "def late():\n    from http import client"),
    (guards.network, "self.app.open_url('x')"),
    (guards.clock, "from datetime import datetime\ndatetime.now()"),
    (guards.clock, "import datetime\nx = datetime.date.today()"),
    (guards.clock, "import time\nnow = now or time.time"),
    (guards.clock, "from time import time"),
    (guards.escape, "from rich.markup import escape"),
    (guards.escape, "import textual.markup\ntextual.markup.escape(x)"),
    (guards.spinner, "from textual.widgets import LoadingIndicator"),
    (guards.spinner, "self.loading = True"),
    (guards.notices_in_markup, "self.notify(text)"),
    (guards.notices_in_markup, "self.notify(text, markup=True)"),
]
LET_THROUGH = """'''What is right stays right.'''
import html
import time
begun = time.monotonic()
html.escape("a")
self.notify(text, markup=False)
def of(now): return now.time()
a = b  # type: ignore[list-item]  # text ids
a = b  # noqa: BLE001  (it must not cost another its text)
a = b  # type: ignore[index, misc]  # noqa: B010  # it has no hints
a = "# type: ignore"  # not a comment
"""


@pytest.mark.parametrize("guard", EVERYWHERE, ids=lambda guard: guard.__name__)
def test_the_whole_tree(guard: Guard) -> None:
    found = [problem for source in sources("coach", "tests") for problem in guard(source)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("guard", IN_THE_PROGRAM, ids=lambda guard: guard.__name__)
def test_the_program(guard: Guard) -> None:
    found = [problem for source in sources("coach") for problem in guard(source)]
    assert not found, "\n".join(found)


def test_each_guard_catches_what_it_is_for() -> None:
    for guard, text in CAUGHT:
        assert list(guard(source_of(text))), f"{guard.__name__} let {text[:60]!r} through"
    assert {guard for guard, _ in CAUGHT} == {*EVERYWHERE, *IN_THE_PROGRAM}


def test_no_guard_catches_what_is_right() -> None:
    for guard in (*EVERYWHERE, *IN_THE_PROGRAM):
        assert not list(guard(source_of(LET_THROUGH))), guard.__name__


def test_themes_hold_no_code() -> None:
    """With a .py file in there an editable install is refused."""
    assert not list((ROOT / "themes").rglob("*.py"))


def source_of(text: str) -> Source:
    return Source("coach/ui/sample.py", text, ast.parse(text))
