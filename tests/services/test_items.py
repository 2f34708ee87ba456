"""Items over the real store: what is planned stays planned, wherever it is moved and however often coach starts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.domain.errors import Ambiguous, NotFound, NotSaved
from tests.services.clock import TODAY, Watch, add, coach_at, lines, state, titles, written
from tests.ui.started import fill_the_disk

TOMORROW = TODAY + timedelta(days=1)


def test_a_time_that_has_passed_means_tomorrow_and_the_reading_says_so(tmp_path: Path, watch: Watch) -> None:
    coach = coach_at(tmp_path, watch, "clock = 12\n")
    reading = coach.items.read("walk 07:30 30m")
    assert reading.sentence == "walk, tomorrow 7:30 am, 30 min (7:30 am has passed today)"
    coach.items.add(reading)
    assert (titles(coach), titles(coach, TOMORROW)) == ([], ["walk"])


def test_a_tick_stays_over_a_restart_and_can_be_taken_off(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    walk = add(coach, "walk 11:00")
    coach.items.mark(walk.id, TODAY, "done")
    again = coach_at(tmp_path, watch)
    assert (state(again, walk), again.items.view(TODAY).done) == ("done", 1)
    again.items.mark(walk.id, TODAY, "open")
    assert state(coach_at(tmp_path, watch), walk) == "open"


def test_an_item_moved_to_another_month_is_found_there_after_a_restart(
    tmp_path: Path, watch: Watch, coach: Coach
) -> None:
    walk, call = add(coach, "walk 11:00 today"), add(coach, "call the office later")
    december = date(2026, 12, 2)
    for item in (walk, call):
        coach.items.move(item.id, december)
    for at in (coach, coach_at(tmp_path, watch)):
        assert sorted(titles(at, december)) == ["call the office", "walk"]
        assert (titles(at), at.items.later()) == ([], ())
    coach.items.move(walk.id, None)
    for at in (coach, coach_at(tmp_path, watch)):
        assert [(item.title, item.start) for item in at.items.later()] == [("walk", None)]
        assert titles(at, december) == ["call the office"]


def test_a_step_on_a_day_is_ticked_with_it_in_one_change(coach: Coach) -> None:
    goal = coach.goals.add("Back to college", "find the form\nask Jo")
    step = goal.in_order()[0][0]
    item = coach.goals.steps.put_on_day(goal.id, step, TODAY)
    for mark, done in (("done", True), ("open", False), ("done", True)):
        coach.items.mark(item.id, TODAY, "done" if mark == "done" else "open")
        assert coach.goals.get(goal.id).steps[step].done is done
    coach.undo.undo()
    assert (state(coach, item), coach.goals.get(goal.id).steps[step].done) == ("open", False), "both or neither"
    coach.goals.remove(goal.id)
    coach.items.mark(item.id, TODAY, "done")
    assert state(coach, item) == "done", "a goal that is gone holds nothing up"


def test_what_earlier_days_left_open_is_asked_about_once_a_day(tmp_path: Path, watch: Watch) -> None:
    watch.now -= timedelta(days=2)
    early = coach_at(tmp_path, watch)
    late, first, done = add(early, "post it"), add(early, "ring mum 17:00"), add(early, "walk")
    early.items.mark(done.id, TODAY - timedelta(days=2), "done")
    watch.now += timedelta(days=2)
    coach = coach_at(tmp_path, watch)
    assert [item.title for item in coach.items.leftovers()] == ["ring mum", "post it"]
    assert coach.days.asks_about_leftovers()
    coach.days.look_done()
    assert not coach_at(tmp_path, watch).days.asks_about_leftovers()
    assert len(coach.items.leftovers()) == 2, "whoever wants to look again still can"
    watch.now += timedelta(days=1)
    assert coach.days.asks_about_leftovers()
    coach.items.let_go(late.id)
    coach.items.move(first.id, coach.items.today())
    assert coach.items.leftovers() == ()


def test_letting_go_of_something_for_later_can_be_undone(coach: Coach) -> None:
    later = add(coach, "learn to juggle later")
    coach.items.let_go(later.id)
    assert coach.items.later() == ()
    coach.undo.undo()
    assert [item.title for item in coach.items.later()] == ["learn to juggle"]


def test_the_order_stays_over_a_restart_and_within_a_part_of_the_day(
    tmp_path: Path, watch: Watch, coach: Coach
) -> None:
    breakfast = coach.items.add(coach.items.read("breakfast"), "morning")
    one, two, three = add(coach, "one"), add(coach, "two"), add(coach, "three")
    assert coach.items.order.shift(three.id, -1)
    assert coach.items.order.shift(one.id, 1)
    assert titles(coach_at(tmp_path, watch)) == ["breakfast", "three", "one", "two"]
    assert not coach.items.order.shift(three.id, -1), "nothing above it in its part"
    assert not coach.items.order.shift(breakfast.id, 1)
    assert not coach.items.order.shift(two.id, 1)


def test_each_key_moves_a_line_past_the_one_that_is_shown_beside_it(coach: Coach) -> None:
    """What stands first is not between the others, nor is what comes after something; that moves among its like."""
    one, two, _ = add(coach, "one"), add(coach, "two"), add(coach, "three")
    coach.items.pin(two.id, True)
    assert coach.items.order.shift(one.id, 1)
    assert titles(coach) == ["two", "three", "one"], "a line was passed that can be seen"
    assert not coach.items.order.shift(two.id, 1), "alone in its place"
    read = coach.items.read
    below = [coach.items.add(read(f"{title} after three", anchors={"three": "three"})) for title in ("tea", "cake")]
    assert titles(coach) == ["two", "three", "tea", "cake", "one"]
    assert coach.items.order.shift(below[0].id, 1)
    assert titles(coach) == ["two", "three", "cake", "tea", "one"]
    assert not coach.items.order.shift(below[0].id, 1)
    assert coach.items.order.shift(one.id, -1)
    assert titles(coach) == ["two", "one", "three", "cake", "tea"]


def test_something_is_found_by_its_words_and_two_are_listed(coach: Coach) -> None:
    walk, group = add(coach, "Walk to the park"), add(coach, "Walking group 18:30")
    later = add(coach, "a letter to mum later")
    assert coach.items.find("park", TODAY).id == walk.id
    assert coach.items.find("LETTER", TODAY).id == later.id
    assert coach.items.find(group.id, TODAY).id == group.id
    assert coach.items.find(group.id, TOMORROW).id == group.id
    with pytest.raises(Ambiguous, match="More than one thing fits 'walk'") as both:
        coach.items.find("walk", TODAY)
    assert walk.id in str(both.value)
    assert group.id in str(both.value)
    with pytest.raises(NotFound, match="Nothing on Monday 23 November is called 'swim'"):
        coach.items.find("swim", TODAY)


def test_a_part_of_the_day_outlives_an_edit_until_a_time_is_given(coach: Coach) -> None:
    item = coach.items.add(coach.items.read("Five quiet breaths"), "evening")
    coach.items.edit(item.id, coach.items.read("Six quiet breaths"))
    assert [(s.name, s.lines[0].item.title) for s in coach.items.view(TODAY).sections] == [  # type: ignore[union-attr]  # no gaps among them
        ("Evening", "Six quiet breaths")
    ]
    coach.items.edit(item.id, coach.items.read("Six quiet breaths 11:30"))
    assert [section.name for section in coach.items.view(TODAY).sections if section.things] == ["Morning"]


def test_an_edit_to_another_day_comes_last_there(coach: Coach) -> None:
    item = add(coach, "one")
    for title in ("two tomorrow", "three tomorrow"):
        add(coach, title)
    coach.items.edit(item.id, coach.items.read("one tomorrow"))
    assert titles(coach, TOMORROW) == ["two", "three", "one"]


def test_what_is_not_saved_is_not_there_at_all(tmp_path: Path, coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    goal = coach.goals.add("Back to college", "find the form")
    item = coach.goals.steps.put_on_day(goal.id, goal.in_order()[0][0], TODAY)
    before, bytes_before = lines(coach), written(tmp_path)
    with monkeypatch.context() as patch:
        fill_the_disk(patch)
        for act in (
            lambda: add(coach, "walk"),
            lambda: coach.items.mark(item.id, TODAY, "done"),
            lambda: coach.items.move(item.id, None),
            lambda: coach.items.remove(item.id),
        ):
            with pytest.raises(NotSaved):
                act()
            assert (lines(coach), written(tmp_path)) == (before, bytes_before)
            assert not coach.goals.all()[0].in_order()[0][1].done
    add(coach, "walk")
    assert titles(coach) == ["find the form", "walk"]


def test_a_thing_that_is_gone_is_said_to_be_gone(coach: Coach) -> None:
    item = add(coach, "walk")
    coach.items.remove(item.id)
    with pytest.raises(NotFound, match="not there any more"):
        coach.items.edit(item.id, coach.items.read("walk"))


def test_the_status_line_has_numbers_and_times_and_no_title(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    walk = add(coach, "a very private thing 11:00")
    add(coach, "post it")
    assert coach.status.write() == "0/2 next 11:00"
    coach.items.mark(walk.id, TODAY, "done")
    assert coach.status.write() == "1/2"
    assert (tmp_path / "state" / "status").read_text() == "1/2\n"
    assert coach.status.numbers() == {"day": "2026-11-23", "done": 1, "total": 2, "next": None}
