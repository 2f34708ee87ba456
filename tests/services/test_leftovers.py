"""What is open is always somewhere: on its day, left over, longer ago or for later, and in one of them only."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.bootstrap import Coach
from tests.services.clock import TODAY, Watch, coach_at, lines

KINDS = ("", " later", " every 2 weeks", " every month")
"""How a line goes on: a thing of its day, one without a day, and times of what repeats."""
AHEAD = 40
MOVES = st.lists(st.none() | st.integers(-350, AHEAD), min_size=1, max_size=3)


def everywhere(coach: Coach) -> Counter[str]:
    """How often each thing is shown, on a day to come or in a list."""
    coming = [TODAY + timedelta(days=number) for number in range(AHEAD + 1)]
    shown = Counter(line.item.id for day in coming for line in lines(coach, day))
    for items in (coach.items.leftovers(), coach.items.left.longer_ago(), coach.items.later()):
        shown.update(item.id for item in items)
    return shown


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 360), st.lists(st.tuples(st.sampled_from(KINDS), MOVES), min_size=1, max_size=4))
def test_what_is_open_is_in_one_place(ago: int, things: list[tuple[str, list[int | None]]]) -> None:
    """Added so many days ago, and moved about since, over months and to the Later list and back."""
    with tempfile.TemporaryDirectory() as home:
        watch = Watch()
        watch.now -= timedelta(days=ago)
        early = coach_at(Path(home), watch)
        begun, wanted = early.items.today(), []
        for number, (how, moves) in enumerate(things):
            item = early.items.add(early.items.read(f"thing {number}{how}"))
            moved = next(line.item for line in lines(early, begun)) if item.rule else item
            moved = next((line.item for line in lines(early, begun) if line.item.of == item.id), moved)
            for to in moves:
                day = None if to is None else TODAY + timedelta(days=to)
                if day != moved.on:  # back on its own day it is as the rule gives it, and the next one is near
                    moved = early.items.move(moved.id, day)
            if moved.on is None or moved.day != moved.on:
                wanted.append(moved.id)
        watch.now += timedelta(days=ago)
        for coach in (coach_at(Path(home), watch), coach_at(Path(home), watch)):
            shown = everywhere(coach)
            assert {item: shown[item] for item in wanted} == dict.fromkeys(wanted, 1)
            if wanted:
                coach.items.let_go(wanted[0])  # the other one reads what is kept afresh
                wanted.pop(0)


@pytest.mark.parametrize("line", ["form later", "form", "form every 2 weeks"])
def test_what_was_put_on_a_day_by_hand_and_left_is_longer_ago(tmp_path: Path, line: str) -> None:
    """A thing of the Later list lies in the plan, a moved one in the book of another month."""
    watch = Watch()
    early = coach_at(tmp_path, watch)
    item = early.items.add(early.items.read(line))
    found = lines(early)[0].item if lines(early) else item
    early.items.move(found.id, TODAY + timedelta(days=10))
    for days, where in ((10, "today"), (11, "left over"), (24, "left over"), (25, "longer ago"), (375, "longer ago")):
        watch.now = Watch().now + timedelta(days=days)
        items = coach_at(tmp_path, watch).items
        told = {
            "today": [line.item for line in items.view(items.today()).lines],
            "left over": items.leftovers(),
            "longer ago": items.left.longer_ago(),
            "later": items.later(),
        }
        # Of what comes often the next one is near: nobody is asked, and it is there to be found.
        expected = "longer ago" if item.rule and where == "left over" else where
        assert [name for name, these in told.items() if any(one.id == found.id for one in these)] == [expected]
    early.items.mark(found.id, TODAY + timedelta(days=10), "done")
    watch.now = Watch().now + timedelta(days=40)
    assert coach_at(tmp_path, watch).items.left.longer_ago() == ()


def test_an_area_is_changed_by_a_line_that_says_one(tmp_path: Path) -> None:
    items = coach_at(tmp_path, Watch()).items
    walk = items.add(replace(items.read("walk 12:00"), area="health"))
    assert items.edit(walk.id, items.read("walk 13:00")).area == "health", "a line that says none keeps it"
    assert items.edit(walk.id, replace(items.read("walk 13:00"), area="fun")).area == "fun"
    assert items.edit(walk.id, replace(items.read("walk 13:00"), area="")).area == ""
