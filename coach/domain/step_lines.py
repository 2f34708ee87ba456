"""Reads a list, typed or pasted, as steps: one a line, whatever signs stand in front of them."""

from __future__ import annotations

import re
from typing import NamedTuple

from coach.domain.text import one_line

MOST = 200
"""Lines read at once."""
_SIGN = re.compile(r"(?:[-*+](?: |$)|• ?)?(?:\d{1,3}[.)](?: |$))?(?:\[(?P<box>[ xX]?)\](?!\() ?)?")
"""Signs of lists and of ticked boxes; "[x](" is a link."""


class StepLine(NamedTuple):
    """What one line says, and whether the box in front of it was ticked."""

    title: str
    done: bool


def read_steps(text: str) -> list[StepLine]:
    """Each line a step; list signs such as "- ", "[x] " or "2. " in front are left out, and so are empty lines."""
    steps = [_without_sign(one_line(line)) for line in text.splitlines()[:MOST]]
    return [step for step in steps if step.title]


def _without_sign(line: str) -> StepLine:
    found = _SIGN.match(line)
    return StepLine(line[found.end() :], found["box"] in ("x", "X")) if found else StepLine(line, False)
