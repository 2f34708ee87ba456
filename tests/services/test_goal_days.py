"""Steps of goals put on days: ticked there, they are ticked in their goal."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from coach.bootstrap import Coach
from tests.services.clock import TODAY, Watch, add, coach_at, lines, titles
from tests.services.test_goals_service import steps_of


def test_a_step_on_a_day_comes_back_ticked_wherever_it_went(coach: Coach) -> None:
    goal = coach.goals.change(coach.goals.add("Back to college", "find the form 10m").id, area="learning")
    key = goal.in_order()[0][0]
    item = coach.goals.steps.put_on_day(goal.id, key, TODAY)
    assert (item.area, item.minutes) == ("learning", 10)
    moved = coach.items.move(item.id, TODAY + timedelta(days=30))
    assert moved.day is not None
    coach.items.mark(moved.id, moved.day, "done")
    assert steps_of(coach, goal)[0].done, "moved into another month"
    coach.undo.undo()
    assert not steps_of(coach, goal)[0].done
    coach.undo.redo()
    assert steps_of(coach, goal)[0].done
    coach.items.marks.note(moved.id, moved.day, "it went well")
    assert steps_of(coach, goal)[0].done
    coach.items.mark(moved.id, moved.day, "open")
    assert not steps_of(coach, goal)[0].done


def test_a_step_ticked_in_its_goal_stays_so_whatever_becomes_of_its_day(coach: Coach) -> None:
    goal = coach.goals.add("Back to college", "find the form")
    key = goal.in_order()[0][0]
    item = coach.goals.steps.put_on_day(goal.id, key, TODAY)
    coach.goals.steps.tick(goal.id, key, done=True)
    coach.items.marks.note(item.id, TODAY, "was done on Sunday")
    assert steps_of(coach, goal)[0].done, "a note opens nothing"
    for became in ("excused", "dropped"):
        coach.items.mark(item.id, TODAY, became)
        assert steps_of(coach, goal)[0].done
    coach.items.remove(item.id)
    assert steps_of(coach, goal)[0].done


def test_a_step_on_two_days_is_open_when_neither_is_done(coach: Coach) -> None:
    goal = coach.goals.add("Back to college", "find the form")
    key = goal.in_order()[0][0]
    days = (TODAY, TODAY, TODAY + timedelta(days=30))
    items = [coach.goals.steps.put_on_day(goal.id, key, day) for day in days]
    for day, item in zip(days, items, strict=True):
        coach.items.mark(item.id, day, "done")
    for day, item, stays in zip(days, items, (True, True, False), strict=True):
        coach.items.mark(item.id, day, "open")
        assert steps_of(coach, goal)[0].done is stays
    coach.items.mark(items[0].id, TODAY, "done")
    coach.items.mark(items[1].id, TODAY, "missed")
    assert steps_of(coach, goal)[0].done, "what was never done opens nothing"


def test_a_routine_ticked_by_two_ticks_its_step_with_the_next_word_on_it(
    tmp_path: Path, watch: Watch, coach: Coach
) -> None:
    goal = coach.goals.add("Back to college", "find the form")
    item = coach.goals.steps.put_on_day(goal.id, goal.in_order()[0][0], TODAY)
    coach.items.routines.add_steps(item.id, "look at home\nask at the office")
    other = coach_at(tmp_path, watch)
    other.items.view(TODAY)
    for at, (step, _) in zip((coach, other), coach.items.get(item.id).in_order(), strict=True):
        at.items.marks.tick_step(item.id, TODAY, step, done=True)
    coach.catch_up()
    assert [line.state for line in lines(coach)] == ["done"]
    coach.items.marks.note(item.id, TODAY, "it was in the drawer")
    assert steps_of(coach, goal)[0].done


def test_a_step_comes_last_on_its_day_and_what_is_added_after_it_comes_later(coach: Coach) -> None:
    goal = coach.goals.add("Back to college", "find the form")
    add(coach, "sweep daily")
    coach.goals.steps.put_on_day(goal.id, goal.in_order()[0][0], TODAY)
    add(coach, "ring mum")
    assert titles(coach) == ["sweep", "find the form", "ring mum"]
    assert max(line.item.order for line in lines(coach)) < 10
