"""quiet: for a while nothing is told, and every process heeds it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from coach.bootstrap import build
from coach.paths import Paths
from tests.cli.running import Home


def test_quiet_for_a_while_and_off_again(home: Home) -> None:
    assert home.coach("quiet").out == "Reminders come as usual.\n"
    before = datetime.now().astimezone().replace(microsecond=0)
    until = datetime.fromisoformat(home.json("quiet", "2h")["until"])
    assert timedelta(hours=2) <= until - before < timedelta(hours=2, minutes=1)
    assert datetime.fromisoformat(home.json("quiet")["until"]) == until
    said = home.coach("quiet").out
    assert said.startswith(f"Quiet until {until:%H:%M}")
    assert said.endswith(". coach quiet off ends it.\n")
    assert build(Paths(str(home.path))).quiet.limits().until == until
    assert home.json("quiet", "off")["until"] is None
    assert home.coach("quiet", "off").out == "Reminders come as usual.\n"
    assert not (home.path / "state" / "quiet").exists()


def test_several_words_are_one_length(home: Home) -> None:
    until = datetime.fromisoformat(home.json("quiet", "1", "h", "30", "min")["until"])
    assert timedelta(minutes=89) < until - datetime.now().astimezone() <= timedelta(minutes=90)


@pytest.mark.parametrize("words", ["soon", "0m", "25h"])
def test_what_is_no_length_is_refused(home: Home, words: str) -> None:
    assert home.coach("quiet", words).code == 2
    assert not (home.path / "state" / "quiet").exists()
