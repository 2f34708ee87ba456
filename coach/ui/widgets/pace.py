"""The middle of the breathing screen: the breath in one of three ways, the round, and how much of it is done."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from coach.ui.glyphs import Glyphs
from coach.ui.widgets.breath import BreathBar, BreathShape, BreathView, BreathWords
from coach.ui.widgets.disc import SMALLEST_ROWS

_MODES = ("shape", "bar", "words")
_PROGRESS_CELLS = 40
_ROOMY = 20
"""Rows from which there is air around the shape."""
_FOOT = 2
"""Rows of the round and the progress."""


class PaceView(Vertical):
    """Shows a breath as a shape, a bar or words; where the shape has no room the bar stands in for it."""

    DEFAULT_CSS = """
    PaceView { height: 1fr; width: 1fr; align: center middle; }
    PaceView.-roomy { padding: 1 0; }
    PaceView Static { width: 1fr; height: 1; text-align: center; color: $text-muted; }
    PaceView.-roomy #round { margin-top: 1; }
    PaceView BreathWords { margin: 0 0 1 0; }
    PaceView.-flat #round { margin-top: 1; }
    PaceView.-small #round, PaceView.-small BreathWords { margin: 0; }
    """

    def __init__(self, glyphs: Glyphs, *, moving: bool = True, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._mode = "shape" if moving else "words"
        self._moving = moving
        self._progress = -1
        self._round = ""
        self._seen = (0.0, "", "")

    def compose(self) -> ComposeResult:
        yield BreathShape(ascii_only=self._glyphs.is_ascii)
        yield BreathWords(ascii_only=self._glyphs.is_ascii)
        yield BreathBar(ascii_only=self._glyphs.is_ascii)
        yield Static(id="round")
        yield Static(id="progress")

    @property
    def shown(self) -> str:
        """ "shape", "bar" or "words": what there is room for."""
        height = self.app.size.height - 2
        rows = height - _FOOT - (3 if height >= _ROOMY else 0)
        fits = rows >= SMALLEST_ROWS and self.app.size.width >= SMALLEST_ROWS * 2
        return self._mode if fits or self._mode != "shape" else "bar"

    @property
    def steps(self) -> int:
        """Steps of the level worth waking up for."""
        return {"shape": BreathShape.STEPS, "bar": BreathBar.STEPS}.get(self.shown, 0)

    def turn(self) -> None:
        """Shape, bar, words, and round again; what the shape has no room for is passed over."""
        if self._moving:
            before = self.shown
            self._mode = _MODES[(_MODES.index(self._mode) + 1) % 3]
            if self.shown == before:
                self._mode = _MODES[(_MODES.index(self._mode) + 1) % 3]
            self._arrange()

    def on_mount(self) -> None:
        self._arrange()

    def on_resize(self, event: events.Resize) -> None:
        self._arrange()
        self._progress = -1

    def show_breath(self, level: float, word: str, number: str) -> None:
        self._seen = (level, word, number)
        for view in self.query(BreathView):
            if view.display:
                view.show_breath(level, word, number)

    def show_round(self, text: str, share: float) -> None:
        """The words under the breath, and the share of the whole that is done."""
        if text != self._round:
            self._round = text
            self.query_one("#round", Static).update(Content(text), layout=False)
        cells = max(0, min(_PROGRESS_CELLS, self.app.size.width - 4))
        full = int(share * cells)
        if full != self._progress:
            self._progress = full
            self.query_one("#progress", Static).update(self._progress_bar(full, cells), layout=False)

    def _progress_bar(self, full: int, cells: int) -> Content:
        glyphs = self._glyphs
        left, right = ("[", "]") if glyphs.is_ascii else ("", "")
        done, rest = glyphs.bar_full * full, glyphs.bar_empty * (cells - full)
        return Content.assemble(left, (done, "$primary"), (rest, "$rule"), right)

    def _arrange(self) -> None:
        shown, height = self.shown, self.app.size.height - 2
        self.set_class(height >= _ROOMY, "-roomy")
        self.set_class(shown != "shape", "-flat")
        self.set_class(height < 8, "-small")
        self.query_one(BreathShape).display = shown == "shape"
        self.query_one(BreathWords).display = shown != "shape"
        self.query_one(BreathBar).display = shown == "bar"
        self.query_one("#progress").display = height >= 6
        self.show_breath(*self._seen)
