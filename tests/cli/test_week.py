"""The week from the command line: what kind of day each is, and how the week divides among areas."""

from __future__ import annotations

from tests.cli.running import Home

WEEK = ("plan", "--week", "--date", "2026-11-25")


def test_the_week_says_what_it_holds_by_area(home: Home) -> None:
    empty = home.json(*WEEK)
    assert {day["shape"] for day in empty["days"]} == {"usual"}
    assert empty["balance"] == {"areas": [], "without": 0, "sentence": None}
    assert "By area" not in home.coach(*WEEK).out
    home.coach("add", "work every weekday from 2026-11-23 09:00 3h #work")
    home.coach("add", "post 2026-11-24")
    areas = [{"area": "work", "planned": 5, "done": 0, "minutes": 900}]
    assert home.json(*WEEK)["balance"] == {"areas": areas, "without": 1, "sentence": "Most of this week is Work."}
    assert home.coach(*WEEK).out.endswith(
        "By area\n      Work                   5 planned\nMost of this week is Work.\n"
    )
