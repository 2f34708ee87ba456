"""A paced breath stays gentle, whatever a pack or a key asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.errors import Refused
from coach.domain.practices import CUES, Do, Evidence, Phase, Practice


def paced(*phases: tuple[Do, float], minutes: int = 5) -> Practice:
    return Practice("test", "Test", "Why", tuple(Phase(do, seconds) for do, seconds in phases), Evidence("D", "None."))


EXT = paced(("in", 4.0), ("out", 6.0))
SIGH = paced(("in", 2.5), ("top_up", 1.0), ("out", 7.0), ("rest", 0.5))
BOX = paced(("in", 4.0), ("hold", 4.0), ("out", 4.0), ("hold", 4.0))


def test_minutes_become_whole_cycles_rounded_up() -> None:
    assert (EXT.cycles_for(5), SIGH.cycles_for(5), BOX.cycles_for(5)) == (30, 28, 19)
    assert EXT.cycles_for(0.01) == 1


@pytest.mark.parametrize(
    "phases",
    [
        [("in", 0.0), ("out", 6.0)],
        [("in", 4.25), ("out", 6.0)],
        [("in", 21.0), ("out", 6.0)],
        [("in", float("nan")), ("out", 6.0)],
        [("in", 4.0), ("hold", 7.5), ("out", 4.0)],
        [("in", 4.0), ("rest", 7.5), ("out", 4.0)],
        [("in", 1.0), ("out", 1.5)],
        [("in", 6.0), ("out", 8.0)],
        [("in", 7.0), ("hold", 7.0), ("out", 7.0)],
        [("in", 4.0)],
        [("out", 4.0)],
        [],
    ],
)
def test_a_breath_that_is_not_gentle_is_refused(phases: list[tuple[Do, float]]) -> None:
    with pytest.raises(Refused):
        paced(*phases)


def test_minutes_lie_between_shortest_and_longest() -> None:
    with pytest.raises(Refused):
        replace(EXT, minutes=11)
    with pytest.raises(Refused):
        replace(EXT, longest=61)


def test_no_cue_asks_for_a_deep_breath() -> None:
    assert CUES["top_up"] == "top up"
    assert not any("deep" in cue for cue in CUES.values())


def test_slower_stops_at_four_and_a_half_breaths_a_minute() -> None:
    practice = EXT
    while practice.slower() is not practice:
        practice = practice.slower()
    assert [phase.seconds for phase in practice.phases] == [5.5, 7.5]
    assert 60 / practice.cycle_seconds >= 4.5


def test_easier_leaves_holds_and_top_ups_alone() -> None:
    assert [phase.seconds for phase in SIGH.easier().phases] == [2.0, 1.0, 6.5, 0.5]
    assert SIGH.easier().easier() is SIGH.easier() or SIGH.easier().easier() == SIGH.easier()
    assert [phase.seconds for phase in BOX.slower().phases] == [4.5, 4.0, 4.5, 4.0]


@given(st.sampled_from([EXT, SIGH, BOX]), st.lists(st.booleans(), max_size=40))
def test_whatever_is_pressed_the_pace_stays_within_bounds(practice: Practice, presses: list[bool]) -> None:
    for slower in presses:
        practice = practice.slower() if slower else practice.easier()
        assert 3.0 <= practice.cycle_seconds <= (20.0 if practice.has_hold else 60 / 4.5)
        assert min(phase.seconds for phase in practice.phases if phase.do in ("in", "out")) >= 2.0
