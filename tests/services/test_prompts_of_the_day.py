"""What of a day prompts: appointments also on a day of rest, and a routine until its last step."""

from __future__ import annotations

from coach.bootstrap import Coach
from tests.services.clock import TODAY, add


def test_a_day_of_rest_silences_what_repeats_and_no_appointment(coach: Coach) -> None:
    add(coach, "walk 11:00 daily")
    add(coach, "clinic 12:00")
    assert _next_hour(coach) == 11
    coach.days.choose(TODAY, "sick")
    assert _next_hour(coach) == 12


def test_a_routine_only_begun_still_prompts(coach: Coach) -> None:
    routine = add(coach, "wind down 21:00")
    coach.items.routines.add_steps(routine.id, "tea\nwash")
    first, second = coach.items.get(routine.id).steps
    coach.items.marks.tick_step(routine.id, TODAY, first, done=True)
    assert coach.prompts.next_instant() is not None
    coach.items.marks.tick_step(routine.id, TODAY, second, done=True)
    assert coach.prompts.next_instant() is None


def _next_hour(coach: Coach) -> int | None:
    following = coach.prompts.next_instant()
    return following.hour if following else None
