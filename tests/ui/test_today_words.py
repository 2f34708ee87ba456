"""The words of Today where nothing needs a screen: what does not fit is counted, and how a rating reads."""

from __future__ import annotations

from pathlib import Path

from coach.domain.items import Mark
from coach.ui.rating_words import compared, short_rating
from coach.ui.today.panel import GIVE_WAY, column_of
from coach.ui.today.view import fetch
from tests.ui.test_today_habits import with_habits
from tests.ui.test_today_shape import TODAY


def test_what_does_not_fit_beside_the_day_is_counted(tmp_path: Path) -> None:
    coach = with_habits(tmp_path, 5)
    coach.goals.add("Back to college", "find the form")
    coach.moods.log(6)
    coach.items.add(coach.items.read("juggle later"))
    view = fetch(coach, None)
    everything = {"NEXT", "GOAL", "HOW IT FEELS", "1 for later"}
    for height in range(2, 40):
        column = column_of(view, 6, height)
        words = [one.text for one in (*column.above, *column.below)]
        used = len(column.above) + column.habits + len(column.below)
        gone = len(everything - set(words)) + (not column.habits)
        counted = sum(int(one.split()[0]) for one in words if one.endswith("taller screen"))
        assert used <= height or (not column.habits and counted == len(GIVE_WAY) + 1), height
        assert counted == gone, "what is not there is counted"
        assert "NEXT" in words, "what is next never gives way"
        assert "GOAL" in words or "HOW IT FEELS" not in words, "the least important goes first"


def test_the_words_of_a_rating() -> None:
    def mark(**numbers: int) -> Mark:
        return Mark("x", TODAY, "done", **numbers)  # type: ignore[arg-type]  # mypy takes them for every field

    cases: list[tuple[Mark, str, str, str]] = [
        (mark(), "", "", ""),
        (mark(expected_pleasure=0), "guess 0", "", ""),
        (mark(expected_mastery=4), "guess 4", "", ""),
        (mark(pleasure=7), "", "pleasant 7", ""),
        (mark(mastery=0), "", "went well 0", ""),
        (mark(expected_pleasure=3, pleasure=7), "guess 3", "pleasant 7", "You guessed 3, it was 7."),
        (mark(expected_mastery=3, pleasure=7), "guess 3", "pleasant 7", ""),
        (
            mark(expected_pleasure=3, pleasure=7, expected_mastery=5, mastery=5),
            "guess 3",
            "pleasant 7",
            "Pleasant: you guessed 3, it was 7. Went well: you guessed 5, it was 5.",
        ),
    ]
    for one, before, after, said in cases:
        assert (short_rating(one, settled=False), short_rating(one, settled=True), compared(one)) == (
            before,
            after,
            said,
        )
    assert short_rating(None, settled=True) == ""
