"""Bringing the habits of another tracker over, as a person does it: looked at first, taken in, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Home
from tests.exchange.loop_files import Kept, Writer, database, every_day, exported
from tests.test_startup import modules_after

WALK = Kept("Walk", every_day("2026-09-01", (2, 2, 0, 1)), times=3, per=7, question="Did you?")
WATER = Kept("Water", (("2026-09-02", 8000, "hot"),), numerical=True, target=8.0, unit="glasses")
FOUND = (
    "From Loop: 2 habits, 4 days, 1 note.\n"
    "Not taken: 1 day of which nobody said anything: it stays not known.\n"
    "Not taken: the question or description of 1 habit, for which there is no place here.\n"
    "Not taken: the colours of 2 habits.\n"
)


@pytest.fixture(params=[exported, database], ids=["zip", "database"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """It is known by what is in it, not by its name."""
    written: Writer = request.param
    (tmp_path / "from the phone").write_bytes(written(WALK, WATER))
    return tmp_path / "from the phone"


def test_looked_at_taken_in_and_taken_back(home: Home, file: Path) -> None:
    tried = home.coach("import", str(file), "--dry-run")
    assert (tried.code, tried.err) == (0, "")
    assert tried.out == f"{FOUND}6 records would be taken in, 0 were here already.\n"
    assert not home.path.exists()
    done = home.coach("import", str(file))
    found, taken, how = done.out.removeprefix(FOUND), *done.out.splitlines()[-2:]
    assert (found.splitlines()[0], taken) == (taken, "6 records taken in, 0 were here already.")
    assert (home.path / "state" / "status").read_text() == home.coach("status").out
    shown = home.coach("habits").out
    assert "Walk  (3 times in 7 days" in shown and "Water  (8 glasses a day" in shown
    assert home.coach("import", str(file)).out == f"{FOUND}0 records taken in, 6 were here already.\n"
    back = home.coach(*how.removeprefix("To take this back: coach ").split())
    assert (back.code, back.out) == (0, f"6 records of {how.split()[-1]} taken back.\n")
    assert home.coach("doctor").code == 0
    assert home.json("list", "habits")["records"] == home.json("list", "marks")["records"] == []


def test_the_answer_for_a_script_and_from_a_pipe(home: Home, file: Path) -> None:
    said = home.coach("import", "-", "--json", piped=file.read_bytes())
    assert said.code == 0
    assert said.json == {
        "schema": 1,
        "batch": said.json["batch"],
        "dry_run": False,
        "taken": 6,
        "known": 0,
        "differing": {},
        "file": {"habits": 2, "days": 4, "notes": 1},
        "left_out": FOUND.splitlines()[1:],
    }


def test_what_cannot_be_read_is_one_sentence(home: Home, file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-40])
    said = home.coach("import", str(file))
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith("coach: That ")
    assert not home.path.exists()


def test_a_database_that_was_being_written_is_left(home: Home, tmp_path: Path) -> None:
    (tmp_path / "loop.db").write_bytes(database(WALK))
    (tmp_path / "loop.db-wal").write_bytes(b"more")
    said = home.coach("import", str(tmp_path / "loop.db"))
    assert (said.code, said.out) == (2, "")
    assert said.err.endswith("loop.db-wal shows that the database is not whole. Export it again in the tracker.\n")
    assert not home.path.exists()


def test_only_what_is_read_is_loaded(tmp_path: Path) -> None:
    readers = {"coach.exchange.loop_csv", "coach.exchange.loop_database", "sqlite3"}
    for name, data, needed in (
        ("coach.json", b'{"coach":1,"tables":{}}', set()),
        ("loop.zip", exported(WALK), {"coach.exchange.loop_csv"}),
        ("loop.db", database(WALK), {"coach.exchange.loop_database", "sqlite3"}),
    ):
        (tmp_path / name).write_bytes(data)
        loaded = modules_after(tmp_path / "home", "import", str(tmp_path / name))
        assert loaded & readers == needed, name
        assert not loaded & {"textual", "rich", "asyncio", "apscheduler"}
