"""The view of a day: order, counts, the present thing, the next one, free room and leftovers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.day_view import DayView
from coach.domain.gaps import Gap
from coach.domain.items import SETTLED, Item, Mark, RoutineStep, State
from coach.domain.planner import leftovers, plan_day, shifted

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 42)


def item(title: str, start: str = "", minutes: int | None = None, order: float = 0.0, day: date = TODAY) -> Item:
    return Item(title, title, day, time.fromisoformat(start) if start else None, minutes, order)


def marks(**states: State) -> dict[str, Mark]:
    return {subject: Mark(subject, TODAY, state) for subject, state in states.items()}


LATE = item("late", "13:30", 600)
"""From then on the day is full."""
WIREFRAME = [
    item("post", minutes=10),
    item("group", "18:30", 90),
    item("mum", "17:00", 5),
    item("lunch", "12:00", 60),
    item("clinic", "10:30", 30),
    item("medicine", "08:00"),
    item("walk", "07:30", 30),
    item("wind", "21:30"),
]


def shown(view: DayView) -> list[str]:
    """The view as a person reads it."""
    rows = []
    for section in view.sections:
        rows.append(section.name)
        for line in section.lines:
            what = line.length if isinstance(line, Gap) else line.item.title
            rows.append(f"{line.time} {what}".strip())
    return rows


def test_the_day_of_the_wireframe() -> None:
    view = plan_day(TODAY, WIREFRAME, marks(walk="done", medicine="done"), NOW, TODAY)
    assert shown(view) == [
        *("Morning", "07:30 walk", "08:00 medicine", "10:30 clinic"),
        *("Midday", "12:00 lunch", "13:00 4 h free"),
        *("Evening", "17:00 mum", "18:30 group", "21:30 wind"),
        *("Any time", "post"),
    ]
    assert (view.done, view.total) == (2, 8)
    assert view.present is not None
    assert (view.present.item.title, view.present.minutes_left, view.present.fraction) == ("clinic", 18, 0.4)
    assert view.next_up is not None
    assert view.next_up.title == "lunch"


def test_an_aware_now_is_taken_by_its_wall_clock() -> None:
    naive, aware = (plan_day(TODAY, WIREFRAME, {}, now, TODAY) for now in (NOW, NOW.replace(tzinfo=UTC)))
    assert naive == aware


def test_an_empty_day_has_no_sections() -> None:
    assert plan_day(TODAY, [item("other", day=date(2026, 11, 24))], {}, NOW, TODAY) == DayView(
        TODAY, (), 0, 0, None, None
    )


def test_night_times_end_the_evening_and_untimed_ones_keep_their_order() -> None:
    items = [item("tea", "01:30"), item("film", "22:00"), item("b", order=2), item("c", order=1.5), item("a", order=1)]
    assert shown(plan_day(TODAY, items, {}, NOW, TODAY)) == [
        *("Morning", "10:45 11 h 15 free"),
        *("Evening", "22:00 film", "01:30 tea"),
        *("Any time", "a", "c", "b"),
    ]


def test_after_midnight_the_present_belongs_to_yesterdays_day() -> None:
    view = plan_day(TODAY, [item("tea", "01:30"), item("film", "22:00")], {}, datetime(2026, 11, 24, 1, 35), TODAY)
    assert view.present is not None
    assert (view.present.item.title, view.present.minutes_left) == ("tea", 25)
    assert view.next_up is None


def test_what_is_settled_is_neither_present_nor_next() -> None:
    view = plan_day(TODAY, WIREFRAME, marks(clinic="done", lunch="dropped"), NOW, TODAY)
    assert view.present is None
    assert view.next_up is not None
    assert view.next_up.title == "mum"


def test_unknown_is_still_open_and_part_counts() -> None:
    items = [item(state) for state in ("open", "unknown", "part", "done", "missed", "moved", "dropped", "excused")]
    states: dict[str, State] = {"unknown": "unknown", "part": "part", "done": "done", "missed": "missed"}
    states |= {"moved": "moved", "dropped": "dropped", "excused": "excused"}
    view = plan_day(TODAY, items, marks(**states), NOW, TODAY)
    assert (view.done, view.total) == (2, 5)
    assert {line.item.title: line.state for line in view.lines} == {"open": "open", **states}


@pytest.mark.parametrize(
    ("items", "now", "gaps"),
    [
        ([item("a", "09:00", 60), item("b", "12:00"), LATE], "08:00", []),  # two hours exactly are not more than two
        ([item("a", "09:00", 60), item("b", "12:01"), LATE], "08:00", ["10:00 2 h 01 free"]),
        ([item("a", "09:00"), item("b", "13:00"), LATE], "08:00", ["09:30 3 h 30 free"]),
        ([item("a", "09:00"), item("b", "13:00"), LATE], "10:05", ["10:15 2 h 45 free"]),
        ([item("a", "09:00"), item("b", "13:00"), LATE], "11:00", []),
        # nobody is free while asleep
        ([item("a", "04:30"), item("b", "10:00")], "04:10", ["07:00 3 h free", "10:30 11 h 30 free"]),
        ([item("a", "19:00"), item("b", "23:45")], "17:00", ["19:30 2 h 30 free"]),
        ([item("a", "09:00", 600), item("b", "09:30", 5), item("c", "20:00")], "08:00", []),
        # before the first and after the last, as between
        ([item("a", "12:00"), item("b", "19:59")], "08:00", ["08:00 4 h free", "12:30 7 h 29 free"]),
        ([item("a", "09:00"), item("b", "13:00")], "08:00", ["09:30 3 h 30 free", "13:30 8 h 30 free"]),
        ([item("a", "09:00"), item("b", "13:00")], "08:00 dropped", ["09:30 12 h 30 free"]),
        # around a single thing only the first room: there are never more notices than things
        ([item("a", "07:00")], "06:00", ["07:30 14 h 30 free"]),
        ([item("a", "15:00")], "08:00", ["08:00 7 h free"]),
        ([item("a", "15:00")], "13:30", ["15:30 6 h 30 free"]),
        ([item("a", "15:00")], "21:00", []),
        ([item("a", "23:30")], "08:00", ["08:00 14 h free"]),
        ([item("a")], "08:00", []),  # nothing has a time: no day is called empty
    ],
)
def test_free_room(items: list[Item], now: str, gaps: list[str]) -> None:
    given_marks = marks(b="dropped") if "dropped" in now else {}
    view = plan_day(TODAY, items, given_marks, datetime.combine(TODAY, time.fromisoformat(now[:5])), TODAY)
    assert [row for row in shown(view) if row.endswith("free")] == gaps


def test_past_days_offer_no_room_and_have_no_present() -> None:
    items = [item("a", "09:00"), item("b", "13:00")]
    past = plan_day(TODAY, items, {}, NOW + timedelta(days=1), TODAY + timedelta(days=1))
    coming = plan_day(TODAY, items, {}, NOW - timedelta(days=1), TODAY - timedelta(days=1))
    assert shown(past) == ["Morning", "09:00 a", "Midday", "13:00 b"]
    assert shown(coming) == ["Morning", "09:00 a", "09:30 3 h 30 free", "Midday", "13:00 b", "13:30 8 h 30 free"]
    assert (past.present, past.next_up, coming.present, coming.next_up) == (None, None, None, None)


def test_there_is_no_room_before_the_day_begins() -> None:
    view = plan_day(TODAY, [item("a", "15:00")], {}, NOW - timedelta(days=1), TODAY - timedelta(days=1), time(9))
    assert shown(view) == ["Morning", "09:00 6 h free", "Midday", "15:00 a"]


def test_a_twelve_hour_clock() -> None:
    view = plan_day(TODAY, [item("mum", "17:00", 5)], {}, NOW, TODAY, clock=12)
    assert shown(view) == ["Morning", "10:45 am 6 h 15 free", "Evening", "5:00 pm mum"]


def test_leftovers_are_the_open_items_of_two_weeks() -> None:
    def before(title: str, away: int, start: str = "") -> Item:
        return item(title, start, day=TODAY - timedelta(days=away))

    items = [before("b", 1), before("a", 1, "09:00"), before("old", 14), before("older", 15), before("now", 0)]
    items += [before("settled", 2), before("unsure", 2), Item("later", "later")]
    found = leftovers(TODAY, items, marks(settled="dropped", unsure="unknown"))
    assert [left.title for left in found] == ["old", "unsure", "a", "b"]


@pytest.mark.parametrize("state", sorted(SETTLED))
def test_what_was_settled_is_not_left_over(state: State) -> None:
    assert leftovers(TODAY, [item("a", day=date(2026, 11, 20))], marks(a=state)) == ()


def test_a_routine_only_begun_still_waits_for_its_other_steps() -> None:
    steps = {"s1": RoutineStep("one", 1.0), "s2": RoutineStep("two", 2.0)}
    routine = replace(item("a", day=date(2026, 11, 20)), steps=steps)
    assert leftovers(TODAY, [routine], marks(a="part")) == (routine,)
    assert leftovers(TODAY, [routine], marks(a="done")) == ()
    timed = replace(item("b", "13:30"), steps=steps)
    view = plan_day(TODAY, [timed, item("c", "14:00")], marks(b="part"), NOW, TODAY)
    assert view.next_up == timed, "it is still to come"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([0.0, 1.0, 1.5, 2.0, 7.0]), min_size=1, max_size=6), st.data())
def test_one_step_up_or_down_swaps_two_neighbours(orders: list[float], data: st.DataObject) -> None:
    orders.sort()
    index, by = data.draw(st.integers(0, len(orders) - 1)), data.draw(st.sampled_from([-1, 1]))
    wanted = list(range(len(orders)))
    changed = dict(enumerate(orders)) | (found := shifted(orders, index, by))
    if 0 <= index + by < len(orders):
        wanted[index], wanted[index + by] = wanted[index + by], wanted[index]
        assert len(set(changed.values())) == len(orders)
    else:
        assert found == {}
    assert sorted(changed, key=lambda place: (changed[place], place)) == wanted
