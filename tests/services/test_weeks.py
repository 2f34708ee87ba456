"""A week at a glance over the real store: its days, its areas, and what matters to the person."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.domain.balance import Share
from coach.domain.habits import Target
from tests.services.clock import TODAY, Watch, add, coach_at


@pytest.mark.parametrize(
    ("starts", "first"),
    [("monday", date(2026, 11, 23)), ("saturday", date(2026, 11, 21)), ("sunday", date(2026, 11, 22))],
)
def test_a_week_begins_as_the_settings_say(tmp_path: Path, starts: str, first: date) -> None:
    coach = coach_at(tmp_path, Watch(), f'week_starts = "{starts}"\n')
    for days in range(7):
        week = coach.weeks.view(first + timedelta(days=days))
        assert (week.first, week.last, len(week.days)) == (first, first + timedelta(days=6), 7)
    assert coach.weeks.view(first - timedelta(days=1)).last < first


def test_what_counts_for_an_area(coach: Coach) -> None:
    walk = add(coach, "walk 12:00 30m every day #health")
    coach.items.mark(walk.id, TODAY, "done")
    add(coach, "post the letter")
    week = coach.weeks.view(TODAY)
    assert week.balance.shares == (Share("health", 7, 1, 210),)
    assert week.balance.unsaid.planned == 1
    assert week.balance.sentence == "Most of this week is Health and body."
    coach.areas.set_importance("family", 4)
    assert "Family" not in coach.weeks.view(TODAY).balance.sentence, "what matters little is not named"
    coach.areas.set_importance("friends", 8)
    assert coach.weeks.view(TODAY).balance.sentence == "Most of this week is Health and body; Friends has nothing yet."
    coach.areas.set_importance("health", 10)
    coach.areas.set_importance("home", 9)
    assert coach.weeks.view(TODAY).balance.sentence == "Most of this week is Health and body; Home has nothing yet."
    coach.items.remove(walk.id)
    assert coach.weeks.view(TODAY).balance.sentence == ""


def test_habits_and_goals_lend_their_area(coach: Coach) -> None:
    goal = coach.goals.add("Back to college", "find the form")
    coach.goals.change(goal.id, area="learning")
    assert coach.weeks.view(TODAY).balance.sentence == ""
    step = goal.in_order()[0][0]
    coach.goals.steps.put_on_day(goal.id, step, TODAY)
    daily = coach.habits.add("stretch", area="health")
    coach.habits.mark(daily.id, TODAY, "done")
    coach.habits.mark(daily.id, TODAY + timedelta(days=1), "excused")
    found = coach.weeks.view(TODAY).balance
    assert found.shares == (Share("health", 6, 1), Share("learning", 1))
    assert found.sentence == "Most of this week is Health and body."
    later = coach.weeks.view(TODAY + timedelta(weeks=1)).balance
    assert later.sentence == "Most of this week is Health and body; School and learning has nothing yet."
    often = coach.habits.add("swim", target=Target(times=2, per=7), area="fun")
    coach.habits.add("sugar", "avoid", area="health")
    assert coach.weeks.view(TODAY).balance.shares[1] == Share("fun", 2), "twice in seven days is two"
    coach.habits.remove(often.id)
