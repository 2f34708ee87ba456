"""Choosing a country: kept whole and private, or not at all and said so."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from coach.domain.errors import NotFound, NotSaved
from coach.domain.helpnow import parse
from coach.paths import Paths
from coach.services.helpnow import HelpNow


def test_a_choice_is_kept_and_private(tmp_path: Path) -> None:
    paths = Paths(str(tmp_path / "home"))
    help_now = HelpNow(paths)
    assert parse(help_now.text()).code == ""
    help_now.choose("ie")
    assert parse(help_now.text()).country == "Ireland"
    assert parse(HelpNow(paths).text()).emergency == "112 or 999"
    assert stat.S_IMODE(os.stat(paths.crisis).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(paths.state).st_mode) == 0o700
    assert os.listdir(paths.state) == ["crisis.txt"]


def test_countries_come_by_name() -> None:
    names = [country.name for country in HelpNow(Paths("/nowhere")).countries()]
    assert names == sorted(names)
    assert len(names) >= 20


def test_a_country_without_numbers_is_refused(tmp_path: Path) -> None:
    help_now = HelpNow(Paths(str(tmp_path)))
    with pytest.raises(NotFound, match="'ZZ'"):
        help_now.choose("ZZ")
    assert not (tmp_path / "state").exists()


def test_a_choice_that_cannot_be_kept_says_so_and_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = Paths(str(tmp_path))
    help_now = HelpNow(paths)
    help_now.choose("IE")
    before = Path(paths.crisis).read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotSaved, match="No space left on device"):
        help_now.choose("US")
    assert Path(paths.crisis).read_bytes() == before
    assert os.listdir(paths.state) == ["crisis.txt"]
    assert parse(help_now.text_for("US")).emergency == "911"


def test_a_state_folder_that_is_a_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(NotSaved, match="could not be kept"):
        HelpNow(Paths(str(tmp_path))).choose("IE")


def test_an_older_text_is_brought_up_to_date(tmp_path: Path) -> None:
    paths = Paths(str(tmp_path))
    help_now = HelpNow(paths)
    assert not help_now.refresh()
    help_now.choose("IE")
    assert not help_now.refresh()
    file = Path(paths.crisis)
    file.write_text(file.read_text().replace("Stay until help comes.", "An older sentence."))
    assert help_now.refresh()
    assert "An older sentence." not in help_now.text()
    assert parse(help_now.text()).code == "IE"
