"""export, import and merge as a person gives them: to another computer, back again, and with an old copy in hand."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Home
from tests.storage.test_trouble import lock_held_elsewhere


@pytest.fixture
def mine(home: Home, tmp_path: Path) -> Path:
    """What a home with three records exports."""
    home.coach("add", "walk 2026-10-30 07:30 30m")
    home.coach("log", "mood", "5")
    home.coach("journal", "-", piped='two\nlines, "quotes" and ünïcode')
    home.coach("export", str(tmp_path / "mine.json"))
    return tmp_path / "mine.json"


def tables(home: Home) -> Any:
    return json.loads(home.coach("export").out)["tables"]


def test_to_another_computer_and_back(home: Home, mine: Path) -> None:
    other = home.another()
    tried = other.coach("import", str(mine), "--dry-run")
    assert tried.out == "3 records would be taken in, 0 were here already.\n"
    assert not other.path.exists()
    done = other.coach("import", str(mine))
    assert done.code == 0
    first, second = done.out.splitlines()
    assert first == "3 records taken in, 0 were here already."
    assert (other.path / "state" / "status").read_text() == other.coach("status").out
    assert tables(other) == tables(home)
    assert other.coach("import", str(mine)).out == "0 records taken in, 3 were here already.\n"
    back = other.coach(*second.removeprefix("To take this back: coach ").split())
    assert (back.code, back.out) == (0, f"3 records of {second.split()[-1]} taken back.\n")
    assert tables(other) == {}
    again = other.coach(*second.removeprefix("To take this back: coach ").split())
    assert (again.code, again.out) == (3, "")
    assert again.err == f"coach: There is nothing left of {second.split()[-1]} to take back.\n"


def test_what_differs_is_named_by_table_and_stays(home: Home, mine: Path) -> None:
    (entry,) = tables(home)["journal"]
    whole = json.loads(mine.read_text())
    whole["tables"]["journal"][entry]["text"] = "something else"
    said = home.coach("import", "-", piped=json.dumps(whole))
    assert said.code == 0
    assert said.out == (
        "0 records taken in, 2 were here already.\n"
        "1 record (1 in journal): the file says something else, and what is here stays unchanged.\n"
    )
    assert "something else" not in str(tables(home))


def test_the_answers_for_a_script(home: Home, mine: Path) -> None:
    other = home.another()
    done = other.json("import", str(mine))
    assert done == {"schema": 1, "batch": done["batch"], "dry_run": False, "taken": 3, "known": 0, "differing": {}}
    assert other.json("import", str(mine), "--dry-run")["batch"] is None
    other.coach("journal", "-", piped="mine")
    back = other.json("import", "--undo", done["batch"])
    assert back == {"schema": 1, "batch": done["batch"], "taken_back": 3, "changed_since": {}}
    merged = other.json("merge", str(home.path / "data"))
    assert merged == {"schema": 1, "taken": 3, "known": 0, "unreadable": 0, "newer": 0, "files": 2, "notes": []}
    assert "error" in other.coach("merge", str(mine), "--json").json


def test_an_old_copy_is_merged(home: Home, mine: Path, tmp_path: Path) -> None:
    other = home.another()
    other.coach("log", "mood", "7")
    shutil.copytree(home.path / "data" / "books", tmp_path / "stick")
    done = other.coach("merge", str(tmp_path / "stick"))
    assert (done.code, done.out, done.err) == (0, "3 changes taken in, 0 were here already.\n", "")
    assert len(tables(other)["moods"]) == 2
    assert tables(other)["journal"] == tables(home)["journal"]
    assert other.coach("merge", str(tmp_path / "stick")).out == "0 changes taken in, 3 were here already.\n"
    assert other.coach("doctor").code == 0


def test_each_kind_of_file_names_the_right_verb(home: Home, mine: Path) -> None:
    said = home.coach("merge", str(mine))
    assert said.code == 3
    assert said.err == f"coach: {mine} is no log of coach. It is an export: coach import takes it.\n"
    (log,) = home.path.glob("data/books/*/2026-10.log")
    said = home.coach("import", str(log))
    assert said.code == 2
    assert said.err == "coach: That is a log of coach, not an export. coach merge takes it in.\n"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("import",), 2, "Name one file"),
        (("import", "a.json", "--undo", "import-12345678"), 2, "Name one file"),
        (("import", "--undo", "import-12345678", "--dry-run"), 2, "without --dry-run"),
        (("import", "--undo", "import-12345678"), 3, "No import called import-12345678 was made here"),
        (("import", "/no/where.json"), 2, "/no/where.json cannot be read: no such file"),
        (("import", "/"), 2, "/ cannot be read: is a directory"),
        (("import", "-"), 2, "Standard input is closed"),
        (("merge",), 2, "--help"),
        (("merge", "/no/where"), 3, "/no/where cannot be read: no such file"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(home: Home, words: tuple[str, ...], code: int, told: str) -> None:
    said = home.coach(*words)
    assert (said.code, said.out) == (code, "")
    assert said.err.startswith("coach: ") and said.err.count("\n") == 1
    assert told in said.err
    assert not home.path.exists()


def test_in_processes_of_their_own(home: Home, mine: Path) -> None:
    """Piped from one to the next, as on two computers, and with another coach busy writing."""
    other = home.another()
    with mine.open("rb") as piped:
        done = other.process("import", "-", stdin=piped)
    assert (done.code, done.err) == (0, "")
    assert tables(other) == tables(home)
    with lock_held_elsewhere(other.path):
        busy = other.process("merge", str(home.path))
        held = other.process("import", "--undo", done.out.split()[-1])
    assert (busy.code, held.code) == (5, 5)
    assert other.process("import", "--undo", done.out.split()[-1]).code == 0


def test_output_nobody_can_take_does_not_hide_that_it_is_saved(home: Home, mine: Path) -> None:
    other = home.another()
    for words in (("import", str(mine)), ("merge", str(home.path))):
        with Path("/dev/full").open("w") as full:
            said = other.process(*words, stdout=full)
        assert said.code == 1
        assert said.err == "coach: It is saved, but the output could not be written: no space left on device.\n"
    assert tables(other) == tables(home)


@pytest.mark.parametrize("verb", ["import", "merge"])
def test_a_large_file_of_somebody_else_is_refused_at_once(home: Home, tmp_path: Path, verb: str) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(300_000_000)
    said = home.process(verb, str(large))
    assert said.code == (2 if verb == "import" else 3)
    assert f"larger than {64 if verb == 'import' else 256} MB" in said.err
    assert not home.path.exists()
