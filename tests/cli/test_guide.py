"""The guide that prints a breath: paced by the clock alone, on one line or a line for each phase."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest

from coach.bootstrap import build
from coach.cli.guide import Line, Phases, Walk
from coach.domain.practices import Practice
from coach.domain.session_clock import Course
from coach.paths import Paths
from tests.cli.hands import Hands


class Screen(io.StringIO):
    """A terminal for the line."""

    def isatty(self) -> bool:
        return True


def practice(name: str = "ext-4-6") -> Practice:
    return build(Paths("/nowhere")).practices.get(name)


@pytest.mark.parametrize("late", [0.0, 0.05])
def test_late_waking_adds_up_to_nothing(late: float) -> None:
    hands = Hands(late)
    walk = Walk(Course.plan(practice(), 10), hands.clock)
    begun = hands.reading
    walk.follow(Phases(io.StringIO()))
    assert hands.reading - begun == pytest.approx(603, abs=late + 0.001)
    assert (walk.seconds, walk.rounds) == (600, 60)
    assert hands.waits < 650, "about one a second is enough for words"
    walk.stop()
    hands.reading += 1.5
    assert walk.seconds == 600


def test_what_comes_after_the_end_is_not_counted() -> None:
    hands = Hands()

    def gone(reading: float) -> None:
        if reading > 120:
            raise OSError

    hands._ends = gone
    walk = Walk(Course.plan(practice(), 1), hands.clock)
    with pytest.raises(OSError):
        walk.follow(Phases(io.StringIO()))
    walk.stop()
    done = walk.seconds
    hands.reading += 1.5
    assert walk.seconds == done > 10


def test_time_that_stood_still_is_not_counted() -> None:
    """A stopped process, or a pipe nobody read for an hour, in the middle of a breath."""
    hands = Hands()

    def sleep_once(reading: float) -> None:
        if 110 < reading < 112:
            hands.reading += 3600

    hands._ends = sleep_once
    walk = Walk(Course.plan(practice(), 1), hands.clock)
    walk.follow(Phases(io.StringIO()))
    assert walk.seconds == 60
    assert 3600 < hands.reading - 100 < 3600 + 66


@pytest.mark.parametrize("unicode", [False, True])
def test_one_line_is_rewritten_only_when_it_differs(unicode: bool) -> None:
    out = Screen()
    Walk(Course.plan(practice("box-4"), 1), Hands().clock).follow(Line(out, unicode=unicode, moving=True))
    shown = [line.removesuffix("\x1b[K") for line in out.getvalue().split("\r")[1:]]
    assert "\n" not in out.getvalue()
    assert all(one != other for one, other in pairwise(shown))
    assert unicode or out.getvalue().isascii()
    assert unicode or "breathe in    3  [##........]  round 1 of 4" in shown
    assert max(map(len, shown)) < 50


def test_without_motion_there_are_words_and_seconds() -> None:
    out = Screen()
    Walk(Course.plan(practice(), 1), Hands().clock).follow(Line(out, unicode=False, moving=False))
    assert "[" not in out.getvalue().replace("\x1b[K", "")
    assert out.getvalue().count("\r") <= 3 + 60 + 1


@pytest.mark.parametrize("columns", [1, 20, 40])
def test_a_line_never_wraps(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setattr("coach.cli.guide._columns", lambda out: columns)
    out = Screen()
    Walk(Course.plan(practice(), 1), Hands().clock).follow(Line(out, unicode=True, moving=True))
    shown = [line.removesuffix("\x1b[K") for line in out.getvalue().split("\r")[1:]]
    assert max(map(len, shown)) <= max(1, columns - 1)
    assert all(one != other for one, other in pairwise(shown))
