"""The pages around a paced practice: the question about drowsiness, and how it feels before and after."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from coach.domain.practices import Practice, Precheck
from coach.ui.glyphs import glyphs_of
from coach.ui.text import content
from coach.ui.widgets.scale import Scale

_LOW, _HIGH = "at ease", "very tense"


class PlayerPage(VerticalScroll, can_focus=False):
    """A quiet page with room around its text."""

    DEFAULT_CSS = """
    PlayerPage { height: 1fr; padding: 1 6; scrollbar-size: 0 0; align-vertical: middle; }
    PlayerPage Static { height: auto; max-width: 68; margin-bottom: 1; }
    PlayerPage .heading { text-style: bold; }
    PlayerPage .dim { color: $text-muted; }
    PlayerPage .tight { margin-bottom: 0; }
    """


class AskPage(PlayerPage):
    """The question before any paced breath."""

    def __init__(self, precheck: Precheck, *, id: str) -> None:
        super().__init__(id=id)
        self._precheck = precheck

    def compose(self) -> ComposeResult:
        yield Static("One question first", classes="dim")
        yield Static(content(self._precheck.ask))
        yield Static(content(f"  n   {self._precheck.no}"), classes="tight")
        yield Static(content(f"  y   {self._precheck.yes}"), classes="tight")


class DrowsyPage(PlayerPage):
    """Why nothing is paced now, and where the signs are."""

    def __init__(self, precheck: Precheck, *, id: str) -> None:
        super().__init__(id=id)
        self._precheck = precheck

    def compose(self) -> ComposeResult:
        yield Static(content(self._precheck.title), classes="heading")
        for line in self._precheck.lines:
            yield Static(content(line))
        yield Static(content(f"  1   {self._precheck.signs}"), classes="tight")


class RatePage(PlayerPage):
    """A few words and a number from 0 to 10 that nobody has to give."""

    def __init__(self, heading: str, words: str, points: tuple[str, ...], question: str, *, id: str) -> None:
        super().__init__(id=id)
        self._heading, self._words, self._points, self._question = heading, words, points, question
        self.scale = Scale(low=_LOW, high=_HIGH)

    @classmethod
    def before(cls, practice: Practice, *, id: str) -> RatePage:
        question = "How do you feel right now?   Enter begins without a number."
        return cls(practice.title, practice.why, practice.cautions, question, id=id)

    @classmethod
    def after(cls, *, id: str) -> RatePage:
        return cls("That counts.", "", (), "And now?   Enter leaves the number out.", id=id)

    def compose(self) -> ComposeResult:
        bullet = glyphs_of(self.app).bullet
        yield Static(content(self._heading), classes="heading")
        if self._words:
            yield Static(content(self._words), classes="spare")
        for point in self._points:
            yield Static(content(f"{bullet} {point}"), classes="dim tight")
        yield Static("", classes="tight spare")
        yield Static(content(self._question))
        yield self.scale
