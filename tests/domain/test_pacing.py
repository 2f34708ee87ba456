"""Where a breath is depends on the elapsed time alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.pacing import FASTEST, at, next_change, quantise
from coach.domain.practices import Practice
from coach.domain.session_clock import LONGEST_PAUSE, Course, Stopwatch
from tests.domain.test_practices import BOX, EXT, SIGH

PRACTICES = st.sampled_from([EXT, SIGH, BOX, EXT.slower(), SIGH.easier()])
TIMES = st.floats(0, 700, allow_nan=False)
Pace = list[tuple[float, bool]]


def boundaries(practice: Practice, cycles: int) -> list[float]:
    found, moment = [], 0.0
    for _ in range(cycles):
        for phase in practice.phases:
            moment += phase.seconds
            found.append(moment)
    return found


@pytest.mark.parametrize(
    ("elapsed", "cue", "level", "number", "cycle"),
    [
        (0, "breathe in", 0.0, 4, 0),
        (2, "breathe in", 0.5, 2, 0),
        (3.999, "breathe in", 1.0, 1, 0),
        (4, "breathe out", 1.0, 6, 0),
        (9.5, "breathe out", 0.0, 1, 0),
        (10, "breathe in", 0.0, 4, 1),
    ],
)
def test_a_breath_moment_by_moment(elapsed: float, cue: str, level: float, number: int, cycle: int) -> None:
    moment = at(EXT, elapsed, 30)
    assert (moment.cue, moment.seconds_left, moment.cycle, moment.done) == (cue, number, cycle, False)
    assert moment.level == pytest.approx(level, abs=0.02)


def test_a_breath_is_topped_up_and_a_short_rest_shows_no_number() -> None:
    assert at(SIGH, 2.5, 3).cue == "top up"
    assert at(SIGH, 2.5, 3).level == pytest.approx(0.8)
    assert at(SIGH, 3.5, 3).level == pytest.approx(1.0)
    assert (at(SIGH, 10.5, 3).cue, at(SIGH, 10.5, 3).seconds_left) == ("rest", 0)


def test_it_ends_after_whole_cycles_and_stays_there() -> None:
    assert not at(EXT, 299.9, 30).done
    for late in (300.0, 1e6):
        moment = at(EXT, late, 30)
        assert (moment.done, moment.cycle, moment.elapsed, moment.left) == (True, 30, 300.0, 0.0)


@given(PRACTICES, TIMES, st.floats(0, 0.05))
def test_the_level_stays_within_bounds_and_never_jumps(practice: Practice, elapsed: float, step: float) -> None:
    before, after = at(practice, elapsed, 1000), at(practice, elapsed + step, 1000)
    assert 0 <= before.level <= 1
    assert abs(after.level - before.level) <= 1.58 / 1.0 * step + 1e-5


@settings(max_examples=60)
@given(PRACTICES, st.integers(0, 120), st.floats(0, 0.02), st.integers(1, 3))
def test_following_the_changes_meets_every_boundary_second_and_step(
    practice: Practice, steps: int, late: float, cycles: int
) -> None:
    total = cycles * practice.cycle_seconds
    elapsed, seen, boundary = 0.0, [], iter(boundaries(practice, cycles))
    edge = next(boundary)
    while elapsed < total:
        wait = next_change(practice, elapsed, steps)
        assert wait > 0
        assert elapsed + wait <= edge + 1e-5, "a boundary was passed over"
        shown = at(practice, elapsed, cycles)
        calm = at(practice, elapsed + max(0, wait - FASTEST - 1e-5), cycles)
        assert (shown.cue, shown.seconds_left) == (calm.cue, calm.seconds_left), "the words changed unseen"
        assert steps == 0 or abs(quantise(shown.level, steps) - quantise(calm.level, steps)) <= 1
        # A timer is late, never early; lateness does not add up, since the next wait comes from the clock.
        elapsed = min(edge, elapsed + wait + late) if elapsed + wait < edge - 1e-5 else elapsed + wait
        seen.append(elapsed)
        if elapsed >= edge - 1e-5 and elapsed < total - 1e-5:
            edge = next(boundary)
    assert at(practice, elapsed, cycles).done


def test_a_hold_wakes_only_for_its_seconds() -> None:
    assert [next_change(BOX, 4.0 + passed, 40) for passed in (0.0, 1.0, 2.25, 3.0)] == pytest.approx([1, 1, 0.75, 1])


def test_the_shape_never_asks_for_more_than_fifteen_updates_a_second() -> None:
    elapsed, count = 0.0, 0
    while elapsed < 4:
        elapsed += next_change(EXT, elapsed, 10_000)
        count += 1
    assert count <= 4 * 15 + 5


@given(PRACTICES, st.lists(st.tuples(st.floats(0.1, 40), st.booleans()), max_size=8), st.lists(TIMES, max_size=8))
def test_a_change_of_pace_waits_for_the_next_cycle_and_cycles_stay_whole(
    practice: Practice, presses: Pace, times: list[float]
) -> None:
    course, elapsed = Course.plan(practice, 5), 0.0
    for wait, slower in presses:
        elapsed += wait
        past = [course.at(moment) for moment in times if moment < elapsed]
        before = course.at(elapsed)
        course = course.repaced(Practice.slower if slower else Practice.easier, elapsed)
        after = course.at(elapsed)
        assert (before.cue, before.level, before.cycle) == (after.cue, after.level, after.cycle)
        kept = [course.at(moment) for moment in times if moment < elapsed]
        assert [(m.cue, m.level, m.cycle) for m in past] == [(m.cue, m.level, m.cycle) for m in kept]
    assert 300 - 1e-6 <= course.total < 300 + course.chosen.cycle_seconds
    end = course.at(course.total)
    assert (end.done, end.cycle) == (True, course.cycles)
    assert not course.at(course.total - 0.01).done


def test_a_new_pace_begins_with_the_next_cycle() -> None:
    course = Course.plan(EXT, 5).repaced(Practice.slower, 12).repaced(Practice.slower, 13)
    assert course.at(19.9).cue == "breathe out"
    assert course.at(20).cycle == 2
    assert course.at(24.9).cue == "breathe in"
    assert course.at(25.1).cue == "breathe out"
    assert course.at(31.9).cycle == 2 and course.at(32.1).cycle == 3


def test_a_stopwatch_keeps_its_place_while_paused() -> None:
    watch = Stopwatch(-3.0).start(100)
    assert watch.elapsed(101.5) == -1.5
    watch = watch.pause(101.5)
    assert watch.elapsed(5000) == -1.5
    assert watch.start(200).elapsed(200.5) == -1.0


def test_time_slept_through_is_not_counted_and_pauses() -> None:
    watch = Stopwatch().start(100).read(101).read(101.9)
    assert watch.elapsed(500) == pytest.approx(1.9)
    watch = watch.read(500)
    assert not watch.running
    assert watch.elapsed(501) == pytest.approx(1.9)
    assert Stopwatch().start(0).read(1.9).running


def test_a_long_pause_ends_it() -> None:
    watch = Stopwatch().start(0).read(1).pause(2)
    assert not watch.given_up(2 + LONGEST_PAUSE - 1)
    assert watch.given_up(2 + LONGEST_PAUSE)
    assert Stopwatch().start(0).read(1).read(1 + LONGEST_PAUSE + 1).given_up(1 + LONGEST_PAUSE + 1)
