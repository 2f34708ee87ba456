"""today, add, done, status and undo: what they print, keep and refuse."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cli.running import Home

ITEM = {"id", "title", "start", "minutes", "part", "state"}


def test_an_empty_day_says_one_thing_to_do(home: Home) -> None:
    said = home.coach("today")
    assert said.code == 0
    assert 'coach add "walk 07:30 30m"' in said.out
    empty = {"schema": 1, "day": "", "shape": "usual", "items": [], "habits": [], "next": None}
    assert home.json("today") | {"day": ""} == empty


def test_add_says_back_what_it_understood(home: Home) -> None:
    added = home.json("add", "walk 2026-12-01 07:30 30m")
    assert {key: added[key] for key in ("title", "date", "start", "minutes", "rule", "next")} == {
        "title": "walk",
        "date": "2026-12-01",
        "start": "07:30",
        "minutes": 30,
        "rule": None,
        "next": "2026-12-01T07:30:00",
    }
    assert added["reading"].startswith("walk")
    day = home.json("today", "--date", "2026-12-01")
    assert day["items"] == [
        {"id": added["id"], "title": "walk", "start": "07:30", "minutes": 30, "part": "morning", "state": "open"}
    ]


def test_a_near_day_may_be_named(home: Home) -> None:
    today = date.fromisoformat(home.json("today")["day"])
    for word, days in (("yesterday", -1), ("today", 0), ("Tomorrow", 1)):
        assert home.json("today", "--date", word)["day"] == (today + timedelta(days)).isoformat()


def test_a_dry_run_keeps_nothing(home: Home) -> None:
    assert home.json("add", "walk 07:30", "--dry-run")["id"] is None
    assert home.json("list", "items")["records"] == []


def test_add_reads_standard_input(home: Home) -> None:
    assert home.json("add", "-", piped="write the form\n")["title"] == "write the form"
    several = home.coach("add", "-", piped="one\ntwo\n")
    assert several.code == 2
    assert "One line at a time" in several.err


def test_done_takes_an_id_a_start_or_words(home: Home) -> None:
    day = (date.today() - timedelta(days=1)).isoformat()
    first = home.json("add", f"walk {day} 07:30")["id"]
    home.json("add", f"lunch with mum {day} 12:00")
    for ref in (first, "7:30", "wal"):
        assert home.json("done", ref, "--at", f"{day}T13:00") == {"schema": 1, "id": first, "saved": True}
        assert home.json("today", "--date", day)["items"][0]["state"] == "done"
        home.json("done", ref, "--at", f"{day}T13:00", "--undo")
        assert home.json("today", "--date", day)["items"][0]["state"] == "open"


def test_what_fits_twice_is_listed_and_nothing_is_ticked(home: Home) -> None:
    ids = {home.json("add", "ring mum 2026-12-01 10:00")["id"], home.json("add", "ring dad 2026-12-01 10:00")["id"]}
    for ref in ("ring", "10:00"):
        said = home.coach("done", ref, "--at", "2026-12-01T11:00")
        assert said.code == 2
        assert all(name in said.err for name in ids)
    assert {item["state"] for item in home.json("today", "--date", "2026-12-01")["items"]} == {"open"}


@pytest.mark.parametrize(("ref", "code"), [("nothing like this", 3), ("", 2), ("2611-0000", 3)])
def test_what_is_not_there_is_said(home: Home, ref: str, code: int) -> None:
    said = home.coach("done", ref)
    assert said.code == code
    assert said.err.startswith("coach: ")


def test_status_has_numbers_and_times_and_never_a_title(home: Home) -> None:
    home.coach("add", "secret thing")
    home.coach("add", "other thing")
    home.coach("done", "secret")
    assert home.coach("status").out == "1/2\n"
    assert (home.path / "state" / "status").read_text() == "1/2\n"
    assert set(home.json("status")) == {"schema", "day", "done", "total", "next"}


def test_undo_and_redo_say_what_they_did(home: Home) -> None:
    for words in (("undo",), ("undo", "--redo")):
        nothing = home.coach(*words)
        assert (nothing.code, nothing.err) == (3, f"coach: Nothing to {words[-1].strip('-')}.\n")
    home.coach("add", "walk")
    assert home.coach("undo").out == "Undone: added “walk”.\n"
    assert home.json("today")["items"] == []
    assert home.coach("undo", "--redo").out == "Repeated: added “walk”.\n"
    assert [set(item) for item in home.json("today")["items"]] == [ITEM]
    assert len(home.json("list", "items")["records"]) == 1


def test_markup_and_control_characters_are_only_text(home: Home) -> None:
    for nasty in ("[/x] [TODO]", "[@click=app.quit]", "$a", "a\x1b]52;c;eA==\x07b", "a\u202eb", "-- --"):
        home.coach("add", "-", piped=f"{nasty} 2026-12-01")
    printed = home.coach("today", "--date", "2026-12-01").out + home.coach("list", "items").out
    assert "[/x] [TODO]" in printed
    assert not {"\x1b", "\x07", "\u202e"} & set(printed)
