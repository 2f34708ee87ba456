"""A list of lines with one cursor, drawn line by line so that a key costs two lines and not a screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from coach.ui.glyphs import glyphs_of
from coach.ui.text import cell_len
from coach.ui.widgets.lines import MARGIN, Looks, Row, draw, draw_rest, mark_width

__all__ = ["Row", "Rows"]

_LOOKS = ("text", "dim", "heading", "strong", "cursor")


class Rows(Widget, can_focus=True):
    """Rows with a cursor, and a last line that says how many more there are."""

    ALLOW_SELECT = False
    STEERED: ClassVar[bool] = False
    """Whether the keys move its cursor from elsewhere, so that it shows without the focus."""
    COMPONENT_CLASSES = {"rows--text", "rows--dim", "rows--heading", "rows--strong", "rows--cursor", "rows--selected"}
    DEFAULT_CSS = """
    Rows { height: 1fr; width: 1fr; }
    Rows > .rows--text { color: $foreground; }
    Rows > .rows--dim { color: $dim; text-style: $dim-style; }
    Rows > .rows--heading { color: $dim; text-style: $dim-style; }
    Rows > .rows--strong { color: $foreground; text-style: bold; }
    Rows > .rows--cursor { color: $primary; text-style: bold; }
    Rows > .rows--selected { background: $selected; }
    """
    BINDINGS = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "leap(-1)", "Page up", show=False),
        Binding("pagedown", "leap(1)", "Page down", show=False),
        Binding("home", "leap(-1, True)", "First", show=False),
        Binding("end", "leap(1, True)", "Last", show=False),
        Binding("enter", "select", "Open", show=False),
    ]

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another row."""

        rows: Rows
        row: Row

        @property
        def control(self) -> Rows:
            return self.rows

    @dataclass
    class Ended(Message):
        """Up on the first row (-1), or down on the last (1)."""

        rows: Rows
        by: int

        @property
        def control(self) -> Rows:
            return self.rows

    class Selected(Highlighted):
        """Enter or a click on a row."""

    class Marked(Highlighted):
        """A click on the box of a row."""

    def __init__(self, rows: Iterable[Row] = (), *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._rows: tuple[Row, ...] = tuple(rows)
        self._cursor = self._nearest(0)
        self._top = 0

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self._cursor] if 0 <= self._cursor < len(self._rows) else None

    def set_rows(self, rows: Iterable[Row], keep: str | None = None) -> None:
        """Shows other rows; the cursor stays on the row whose key is `keep` (else on the key it was on, else near)."""
        before, self._rows = self._rows, tuple(rows)
        key = keep if keep is not None else (before[self._cursor].key if 0 <= self._cursor < len(before) else "")
        old = (self._cursor, self._top)
        self._cursor = self._nearest(next((i for i, row in enumerate(self._rows) if key and row.key == key), old[0]))
        self._settle()
        same_shape = len(before) == len(self._rows) and mark_width(before) == mark_width(self._rows)
        if not same_shape:
            self.refresh(layout=self.styles.height is not None and self.styles.height.is_auto)
        elif old[1] != self._top:
            self.refresh()
        else:
            changed = {i for i, (a, b) in enumerate(zip(before, self._rows, strict=True)) if a != b}
            self._refresh_lines(changed | ({old[0], self._cursor} if old[0] != self._cursor else set()))

    def move_to(self, key: str) -> bool:
        """Puts the cursor on the row with this key, if there is one."""
        index = next((i for i, row in enumerate(self._rows) if row.key == key and row.holds_cursor), None)
        if index is not None:
            self._go(index)
        return index is not None

    # Keys and the mouse

    def action_move(self, by: int) -> None:
        index = self._cursor + by
        while 0 <= index < len(self._rows) and not self._rows[index].holds_cursor:
            index += by
        if 0 <= index < len(self._rows):
            self._go(index)
        elif by < 0 and self._top:  # headings above the first row come into sight
            self._top = 0
            self.refresh()
        else:
            self.post_message(self.Ended(self, by))

    def action_leap(self, by: int, whole: bool = False) -> None:
        """A page on or back, or all the way."""
        step = len(self._rows) if whole else max(1, self._room - 1)
        self._go(self._nearest(self._cursor + by * step))

    def action_select(self) -> None:
        if (row := self.current) is not None:
            self.post_message(self.Selected(self, row))

    def on_click(self, event: events.Click) -> None:
        index = self._top + event.y
        if event.y >= self._room or index >= len(self._rows) or not self._rows[index].holds_cursor:
            return
        row = self._rows[index]
        self._go(index)
        start = MARGIN + row.indent
        on_mark = bool(row.mark) and start <= event.x < start + cell_len(row.mark)
        self.post_message(self.Marked(self, row) if on_mark else self.Selected(self, row))

    def on_mouse_scroll_down(self) -> None:
        self.action_move(1)

    def on_mouse_scroll_up(self) -> None:
        self.action_move(-1)

    def on_focus(self) -> None:
        self._settle()
        self._refresh_lines({self._cursor})

    on_blur = on_focus

    def on_resize(self) -> None:
        top = self._top
        self._settle()
        if self._top != top:
            self.refresh()

    # Drawing

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(1, len(self._rows))

    def render_line(self, y: int) -> Strip:
        width, index, glyphs = self.size.width, self._top + y, glyphs_of(self.app)
        looks = Looks(
            **{name: self.get_component_rich_style(f"rows--{name}") for name in _LOOKS},
            selected=self.get_component_rich_style("rows--selected", partial=True),
        )
        if y >= self._room:
            below = sum(row.kind == "row" for row in self._rows[self._top + self._room :])
            above = sum(row.kind == "row" for row in self._rows[: self._top])
            return draw_rest(above, below, width, looks, glyphs)
        if index >= len(self._rows):
            return Strip.blank(width, looks.text)
        chosen = index == self._cursor and (self.has_focus or self.STEERED)
        return draw(self._rows[index], width, mark_width(self._rows), looks, glyphs, chosen=chosen)

    # The cursor

    @property
    def _room(self) -> int:
        """Lines for rows: all, or all but the last when not everything fits."""
        height = self.size.height
        return height - 1 if len(self._rows) > height >= 4 else height

    def _nearest(self, index: int) -> int:
        """The row nearest to an index that can hold the cursor; -1 if there is none."""
        able = [i for i, row in enumerate(self._rows) if row.holds_cursor]
        return min(able, key=lambda i: abs(i - index), default=-1)

    def _go(self, index: int) -> None:
        if index == self._cursor or index < 0:
            return
        before, top = self._cursor, self._top
        self._cursor = index
        self._settle()
        if self._top != top:
            self.refresh()
        else:
            self._refresh_lines({before, index})
        self.post_message(self.Highlighted(self, self._rows[index]))

    def _settle(self) -> None:
        """Scrolls as little as shows the cursor with a line of company, and never past the end."""
        room, last = self._room, len(self._rows)
        if not room:
            return  # not laid out yet
        edge = 1 if room > 2 else 0
        lowest, highest = self._cursor + edge - room + 1, self._cursor - edge
        if self._cursor == self._nearest(last):  # what is told under the last row comes into sight with it
            lowest = min(last - room, highest)
        self._top = max(0, min(max(min(self._top, highest), lowest), last - room))
        if self.has_focus and self._cursor >= 0:  # where a screen reader or a braille line looks
            self.app.cursor_position = Offset(self.region.x + 1, self.region.y + self._cursor - self._top)

    def _refresh_lines(self, indexes: set[int]) -> None:
        width, room = self.size.width, self._room
        lines = sorted(index - self._top for index in indexes if 0 <= index - self._top < room)
        if lines and width:
            self.refresh(*(Region(0, y, width, 1) for y in lines))
