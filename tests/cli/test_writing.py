"""journal and find: text comes from standard input, and stays where it belongs."""

from __future__ import annotations

import pytest

from tests.cli.running import Home

SECRET = "the green notebook under the stairs"


def test_an_entry_is_kept_whole(home: Home) -> None:
    saved = home.json("journal", "-", piped=f"first line\n\n{SECRET} äß\n")
    (record,) = home.json("list", "journal")["records"]
    assert (record["id"], record["text"]) == (saved["id"], f"first line\n\n{SECRET} äß")


def test_what_was_written_is_found_and_capitals_do_not_matter(home: Home) -> None:
    home.coach("journal", piped=f"One.\n{SECRET}")
    home.coach("add", "green tea")
    (hit,) = home.json("find", "-", piped="GREEN stairs\n")["hits"]
    assert hit["table"] == "journal"
    assert {hit["table"] for hit in home.json("find", "green")["hits"]} == {"journal", "items"}
    assert home.coach("find", "-", piped="nowhere").code == 3


@pytest.mark.parametrize("words", ["(7.5", "ab", "x:ab", "NÖTE", "te-b"])
def test_short_words_and_signs_are_found_too(home: Home, words: str) -> None:
    home.coach("journal", "-", piped="A nöte-book (7.5 cm) at x:ab")
    assert len(home.json("find", "-", piped=words)["hits"]) == 1


def test_words_of_the_journal_are_in_the_books_and_their_copies_only(home: Home) -> None:
    home.coach("journal", "-", piped=SECRET)
    home.coach("find", "-", piped=SECRET)
    home.coach("doctor")
    home.coach("status")
    home.coach("list", "journal")
    holding = {path.relative_to(home.path).parts[:2] for path in home.files() if SECRET in path.read_text()}
    assert holding == {("data", "books"), ("state", "mirror")}


@pytest.mark.parametrize("verb", ["journal", "add"])
def test_closed_input_is_one_sentence(home: Home, verb: str) -> None:
    said = home.coach(verb, "-")
    assert said.code == 2
    assert "Standard input is closed" in said.err


@pytest.mark.parametrize("verb", ["journal", "add", "find"])
def test_a_megabyte_is_refused_and_nothing_is_kept(home: Home, verb: str) -> None:
    said = home.coach(verb, "-", piped="word " * 210_000)
    assert said.code == 2
    assert "nothing was kept" in said.err
    assert not list(home.path.rglob("*.log"))


def test_empty_and_hostile_input(home: Home) -> None:
    assert home.coach("journal", "-", piped=" \n").code == 2
    assert home.coach("journal", "-", piped=b"\xff\xfe\x00 words \x1b[2J\xed\xa0\x80").code == 0
    (record,) = home.json("list", "journal")["records"]
    assert "words" in record["text"]
    assert "\x1b" not in record["text"]


def test_tags_are_found_whole_and_listed(home: Home) -> None:
    for line in ("walk #health", "run #health #out", "eat #healthy"):
        home.coach("add", line)
    assert [hit["text"].split("\n")[0] for hit in home.json("find", "#health")["hits"]] == ["run", "walk"]
    assert home.json("find", "#")["tags"] == [
        {"tag": "health", "count": 2},
        {"tag": "healthy", "count": 1},
        {"tag": "out", "count": 1},
    ]
    assert home.coach("find", "#heal").code == 3
