"""Goals: what a pasted list becomes."""

from __future__ import annotations

from pathlib import Path

from coach.bootstrap import build
from coach.paths import Paths

PASTED = """
- [ ] ring the office
[x] find the form
* [X] print it
1. sign it
4) post it
• tell mum
•tell dad
+ [] wait
-
12. [x] 3.5 km walk
-5 degrees outside
[x](link) stays
1984. was a year
"""
STEPS = [
    ("ring the office", False),
    ("find the form", True),
    ("print it", True),
    ("sign it", False),
    ("post it", False),
    ("tell mum", False),
    ("tell dad", False),
    ("wait", False),
    ("3.5 km walk", True),
    ("-5 degrees outside", False),
    ("[x](link) stays", False),
    ("1984. was a year", False),
]


def test_pasted_lines_lose_their_signs_and_ticked_ones_are_done(tmp_path: Path) -> None:
    goals = build(Paths(str(tmp_path))).goals
    goal = goals.add("The form", PASTED)
    assert [(step.title, step.done) for _, step in goal.in_order()] == STEPS
    assert goals.add_steps(goal.id, "[ ]\n[x]\n4)\n-\n") == 0
