"""Files that are no exports, or hold what nobody could keep: one sentence that names the place, nothing written."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from coach.domain.errors import Refused
from coach.exchange import importing
from coach.exchange.importing import FIELDS_DEPTH, take_in
from coach.storage import log
from tests.storage.homes import change, open_store, visible


def holding(record: str, table: str = "items", name: str = "2611-a") -> str:
    """An export with a good record before and after the one in question."""
    good = '{"title":"good"}'
    items = f'"2611-0":{good},{json.dumps(name)}:{record},"2611-z":{good}'
    return f'{{"coach":1,"exported":"x","tables":{{"goals":{{"p-a":{good}}},{json.dumps(table)}:{{{items}}}}}}}'


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


FIELD = "tables.items.2611-a.x"
BAD: list[tuple[str, str]] = [
    ("", "no JSON that can be read: .* line 1, column 1"),
    ('{"coach":1,\n"tables":', "line 2"),
    ("[]", "at the top: something else"),
    ("7", "at the top: something else"),
    ("NaN", "at the top: NaN is not a number"),
    ('{"tables":{}}', "not what coach export writes"),
    ('{"coach":1}', "not what coach export writes"),
    ('{"_default":{"1":{"a":1}}}', "not what coach export writes"),
    ('{"coach":2,"tables":{"new":[]}}', "A newer coach"),
    ('{"coach":"1","tables":{}}', "coach: that is not the number"),
    ('{"coach":true,"tables":{}}', "coach: that is not the number"),
    ('{"coach":-1,"tables":{}}', "coach: that is not the number"),
    ('{"coach":1e999,"tables":{}}', "coach: that is not the number"),
    ('{"coach":1,"coach":1,"tables":{}}', "at the top: the name coach stands there twice"),
    ('{"coach":1,"tables":[]}', "tables: something else"),
    ('{"coach":1,"tables":{"items":[]}}', "tables.items: something else"),
    ('{"coach":1,"tables":{"items":{},"items":{}}}', "tables: the name items stands there twice"),
    ('{"coach":1,"tables":{"items":{"2611-a":{},"2611-a":{}}}}', "tables.items: the name 2611-a stands there twice"),
    (log.encode_head("zz", "plan").decode(), "coach merge takes it in"),
    (holding("[]"), "tables.items.2611-a: a record is a table"),
    (holding("null"), "tables.items.2611-a: a record is a table"),
    (holding('{"x":1,"x":2}'), "tables.items.2611-a: the name x stands there twice"),
    (holding('{"x":{"y":1,"y":2}}'), f"{FIELD}: the name y stands there twice"),
    (holding('{"x":NaN}'), f"{FIELD}: NaN is not a number"),
    (holding('{"x":[0,-Infinity]}'), f"{FIELD}.2: -Infinity is not a number"),
    (holding('{"x":1e999}'), f"{FIELD}: a number is too large"),
    (holding(f'{{"x":{{"y":{"9" * 5000}}}}}'), f"{FIELD}.y: a whole number has more than 40 digits"),
    (holding(f'{{"x":{nested(FIELDS_DEPTH)}}}'), "too many lists and tables within each other"),
    (holding(f'{{"x":{nested(100_000)}}}'), "without end"),
    (holding('{"x":"\\ud800"}'), f"{FIELD}: there is half a character"),
    (holding('{"x":{"\\udfff":1}}'), r"2611-a\.x\..*: there is half a character"),
    (holding('{"_gone":false}'), "tables.items.2611-a._gone: there is a _gone"),
    (holding('{"x":{"_gone":true}}'), f"{FIELD}: there is a _gone"),
    (holding('{"x":{"_gone":1.0}}'), f"{FIELD}: there is a _gone"),
    (holding('{"x":{"y":{"_gone":true}}}'), f"{FIELD}: there is a _gone"),
    (holding('{"x":{"_gone":0,"y":1}}'), f"{FIELD}: there is a _gone"),
    (holding('{"a\\u001bb":1}'), r"2611-a\.'a\\x1bb': a name is empty, holds odd signs"),
    (holding(json.dumps({"x" * 201: 1})), r"2611-a\.x{60}\.\.\.: a name is"),
    (holding("{}", name=""), r"tables\.items\.: a name is empty"),
    (holding("{}", name="2611-" + "x" * 300), r"tables\.items\.2611-x+\.\.\.: a name is"),
    (holding("{}", name="2611-\u202e"), r"tables\.items\.'2611-\\u202e': a name is"),
    (holding("{}", table=""), r"tables\.: a name is empty"),
    (holding("{}", table="t" * 201), r"tables\.t+\.\.\.: a name is"),
    (holding(json.dumps({"x": "a" * 1_000_000})), "tables.items.2611-a: a value is longer"),
]


@pytest.mark.parametrize(("text", "told"), BAD, ids=[f"{number}" for number in range(len(BAD))])
def test_one_sentence_names_the_place_and_nothing_is_written(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(Refused, match=told) as refused:
        take_in(open_store(tmp_path / "home"), text.encode())
    said = str(refused.value)
    assert said.isprintable() and len(said) < 500
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("data", [b"\xff\xfe{}", b"PK\x03\x04" + bytes(99), b'{"coach":1,"tables":{"a\xff":{}}}'])
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Refused, match="Nothing was taken in"):
        take_in(open_store(tmp_path / "home"), data)


def test_too_large_a_file_is_refused_before_it_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "LARGEST", 100)
    endless = io.BytesIO(b" " * 1000)
    with pytest.raises(Refused, match="larger than"):
        importing.read(endless)
    assert endless.tell() == 101
    assert importing.read(io.BytesIO(b" " * 100)) == b" " * 100


@pytest.mark.parametrize(
    "fields",
    [
        {"x": json.loads(nested(FIELDS_DEPTH - 1))},
        {"x": int("9" * 40)},
        {"x": {"y": {"z": {"_gone": True}}}},
        {"x": [{"_gone": True}]},
        {"x": "\x00\x1b[2J\u202e"},
        {"x" * 200: 1, "": 2},
    ],
)
def test_what_is_just_possible_is_kept(tmp_path: Path, fields: Any) -> None:
    take_in(open_store(tmp_path), holding(json.dumps(fields)).encode())
    assert visible(open_store(tmp_path))["items"]["2611-a"] == fields


def test_the_limits_are_those_of_every_reader() -> None:
    """One level more than the import allows is one that no reader takes."""
    for depth, kept in ((FIELDS_DEPTH - 1, True), (FIELDS_DEPTH, False)):
        line = log.encode(change(1, "zz", ("items", "2611-a", {"x": json.loads(nested(depth))})))
        assert isinstance(log.decode(line[:-1]), log.Change) is kept


def test_a_mark_of_bytes_at_the_start_is_passed_over(tmp_path: Path) -> None:
    take_in(open_store(tmp_path), b"\xef\xbb\xbf" + holding("{}").encode())
    assert visible(open_store(tmp_path))["items"]["2611-a"] == {}
