"""Search: every text a person wrote is found, tags exactly; rooms that are off stay shut."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.storage.summary import Summaries
from tests.services.clock import TODAY, Watch, add, coach_at


def found(coach: Coach, words: str) -> list[str]:
    return [f"{hit.table} {hit.text.splitlines()[0]}" for hit in coach.search.find(words)]


def test_everything_written_is_searched(coach: Coach) -> None:
    walk = add(coach, 'walk @"the harbour" #Fresh-air')
    coach.items.marks.note(walk.id, TODAY, "saw the heron")
    coach.goals.add("Back to college", "find the form\nring Mr Heron")
    coach.journal.write("A heron, again.\nIt was a Monday.")
    assert sorted(found(coach, "HERON")) == ["goals Back to college", "journal A heron, again.", "marks saw the heron"]
    assert found(coach, "harbour walk") == ["items walk"]
    assert found(coach, "again monday") == ["journal A heron, again."], "every word, wherever it stands in it"
    assert found(coach, "heron harbour") == []
    for words in ("done", "2026-11-23", "10:42", walk.id, "UTC", ""):
        assert found(coach, words) == [], "times and ids are nobody's words"


def test_a_tag_is_found_whole(coach: Coach) -> None:
    for line in ("walk #health", "run #health #out", "eat #healthy", "healthy food", "talk about #health"):
        add(coach, line)
    assert found(coach, "#health") == ["items talk about", "items run", "items walk"]
    assert found(coach, "#HEALTH run") == ["items run"]
    assert found(coach, "#heal") == []
    assert found(coach, "healthy") == ["items healthy food", "items eat"]
    assert coach.search.tags() == (("health", 3), ("healthy", 1), ("out", 1))


def test_a_habit_is_found_by_its_words(coach: Coach) -> None:
    habit = coach.habits.add("Read a page", tiny="One line of poetry")
    coach.habits.note(habit.id, TODAY, "a long novel")
    assert found(coach, "poetry") == ["habits Read a page"]
    (hit,) = coach.search.find("novel")
    assert (hit.table, hit.subject, hit.day) == ("marks", habit.id, TODAY.isoformat())


def test_a_room_that_is_off_is_not_found(coach: Coach) -> None:
    coach.settings.change(rooms=("urges",))
    coach.cravings.log(7, triggers=("the corner shop",))
    assert found(coach, "corner") == ["cravings the corner shop"]
    coach.settings.change(rooms=())
    assert found(coach, "corner") == []


def test_the_newest_months_are_opened_first_and_no_more_than_are_needed(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    for month in range(1, 12):
        add(coach, f"walk {month} 2026-{month:02}-10")
    opened: list[str] = []
    real = Summaries.get

    def get(summaries: Summaries, month: str) -> object:
        opened.append(month)
        return real(summaries, month)

    monkeypatch.setattr(Summaries, "get", get)
    assert [hit.day for hit in coach.search.find("walk", most=2)] == ["2026-11-10", "2026-10-10"]
    assert min(opened) >= "2026-09"
    assert len(coach.search.find("walk")) == 11
    goal, daily = coach.goals.add("Walk"), add(coach, "walk daily")
    hits = coach.search.find("walk", most=2)
    assert [hit.id for hit in hits if hit.table == "goals" or hit.repeats] == [daily.id, goal.id]
    assert len(hits) == 4, "what has no day to be new by is not cut off"
    del opened[:]
    assert coach.search.find("walk", wanted=lambda: False) == (), "something else is asked for meanwhile"
    assert not opened


def test_a_search_leaves_no_month_open(tmp_path: Path, watch: Watch, coach: Coach) -> None:
    for month in range(1, 12):
        add(coach, f"walk {month} #out 2026-{month:02}-10")
    months = [f"2026-{month:02}" for month in range(1, 12)]
    for _ in ("no summaries yet", "from their files"):
        again = coach_at(tmp_path, watch)
        for looked_at in months[:4]:
            again.items.view(date.fromisoformat(f"{looked_at}-10"))
        assert len(again.search.find("walk #out")) == 11
        assert again.search.tags() == (("out", 11),)
        assert [month for month in months if again.store.books.is_open(month)] == months[:4]
    add(again, "call 2026-02-03 #out #new")
    add(again, "swim #out daily")
    add(coach, "ring 2026-09-03 #new")
    again.catch_up()
    assert again.search.tags() == (("out", 13), ("new", 2)), "an open month, a file out of date, and the plan"


def test_strange_records_are_searched_too(coach: Coach) -> None:
    item = add(coach, "walk")
    book = coach.store.book(item.id[:4] and "2026-11")
    tables = book.read() or {}
    tables["items"][item.id] |= {"tags": "none", "note": ["deep", {"down": "pearl", "at": "pearl at"}], "day": 7}
    with coach.store.change("strange"):
        book.write(tables)
    assert found(coach, "pearl") == ["items walk"]
    (hit,) = coach.search.find("pearl")
    assert (hit.day, date.fromisoformat("2026-11-23")) == ("", TODAY)
