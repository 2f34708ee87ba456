"""Rows of habits: what each kind shows on a day, never a bar without its number; and the words of its last weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from coach.domain.habits import DAILY, Habit, HabitKind, HabitView, Pause, Target
from coach.domain.items import State
from coach.ui.glyphs import ASCII, UNICODE
from coach.ui.habits.days_view import day_words, grid_cell, run_words, strength_words
from coach.ui.habits.form import EMPTY, Filled, changes_of, draft_of, from_draft, read_form, say_form, values_of
from coach.ui.habits.view import AWAY, FIRST, habit_rows, section_rows
from tests.ui.hostile import HOSTILE

DAY = date(2026, 11, 23)


def view(
    state: State = "open", amount: float | None = None, *, kind: HabitKind = "build", days: str = "d" * 22, **more: Any
) -> HabitView:
    target = None if kind == "avoid" else more.pop("target", DAILY)
    done = days.count("d")
    habit = Habit("p-1", more.pop("title", "Walk"), kind, **more)
    return HabitView(habit, state, amount, target, True, done, len(days), days)


@pytest.mark.parametrize(
    ("shown", "mark", "right"),
    [
        (view(), "[ ]", "##########  22"),
        (view("done", days="d" * 22 + "." * 8), "[x]", "#######...  22"),
        (view("done", days="d"), "[x]", "#.........   1"),
        (view("part"), "[/]", "tiny  22"),
        (view("excused"), "[-]", "excused  22"),
        (view("missed"), "[>]", "not this time  22"),
        (view("unknown"), "[ ]", "##########  22"),
        (view(amount=3, target=Target(amount=8)), "  3", "of 8  22"),
        (view(target=Target(amount=1.5)), "  0", "of 1.5  22"),
        (view(kind="reduce", target=Target(amount=2)), "  0", "at most 2"),
        (view(amount=4, kind="reduce", target=Target(per=7, amount=10)), "  4", "at most 10 in 7 days"),
        (view(kind="avoid", days="."), "  0", ""),
        (view(kind="avoid", days="d..."), "  0", "noted 1"),
        (view("excused", pauses={"1": Pause(DAY)}), "[-]", "paused  22"),
        (view("excused", pauses={"1": Pause(DAY, DAY + timedelta(8))}), "[-]", "paused until Tue 1 Dec"),
    ],
)
def test_what_stands_beside_a_habit(shown: HabitView, mark: str, right: str) -> None:
    (row,) = habit_rows([shown], ASCII, {}, day=DAY)
    assert (row.mark, row.right) == (mark, right)
    assert row.key == "habit:p-1"


def test_a_sign_for_each_day_always_with_its_number() -> None:
    shown = view(days="ddpemd.-" + "." * 22)
    (row,) = habit_rows([shown], ASCII, {}, day=DAY, strip=True)
    assert row.right == "##+-o#. ......................   3 of 30"
    assert habit_rows([shown], UNICODE, {}, day=DAY, strip=True)[0].right.startswith("▪▪▫–◦▪·")


def test_bars_give_way_to_long_titles_and_stand_under_each_other() -> None:
    rows = habit_rows([view(title="Walk"), view(title="A very long title indeed")], ASCII, {}, day=DAY)
    assert [row.right for row in rows] == ["#####  22"] * 2


def test_what_wants_nothing_on_this_day_stands_back() -> None:
    counted: dict[str, Any] = {"target": Target(amount=8), "unit": "glasses"}
    not_due = replace(view(), due=False)
    shown = [view(), not_due, view("done"), view("part"), view("part", 3, **counted), view("done", 8, **counted)]
    shown += [view(kind="avoid", days="."), view("done", 1, kind="reduce", target=Target(amount=2))]
    rows = habit_rows(shown, ASCII, {}, day=DAY)
    assert [row.done for row in rows] == [False, True, True, True, False, True, False, False]


def test_a_mark_on_its_way_is_said() -> None:
    (row,) = habit_rows([view()], ASCII, {"habit:p-1": "done"}, day=DAY)
    assert (row.mark, row.right) == ("[x]", "saving  22")


def test_the_section_says_what_to_do_first_and_what_was_put_away() -> None:
    empty = section_rows((), 0, DAY, ASCII, 80)
    assert [row.key for row in empty if row.kind == "row"] == [FIRST]
    some = section_rows((view(),), 2, DAY, ASCII, 40)
    assert [(row.key, row.text) for row in some if row.kind == "row"][1:] == [(AWAY, "2 put away")]


@pytest.mark.parametrize(
    ("shown", "cell", "words"),
    [
        (view("done", days="d"), "#", "Today: done."),
        (view("part", days="p"), "+", "Today: the tiny version."),
        (view("missed", days="m"), "o", "Today: it did not happen."),
        (view("excused", days="e"), "-", "Today: excused."),
        (view("open", days="."), ".", "Today: open."),
        (view("unknown", days="."), ".", "Today: not known."),
        (view("unknown", days="-"), " ", "Today: not one of its days."),
        (view("part", 3, days="p", target=Target(amount=8), unit="glasses"), "3", "Today: 3 of 8 glasses."),
        (view("done", 0, days="d", kind="reduce", target=Target(amount=2)), "0", "Today: 0."),
        (view(kind="avoid", days="."), ".", "Today: nothing noted."),
    ],
)
def test_what_became_of_a_day(shown: HabitView, cell: str, words: str) -> None:
    assert grid_cell(shown, ASCII).sign == cell
    assert day_words(shown, DAY, DAY) == words


@pytest.mark.parametrize(
    ("strength", "said"),
    [
        (None, "not known yet"),
        (0.0, "0 %: just beginning"),
        (0.644, "64 %: steady"),
        (1.0, "100 %: a firm part of life"),
    ],
)
def test_strength_in_words_and_percent(strength: float | None, said: str) -> None:
    assert said in strength_words("build", strength)
    assert strength_words("avoid", strength) == ""


def test_a_run_is_said_only_where_it_is_wanted() -> None:
    assert run_words(view().habit, 5) == ""
    assert run_words(view(run=True).habit, 5) == "A run of 5 days"


TIMES = (time(8), time(20, 30))


def test_a_form_filled_with_a_habit_gives_it_back() -> None:
    habits = [
        (Habit("p-1", "Walk", tiny="to the corner", area="health", run=True, remind=TIMES), Target((0, 2))),
        (Habit("p-1", "Read", unit="pages"), Target(per=7, amount=60)),
        (Habit("p-1", "Cans", "reduce", unit="cans"), Target(per=7, amount=10)),
        (Habit("p-1", "Smoke", "avoid"), None),
    ]
    for habit, target in habits:
        values = values_of(habit, target)
        assert EMPTY | from_draft(draft_of(values, EMPTY)) == values
        filled = Filled(habit.title, habit.kind, target, habit.unit, habit.tiny, habit.area, habit.run, habit.remind)
        assert read_form(values) == filled
        assert say_form(filled).endswith(".")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_draft_of_anything_comes_back_as_a_form(text: str) -> None:
    assert set(from_draft(text)) <= set(EMPTY)
    kept = EMPTY | from_draft(draft_of(EMPTY | {"title": text}, EMPTY))
    assert set(kept) == set(EMPTY) and kept["kind"] == "build"


def test_a_draft_keeps_only_what_was_changed() -> None:
    first = values_of(Habit("p-1", "Walk", tiny="to the gate", area="health"), DAILY)
    assert draft_of(first, first) == ""
    changed = first | {"tiny": "", "often": "3 in 7"}
    assert from_draft(draft_of(changed, first)) == {"tiny": "", "often": "3 in 7"}


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ({}, {}),
        ({"tiny": "one"}, {"tiny": "one"}),
        ({"title": "Run", "run": "yes", "area": ""}, {"title": "Run", "run": True, "area": ""}),
        ({"often": "3 in 7"}, {"target": Target(times=3, per=7), "unit": ""}),
        ({"amount": "20 pages"}, {"target": Target(amount=20), "unit": "pages"}),
    ],
)
def test_only_what_was_changed_is_written(typed: dict[str, str], written: dict[str, Any]) -> None:
    first = values_of(Habit("p-1", "Walk", tiny="to the gate", area="health"), DAILY)
    values = first | typed
    assert changes_of(read_form(values), values, first) == written


def test_an_excused_day_says_how_much_it_was_all_the_same() -> None:
    shown = view("excused", 3, days="e", target=Target(amount=8), unit="glasses")
    assert day_words(shown, DAY, DAY) == "Today: excused, 3 glasses."
