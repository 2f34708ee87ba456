"""config.toml belongs to the person: one bad line costs one key, and writing keeps every other line."""

from __future__ import annotations

import os
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from coach.domain.settings import Settings
from coach.storage.settings import read_settings, write_settings

OWN = '''# my settings
theme = "dusk"  # "calm" # really
rooms = [
  # none yet
]
unknown = "kept"

[keys]
# hands off
breathe = "b,f5"  # by the pacer
hide = "f8"

[later]
text = """
[keys]
theme = "x"
"""
'''


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def written(path: Path, text: str, **changes: Any) -> str:
    path.write_text(text, newline="")
    write_settings(str(path), changes)
    return path.read_bytes().decode()


def test_each_key_that_cannot_be_used_is_named_and_the_rest_counts(path: Path) -> None:
    path.write_text('theme = 3\nclock = 13\nday_start = "25:00"\ncolour = "red"\nmotion = "none"\nreminders = 1\n')
    settings, problems = read_settings(str(path))
    assert settings == Settings(motion="none")
    assert len(problems) == 5
    for word in ("theme", "clock", "'25:00' is not a time such as 07:30", "unknown key 'colour'", "reminders"):
        assert any(word in problem and str(path) in problem for problem in problems), word


def test_a_room_that_is_not_there_closes_no_other(path: Path) -> None:
    path.write_text('rooms = ["garden", "urges", 3]\n')
    settings, problems = read_settings(str(path))
    assert settings.rooms == ("urges",)
    assert problems == [f"{path}: there is no room {room}. It was passed over." for room in ("'garden'", "3")]
    path.write_text('rooms = "urges"\n')
    assert len(read_settings(str(path))[1]) == 1


def test_a_missing_or_empty_file_is_all_defaults(path: Path) -> None:
    assert read_settings(str(path)) == (Settings(), [])
    path.write_text("")
    assert read_settings(str(path)) == (Settings(), [])


def test_a_file_that_is_no_toml_is_one_sentence(path: Path) -> None:
    for text in ("theme = \n", "[[[\n", "a = " + "[" * 5000, "\x00"):
        path.write_text(text)
        settings, problems = read_settings(str(path))
        assert settings == Settings()
        assert len(problems) == 1
        assert str(path) in problems[0]


def test_a_folder_in_its_place_is_one_sentence(path: Path) -> None:
    path.mkdir()
    assert len(read_settings(str(path))[1]) == 1


def test_writing_keeps_comments_and_what_nobody_knows(path: Path) -> None:
    text = written(path, OWN, theme="paper", rooms=("urges",), clock=12)
    assert text == OWN.replace('"dusk"', '"paper"').replace("[\n  # none yet\n]", '["urges"]').replace(
        'unknown = "kept"\n', 'unknown = "kept"\nclock = 12\n'
    )
    assert read_settings(str(path))[0].rooms == ("urges",)


def test_own_keys_are_written_one_by_one(path: Path) -> None:
    text = written(path, OWN, keys={"breathe": "f6", "go-today": "f1"})
    assert text == OWN.replace('"b,f5"', '"f6"').replace('hide = "f8"\n', 'go-today = "f1"\n')
    write_settings(str(path), {"keys": {}})
    assert read_settings(str(path))[0].keys == {}
    assert "# hands off" in path.read_text()


@pytest.mark.parametrize("own", ['keys.breathe = "f5"\n', 'keys = { breathe = "f5" }\n', '"keys".breathe = "f5"'])
def test_own_keys_in_any_spelling_become_a_table(path: Path, own: str) -> None:
    text = written(path, f'theme = "dusk"\n{own}', keys={"breathe": "f6"})
    assert text == 'theme = "dusk"\n\n[keys]\nbreathe = "f6"\n'


def test_times_are_short_text_and_any_text_comes_back(path: Path) -> None:
    assert written(path, "", day_start=time(5, 30)) == 'day_start = "05:30"\n'
    for name in ('a "b" \\', "tab\tnew\nline", "\x7f", "漢字"):
        write_settings(str(path), {"theme": name})
        assert read_settings(str(path))[0].theme == name


def test_the_first_key_of_a_file_with_only_a_table_goes_before_it(path: Path) -> None:
    assert written(path, "[keys]\r\nhide = 'f8'\r\n", theme="clear") == "theme = \"clear\"\n[keys]\r\nhide = 'f8'\r\n"


def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text('theme = "dusk"\n')
    os.symlink(real, path)
    write_settings(str(path), {"theme": "paper"})
    assert path.is_symlink()
    assert real.read_text() == 'theme = "paper"\n'
