"""What of a text steers a terminal, and the ways to write it down that steer nothing."""

from __future__ import annotations

import json

import pytest

from coach.domain.text import harmless_json, in_words, steers

STEERING = (
    "\x1b\x00\x07\r\x7f\x80\x9b\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069\ufeff\ufff9"
)


@pytest.mark.parametrize("sign", [*STEERING, "\n", "\t", "\ud800"], ids=ascii)
def test_a_name_that_steers(sign: str) -> None:
    assert steers(f"2026-11{sign}.log")
    told = in_words(f"2026-11{sign}.log")
    assert told.isascii() and told.isprintable() and "2026-11\\" in told


@pytest.mark.parametrize("name", ["", "2026-11.log", "Notizen für März", "父 ☕ \u00a0", "👨\u200d👩\u200d👧"])
def test_a_name_in_any_script_stays(name: str) -> None:
    assert not steers(name)
    assert in_words(name) == name


@pytest.mark.parametrize("indent", [None, 1])
def test_json_that_steers_nothing_is_the_same_json(indent: int | None) -> None:
    data = {f"key{STEERING}": [STEERING, {"☕": 'é\n\t\\ " \\u202e'}], "plain": 1.5}
    text = harmless_json(json.dumps(data, ensure_ascii=False, indent=indent))
    assert not {sign for sign in STEERING if sign in text}
    assert json.loads(text) == data
    assert "☕" in text and "é" in text


def test_half_a_character_comes_back_from_json_too() -> None:
    text = harmless_json(json.dumps("\udcff", ensure_ascii=False))
    assert text == '"\\udcff"'
    assert json.loads(text) == "\udcff"
