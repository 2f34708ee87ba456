"""A note on what a day's line became: read, written or changed in a few words."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from coach.services.marks import LONGEST_NOTE
from coach.ui.dialogs.writing import Lines, WritingDialog


class NoteLines(Lines):
    """Enter saves; pasted lines stay lines."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "screen.save", "Save", key_display="Enter")]

    def ends(self) -> bool:
        return True


class NoteDialog(WritingDialog):
    """`save` is given the words; without any the note goes away."""

    BINDING_GROUP_TITLE = "Note"
    HINT = "Enter saves. An empty note takes it away."
    DEFAULT_CSS = """
    NoteDialog Lines { height: 6; }
    NoteDialog.-low Lines { height: 4; }
    """

    def compose_lines(self) -> Lines:
        return NoteLines(self._first)

    def problem(self) -> str:
        if (length := len(self.lines.text)) > LONGEST_NOTE:
            return f"{length:,} characters are more than the {LONGEST_NOTE:,} of a note. The journal holds more."
        return ""
