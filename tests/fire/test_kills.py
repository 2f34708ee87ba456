"""Writers killed at any moment, a few dozen times; and the witness, which must be able to complain."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from tests.fire import healing, kills
from tests.fire.trial import Trial
from tests.fire.witness import Witness
from tests.storage.homes import open_store, put


@pytest.mark.parametrize("trial", [kills.one_writer, kills.four_writers])
def test_killed_at_any_moment_nothing_acknowledged_is_lost(tmp_path: Path, trial: Trial) -> None:
    outcome = trial(tmp_path, 0.03)
    assert outcome.held, outcome.told()
    assert outcome.figures.startswith("30 kills, ")


def test_killed_while_it_mends_a_home_loses_nothing(tmp_path: Path) -> None:
    outcome = healing.killed_while_healing(tmp_path, 0.05)
    assert outcome.held, outcome.told()


LIFE: list[list[Any]] = [
    *(["found", {}], ["try", {"r": [1, 0], "s": [1, 0]}, 1.0], ["ok", 2.0]),
    *(["try", {"r": None}, 3.0], ["ok", 4.0], ["try", {"s": [2, 0], "t": [2, 0]}, 5.0]),
]


@pytest.mark.parametrize("found", [{"s": [1, 0]}, {"s": [2, 0], "t": [2, 0]}], ids=["absent", "whole"])
def test_what_a_writer_was_busy_with_may_be_there_whole_or_not_and_stays_so(found: dict[str, list[int]]) -> None:
    witness = Witness("a")
    witness.hear("a", LIFE)
    witness.compare("a", found)
    witness.compare("a", found)
    assert witness.bad == []
    assert witness.acknowledged == 2
    witness.compare("a", {"s": [3, 0]})
    assert witness.bad


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({}, "not whole"),
        ({"s": [2, 0]}, "not whole"),
        ({"r": [1, 0], "s": [1, 0]}, "a: r is there: it was deleted"),
        ({"s": [1, 0], "x": [1, 0]}, "a: x is there: nobody made it"),
    ],
)
def test_the_witness_complains(found: dict[str, list[int]], told: str) -> None:
    witness = Witness("a")
    witness.hear("a", LIFE)
    witness.compare("a", found)
    assert any(told in bad for bad in witness.bad)


def test_the_witness_notices_what_came_too_late(tmp_path: Path) -> None:
    """The value all of them write must not be one that another acknowledged change came after."""
    store = open_store(tmp_path)
    put(store, "shared", "2611-shared0", a=1, b=1, last="a1")
    witness = Witness("ab")
    for writer, begun in (("a", 1.0), ("b", 3.0)):
        witness.hear(writer, [["found", {}], ["try", {f"2611-shared0.{writer}": [1]}, begun], ["ok", begun + 1]])
    witness.look(store)
    assert witness.bad == ["2611-shared0 is 'a1', though b1 came after it"]


@pytest.mark.parametrize(("first", "second"), [("1", "2"), ("2", "1")])
def test_the_witness_notices_a_later_change_that_would_lose(first: str, second: str) -> None:
    witness = Witness("ab")
    for writer, begun in (("a", 1.0), ("b", 3.0)):
        witness.hear(writer, [["found", {}], ["try", {f"2611-shared0.{writer}": [1]}, begun], ["ok", begun + 1]])
    witness.order({("2611-shared0", "a1"): (first, ""), ("2611-shared0", "b1"): (second, "")})
    told = ["2611-shared0: b1 loses to a change that was over before it began"]
    assert witness.bad == (told if first > second else [])


def test_a_number_that_a_death_left_unused_may_be_used_again() -> None:
    witness = Witness("ab")
    mark = {"2611-shared0.a": [1]}
    witness.hear("a", [["found", {}], ["try", mark, 1.0]])
    begun = time.monotonic() + 1
    witness.hear("b", [["found", {}], ["try", {"2611-shared0.b": [1]}, begun], ["ok", begun + 1]])
    witness.hear("a", [["found", {}], ["try", mark, begun + 2], ["ok", begun + 3]])
    witness.order({("2611-shared0", "b1"): ("1", ""), ("2611-shared0", "a1"): ("2", "")})
    assert witness.bad == []
