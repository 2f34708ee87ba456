"""doctor, paths, keys and crisis: what is said when something needs looking after."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.paths import Paths
from coach.services.helpnow import HelpNow
from coach.storage import log
from tests.cli.running import Home


def append(home: Home, line: bytes) -> Path:
    (path,) = home.path.glob("data/books/*/*.log")
    path.write_bytes(path.read_bytes() + line + b"\n")
    return path


def another_line(home: Home, **changed: object) -> bytes:
    """The last line once more, as another change, with these keys changed."""
    (path,) = home.path.glob("data/books/*/*.log")
    change = json.loads(path.read_bytes().splitlines()[-1][17:])
    payload = json.dumps(change | {"c": "another"} | changed).encode()
    return log._checksum(payload) + b" " + payload


def test_all_is_well_in_a_new_home_and_in_a_used_one(home: Home) -> None:
    assert home.coach("doctor").code == 0
    home.coach("log", "mood", "5")
    found = home.json("doctor")
    assert (found["ok"], found["records"], found["damaged_lines"]) == (True, 1, 0)
    assert found["tables"] == {"moods": 1}


def test_a_line_of_a_newer_coach_is_kept_and_everything_else_works(home: Home) -> None:
    home.coach("log", "mood", "5")
    append(home, another_line(home, v=2))
    found = home.json("doctor")
    assert (found["ok"], found["newer_lines"]) == (True, 1)
    assert home.coach("log", "mood", "6").code == 0
    assert home.coach("export").code == 0
    assert home.coach("crisis").code == 0


def _a_wrong_key(home: Home) -> None:
    (home.path / "config.toml").write_text("colour = 3\n")


def _a_wrong_practice(home: Home) -> None:
    (home.path / "practices").mkdir()
    (home.path / "practices" / "colour.toml").write_text("schema = 1\n")


def _a_file_for_a_folder(home: Home) -> None:
    (home.path / "data").write_text("colour")


def _a_country_nobody_knows(home: Home) -> None:
    (home.path / "config.toml").write_text('country = "XQ"\n')


def _a_country_that_is_not_shown(home: Home) -> None:
    (home.path / "config.toml").write_text('country = "IE"\n')


def _another_country_than_is_shown(home: Home) -> None:
    _a_country_that_is_not_shown(home)
    HelpNow(Paths(str(home.path))).choose("FI")


@pytest.mark.parametrize(
    ("harm", "named"),
    [
        (_a_wrong_key, "config.toml"),
        (_a_wrong_practice, "practices/colour.toml"),
        (_a_file_for_a_folder, "/data is not a folder. Name a folder with --home."),
        (_a_country_nobody_knows, "No numbers are known for the country 'XQ'"),
        (_a_country_that_is_not_shown, "Help now shows no country's numbers, and the settings say 'IE'"),
        (_another_country_than_is_shown, "Help now shows Finland, and the settings say 'IE'"),
    ],
)
def test_whatever_is_to_be_mended_is_a_note_and_an_exit_code(
    home: Home, harm: Callable[[Home], None], named: str
) -> None:
    home.path.mkdir()
    harm(home)
    said = home.coach("doctor")
    assert said.code == 4
    assert said.out.startswith("Something needs looking after.")
    found = home.coach("doctor", "--json").json
    assert found["ok"] is False
    (note,) = found["notes"]
    assert named in note
    assert note in said.out


def test_a_country_that_help_now_shows_is_well(home: Home) -> None:
    home.path.mkdir()
    _a_country_that_is_not_shown(home)
    HelpNow(Paths(str(home.path))).choose("IE")
    assert home.json("doctor")["notes"] == []


def test_a_zone_nobody_knows_is_to_be_mended(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "No/Where")
    assert home.coach("doctor").code == 4


def test_files_others_can_read_are_told(home: Home) -> None:
    home.path = home.path.with_name("a home; of mine")
    home.coach("log", "mood", "5")
    append(home, b"").chmod(0o644)
    assert home.coach("doctor").code == 0, "nobody comes past the folder"
    (home.path / "data").chmod(0o711)
    said = home.coach("doctor")
    assert said.code == 4
    places = f"'{home.path / 'data'}' '{home.path / 'state'}'"
    assert f"\n  2 files can be read by others on this computer. chmod -R go= {places} ends that.\n" in said.out


def test_paths_are_those_of_the_home(home: Home) -> None:
    places = home.json("paths")
    assert places == {
        "schema": 1,
        "data": str(home.path / "data"),
        "state": str(home.path / "state"),
        "config": str(home.path / "config.toml"),
    }
    assert not home.path.exists()


def test_keys_are_as_they_are_set_now(home: Home) -> None:
    home.path.mkdir()
    (home.path / "config.toml").write_text('[keys]\nbreathe = "f5"\n')
    keys = {line["id"]: line for line in home.json("keys")["keys"]}
    assert keys["breathe"]["keys"] == "f5"
    assert "!" in keys["help-now"]["keys"]
    assert keys["breathe"]["where"] == "everywhere"
    assert "note-urge" not in keys
    assert "Urge" not in home.coach("keys").out


def test_keys_of_a_room_come_with_it(home: Home) -> None:
    home.coach("log", "craving", "7")
    assert "note-urge" in {line["id"] for line in home.json("keys")["keys"]}
