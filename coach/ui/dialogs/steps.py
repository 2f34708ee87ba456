"""Steps for a goal or a routine: one on each line, typed or pasted, and kept while they are typed."""

from __future__ import annotations

from collections.abc import Callable

from coach.domain.step_lines import MOST
from coach.ui.dialogs.writing import Lines, WritingDialog

LONGEST = 500
"""Characters of one step: what the services take."""


class StepLines(Lines):
    """One step a line; Enter on an empty last line means that was all."""

    def ends(self) -> bool:
        at_end = self.selection.is_empty and self.cursor_location == self.document.end
        return at_end and bool(self.text.strip()) and self.text.endswith("\n")


class StepsDialog(WritingDialog):
    """Adds steps to what there is."""

    BINDING_GROUP_TITLE = "Steps"
    HINT = "One step a line; a whole list can be pasted. Enter on an empty line saves."
    OVERLONG = "That was more than fits; the rest was left out. Save these, then add more."

    def __init__(self, of: str, title: str, add: Callable[[str, str], object]) -> None:
        """`add` is given what the steps are of, by its id, and the lines; it runs in the store thread."""
        super().__init__(f"Steps for “{title}”", lambda text: add(of, text), f"steps-{of}")

    def compose_lines(self) -> Lines:
        return StepLines()

    def problem(self) -> str:
        lines = [line for line in self.lines.text.splitlines() if line.strip()]
        if len(lines) > MOST:
            return f"{len(lines)} lines are more than the {MOST} that can be added at once. Take some away for now."
        if any(len(line) > LONGEST for line in lines):
            return f"One line is longer than {LONGEST} characters. Shorten it, or make two steps of it."
        return ""
