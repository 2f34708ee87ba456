"""log: one line keeps what happened, and a value outside its scale is refused in one sentence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from coach.bootstrap import build
from coach.paths import Paths
from coach.storage import settings as stored_settings
from tests.cli.running import Home


def test_an_urge_needs_only_its_number(home: Home) -> None:
    saved = home.json("log", "craving", "7")
    assert set(saved) == {"schema", "id", "saved"}
    (record,) = home.json("list", "cravings")["records"]
    assert (record["id"], record["intensity"]) == (saved["id"], 7)
    assert {"at", "zone", "day"} <= set(record)


def test_its_room_opens_with_it(home: Home) -> None:
    home.coach("log", "craving", "7")
    assert 'rooms = ["urges"]' in (home.path / "config.toml").read_text()


def test_a_room_that_cannot_open_takes_nothing_back(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, changes: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("coach.services.settings.write_settings", refuse)
    assert stored_settings.write_settings is not refuse
    said = home.coach("log", "craving", "7")
    assert said.code == 0
    assert said.out == "Saved.\n"
    assert "stays closed" in said.err
    assert len(home.json("list", "cravings")["records"]) == 1


def test_what_else_can_be_said_with_it(home: Home) -> None:
    home.json(
        "log", "craving", "8", "--at", "2026-07-01T18:30", "--trigger", "tired", "--trigger", "rain", "--after", "3"
    )
    (record,) = home.json("list", "cravings", "--from", "2026-07-01", "--to", "2026-07-01")["records"]
    assert (record["day"], record["triggers"], record["after"]) == ("2026-07-01", ["tired", "rain"], 3)
    assert home.json("list", "cravings", "--from", "2026-07-02")["records"] == []


def test_a_summer_time_has_its_own_offset(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Dublin")
    (home.path).mkdir()
    (home.path / "config.toml").write_text('zone = "Europe/Dublin"\n')
    home.json("log", "mood", "5", "--at", "2026-07-01T18:30")
    home.json("log", "mood", "5", "--at", "2026-01-01T18:30")
    moments = {record["at"] for record in home.json("list", "moods")["records"]}
    assert moments == {"2026-07-01T18:30:00+01:00", "2026-01-01T18:30:00+00:00"}


def test_a_clock_with_only_an_offset_has_it_too(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Dublin")
    winter = datetime(2026, 11, 23, 12, tzinfo=UTC)
    moments = build(Paths(str(home.path)), lambda: winter.astimezone(timezone(timedelta(0)))).moments
    assert moments.read("2026-07-01T18:30").isoformat() == "2026-07-01T18:30:00+01:00"
    elsewhere = build(Paths(str(home.path)), lambda: winter.astimezone(timezone(timedelta(hours=5)))).moments
    assert elsewhere.read("2026-07-01T18:30").isoformat() == "2026-07-01T18:30:00+05:00"


def test_a_session_names_a_practice(home: Home) -> None:
    home.json("log", "session", "ext-4-6", "--seconds", "90", "--before", "6", "--after", "4")
    (record,) = home.json("list", "sessions")["records"]
    assert (record["practice"], record["seconds"], record["before"], record["after"]) == ("ext-4-6", 90, 6, 4)
    unknown = home.coach("log", "session", "nothing", "--seconds", "90")
    assert unknown.code == 3
    assert "ext-4-6" in unknown.err


@pytest.mark.parametrize(
    "words",
    [
        ("craving", "99"),
        ("craving", "-1"),
        ("craving", "x"),
        ("craving", "7.5"),
        ("craving", "9" * 5000),
        ("craving", "7", "--after", "11"),
        ("craving", "7", "--at", "25:00"),
        ("craving", "7", "--at", "2026-11-23"),
        ("craving", "7", "--at", "1999-01-01T10:00"),
        ("mood", "11"),
        ("session", "ext-4-6", "--seconds", "-5"),
        ("session", "ext-4-6", "--seconds", "86401"),
        ("session", "ext-4-6"),
        ("craving",),
        (),
        ("joy", "7"),
    ],
)
def test_a_value_outside_is_one_sentence_and_nothing_is_kept(home: Home, words: tuple[str, ...]) -> None:
    said = home.coach("log", *words)
    assert said.code == 2
    assert said.out == ""
    assert said.err.startswith("coach: ")
    assert said.err.count("\n") == 1
    assert not list(Path(home.path).rglob("*.log"))


def test_a_whole_day_of_practice_is_the_most(home: Home) -> None:
    assert home.coach("log", "session", "ext-4-6", "--seconds", "86400").code == 0
    assert "more than a day" in home.coach("log", "session", "ext-4-6", "--seconds", "86401").err


def test_a_room_that_is_off_is_not_named(home: Home) -> None:
    """Neither in the help nor in what is said about a word that is none."""
    for words in (("log", "--help"), ("log",), ("log", "joy"), ("log", "x (choose from"), ("log", "joy", "--json")):
        said = home.coach(*words)
        assert "mood" in said.out or said.code == 2
        told = (said.out + said.err).casefold()
        assert not any(word in told for word in ("craving", "urge", "choose from '")), said
    assert home.coach("log", "craving", "7").code == 0


def test_errors_are_json_too_when_json_was_asked_for(home: Home) -> None:
    for words in (("log", "craving", "99"), ("log", "craving", "x"), ("nothing",), ("list", "nothing")):
        said = home.coach(*words, "--json")
        assert said.code == 2
        assert set(said.json) == {"schema", "error"}
        assert said.json["error"] in said.err
