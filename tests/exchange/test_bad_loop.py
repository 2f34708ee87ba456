"""Files of another tracker that are no such files, or that mean harm: one sentence, and nothing is written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.bootstrap import Coach
from coach.domain.errors import Refused
from coach.exchange import loop, loop_csv, loop_database
from coach.exchange.left_out import LeftOut
from tests.exchange.loop_files import (
    COLUMNS,
    SCHEMA,
    Kept,
    brought,
    database,
    every_day,
    exported,
    files_of,
    listed,
    zipped,
)

WALK = Kept("Walk", every_day("2026-11-01", (2, 0, 3)))
BESIDE = ("CREATE TABLE Score (id)", "INSERT INTO Score VALUES (1)")
VIEWED = ("Habits", "Repetitions")
WAYS_OUT = ("Nothing was taken in.", "of the tracker Loop.", "as the tracker wrote it.")
HEAD = ",".join(COLUMNS)
Files = dict[str, str | bytes]


def listing(line: str) -> bytes:
    """A zip whose list has this one line."""
    return zipped(files_of(WALK) | {"Habits.csv": f"{HEAD}\n{line}\n"})


def days(text: str | bytes) -> bytes:
    return zipped(files_of(WALK) | {"001 Walk/Checkmarks.csv": text})


def locked() -> bytes:
    """A zip that says it is protected with a password."""
    data = bytearray(exported(WALK))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + offset] |= 1
    return bytes(data)


def hurt(data: bytes, page: int = 4096) -> bytes:
    """A page of the database overwritten."""
    return data[:page] + b"\xff" * 2000 + data[page + 2000 :]


BAD: list[tuple[str, bytes, str]] = [
    ("no zip", b"PK\x03\x04" + bytes(99), "zip is damaged or not whole"),
    ("half a zip", exported(WALK)[:-40], "zip is damaged or not whole"),
    ("an empty zip", zipped({}), "holds no Habits.csv"),
    ("another zip", zipped({"a/b.txt": "x"}), "holds no Habits.csv"),
    ("a document", zipped({"word/document.xml": "<x/>", "MyHabits.csv": ""}), "holds no Habits.csv"),
    ("damaged inside", exported(WALK).replace(b"Habits.csv", b"Habits.csx", 1), "Habits.csv in that zip is damaged"),
    ("a password", locked(), "Habits.csv in that zip is damaged, locked"),
    ("an empty list", zipped({"Habits.csv": ""}), "Habits.csv has no column Position"),
    ("another list", zipped({"Habits.csv": "Name;Position\n"}), "Habits.csv has no column Position"),
    ("no frequency", zipped({"Habits.csv": "Position,Name,Interval\n"}), "no column FrequencyNumerator"),
    ("no text", zipped({"Habits.csv": b"Position,N\xe4me\n"}), "Habits.csv: byte 11 is not UTF-8"),
    ("too few columns", listing("001,Walk"), "Habits.csv, line 2: 2 columns, where the first line has 12"),
    ("no position", listing("one,Walk,YES_NO,,,1,1,,,,,false"), "line 2, Position: 'one' is not a number"),
    ("no times", listing("001,Walk,YES_NO,,,0,1,,,,,false"), "line 2: 0 times in 1 day is nothing"),
    ("no days", listing("001,Walk,YES_NO,,,1,-7,,,,,false"), "line 2: 1 times in -7 days is nothing"),
    ("endless times", listing(f"001,Walk,YES_NO,,,{'9' * 5000},1,,,,,false"), "FrequencyNumerator: '9{40}' is not"),
    ("no target", listing("001,Walk,NUMERICAL,,,1,1,,,AT_LEAST,NaN,false"), "Target Value: 'NaN' is not a number"),
    ("endless target", listing("001,Walk,NUMERICAL,,,1,1,,,AT_MOST,1e999,false"), "Target Value: '1e999' is not"),
    ("a large target", listing("001,Walk,NUMERICAL,,,1,1,,,AT_MOST,1e9,false"), "1e.09 is not between 0 and 1,000,000"),
    ("a target below 0", listing("001,Walk,NUMERICAL,,,1,1,,,AT_MOST,-2,false"), "-2 is not between"),
    ("twice the position", zipped({"Habits.csv": listed([WALK, WALK]).replace("002", "001")}), "the same position"),
    ("two folders", zipped(files_of(WALK) | {"001 Run/Checkmarks.csv": ""}), "Two folders in that zip begin with 001"),
    ("a bad day", days("Date,Value,Notes\n2026-11-02,NO,\n2026-13-40,NO,\n"), "line 3: '2026-13-40' is not a day"),
    ("a day of weeks", days("2026-W05-1,NO\n"), "line 1: '2026-W05-1' is not a day"),
    ("a short day", days("20261102,2\n"), "line 1: '20261102' is not a day"),
    ("a bad value", days("2026-11-02,MAYBE,\n"), "line 1: 'MAYBE' is not a number"),
    ("other digits", days("2026-11-02,٢\n"), "line 1: '٢' is not a number"),
    ("a fraction", days("2026-11-02,1.5,\n"), "line 1: '1.5' is not a number"),
    ("an endless value", days(f"2026-11-02,{'9' * 5000},\n"), "line 1: '9{40}' is not a number"),
    ("no value", days("2026-11-02\n"), "line 1: a day needs a date and a value"),
    ("odd signs", days("\x1b[2J\u202e,NO\n"), r"line 1: '\\x1b\[2J\\u202e' is not a day"),
    ("an endless note", days(f'2026-11-02,NO,"{"x" * 200_000}"\n'), "line 1: field larger than field limit"),
    ("half a list alone", listed([WALK]).encode(), "one file out of the tracker's export"),
    ("half the days alone", b"\xef\xbb\xbfDate,Value,Notes\n", "one file out of the tracker's export"),
    ("half a database", database(WALK)[:5000], "database (cannot be read|is damaged)"),
    ("a start of one", b"SQLite format 3\x00" + bytes(200), "database cannot be read"),
    ("a hurt database", hurt(database(WALK)), "database (cannot be read|is damaged)"),
    ("a hurt table beside", hurt(database(WALK, more=BESIDE), -4096), "That database is damaged"),
    ("a name that is no text", database(WALK).replace(b"question", b"questi\xff\xff"), "database cannot be read"),
    ("another database", database(schema=["CREATE TABLE Habits (id)"]), "has no tables Habits and Repetitions"),
    (
        "views",
        database(schema=[f"CREATE VIEW {name} AS SELECT 1 AS id" for name in ("Habits", "Repetitions")]),
        "no tab",
    ),
    (
        "no names",
        database(schema=["CREATE TABLE Habits (id, freq_num, freq_den)", SCHEMA[1]]),
        "database has no column name",
    ),
    ("no stamps", database(schema=[SCHEMA[0], "CREATE TABLE Repetitions (habit, value)"]), "no column timestamp"),
    ("words for numbers", database(WALK, more=["UPDATE Habits SET freq_num = 'x'"]), "Habit 1.*: freq_num holds 'x'"),
    ("no target there", database(WALK, more=["UPDATE Habits SET target_value = 'x'"]), "target_value is not a number"),
    ("endless target there", database(WALK, more=["UPDATE Habits SET target_value = 9e999"]), "target_value is not"),
    ("a word for a value", database(WALK, more=["UPDATE Repetitions SET value = 'x'"]), "value holds 'x'"),
    ("a word for a day", database(WALK, more=["UPDATE Repetitions SET timestamp = 1.5"]), "timestamp holds '1.5'"),
    (
        "a value that fills the memory",
        database(
            schema=[
                *SCHEMA,
                "ALTER TABLE Habits ADD COLUMN big AS (zeroblob(2000000))",
                "INSERT INTO Habits (name, freq_num, freq_den) VALUES ('Walk', 1, 1)",
            ]
        ),
        "works some of its columns out",
    ),
]


@pytest.mark.parametrize(("data", "told"), [bad[1:] for bad in BAD], ids=[bad[0] for bad in BAD])
def test_one_sentence_names_the_place_and_nothing_is_written(
    coach: Coach, tmp_path: Path, data: bytes, told: str
) -> None:
    assert loop.is_of_loop(data)
    with pytest.raises(Refused, match=told) as refused:
        brought(coach, data)
    said = str(refused.value)
    assert said.isprintable() and len(said) < 300
    assert said.endswith(WAYS_OUT)
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


def test_a_small_zip_that_unpacks_without_end(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped while reading, also where the zip lies about its sizes and where no file alone is too large."""
    read: list[int] = []
    real = zipfile.ZipExtFile.read

    def counted(self: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
        data = real(self, n)
        read.append(len(data))
        return data

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    monkeypatch.setattr(loop_csv, "LARGEST", 100_000)
    line = "2026-11-02,NO,\n"
    for files in (
        files_of(WALK) | {"001 Walk/Checkmarks.csv": b"x" * 5_000_000},
        files_of(*[Kept(f"Walk {number}") for number in range(9)])
        | {f"{number:03} Walk {number - 1}/Checkmarks.csv": line * 1000 for number in range(1, 10)},
    ):
        read.clear()
        with pytest.raises(Refused, match="unpacks to more than"):
            brought(coach, zipped(files))
        assert sum(read) <= 100_001


@pytest.mark.parametrize(
    ("where", "name", "most", "data", "told"),
    [
        (loop_csv, "MOST_FILES", 1, exported(WALK), "more than 1 files"),
        (loop_csv, "MOST_HABITS", 1, exported(WALK, WALK), "more than 1 habits"),
        (loop_csv, "MOST_DAYS", 0, days("2026-11-02,NO\nand so on\n"), "more than 0 days"),
        (loop_csv, "MOST_HABITS", 0, listing("001,Walk,YES_NO,,,1,1,,,,,false\n002"), "more than 0 habits"),
        (loop_csv, "MOST_DAYS", 5, exported(WALK, WALK), "more than 5 days"),
        (loop_database, "MOST_HABITS", 1, database(WALK, WALK), "more than 1 lines"),
        (loop_database, "MOST_DAYS", 5, database(WALK, WALK), "more than 5 lines"),
    ],
    ids=["files", "zip habits", "zip days", "listed habits", "zip days in all", "database habits", "database days"],
)
def test_more_than_a_person_has(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, where: object, name: str, most: int, data: bytes, told: str
) -> None:
    monkeypatch.setattr(where, name, most)
    with pytest.raises(Refused, match=told):
        brought(coach, data)


def test_names_that_lead_elsewhere_write_nothing_there(
    coach: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is unpacked: the names of a zip are looked up in it and nowhere else."""
    monkeypatch.chdir(tmp_path)
    files: Files = {"../../Habits.csv": listed([WALK]), "../../001 ..\\..\\x/Checkmarks.csv": "2026-11-02,2\n"}
    files |= {"/etc/001 Walk/Checkmarks.csv": "2026-11-02,2\n", "../../001 /../../y/Checkmarks.csv": "x"}
    assert brought(coach, zipped(files)).days == 1
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


def test_a_database_that_says_more_lies_beside_it_is_read_without(coach: Coach, tmp_path: Path) -> None:
    data = database(WALK)
    assert brought(coach, data[:18] + b"\2\2" + data[20:]).days == 3
    path = tmp_path / "loop.db"
    for end in ("-journal", "-wal"):
        beside = Path(f"{path}{end}")
        beside.write_bytes(b"")
        loop.check_whole(str(path), data)
        beside.write_bytes(b"x")
        with pytest.raises(Refused, match=f"loop.db{end} shows that the database is not whole"):
            loop.check_whole(str(path), data)
        loop.check_whole(str(path), exported(WALK))
        beside.unlink()


def test_text_that_is_none_is_shown_as_far_as_it_goes(coach: Coach) -> None:
    data = database(WALK, more=["UPDATE Habits SET name = CAST(x'57616cff6b' AS TEXT)"])
    (fields,) = [fields for table, _, fields in brought(coach, data).books["plan"] if table == "habits"]
    assert fields["title"] == "Wal\ufffdk"


@pytest.mark.parametrize("made", [exported, database])
def test_files_with_bytes_changed_are_read_or_refused(made: Callable[..., bytes]) -> None:
    whole = made(WALK, Kept("Water", every_day("2026-11-01", (8000, 3)), numerical=True, target=8))
    read = loop_csv.habits_in if made is exported else loop_database.habits_in

    @settings(max_examples=150, deadline=None)
    @given(st.integers(0, len(whole) - 1), st.binary(max_size=8), st.integers(0, 8))
    def changed(at: int, new: bytes, gone: int) -> None:
        try:
            read(whole[:at] + new + whole[at + gone :], LeftOut())
        except Refused as refused:
            assert str(refused).isprintable()

    changed()


def test_only_what_looks_like_it_is_the_trackers() -> None:
    for data in (b"", b"{}", b'{"coach":1}', b'{"log":1', b"PK", b"SQLite", b"Position", b"\x00PK\x03\x04"):
        assert not loop.is_of_loop(data)
    with zipfile.ZipFile(io.BytesIO(zipped({}))) as empty:
        assert not empty.namelist()
    assert loop.is_of_loop(zipped({}))
