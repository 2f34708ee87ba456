"""Room to write in: plain text of a bounded length, whatever is typed or pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

from coach.domain.text import LONGEST, clean

if TYPE_CHECKING:
    from textual.widgets.text_area import Edit, EditResult

REST = 0.3
"""Seconds of not typing after which a draft is worth keeping."""


class Notebook(TextArea):
    """Wraps at the edge, draws no line numbers, blinks nowhere."""

    DEFAULT_CSS = """
    Notebook {
        border: none; padding: 0; background: $background; color: $foreground;
        scrollbar-size-vertical: 1; scrollbar-background: $background; scrollbar-background-hover: $background;
        scrollbar-background-active: $background; scrollbar-color: $rule; scrollbar-color-hover: $rule;
        scrollbar-color-active: $rule;
        &:focus { border: none; }
    }
    """

    class Overlong(Message):
        """More was typed or pasted than there is room for; what fits is there."""

    class Rested(Message):
        """Nothing has been typed for a moment."""

    def __init__(self, text: str = "") -> None:
        super().__init__(clean(text), soft_wrap=True, show_line_numbers=False, highlight_cursor_line=False)
        self.cursor_blink = False
        self.match_cursor_bracket = False
        self._resting: Timer | None = None

    def on_mount(self) -> None:
        self.move_cursor(self.document.end)

    def on_resize(self) -> None:
        self.call_next(self.refresh)  # Textual wraps anew, and leaves lines drawn for the old width where they are

    def edit(self, edit: Edit) -> EditResult:
        """Keys, pastes and our own clipboard all come through here: a megabyte is cut before it is laid out."""
        taken = len(self.get_text_range(*sorted((edit.from_location, edit.to_location))))
        room = max(0, LONGEST - len(self.text) + taken)
        text = clean(edit.text, room + 1)
        if len(text) > room:
            self.post_message(self.Overlong())
        edit.text = text[:room]
        return super().edit(edit)

    def on_text_area_changed(self) -> None:
        self.stop_resting()
        self._resting = self.set_timer(REST, self._rest)

    def stop_resting(self) -> None:
        """From now on nothing more is said until the next key."""
        if self._resting is not None:
            self._resting.stop()
            self._resting = None

    def _rest(self) -> None:
        self.post_message(self.Rested())
