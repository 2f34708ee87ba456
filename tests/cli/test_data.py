"""list and export: everything is there, exactly, and nobody else can read it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from coach.bootstrap import build, system_now
from coach.paths import Paths
from coach.storage import log
from coach.storage.fold import Fold
from coach.storage.ids import book_of
from coach.storage.store import Store
from tests.bench.history import write_history
from tests.cli.running import Home


def fill(home: Home) -> None:
    """One of each, with an item that has moved to another month."""
    home.coach("add", "walk 2026-10-30 07:30 30m")
    home.coach("add", "some day", "--dry-run")
    home.coach("log", "craving", "7", "--trigger", "rain")
    home.coach("log", "mood", "5")
    home.coach("log", "session", "ext-4-6", "--seconds", "60")
    home.coach("journal", "-", piped='two\nlines, "quotes", \\ and ünïcode')


def test_export_holds_every_record_as_it_is_kept(home: Home) -> None:
    fill(home)
    whole = json.loads(home.coach("export").out)
    assert whole["coach"] == 1
    assert set(whole) == {"coach", "exported", "tables"}
    assert set(whole["tables"]) == {"items", "cravings", "moods", "sessions", "journal"}
    for name, records in whole["tables"].items():
        listed = home.json("list", name)["records"]
        assert {record.pop("id"): record for record in listed} == records


def test_nothing_is_lost_on_the_way_out(home: Home) -> None:
    """A made-up life of three devices, with hostile text and a torn tail: what went out can be put in again, whole."""
    write_history(Paths(str(home.path)), days=40)
    tables = json.loads(home.coach("export").out)["tables"]
    assert tables == folded(home.path)
    assert sum(map(len, tables.values())) > 500
    other = home.another()
    store = Store(Paths(str(other.path)), system_now)
    for book, operations in by_book(tables).items():
        store.append("Imported", book, operations)
    assert json.loads(other.coach("export").out)["tables"] == tables


def folded(home: Path) -> dict[str, dict[str, Any]]:
    """What the logs say, read without the store."""
    fold = Fold()
    for path in sorted(home.glob("data/books/*/*.log")):
        for line in path.read_bytes().split(b"\n"):
            if isinstance(change := log.decode(line), log.Change):
                fold.apply(change)
    return {table: dict(fold.visible(table)) for table in fold.tables if fold.visible(table)}


def by_book(tables: dict[str, dict[str, Any]]) -> dict[str, list[log.Operation]]:
    found: dict[str, list[log.Operation]] = {}
    for table, records in tables.items():
        for record, fields in records.items():
            found.setdefault(book_of(record) or "plan", []).append((table, record, fields))
    return found


def test_export_writes_a_new_private_file_and_never_over_one(home: Home, tmp_path: Path) -> None:
    fill(home)
    file = tmp_path / "mine.json"
    assert home.coach("export", str(file)).code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert json.loads(file.read_text())["tables"]["cravings"]
    file.write_text("something else")
    again = home.coach("export", str(file))
    assert again.code == 2
    assert "there already" in again.err
    assert file.read_text() == "something else"


def test_a_home_with_nothing_in_it_is_not_exported(home: Home, tmp_path: Path) -> None:
    for words in ((), (str(tmp_path / "mine.json"),)):
        said = home.coach("export", *words)
        assert (said.code, said.out) == (3, "")
        assert said.err == f"coach: Nothing is kept in {home.path}/data yet, so there is nothing to export.\n"
    assert not list(tmp_path.iterdir())


def test_data_that_cannot_be_read_is_not_called_nothing(home: Home) -> None:
    home.coach("log", "mood", "5")
    for path in [*home.path.glob("data/books/*/*.log"), *home.path.glob("state/mirror/*")]:
        path.write_bytes(b"not a line of ours\n")
    assert json.loads(home.coach("export").out)["tables"] == {}


def test_export_makes_no_folder(home: Home, tmp_path: Path) -> None:
    home.coach("log", "mood", "5")
    said = home.coach("export", str(tmp_path / "new" / "x.json"))
    assert said.code == 2
    assert said.err.startswith(f"coach: {tmp_path / 'new'} is not a folder")
    assert not (tmp_path / "new").exists()


def test_every_file_is_private(home: Home) -> None:
    fill(home)
    home.coach("undo")
    home.coach("today")
    shared = [path for path in home.path.rglob("*") if path.stat().st_mode & 0o077]
    assert not shared
    assert len(home.files()) > 5


def test_an_item_moved_to_another_month_is_listed_by_its_day(home: Home) -> None:
    home.coach("add", "walk 2026-10-30 07:30")
    coach = build(Paths(str(home.path)))
    (item,) = coach.items.view(date(2026, 10, 30)).sections[0].lines
    coach.items.move(item.item.id, date(2026, 12, 2))  # type: ignore[union-attr]  # there is no gap before it
    assert [r["title"] for r in home.json("list", "items", "--from", "2026-12-01")["records"]] == ["walk"]
    assert home.json("list", "items", "--to", "2026-11-30")["records"] == []


def test_a_table_without_that_name_tells_those_in_use(home: Home) -> None:
    assert "coach add" in home.coach("list", "nothing").err
    home.coach("add", "walk")
    said = home.coach("list", "nothing")
    assert said.code == 2
    assert said.err == "coach: There is no table 'nothing'. Those that hold something: items.\n"


def test_every_table_of_the_contract_can_be_listed(home: Home) -> None:
    for name in ("items", "marks", "habits", "goals", "doses", "settings", "worksheets"):
        assert home.json("list", name) == {"schema": 1, "table": name, "records": []}
