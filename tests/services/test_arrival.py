"""Who was here when, over the real store: the first start of a day, days unseen, yesterday, and the first week."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.domain.errors import NotSaved
from tests.services.clock import TODAY, Watch, add, coach_at, lines, written
from tests.ui.started import fill_the_disk


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def coach(tmp_path: Path, watch: Watch) -> Coach:
    return coach_at(tmp_path, watch)


def test_the_first_start_of_a_day_is_kept_and_undo_never_touches_it(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    assert coach.days.arrive() == 0
    assert coach.days.shape(TODAY).seen == watch.now
    assert coach.undo.undo() == "Nothing to undo."
    for at in (coach, coach_at(tmp_path, watch)):
        before = written(tmp_path)
        assert at.days.arrive() == 0
        assert written(tmp_path) == before, "once a day is enough"


@pytest.mark.parametrize(("days", "away"), [(1, 0), (2, 1), (3, 2), (6, 5), (31, 30), (400, 399)], ids=str)
def test_how_many_whole_days_nobody_was_here(tmp_path: Path, watch: Watch, days: int, away: int) -> None:
    before = Watch()
    before.now = watch.now - timedelta(days=days)
    coach_at(tmp_path, before).days.arrive()
    assert coach_at(tmp_path, watch).days.arrive() == away
    assert coach_at(tmp_path, watch).days.arrive() == 0, "it is asked once a day"


def test_a_command_is_a_trace_and_a_plan_ahead_is_none(tmp_path: Path, watch: Watch) -> None:
    begun = Watch()
    begun.now = watch.now - timedelta(days=9)
    early = coach_at(tmp_path, begun)
    early.days.arrive()
    journey = early.items.add(early.items.read("clinic 21 nov 10:00"))
    early.items.mark(journey.id, TODAY - timedelta(days=2), "excused", reason="away")
    begun.now = watch.now - timedelta(days=4)
    coach_at(tmp_path, begun).moods.log(6)
    assert coach_at(tmp_path, watch).days.arrive() == 3


def test_what_was_noted_today_or_planned_for_a_later_month_hides_no_days(tmp_path: Path, watch: Watch) -> None:
    begun = Watch()
    begun.now = watch.now - timedelta(days=12)
    add(coach_at(tmp_path, begun), "dentist 14 dec 10:00")
    begun.now = watch.now - timedelta(days=6)
    coach_at(tmp_path, begun).moods.log(6)
    coach = coach_at(tmp_path, watch)
    coach.moods.log(7)
    assert coach.days.arrive() == 5


def test_the_first_week_may_begin_in_another_month(tmp_path: Path, watch: Watch) -> None:
    watch.now += timedelta(days=6)
    coach_at(tmp_path, watch).days.arrive()
    watch.now += timedelta(days=6)
    coach = coach_at(tmp_path, watch)
    assert (coach.items.today().month, coach.days.is_first_week()) == (12, True)


def test_what_was_done_yesterday_and_the_first_week(tmp_path: Path, watch: Watch) -> None:
    watch.now -= timedelta(days=1)
    early = coach_at(tmp_path, watch)
    walk, half, post = add(early, "walk 11:00"), add(early, "read"), add(early, "post it")
    early.items.mark(walk.id, early.items.today(), "done")
    early.items.mark(half.id, early.items.today(), "part")
    early.items.mark(post.id, early.items.today(), "excused")
    watch.now += timedelta(days=1)
    days = coach_at(tmp_path, watch).days
    assert (days.done_yesterday(), days.is_first_week()) == (("walk", "read"), True)
    watch.now += timedelta(days=5)
    assert coach_at(tmp_path, watch).days.is_first_week()
    watch.now += timedelta(days=1)
    assert not coach_at(tmp_path, watch).days.is_first_week()


def test_what_was_noted_of_long_ago_ends_no_first_week(tmp_path: Path, watch: Watch) -> None:
    """The first day with coach is one, also for whoever brings ten years along."""
    coach = coach_at(tmp_path, watch)
    habit = coach.habits.add("walk")
    coach.habits.mark(habit.id, TODAY - timedelta(days=34), "done")
    walk = add(coach, "walk 11:00")
    coach.items.mark(walk.id, TODAY, "done", watch.now - timedelta(days=400))
    assert coach.days.is_first_week()
    coach.days.arrive()
    watch.now += timedelta(days=7)
    assert not coach_at(tmp_path, watch).days.is_first_week()


def test_on_a_full_disk_nobody_is_told_twice_and_nothing_stops(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, watch: Watch
) -> None:
    early = Watch()
    early.now = watch.now - timedelta(days=3)
    coach_at(tmp_path, early).days.arrive()
    planned = coach_at(tmp_path, early)
    planned.items.add(planned.items.read("walk 23 nov 11:00"))
    before, bytes_before = lines(coach), written(tmp_path)
    with monkeypatch.context() as patch:
        fill_the_disk(patch)
        assert coach.days.arrive() == 2
        assert coach.days.arrive() == 0, "in this program it is known"
        with pytest.raises(NotSaved):
            coach.days.choose(TODAY, "low")
    assert (lines(coach), written(tmp_path)) == (before, bytes_before)
    assert coach_at(tmp_path, watch).days.arrive() == 2
