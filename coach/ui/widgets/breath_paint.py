"""How the cells of a breathing disc look: tones of one colour, or letters where tones cannot be had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from coach.ui.widgets.disc import BANDS, RIM, Disc

_Cell = tuple[str, Style]


@dataclass(frozen=True)
class Paint:
    """The colours of a breath in one theme."""

    background: RichColor
    tones: tuple[RichColor, ...]
    """From the calm middle to the bright rim of a full breath; empty where a terminal has only its own colours."""
    soft: tuple[RichColor, ...]
    """The same, half faded into the background: the edge."""
    full: RichColor
    dim: RichColor
    text: RichColor
    trough: RichColor
    """Behind the unfilled part of a bar."""

    @classmethod
    def of(cls, variables: Mapping[str, str], background: Color) -> Paint:
        bright = Color.parse(variables.get("breath") or variables["primary"])
        dim = Color.parse(variables.get("dim") or variables["foreground"])
        text = Color.parse(variables["foreground"])
        if bright.ansi is not None or background.ansi is not None:
            plain = RichColor.default()
            return cls(plain, (), (), bright.rich_color, dim.rich_color, text.rich_color, plain)
        tones = [background.blend(bright, 0.2 + 0.62 * (band / (BANDS - 1)) ** 1.15) for band in range(BANDS)]
        return cls(
            background.rich_color,
            tuple(tone.rich_color for tone in tones),
            tuple(background.blend(tone, 0.45).rich_color for tone in tones),
            bright.rich_color,
            background.blend(dim, 0.75).rich_color,
            text.rich_color,
            background.blend(bright, 0.12).rich_color,
        )


class Picture:
    """A disc in its colours: which cells a level gives, and a line of them ready to show."""

    def __init__(self, disc: Disc, paint: Paint, ascii_only: bool) -> None:
        self.disc = disc
        self.paint = paint
        self._toned = bool(paint.tones) and not ascii_only
        self._letters = (":", ".") if ascii_only else ("▒", "░")
        self._ascii_only = ascii_only
        self._looks: dict[tuple[int, int], _Cell] = {}
        self._ring_style = Style(color=paint.dim, bgcolor=paint.background)

    def cells(self, level: float) -> tuple[bytes, ...]:
        """Row by row, numbers that differ where the picture differs."""
        return self.disc.dots(level) if self._toned else self.disc.marks(level)

    def line(self, y: int, level: float, text: str) -> list[Segment]:
        """One row; `text` stands in its middle, on whatever is behind it."""
        covered, bands, ring = self.cells(level)[y], self.disc.bands[y], self.disc.ring
        cells = [
            self._look(code, band) if code or (x, y) not in ring else self._ring_look(ring[x, y])
            for x, (code, band) in enumerate(zip(covered, bands, strict=True))
        ]
        start = (len(cells) - len(text)) // 2
        for x, letter in enumerate(text, max(0, start)):
            if letter != " " or not self._toned:
                cells[x] = (letter, self._text_style(covered[x], bands[x]))
        runs = groupby(cells, key=lambda cell: cell[1])
        return [Segment("".join(letter for letter, _ in run), style) for style, run in runs]

    def _look(self, code: int, band: int) -> _Cell:
        look = self._looks.get((code, band))
        if look is None:
            look = self._toned_look(code, band) if self._toned else self._lettered_look(code)
            self._looks[code, band] = look
        return look

    def _ring_look(self, place: int) -> _Cell:
        return "." if self._ascii_only else "˙·."[place], self._ring_style

    def _toned_look(self, code: int, band: int) -> _Cell:
        paint = self.paint
        above, below = divmod(code, 3)
        shades = (paint.background, paint.soft[band], paint.tones[band])
        if above == below:
            return " ", Style(bgcolor=shades[above])
        # The fuller dot is always the foreground: mirrored cells then share one style, and one escape sequence.
        return "▀" if above > below else "▄", Style(color=shades[max(above, below)], bgcolor=shades[min(above, below)])

    def _lettered_look(self, code: int) -> _Cell:
        if not code:
            return " ", Style(bgcolor=self.paint.background)
        return self._letters[code != RIM], Style(color=self.paint.full, bgcolor=self.paint.background)

    def _text_style(self, code: int, band: int) -> Style:
        if not self._toned:
            return Style(color=self.paint.text, bgcolor=self.paint.background)
        behind = self.paint.tones[band] if sum(divmod(code, 3)) >= 3 else self.paint.background
        return Style(color=self.paint.text, bgcolor=behind)
