"""Templates over the real store: a day kept and used again, in one step that can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.domain.errors import NotFound, Refused
from coach.domain.templates import LOW, Template
from tests.services.clock import TODAY, Watch, add, coach_at, lines, titles

TUESDAY = TODAY + timedelta(days=1)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def coach(tmp_path: Path, watch: Watch) -> Coach:
    return coach_at(tmp_path, watch)


def kept(template: Template) -> list[str]:
    """Its lines as a person reads them."""
    return [f"{line.start:%H:%M} {line.title}" if line.start else line.title for _, line in template.in_order()]


def filled(coach: Coach) -> Template:
    """A Monday with what repeats, a routine, an anchor and something let go, kept as a template."""
    for line in ("walk daily 11:00 30m", "meds 12:00 and 20:00", "wind down @home #quiet", "gone 13:00"):
        add(coach, line)
    anchored = coach.items.read("tea after walk", anchors=coach.items.anchors(TODAY))
    coach.items.add(anchored)
    by_title = {line.item.title: line.item for line in lines(coach)}
    coach.items.routines.add_steps(by_title["wind down"].id, "phone off\nwash")
    coach.items.mark(by_title["gone"].id, TODAY, "dropped")
    coach.items.mark(by_title["wind down"].id, TODAY, "done")
    return coach.templates.keep_day(TODAY, "Weekday")


def test_a_day_is_kept_as_it_was_planned_and_comes_back_whole(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    template = filled(coach)
    assert kept(template) == ["11:00 walk", "12:00 meds", "20:00 meds", "tea", "wind down"]
    again = coach_at(tmp_path, watch)
    assert again.templates.all() == (template,)
    assert again.templates.apply(template.id, TUESDAY) == 4, "the walk comes by itself"
    assert titles(again, TUESDAY) == ["walk", "tea", "meds", "meds", "wind down"]
    quiet = next(line for line in lines(again, TUESDAY) if line.item.title == "wind down")
    assert (quiet.item.place, quiet.item.tags, quiet.steps_total, quiet.steps_done) == ("home", ("quiet",), 2, 0)
    assert quiet.state == "open", "what was done then is not done now"
    assert again.undo.undo() == "Undone: filled Tuesday 24 November from “Weekday”."
    assert titles(again, TUESDAY) == ["walk"]


def test_what_a_day_has_already_is_not_put_there_twice(coach: Coach) -> None:
    template = filled(coach)
    add(coach, "Wind  down tomorrow")
    add(coach, "meds 12:00 tomorrow")
    assert coach.templates.apply(template.id, TUESDAY) == 2  # the evening's meds, and tea
    assert coach.templates.apply(template.id, TUESDAY) == 0
    assert coach.undo.undo() == "Undone: filled Tuesday 24 November from “Weekday”."
    assert len(titles(coach, TUESDAY)) == 3


def test_an_empty_day_and_a_name_that_is_taken_are_refused_kindly(coach: Coach) -> None:
    with pytest.raises(Refused, match="nothing on this day to keep"):
        coach.templates.keep_day(TUESDAY, "Empty")
    filled(coach)
    with pytest.raises(Refused, match="a template called “WEEKDAY” already"):
        coach.templates.keep_day(TODAY, " WEEKDAY ")
    with pytest.raises(Refused, match="needs a name"):
        coach.templates.keep_day(TODAY, " ")
    assert len(coach.templates.all()) == 1


def test_a_template_is_renamed_deleted_and_brought_back(coach: Coach) -> None:
    template = filled(coach)
    coach.templates.rename(template.id, "Working day")
    coach.templates.rename(template.id, "WORKING day")
    other = coach.templates.keep_day(TODAY, "A other")
    with pytest.raises(Refused):
        coach.templates.rename(other.id, "working DAY")
    assert [one.title for one in coach.templates.all()] == ["A other", "WORKING day"]
    coach.templates.remove(template.id)
    with pytest.raises(NotFound):
        coach.templates.get(template.id)
    coach.undo.undo()
    assert kept(coach.templates.get(template.id)) == kept(template)


def test_each_weekday_has_at_most_one_usual_template(coach: Coach) -> None:
    week, end = filled(coach), coach.templates.keep_day(TODAY, "Weekend")
    coach.templates.use_on(week.id, (0, 1, 2, 3, 4, 5))
    coach.templates.use_on(end.id, (6, 5))
    saturday = TODAY + timedelta(days=5)
    assert [coach.templates.usual_for(day) for day in (TODAY, saturday)] == [
        coach.templates.get(week.id),
        coach.templates.get(end.id),
    ]
    assert coach.templates.get(week.id).weekdays == (0, 1, 2, 3, 4)
    coach.undo.undo()
    assert (coach.templates.get(week.id).weekdays, coach.templates.get(end.id).weekdays) == ((0, 1, 2, 3, 4, 5), ())
    coach.templates.use_on(week.id, ())
    assert coach.templates.usual_for(TODAY) is None


def test_a_usual_day_is_chosen_and_filled_in_one_step(coach: Coach) -> None:
    template = filled(coach)
    day = TUESDAY + timedelta(days=7)
    coach.days.choose(day, "away")
    coach.days.choose(day, "usual", template.id)
    assert (coach.items.view(day).shape, len(titles(coach, day))) == ("usual", 5)
    coach.undo.undo()
    assert (coach.items.view(day).shape, len(titles(coach, day))) == ("away", 1)


def test_lines_are_added_changed_and_taken_out(coach: Coach) -> None:
    template = filled(coach)
    coach.templates.add_line(template.id, coach.items.read("swim 19:00 1h"))
    coach.templates.add_line(template.id, coach.items.read("drops 09:00 and 21:00"))
    keys = {line.title: key for key, line in coach.templates.get(template.id).in_order()}
    coach.templates.change_line(template.id, keys["wind down"], coach.items.read("wind down slowly 21:30"))
    coach.templates.remove_line(template.id, keys["tea"])
    changed = coach.templates.get(template.id)
    assert kept(changed) == [
        *(
            "09:00 drops",
            "11:00 walk",
            "12:00 meds",
            "19:00 swim",
            "20:00 meds",
            "21:00 drops",
            "21:30 wind down slowly",
        ),
    ]
    assert len(changed.lines[keys["wind down"]].steps) == 2, "its steps stay with it"
    assert coach.undo.undo() == "Undone: took a line from “Weekday”."
    assert "tea" in kept(coach.templates.get(template.id))
    with pytest.raises(NotFound):
        coach.templates.remove_line(template.id, "nothing")


def test_a_changed_line_keeps_all_that_was_typed(coach: Coach) -> None:
    add(coach, "! walk 11:00")
    template = coach.templates.keep_day(TODAY, "Weekday").id
    (key,) = coach.templates.get(template).lines
    coach.templates.change_line(template, key, replace(coach.items.read("! meds 12:00 and 20:00"), area="health"))
    coach.templates.change_line(template, key, coach.items.read("! meds 12:30 and 16:00"))
    changed = coach.templates.get(template)
    assert kept(changed) == ["12:30 meds", "16:00 meds", "20:00 meds"]
    assert all(line.pinned and line.area == "health" for line in changed.lines.values() if line.start != time(16))
    coach.templates.add_line(template, replace(coach.items.read("! read"), area="fun"))
    for line in ("! one tomorrow", "two tomorrow"):
        add(coach, line)
    coach.templates.apply(template, TUESDAY)
    here = {(line.item.title, line.item.area): line.item.pinned for line in lines(coach, TUESDAY)}
    assert here[("read", "fun")] is False, "three come first, and these were before it"
    assert sum(line.item.pinned for line in lines(coach, TUESDAY)) == 3
    with pytest.raises(Refused, match="3 lines are enough"):
        coach.templates.change_line(LOW.id, "food", coach.items.read("eat 12:00 and 18:00"))
    assert coach.templates.low() == LOW


def test_the_three_small_things_are_the_persons_own_once_changed(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    assert coach.templates.low() is LOW and coach.templates.all() == ()
    with pytest.raises(Refused, match="3 lines are enough for “Low-energy day”"):
        coach.templates.add_line(LOW.id, coach.items.read("walk"))
    coach.templates.change_line(LOW.id, "people", coach.items.read("Message Jo"))
    for at in (coach, coach_at(tmp_path, watch)):
        assert kept(at.templates.low()) == ["Eat and drink something", "Message Jo", "To bed at a set time"]
        assert at.templates.all() == ()
    coach.days.choose(TODAY, "low")
    assert titles(coach)[1] == "Message Jo"
    coach.undo.undo()
    coach.undo.undo()
    assert coach.templates.low() == LOW
    coach.templates.remove_line(LOW.id, "people")
    coach.templates.remove(LOW.id)
    assert coach.templates.low() == LOW, "what ships with coach is always there"
    coach.templates.remove(LOW.id)
