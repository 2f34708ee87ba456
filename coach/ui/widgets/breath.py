"""The breath to follow, drawn as a disc, as a bar or as words; each redraws only the cells that change."""

from __future__ import annotations

from collections.abc import Iterator

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from coach.domain.pacing import Moment, quantise
from coach.ui.widgets.breath_paint import Paint, Picture
from coach.ui.widgets.disc import Disc

_EIGHTHS = " ▏▎▍▌▋▊▉█"
WORD_CELLS = 12
BAR_CELLS = 60
MOST_STRIPS = 1500
"""Lines kept of one disc: a cycle of the largest has fewer."""


class BreathView(Widget):
    """Something that shows a breath: how full it is, a word and a number. It has no clock of its own."""

    STEPS = 0
    """Steps of the level worth a redraw; 0 where only the words matter."""

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.ascii_only = ascii_only
        self.level, self.word, self.number = 0.0, "", ""
        self._paint: Paint | None = None

    def show(self, moment: Moment) -> None:
        """Shows a moment of a practice."""
        self.show_breath(moment.level, moment.cue, str(moment.seconds_left or ""))

    def show_breath(self, level: float, word: str, number: str) -> None:
        """Shows a level from 0 to 1, a word and a number, repainting only what differs."""
        level = quantise(level, self.STEPS) / self.STEPS if self.STEPS else 0.0
        regions = list(self.changes(level, word, number))
        self.level, self.word, self.number = level, word, number
        if regions:
            self.refresh(*regions)

    def changes(self, level: float, word: str, number: str) -> Iterator[Region]:
        """The cells that will look different; none for what is already shown."""
        raise NotImplementedError

    def text_changes(self, word: str, number: str, word_y: int, number_y: int) -> Iterator[Region]:
        """The cells of the words; they stand in fixed places in the middle."""
        if word != self.word:
            yield Region((self.size.width - WORD_CELLS) // 2, word_y, WORD_CELLS, 1)
        if number != self.number:
            yield Region((self.size.width - 2) // 2, number_y, 2, 1)

    @property
    def paint(self) -> Paint:
        """The present theme's colours of a breath."""
        if self._paint is None:
            self._paint = Paint.of(self.app.theme_variables, self.background_colors[1])
        return self._paint

    def blank(self, cells: int) -> Strip:
        return Strip([Segment(" " * cells, Style(bgcolor=self.paint.background))] if cells > 0 else [], max(0, cells))

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._paint = None


class BreathShape(BreathView):
    """A disc that grows with the in-breath inside a dotted ring that shows the full breath."""

    DEFAULT_CSS = "BreathShape { width: 1fr; height: 1fr; max-height: 25; }"
    STEPS = 40

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self._picture: Picture | None = None
        self._strips: dict[tuple[int, int, bytes, str], Strip] = {}

    @property
    def disc(self) -> Disc | None:
        return Disc.fitting(*self.size)

    def changes(self, level: float, word: str, number: str) -> Iterator[Region]:
        disc = self.disc
        if disc is None:
            return
        left, top = self._corner(disc)
        picture = self._painted(disc)
        for y, (old, new) in enumerate(zip(picture.cells(self.level), picture.cells(level), strict=True)):
            for start, end in _differences(old, new):
                yield Region(left + start, top + y, end - start, 1)
        middle = top + disc.rows // 2
        yield from self.text_changes(word, number, middle - 1, middle + 1)

    def render_line(self, y: int) -> Strip:
        disc = self.disc
        if disc is None:
            return self.blank(self.size.width)
        left, top = self._corner(disc)
        if not 0 <= y - top < disc.rows:
            return self.blank(self.size.width)
        text = {disc.rows // 2 - 1: self.word.center(WORD_CELLS), disc.rows // 2 + 1: self.number.rjust(2)}
        return self._strip(self._painted(disc), left, y - top, text.get(y - top, ""))

    def _strip(self, picture: Picture, left: int, y: int, text: str) -> Strip:
        """One whole line; a breath comes back to the same lines, and Textual keeps its own work on a kept strip."""
        key = (self.size.width, y, picture.cells(self.level)[y], text)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) >= MOST_STRIPS:
                self._strips.clear()
            right = self.size.width - left - picture.disc.columns
            strip = Strip([*self.blank(left), *picture.line(y, self.level, text), *self.blank(right)], self.size.width)
            self._strips[key] = strip
        return strip

    def _corner(self, disc: Disc) -> tuple[int, int]:
        return (self.size.width - disc.columns) // 2, (self.size.height - disc.rows) // 2

    def _painted(self, disc: Disc) -> Picture:
        picture = self._picture
        if picture is None or picture.disc != disc or picture.paint is not self.paint:
            picture = self._picture = Picture(disc, self.paint, self.ascii_only)
            self._strips.clear()
        return picture


class BreathWords(BreathView):
    """The word and the seconds, and nothing that moves."""

    DEFAULT_CSS = "BreathWords { width: 1fr; height: 3; }"

    def changes(self, level: float, word: str, number: str) -> Iterator[Region]:
        yield from self.text_changes(word, number, 0, 2)

    def render_line(self, y: int) -> Strip:
        text = {0: self.word.center(WORD_CELLS), 2: self.number.rjust(2)}.get(y, "")
        left = max(0, (self.size.width - len(text)) // 2)
        style = Style(color=self.paint.text, bgcolor=self.paint.background)
        line = Strip([*self.blank(left), Segment(text, style), *self.blank(self.size.width - left - len(text))])
        return line.adjust_cell_length(self.size.width)


class BreathBar(BreathView):
    """One row that fills with the in-breath, in eighths of a cell."""

    DEFAULT_CSS = "BreathBar { width: 1fr; height: 1; }"
    STEPS = 120

    @property
    def cells(self) -> int:
        return max(0, min(BAR_CELLS, self.size.width - 4))

    def changes(self, level: float, word: str, number: str) -> Iterator[Region]:
        old, new = sorted((self._eighths(self.level), self._eighths(level)))
        if old != new:
            first, last = old // 8, min(self.cells, new // 8 + 1)
            yield Region((self.size.width - self.cells) // 2 + first, 0, last - first, 1)

    def render_line(self, y: int) -> Strip:
        full, part = divmod(self._eighths(self.level), 8)
        paint = self.paint
        behind = Style(color=paint.dim, bgcolor=paint.background if self._lettered else paint.trough)
        filled = Style(color=paint.full) if self._lettered else Style(bgcolor=paint.full)
        edge = _EIGHTHS[part] if part and not self._lettered else ""
        left = (self.size.width - self.cells) // 2
        line = [
            *self.blank(left),
            Segment(("#" if self._lettered else " ") * full, behind + filled),
            Segment(edge, behind + Style(color=paint.full)),
            Segment(("." if self._lettered else " ") * (self.cells - full - len(edge)), behind),
            *self.blank(self.size.width - self.cells - left),
        ]
        return Strip([segment for segment in line if segment.text]).adjust_cell_length(self.size.width)

    @property
    def _lettered(self) -> bool:
        return self.ascii_only or not self.paint.tones

    def _eighths(self, level: float) -> int:
        return round(level * self.cells * 8)


def _differences(old: bytes, new: bytes) -> Iterator[tuple[int, int]]:
    """Start and end of each run of cells that differ."""
    if old == new:
        return
    start = None
    for x, (before, after) in enumerate(zip(old, new, strict=True)):
        if before != after:
            start = x if start is None else start
        elif start is not None:
            yield start, x
            start = None
    if start is not None:
        yield start, len(new)
