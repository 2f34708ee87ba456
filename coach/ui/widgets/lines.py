"""What one line of a list holds, and how it is laid out in exactly the cells there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from coach.ui.glyphs import Glyphs
from coach.ui.text import cell_len, fit, pad

MARGIN = 3
"""Cells left of a line; the cursor stands in the second."""
_SHORTEST = 8
"""Cells of text below which the words on the right give way."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line; `text`, `time` and `right` may be anything a person typed."""

    text: str
    key: str = ""
    kind: Literal["row", "heading", "gap", "note"] = "row"
    mark: str = ""
    """A box from the glyphs, such as "[ ]"; rows without one leave its column free if any row has one."""
    time: str = ""
    right: str = ""
    indent: int = 0
    done: bool = False
    strong: bool = False
    unfolds: bool = False
    """A heading under which something is folded."""

    @property
    def holds_cursor(self) -> bool:
        return self.kind == "row" or self.unfolds


@dataclass(frozen=True, slots=True)
class Looks:
    """The styles a line is drawn with."""

    text: Style
    dim: Style
    heading: Style
    strong: Style
    cursor: Style
    selected: Style
    """Only a background."""


def mark_width(rows: Sequence[Row]) -> int:
    """Cells of the column of boxes."""
    return max((cell_len(row.mark) for row in rows if row.kind == "row" and row.mark), default=0)


def draw(row: Row, width: int, marks: int, looks: Looks, glyphs: Glyphs, *, chosen: bool) -> Strip:
    """One line of exactly `width` cells; `marks` is the width of the column of boxes."""
    if row.kind == "row":
        text = looks.dim if row.done else looks.strong if row.strong else looks.text
        parts = _columns(row, width, marks, glyphs, (text, looks.dim))
    else:
        look = looks.heading if row.kind == "heading" else looks.dim
        parts = _columns(row, width, 0, glyphs, (look, look))
    cursor = f" {glyphs.cursor}" if chosen else ""
    parts.insert(0, Segment(pad(cursor, min(MARGIN, width), glyphs.ellipsis), looks.cursor))
    if chosen:
        parts = [Segment(part.text, (part.style or Style.null()) + looks.selected) for part in parts]
    return Strip(parts, width)


def draw_rest(above: int, below: int, width: int, looks: Looks, glyphs: Glyphs) -> Strip:
    """The last line, when not everything fits: how much is out of sight."""
    words = ", ".join(f"{count} more {where}" for count, where in ((above, "above"), (below, "below")) if count)
    text = fit(words, max(0, width - 1), glyphs.ellipsis)
    return Strip([Segment(pad(" " * (width - cell_len(text) - 1) + text, width, glyphs.ellipsis), looks.dim)], width)


def _columns(row: Row, width: int, marks: int, glyphs: Glyphs, looks: tuple[Style, Style]) -> list[Segment]:
    """Everything right of the margin: indent, box, time, text, right."""
    look, quiet = looks
    left = " " * row.indent
    if marks:
        left += pad(row.mark, marks, glyphs.ellipsis) + " "
    time = fit(row.time, 12, glyphs.ellipsis) + ("  " if width > 40 else " ") if row.time else ""
    room = max(0, width - MARGIN)
    text_room = room - cell_len(left) - cell_len(time) - 1
    least = min(_SHORTEST, cell_len(row.text))
    right = fit(row.right, max(0, text_room - least - 2), glyphs.ellipsis) if row.right else ""
    if right and text_room - cell_len(right) - 2 >= least:
        text_room -= cell_len(right) + 2
        right = "  " + right
    else:
        right = ""
    text = pad(row.text, text_room, glyphs.ellipsis)
    whole = [Segment(left, look), Segment(time, quiet), Segment(text, look), Segment(right + " ", quiet)]
    return list(Segment.adjust_line_length(whole, room, style=look))
