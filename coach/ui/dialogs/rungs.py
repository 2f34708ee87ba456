"""Rungs for the ladder of a goal: one on each line, the easiest first."""

from __future__ import annotations

from collections.abc import Callable

from coach.ui.dialogs.steps import StepLines
from coach.ui.dialogs.writing import Lines, WritingDialog


class RungsDialog(WritingDialog):
    """Adds rungs above those there are."""

    BINDING_GROUP_TITLE = "A ladder"
    HINT = "The easiest first, one a line. 0 to 10 behind it says how hard: say hello 2"

    def __init__(self, goal: str, title: str, add: Callable[[str, str], object]) -> None:
        """`add` is given the goal's id and the lines; it runs in the store thread."""
        super().__init__(f"A ladder for “{title}”", lambda text: add(goal, text), f"rungs-{goal}")

    def compose_lines(self) -> Lines:
        return StepLines()
