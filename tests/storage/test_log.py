"""What format 1 of a log takes in, and what it sets aside."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

import pytest

from coach.domain.errors import Refused
from coach.storage import log
from coach.storage.clock import LATEST_MS
from coach.storage.log import Change, Unread
from tests.storage.homes import NOVEMBER, change

READING = "0199c0ffee00-0000-laptop01"
CHANGE = Change(READING, "c1", (("items", "2611-a", {"title": "Tee ☕ 父", "order": 1.5, "steps": {"x": None}}),))


def line(payload: Any) -> bytes:
    data = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return blake2b(data, digest_size=8).hexdigest().encode() + b" " + data


def payload(**other: Any) -> dict[str, Any]:
    return {"v": 1, "h": READING, "c": "c1", "ops": [["items", "2611-a", {"title": "x"}]]} | other


def test_the_format_byte_for_byte() -> None:
    assert log.encode_head("laptop01", "2026-11") == b'{"log":1,"device":"laptop01","book":"2026-11","gen":1}\n'
    text = '{"v":1,"h":"%s","c":"c1","ops":[["items","2611-a",{"title":"Tee ☕ 父","order":1.5,"steps":{"x":null}}]]}'
    assert log.encode(CHANGE) == line((text % READING).encode()) + b"\n"
    assert log.decode(log.encode(CHANGE)[:-1]) == CHANGE


def test_a_flip_of_any_byte_is_noticed() -> None:
    whole = log.encode(CHANGE)[:-1]
    for index, byte in enumerate(whole):
        for flip in (1, 32, 128):
            found = log.decode(whole[:index] + bytes([byte ^ flip]) + whole[index + 1 :])
            assert isinstance(found, Unread) and found.why == "damaged", index
    for length in range(1, len(whole)):
        assert isinstance(log.decode(whole[:length]), Unread), length


@pytest.mark.parametrize("found", [b"", b'{"log":1,"device":"d","book":"plan","gen":1}', b'{"log":2}'])
def test_headers_and_empty_lines_say_nothing(found: bytes) -> None:
    assert log.decode(found) is None


def test_a_newer_line_names_its_records() -> None:
    ops = [["items", "2611-a", {}, "more"], ["goals", "p-b"], "odd"]
    assert log.decode(line(payload(v=2, ops=ops, h=7))) == Unread("newer", ("2611-a", "p-b"))
    assert log.decode(line(payload(v=9, ops={"other": 1}))) == Unread("newer")


def test_sealed_and_later_than_2100() -> None:
    assert log.decode(b"e1 QUdF") == Unread("sealed")
    assert log.decode(line(payload(h=f"{LATEST_MS:012x}-0000-d"))) == Unread("clock")
    assert log.decode(line(payload(h=f"{LATEST_MS - 1:012x}-0001-d"))) == Unread("clock")
    assert isinstance(log.decode(line(payload(h=f"{LATEST_MS - 1:012x}-0000-d"))), Change)


DAMAGED = {
    "not json": b"{",
    "a list": [1],
    "no v": {"h": READING, "c": "c", "ops": []},
    "v is true": payload(v=True),
    "v is nothing": payload(v=0),
    "no clock": payload(h="yesterday"),
    "no change id": payload(c=3),
    "operation of two": payload(ops=[["items", "2611-a"]]),
    "record id is a number": payload(ops=[["items", 3, {}]]),
    "fields are a list": payload(ops=[["items", "2611-a", []]]),
    "NaN": json.dumps(payload(ops=[["items", "2611-a", {"x": float("nan")}]])).encode(),
    "infinite": json.dumps(payload()).replace('"x"', "1e999").encode(),
    "five thousand digits": json.dumps(payload()).replace('"x"', "1" * 5000).encode(),
    "a number nobody counts to": json.dumps(payload()).replace('"x"', "1" * (log.MOST_DIGITS + 1)).encode(),
    "a table with an escape": payload(ops=[["items\x1b[2J", "2611-a", {}]]),
    "a record id in two lines": payload(ops=[["items", "2611-a\nAll is well.", {}]]),
    "a field that turns the line around": payload(ops=[["items", "2611-a", {"x": 1, "\u202ey": 1}]]),
    "a field nobody sees": payload(ops=[["items", "2611-a", {"\u200b": 1}]]),
    "a C1 control in a change id": payload(c="c\x9b1"),
    "a table of absurd length": payload(ops=[["t" * (log.LONGEST_NAME + 1), "2611-a", {}]]),
    "a record id of absurd length": payload(ops=[["items", "2611-" + "a" * log.LONGEST_NAME, {}]]),
    "a field of absurd length": payload(ops=[["items", "2611-a", {"f" * (log.LONGEST_NAME + 1): 1}]]),
    "a change id of absurd length": payload(c="c" * (log.LONGEST_NAME + 1)),
    "deep": json.dumps(payload()).replace('"x"', "[" * 900 + "]" * 900).encode(),
    "deeper than the parser": json.dumps(payload()).replace('"x"', "[" * 90_000 + "]" * 90_000).encode(),
    "half a character, escaped": json.dumps(payload()).replace('"x"', '"\\ud800"').encode(),
    "half a character, raw": json.dumps(payload()).encode().replace(b'"x"', b'"\xed\xa0\x80"'),
    "not utf-8": json.dumps(payload()).encode().replace(b'"x"', b'"\xff"'),
    "utf-16": json.dumps(payload()).encode("utf-16"),
    "zeros": bytes(64),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_right_checksum_is_not_enough(name: str) -> None:
    assert log.decode(line(DAMAGED[name])) == Unread("damaged")


def test_names_in_any_script_and_a_great_many_of_them() -> None:
    fields = {f"Feld {number} ☕ é\u00a0父": number for number in range(500)} | {"f" * log.LONGEST_NAME: -(10**38)}
    found = log.decode(line(payload(ops=[["Dinge", "2611-ü", fields]])))
    assert isinstance(found, Change) and found.operations == (("Dinge", "2611-ü", fields),)


def test_of_a_key_that_stands_twice_the_last_value_counts() -> None:
    found = log.decode(line(json.dumps(payload()).encode().replace(b'{"title": "x"}', b'{"title": "x", "title": "y"}')))
    assert isinstance(found, Change) and found.operations[0][2] == {"title": "y"}


def test_a_newer_line_names_only_what_can_be_a_name() -> None:
    ops = [["items", "2611-\x1b[2J"], ["items", "2611-" + "a" * log.LONGEST_NAME], ["items", "2611-a"]]
    assert log.decode(line(payload(v=2, ops=ops))) == Unread("newer", ("2611-a",))


def test_a_line_that_is_too_long() -> None:
    assert log.decode(line(payload(ops=[["items", "2611-a", {"x": "y" * log.LONGEST_LINE}]]))) == Unread("damaged")


REFUSED = ("\ud800", float("nan"), float("inf"), b"bytes", "y" * log.LONGEST_LINE, {1, 2})


@pytest.mark.parametrize("value", REFUSED, ids=lambda value: repr(value)[:12])
def test_what_cannot_be_kept_is_refused_with_a_sentence(value: Any) -> None:
    with pytest.raises(Refused, match=r"[A-Z].*\.$"):
        log.encode(Change(READING, "c1", (("items", "2611-a", {"title": value}),)))


def test_a_header_that_swallowed_the_first_line_is_no_header() -> None:
    head, first = log.encode_head("zz", NOVEMBER), log.encode(change(1, "zz", ("items", "2611-a", {"n": 1})))
    assert log.decode(head[:-1]) is None
    for glue in (b"\x01", b" ", b"}", b""):
        assert log.decode(head[:-1] + glue + first[:-1]) == Unread("damaged")
    assert log.decode(b'{"log":' + b"[" * 100_000) == Unread("damaged")
