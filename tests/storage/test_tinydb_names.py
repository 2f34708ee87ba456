"""What belongs to TinyDB stays its own: of its private names one is used, and a new version of it is read first."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import tinydb.database
import tinydb.middlewares
import tinydb.storages
import tinydb.table
from tinydb.table import Table

from coach.storage.table import BookTable
from tests.sources import Source, dotted, imports_of, sources

READ = "4.9."
FROM_TINYDB = {"TinyDB", "Table", "Storage", "Middleware"}
NEEDED = {"coach/storage/table.py": ["_update_table"]}
MODULES = (tinydb.database, tinydb.middlewares, tinydb.storages, tinydb.table)
WRITES = (Table.insert, Table.insert_multiple, Table.update, Table.update_multiple, Table.remove, Table.truncate)
WHAT_TO_DO = (
    f"coach/storage/table.py replaces Table._update_table as TinyDB {READ}x has it; this is {version('tinydb')}. "
    "Read its table.py: does every write still go through _update_table(updater), and does updater still get a mapping "
    "of ids to documents? Then run tests/storage/test_table.py, and change READ here and the pin in pyproject.toml."
)


def private_names_of_tinydb() -> frozenset[str]:
    """Names with one underscore that its classes define or set, from its own source."""
    found: set[str] = set()
    for module in MODULES:
        text = Path(inspect.getfile(module)).read_text(encoding="utf-8")
        found |= set(re.findall(r"(?:self\.|def )(_[a-z]\w*)\s*(?::[^=\n]+)?[\\=(]", text))
    return frozenset(found)


def private_names_used(source: Source) -> list[str]:
    """Those a file takes from an object, gives a method or writes as a text; not what a class of ours calls its own."""
    found = []
    own = set(of_our_own(source))
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute | ast.FunctionDef) and node not in own:
            found.append(node.attr if isinstance(node, ast.Attribute) else node.name)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
    return sorted(private_names_of_tinydb().intersection(found))


def of_our_own(source: Source) -> Iterator[ast.AST]:
    """Functions, and what is asked of `self`, outside the classes made from TinyDB's."""
    for place in source.tree.body:
        if isinstance(place, ast.ClassDef) and any(dotted(base) in FROM_TINYDB for base in place.bases):
            continue
        for node in ast.walk(place):
            if isinstance(node, ast.FunctionDef) or (isinstance(node, ast.Attribute) and dotted(node.value) == "self"):
                yield node


def knows_tinydb(source: Source) -> bool:
    modules = ("tinydb", "coach.storage.table", "coach.storage.book")
    return any(name.partition(".")[0] == "tinydb" or name.startswith(modules) for name, _ in imports_of(source))


def test_canary_the_one_private_name_of_tinydb_we_rely_on() -> None:
    assert version("tinydb").startswith(READ), WHAT_TO_DO
    assert list(inspect.signature(Table._update_table).parameters) == ["self", "updater"], WHAT_TO_DO
    assert inspect.getsource(Table).count("_storage.write(") == 1, WHAT_TO_DO
    assert "_storage.write(" in inspect.getsource(Table._update_table), WHAT_TO_DO
    for method in WRITES:
        assert "self._update_table(" in inspect.getsource(method), WHAT_TO_DO


def test_no_other_private_name_of_tinydb_is_touched() -> None:
    assert {
        "_update_table",
        "_query_cache",
        "_storage",
        "_next_id",
        "_read_table",
        "_tables",
    } <= private_names_of_tinydb()
    found = {source.path: private_names_used(source) for source in sources("coach") if knows_tinydb(source)}
    assert len(found) > 4
    assert {path: names for path, names in found.items() if names} == NEEDED


def test_no_name_of_our_table_is_one_of_tinydbs_by_accident() -> None:
    meant = {
        "insert",
        "insert_multiple",
        "storage",
        "document_id_class",
        "default_query_cache_capacity",
        "_update_table",
    }
    ours = {name for name in vars(BookTable) if not name.startswith("__")} | {"_book"}
    assert ours & ({*dir(Table)} | private_names_of_tinydb()) == meant
