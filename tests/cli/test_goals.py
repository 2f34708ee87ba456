"""coach goals: what it prints, and what a script may rely on."""

from __future__ import annotations

from datetime import timedelta

from coach.bootstrap import build
from coach.paths import Paths
from tests.cli.running import Home

KEYS = {"id", "title", "area", "state", "next", "steps_done", "steps_total", "level", "review"}


def test_an_empty_list_says_one_thing_to_do(home: Home) -> None:
    said = home.coach("goals")
    assert said.code == 0
    assert said.out.startswith("No goals yet.")
    assert home.json("goals") == {"schema": 1, "goals": []}


def test_each_goal_with_its_next_step_and_levels_in_words(home: Home) -> None:
    coach = build(Paths(str(home.path)))
    today = coach.items.today()
    college = coach.goals.add("Back to [/x] college", "[x] find the form\nring the office 10m")
    coach.goals.change(college.id, area="learning", review=today + timedelta(days=1), levels={"0": "I go"})
    coach.goals.stand(college.id, -2)
    coach.goals.stand(college.id, -1)
    swim, doctor = coach.goals.add("Swim", resting=True), coach.goals.add("Find a doctor")
    coach.goals.reach(doctor.id)
    first, second, third = home.json("goals")["goals"]
    assert set(first) == set(second) == set(third) == KEYS
    assert first["next"] == {"id": college.in_order()[1][0], "title": "ring the office", "minutes": 10}
    assert {key: first[key] for key in KEYS - {"next"}} == {
        "id": college.id,
        "title": "Back to [/x] college",
        "area": "learning",
        "state": "on",
        "steps_done": 1,
        "steps_total": 2,
        "level": "on the way",
        "review": (today + timedelta(days=1)).isoformat(),
    }
    assert (second["id"], second["state"], second["next"], second["level"]) == (swim.id, "waiting", None, None)
    assert (third["id"], third["state"]) == (doctor.id, "reached")
    assert home.coach("goals").out.splitlines() == [
        "  [ ] Back to [/x] college  (1 of 2)",
        "      next       ring the office  (10 min)",
        "      how far    on the way",
        "      look back  tomorrow",
        "",
        "Waiting",
        "  [ ] Swim",
        "",
        "Reached",
        "  [x] Find a doctor",
    ]
