"""What the tests of import and merge look at: all of a home, its lines and files, and a moment before the lock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coach.bootstrap import build
from coach.exchange.export import export
from coach.paths import Paths
from coach.storage.store import Store
from tests.storage.homes import NOVEMBER, document, log_of

Tables = dict[str, dict[str, dict[str, Any]]]
NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


def exported(tables: Any) -> bytes:
    return export(tables, NOW).encode()


def remove(store: Store, table: str, record: str) -> None:
    store.table(NOVEMBER, table).remove(doc_ids=[record])  # type: ignore[list-item]  # a text id


def change_two_books(store: Store, name: str = "x") -> None:
    with store.change("Both"):
        store.table(NOVEMBER, "marks").insert(document(f"2611-{name}", state="done"))
        store.table("plan", "goals").insert(document(f"p-{name}", title="one"))


def everything(home: Path) -> Tables:
    return build(Paths(str(home))).tables.everything()


def lines_of(home: Path, book: str = NOVEMBER) -> list[bytes]:
    """The changes in this device's own log."""
    return log_of(home, book).read_bytes().split(b"\n")[1:-1]


def files(home: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()}


def meanwhile(store: Store, patch: pytest.MonkeyPatch, other: Callable[[], object]) -> None:
    """Lets something happen just before the store gets the lock for the first time."""
    real, waiting = store.appender.turn, [other]

    def turn() -> Any:
        while waiting:
            waiting.pop()()
        return real()

    patch.setattr(store.appender, "turn", turn)
