"""coach habits, and done and skip where a habit is meant."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.running import Home


def habit(home: Home, title: str, *words: str) -> str:
    return str(home.json("habits", "--add", title, *words)["id"])


def shown(home: Home) -> dict[str, Any]:
    return {one["title"]: one for one in home.json("habits")["habits"]}


def test_no_habits_yet_says_how_to_begin(home: Home) -> None:
    said = home.coach("habits")
    assert (said.code, said.out) == (3, "")
    assert "coach habits --add" in said.err
    assert home.json("habits")["habits"] == home.json("today")["habits"] == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "every day"),
        (("--tiny", "to the gate"), "every day"),
        (("--days", "fri,monday, wed"), "Mon, Wed, Fri"),
        (("--times", "3", "--per", "10"), "3 times in 10 days"),
        (("--times", "3"), "3 times in 7 days"),
        (("--amount", "8", "--unit", "glasses"), "8 glasses a day"),
        (("--amount", "30", "--unit", "km", "--per", "7"), "30 km in 7 days"),
        (("--amount", "2.5", "--unit", "km", "--days", "sat"), "2.5 km on Sat"),
        (("--kind", "reduce", "--amount", "2"), "at most 2 a day"),
        (("--kind", "avoid"), "noted when it happens"),
    ],
)
def test_a_new_habit_says_what_it_asks_for(home: Home, words: tuple[str, ...], told: str) -> None:
    said = home.coach("habits", "--add", "Walk", *words)
    assert (said.code, said.out) == (0, f"Walk: {told}\n")
    assert said.err.startswith("Saved as p-")
    assert shown(home)["Walk"]["target"] == told


@pytest.mark.parametrize(
    "words",
    [
        ("--add", " "),
        ("--add", "x", "--days", "someday"),
        ("--add", "x", "--days", "t"),
        ("--add", "x", "--days", ","),
        ("--add", "x", "--times", "8", "--per", "7"),
        ("--add", "x", "--amount", "nan"),
        ("--add", "x", "--amount", "0"),
        ("--add", "x", "--unit", "glasses"),
        ("--add", "x", "--kind", "reduce"),
        ("--add", "x", "--kind", "avoid", "--amount", "2"),
        ("--add", "x", "--kind", "odd"),
        ("--kind", "avoid"),
        ("--days", "mon"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_kept(home: Home, words: tuple[str, ...]) -> None:
    said = home.coach("habits", *words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("coach: ")
    assert home.json("habits")["habits"] == []


def test_the_table_and_its_json(home: Home) -> None:
    habit(home, "Walk")
    habit(home, "Water", "--amount", "8", "--unit", "glasses")
    home.coach("done", "walk")
    home.coach("done", "water", "--amount", "3")
    told = home.coach("habits").out
    assert told.splitlines() == [
        "  [x]        Walk  (1 of 1 day)  5 %",
        "    3        Water  (8 glasses a day, 1 of 1 day, in part)  2 %",
    ]
    assert shown(home)["Water"]["part30"] == 1
    walk = shown(home)["Walk"]
    assert walk.pop("id").startswith("p-")
    assert walk == {
        "title": "Walk",
        "kind": "build",
        "state": "done",
        "strength": 5.1922,
        "amount": None,
        "unit": None,
        "target": "every day",
        "due": True,
        "remind": [],
        "done30": 1,
        "of30": 1,
        "part30": 0,
        "last30": "-" * 29 + "d",
        "headline": "1 of 1 day",
    }


def test_times_at_which_it_asks(home: Home) -> None:
    said = home.coach("habits", "--add", "Walk", "--remind", "20:00 8:00")
    assert said.out == "Walk: every day, asks at 08:00 and 20:00\n"
    assert shown(home)["Walk"]["remind"] == ["08:00", "20:00"]
    assert home.coach("habits", "--change", "walk", "--remind", "7 pm").out == "Walk: every day, asks at 19:00\n"
    assert home.coach("habits", "--change", "walk", "--remind", "").out == "Walk: every day\n"
    assert shown(home)["Walk"]["remind"] == []
    for wrong in (("--remind", "8:00"), ("--change", "walk"), ("--change", "walk", "--add", "x", "--remind", "8:00")):
        assert home.coach("habits", *wrong).code == 2, wrong
    assert home.coach("habits", "--change", "walk", "--remind", "soon").code == 2
    assert home.coach("habits", "--add", "Smoke", "--kind", "avoid", "--remind", "8:00").code == 2


def test_today_shows_the_habits_of_the_day(home: Home) -> None:
    walk = habit(home, "Walk")
    habit(home, "Smoking", "--kind", "avoid")
    assert "Habits" in home.coach("today").out
    told = home.coach("today").out.split("\nHabits\n")[1]
    assert told == "  [ ]        Walk  (none yet)\n    0        Smoking  (not noted lately)\n"
    found = home.json("today")["habits"]
    assert [(one["id"] == walk, one["title"], one["kind"], one["state"], one["strength"]) for one in found] == [
        (True, "Walk", "build", "open", 0.0),
        (False, "Smoking", "avoid", "open", 0.0),
    ]
    assert home.json("today", "--date", "yesterday")["habits"][0]["state"] == "unknown"
    assert home.process().out == home.coach("today").out


def test_without_habits_today_says_nothing_of_them(home: Home) -> None:
    home.coach("add", "walk")
    assert "Habits" not in home.coach("today").out


def test_done_skip_and_open_again(home: Home) -> None:
    walk = habit(home, "Walk")
    for words, state in ((("done", "walk"), "done"), (("done", "walk", "--undo"), "open"), (("skip", walk), "excused")):
        assert home.json(*words) == {"schema": 1, "id": walk, "saved": True}
        assert shown(home)["Walk"]["state"] == state
    assert home.coach("skip", "walk", "--reason", "ill").out == "Skipped: Walk (ill). It counts against nothing.\n"
    assert home.json("list", "marks")["records"][0]["reason"] == "ill"
    assert home.coach("undo").out == "Undone: marked “Walk”.\n"
    earlier = home.json("today", "--date", "yesterday")["day"]
    assert home.coach("done", "walk", "--at", f"{earlier}T12:00").code == 0
    assert home.json("today", "--date", "yesterday")["habits"][0]["state"] == "done"


def test_counted_habits_take_an_amount(home: Home) -> None:
    habit(home, "Water", "--amount", "8", "--unit", "glasses")
    habit(home, "Cans", "--kind", "reduce", "--amount", "2")
    habit(home, "Smoking", "--kind", "avoid")
    told = home.coach("done", "water", "--amount", "2.5").out
    assert told.startswith("Noted: Water, 2.5 glasses on ")
    assert told.endswith("(8 glasses a day)\n")
    steps: tuple[tuple[str, tuple[str, ...], tuple[str, float | None]], ...] = (
        ("Water", ("--amount", "5.5"), ("done", 8.0)),
        ("Water", ("--undo",), ("part", 7.0)),
        ("Water", ("--undo", "--amount", "6"), ("part", 1.0)),
        ("Water", (), ("part", 2.0)),
        ("Water", ("--undo", "--amount", "9"), ("open", None)),
        ("Water", ("--amount", "0"), ("missed", 0.0)),
        ("Water", ("--amount", "0", "--undo"), ("open", None)),
        ("Cans", (), ("done", 1.0)),
        ("Cans", ("--amount", "2"), ("part", 3.0)),
        ("Cans", ("--amount", "0"), ("done", 0.0)),
        ("Smoking", (), ("open", 1.0)),
        ("Smoking", ("--undo",), ("open", None)),
    )
    for title, words, expected in steps:
        assert home.coach("done", title, *words).code == 0
        assert (shown(home)[title]["state"], shown(home)[title]["amount"]) == expected
    for wrong in ("-1", "nan", "inf", "many"):
        assert home.coach("done", "water", f"--amount={wrong}").code == 2


def test_where_nothing_was_noted_there_is_nothing_to_take_back(home: Home) -> None:
    habit(home, "Water", "--amount", "8", "--unit", "glasses")
    assert home.coach("done", "water", "--undo").out == "Nothing was noted: Water\n"


def test_an_amount_of_what_is_not_counted_is_refused(home: Home) -> None:
    habit(home, "Walk")
    home.coach("add", "letter today")
    for title in ("walk", "letter"):
        said = home.coach("done", title, "--amount", "2")
        assert (said.code, said.out) == (2, "")
        assert "not counted" in said.err


def test_words_that_fit_something_planned_and_a_habit(home: Home) -> None:
    habits = [habit(home, title) for title in ("Walk", "Run")]
    items = [home.json("add", line)["id"] for line in ('"walk the dog"', '"run"', '"run a bath"')]
    assert home.json("done", "walk")["id"] == habits[0], "the whole title of one of them"
    assert home.json("done", "dog")["id"] == items[0]
    for words, listed in (
        ("wal", (habits[0], items[0])),
        ("run", (habits[1], items[1])),
        ("ru", (habits[1], *items[1:])),
    ):
        for verb in ("done", "skip"):
            said = home.coach(verb, words)
            assert (said.code, said.out) == (2, "")
            assert all(one in said.err for one in listed)
            assert said.err.count("\n") == 1 + len(listed)
    for one in (*habits, *items):
        assert home.json("done", one)["id"] == one
    nothing = home.coach("done", "swim")
    assert (nothing.code, "coach today" in nothing.err) == (3, True)


def test_list_and_doctor_know_them(home: Home) -> None:
    walk = habit(home, "Walk")
    home.coach("done", "walk")
    assert [one["id"] for one in home.json("list", "habits")["records"]] == [walk]
    assert home.json("doctor")["ok"]
    file = str(home.path / "mine.json")
    home.coach("export", file)
    again = home.another()
    assert again.coach("import", file).code == 0
    assert again.json("habits") == home.json("habits")


def test_what_was_excused_is_open_again_without_an_amount(home: Home) -> None:
    habit(home, "Water", "--amount", "8", "--unit", "glasses")
    home.coach("skip", "water", "--reason", "ill")
    assert home.coach("done", "water", "--undo").out == "Open again: Water\n"
    assert shown(home)["Water"]["state"] == "open"
