"""What prompts besides the day and one's own sentences: habits at times of their own, and goals to look back at."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.domain.errors import Refused
from coach.domain.habits import Target
from coach.domain.prompts import Occurrence
from coach.storage.summary import Summaries
from tests.services.clock import TODAY, Watch, coach_at
from tests.services.habit_days import said

MORNING, EVENING = time(8), time(20)


@pytest.fixture
def watch() -> Watch:
    return Watch(7, 30)


def at(watch: Watch, clock: str, days: int = 0) -> None:
    watch.now = datetime.combine(watch.now.date(), time.fromisoformat(clock), watch.now.tzinfo) + timedelta(days=days)


def taken(coach: Coach) -> list[Occurrence]:
    return list(coach.prompts.claim(coach.prompts.due()))


def titles(coach: Coach) -> list[str]:
    return [one.title for one in taken(coach)]


def test_a_habit_asks_at_each_of_its_times_until_it_is_ticked(tmp_path: Path, coach: Coach, watch: Watch) -> None:
    walk = coach.habits.add("Walk", remind=(MORNING, EVENING))
    assert coach.prompts.next_instant() == watch.now.replace(hour=8, minute=0)
    at(watch, "08:00")
    (one,) = taken(coach)
    assert (one.title, one.why, one.on) == ("Walk", "until it is ticked", TODAY)
    assert titles(coach_at(tmp_path, watch)) == [], "a key only ever once, whoever asks"
    at(watch, "20:00")
    assert titles(coach) == ["Walk"]
    at(watch, "08:00", 1)
    (again,) = taken(coach)
    coach.answers.done(again)
    assert said(coach, walk, TODAY + timedelta(days=1)) == ("done", None)
    at(watch, "23:00")
    assert titles(coach) == []
    assert "Walk" in coach.undo.undo()
    assert said(coach, walk, TODAY + timedelta(days=1))[0] == "open"
    assert titles(coach) == ["Walk"], "open again, the evening asks"


@pytest.mark.parametrize("state", ["done", "part", "excused", "missed"])
def test_whatever_is_said_of_a_day_ends_its_asking(coach: Coach, watch: Watch, state: str) -> None:
    walk = coach.habits.add("Walk", remind=(EVENING,))
    coach.habits.mark(walk.id, TODAY, state)  # type: ignore[arg-type]  # the words above are states
    at(watch, "20:00")
    assert titles(coach) == []


def test_only_on_its_days_and_not_while_it_rests(coach: Coach, watch: Watch) -> None:
    coach.habits.add("On Tuesdays", target=Target((1,)), remind=(EVENING,))
    paused = coach.habits.add("Paused", remind=(EVENING,))
    coach.habits.pause(paused.id, TODAY)
    away = coach.habits.add("Put away", remind=(EVENING,))
    coach.habits.archive(away.id)
    at(watch, "20:00")
    assert titles(coach) == []
    coach.habits.resume(paused.id, TODAY)
    coach.habits.archive(away.id, back=True)
    assert titles(coach) == [], "twenty o'clock was past when it went on"
    at(watch, "20:00", 1)
    assert sorted(titles(coach)) == ["On Tuesdays", "Paused", "Put away"]
    at(watch, "07:00", 1)
    coach.days.choose(TODAY + timedelta(days=2), "sick")
    at(watch, "23:00")
    assert titles(coach) == []


def test_what_is_counted_asks_until_all_of_it_is_there(coach: Coach, watch: Watch) -> None:
    water = coach.habits.add("Water", target=Target(amount=8), unit="glasses", remind=(MORNING, EVENING))
    coach.habits.count(water.id, TODAY, 3)
    at(watch, "08:00")
    assert titles(coach) == ["Water"]
    coach.habits.count(water.id, TODAY, 5)
    at(watch, "20:00")
    assert titles(coach) == []


def test_what_is_to_be_reduced_asks_for_a_note_and_what_is_to_be_avoided_never(coach: Coach, watch: Watch) -> None:
    cans = coach.habits.add("Cans", "reduce", Target(amount=2), remind=(EVENING,))
    at(watch, "20:00")
    (one,) = taken(coach)
    coach.answers.done(one)
    assert said(coach, cans) == ("open", None), "how much it was nobody said"
    at(watch, "19:00", 1)
    coach.habits.set_amount(cans.id, TODAY + timedelta(days=1), 0.0)
    at(watch, "20:00")
    assert titles(coach) == []
    with pytest.raises(Refused, match="not asked about"):
        coach.habits.add("Smoke", "avoid", remind=(EVENING,))


def test_times_past_when_they_are_set_and_times_in_the_night(coach: Coach, watch: Watch) -> None:
    at(watch, "09:00")
    walk = coach.habits.add("Walk", remind=(MORNING,))
    assert titles(coach) == []
    coach.habits.change(walk.id, remind=(time(1, 30),))
    at(watch, "01:30", 1)
    (one,) = coach.prompts.due(aloud=True)
    assert one.on == TODAY, "the night still belongs to the day before"
    coach.prompts.claim([one])
    coach.habits.change(walk.id, title="Walk far")
    coach.habits.change(walk.id, remind=())
    assert coach.prompts.next_instant() is None


def test_no_month_is_read_for_habits_without_times(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    coach.habits.add("Walk")
    monkeypatch.setattr(Summaries, "facts", lambda *_: pytest.fail("a month was read"))
    assert coach.prompts.plan().due == ()


def test_a_goal_is_looked_back_at_on_its_day_in_the_morning(coach: Coach, watch: Watch) -> None:
    goal = coach.goals.add("Move house")
    coach.goals.change(goal.id, review=TODAY)
    waiting = coach.goals.add("Learn to swim", resting=True)
    coach.goals.change(waiting.id, review=TODAY)
    assert coach.prompts.next_instant() == watch.now.replace(hour=9, minute=0)
    at(watch, "09:00")
    (one,) = taken(coach)
    assert (one.title, one.why) == ("Look back at: Move house", "the day to look back at a goal")
    coach.answers.done(one)
    assert coach.goals.get(goal.id).is_active, "looked back at, and nothing else"
    assert coach.prompts.next_instant() is None
    coach.goals.change(goal.id, review=TODAY + timedelta(days=1))
    at(watch, "10:00", 1)
    coach.goals.reach(goal.id)
    assert titles(coach) == []


def test_a_look_back_waits_for_quiet_hours_and_for_the_day_to_have_room(coach: Coach, watch: Watch) -> None:
    goal = coach.goals.add("Move house")
    coach.goals.change(goal.id, review=TODAY)
    coach.settings.change(prompt_cap=0)
    at(watch, "09:30")
    assert titles(coach) == []
    assert coach.prompts.held()["cap"] == 1
    coach.settings.change(prompt_cap=6, quiet_from=time(8), quiet_to=time(12))
    assert titles(coach) == []
    at(watch, "12:00")
    assert titles(coach) == ["Look back at: Move house"]


def test_a_day_chosen_after_its_hour_does_not_ask_at_once(coach: Coach, watch: Watch) -> None:
    at(watch, "14:00")
    goal = coach.goals.add("Move house")
    coach.goals.change(goal.id, review=TODAY)
    assert titles(coach) == []
