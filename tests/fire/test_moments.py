"""Prompts over jumping clocks and between racing processes: a slice of what `python -m tests.fire` tries."""

from __future__ import annotations

from pathlib import Path

from tests.fire import claims, moments


def test_each_comes_exactly_once_in_seven_zones_and_on_the_way(tmp_path: Path) -> None:
    outcome = moments.each_once(tmp_path, 0.1)
    assert outcome.held, outcome.told()
    assert outcome.figures.startswith("7 zones and a traveller: 1,")


def test_a_year_of_some_zones(tmp_path: Path) -> None:
    outcome = moments.every_zone(tmp_path, 0.002)
    assert outcome.held, outcome.told()


def test_four_processes_show_each_once(tmp_path: Path) -> None:
    outcome = claims.four_claim(tmp_path, 0.2)
    assert outcome.held, outcome.told()
    assert outcome.figures == "4 processes, 100 of 100 shown"
