"""What repeats, from the command line: how it was read, one time of it done or skipped, and a week of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coach.domain.days import show_day
from tests.cli.running import Home

TODAY = date(2026, 11, 23)
"""Not the real one: what is asked about days is asked with --date or --at."""


def test_add_says_how_often_and_when_next(home: Home) -> None:
    added = home.json("add", 'meds 8 and 20 daily from 2026-12-01 for 7 days @"the clinic" #Care !')
    assert {key: added[key] for key in added if key not in ("schema", "id", "reading")} == {
        "title": "meds",
        "date": "2026-12-01",
        "start": "08:00",
        "starts": ["08:00", "20:00"],
        "minutes": None,
        "rule": "FREQ=DAILY;COUNT=14;BYHOUR=8,20",
        "place": "the clinic",
        "tags": ["care"],
        "pinned": True,
        "leads": [],
        "silent": False,
        "follows": None,
        "hint": None,
        "next": "2026-12-01T08:00:00",
    }
    assert added["id"].startswith("p-")
    assert "every day 08:00 and 20:00, on 7 days, at the clinic, #care, pinned, next" in added["reading"]
    laundry = home.json("add", "laundry every other sat from 2026-12-05", "--dry-run")
    assert (laundry["id"], laundry["rule"], laundry["next"]) == (None, "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", "2026-12-05")


def test_each_time_of_a_day_is_a_row_with_an_id_of_its_own(home: Home) -> None:
    added = home.json("add", "meds 8 and 20 daily from 2026-11-20 #care")
    rows = home.json("today", "--date", "2026-11-23")["items"]
    assert [(row["id"], row["start"], row["of"]) for row in rows] == [
        (f"2611-x:{added['id']}:2026-11-23:0800", "08:00", added["id"]),
        (f"2611-x:{added['id']}:2026-11-23:2000", "20:00", added["id"]),
    ]
    assert {(row["rule"], *row["tags"]) for row in rows} == {("FREQ=DAILY;BYHOUR=8,20", "care")}
    home.json("done", rows[1]["id"])
    for ref in ("20:00", "meds", added["id"]):
        said = home.coach("done", ref, "--at", "2026-11-22T21:00")
        assert said.code == (0 if ref == "20:00" else 2), said
    states = {
        day: [row["state"] for row in home.json("today", "--date", day)["items"]]
        for day in ("2026-11-21", "2026-11-22", "2026-11-23")
    }
    assert states == {"2026-11-21": ["open"] * 2, "2026-11-22": ["open", "done"], "2026-11-23": ["open", "done"]}


def test_done_by_the_id_that_add_gave_is_for_that_day(home: Home) -> None:
    added = home.json("add", "walk every mon from 2026-11-23 07:30")
    home.json("done", added["id"], "--at", "2026-11-30T09:00")
    assert home.json("today", "--date", "2026-11-30")["items"][0]["state"] == "done"
    assert home.json("today", "--date", "2026-11-23")["items"][0]["state"] == "open"
    other = home.coach("done", added["id"], "--at", "2026-11-24T09:00")
    assert (other.code, "does not come on Tuesday 24 November" in other.err) == (3, True)


def test_skip_excuses_today_and_only_today(home: Home) -> None:
    home.json("add", "walk daily today")
    home.json("add", "post it today")
    today = date.fromisoformat(home.json("today")["day"])
    assert home.coach("skip", "walk", "--reason", " ill\n").out == "Skipped: walk (ill). It counts against nothing.\n"
    home.json("skip", "post")
    assert {row["title"]: row["state"] for row in home.json("today")["items"]} == {
        "walk": "excused",
        "post it": "excused",
    }
    assert [record.get("reason") for record in home.json("list", "marks")["records"] if "reason" in record] == ["ill"]
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert home.json("today", "--date", tomorrow)["items"][0]["state"] == "open"
    assert home.coach("status").out == "0/0\n"
    home.coach("undo")
    home.coach("undo")
    assert home.coach("status").out.startswith("0/2")
    assert home.coach("skip", "nothing like it").code == 3
    home.json("add", "learn to juggle later")
    said = home.coach("skip", "juggle")
    assert (said.code, "waits for later" in said.err, said.out) == (2, True, "")


@pytest.mark.parametrize(("starts", "first"), [("monday", TODAY), ("sunday", TODAY - timedelta(days=1))])
def test_the_week(home: Home, starts: str, first: date) -> None:
    home.coach("add", "walk every weekday from 2026-11-01 07:30 30m @park")
    home.coach("add", "rent 2026-11-28")
    (home.path / "config.toml").write_text(f'week_starts = "{starts}"\n')
    week = home.json("plan", "--week", "--date", "2026-11-25")
    assert week["first"] == first.isoformat()
    found = {day["day"]: [row["title"] for row in day["items"]] for day in week["days"]}
    weekday = {f"2026-11-{day}": ["walk"] for day in range(23, 28)} | {"2026-11-28": ["rent"]}
    assert found == {(first + timedelta(days=day)).isoformat(): [] for day in range(7)} | weekday
    text = home.coach("plan", "--week", "--date", "2026-11-25").out
    assert "Monday 23 November         0 of 1 done\n  [ ] 07:30  walk  (30 min, at park)\n" in text
    assert f"{show_day(date(2026, 11, 29) if starts == 'monday' else first)}\n      nothing planned" in text
    assert home.coach("plan").code == 0


def test_what_cannot_be_known_is_asked_and_nothing_is_kept(home: Home) -> None:
    said = home.coach("add", "lunch 3/4")
    assert (said.code, "3 April or 4 March" in said.err) == (2, True)
    assert home.json("list", "items")["records"] == []
    home.path.mkdir(exist_ok=True)
    (home.path / "config.toml").write_text('date_order = "dmy"\n')
    assert home.json("add", "lunch 3/4", "--dry-run")["date"][5:] == "04-03"


def test_a_line_that_follows_something_and_one_that_is_in_doubt(home: Home) -> None:
    home.coach("add", "Breakfast")
    told = home.json("add", "--dry-run", "vitamins after breakfast")
    assert (told["title"], told["follows"], told["reading"]) == (
        "vitamins",
        "Breakfast",
        "vitamins, today after Breakfast",
    )
    assert home.json("add", "--dry-run", "vitamins after lunch")["follows"] is None
    said = home.coach("add", "call tommorow")
    assert "Did you mean “tomorrow”?" in said.err and said.out == "call tommorow, today\n"
