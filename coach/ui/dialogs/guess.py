"""How something may be, or how it was: two numbers from 0 to 10, either of which may be left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from coach.ui.dialogs.dialog import Dialog
from coach.ui.glyphs import glyphs_of
from coach.ui.text import content
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.scale import TEN_WITHIN, Scale


@dataclass(frozen=True, slots=True)
class Numbers:
    """Pleasure and mastery, None where nothing was said."""

    pleasure: int | None = None
    mastery: int | None = None


class OneOfTwo(Scale):
    """Enter goes on, with its number or without one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "go_on", "Next")]

    @dataclass
    class Left(Message):
        """Nothing is given here."""

        scale: Scale

    def action_go_on(self) -> None:
        if self.value is None:
            self.post_message(self.Left(self))
        else:
            self.action_rate()


class GuessDialog(Dialog[None]):
    """Calls `on_rated` at once with both numbers whenever one is given; after the second it goes."""

    BINDING_GROUP_TITLE = "0 to 10"
    DEFAULT_CSS = """
    GuessDialog .question { height: 1; color: $dim; text-style: $dim-style; }
    GuessDialog .question.-here { color: $foreground; text-style: bold; }
    GuessDialog Scale { margin: 0 0 1 0; }
    GuessDialog.-low .dialog { padding: 0 3; }
    GuessDialog.-low Scale { margin: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back"),
        Binding("x", "app.hide", "Hide", show=False),
        Binding("0", "digit", "Save", key_display="0-10"),
    ]

    def __init__(
        self, title: str, questions: tuple[str, str], on_rated: Callable[[Numbers], object], first: Numbers
    ) -> None:
        super().__init__()
        self._title, self._questions, self._on_rated = title, questions, on_rated
        self._numbers = first
        self._going: Timer | None = None

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="dialog"):
            yield Static(content(self._title), classes="dialog--title")
            yield Static(classes="question", id="of-pleasure")
            yield OneOfTwo(self._numbers.pleasure, low="not at all", high="very much", id="pleasure")
            yield Static(classes="question", id="of-mastery")
            yield OneOfTwo(self._numbers.mastery, low="not at all", high="very much", id="mastery")
        yield KeyBar()

    def on_descendant_focus(self) -> None:
        """The cursor stands before the question whose number the digits give; the number of the other stays there."""
        for name, question in zip(("pleasure", "mastery"), self._questions, strict=True):
            here = self.query_one(f"#{name}").has_focus
            words = self.query_one(f"#of-{name}", Static)
            words.update(content(f"{glyphs_of(self.app).cursor if here else ' '} {question}"))
            words.set_class(here, "-here")

    def on_one_of_two_left(self, event: OneOfTwo.Left) -> None:
        self._go_on(event.scale)

    def on_scale_rated(self, event: Scale.Rated) -> None:
        pleasure = event.value if event.scale.id == "pleasure" else self._numbers.pleasure
        mastery = event.value if event.scale.id == "mastery" else self._numbers.mastery
        if (numbers := Numbers(pleasure, mastery)) != self._numbers:
            self._numbers = numbers
            self._on_rated(numbers)
        if event.value == 1 and event.scale.awaits_zero:
            self._stop()
            self._going = self.set_timer(TEN_WITHIN, partial(self._go_on, event.scale))
        else:
            self._go_on(event.scale)

    def _go_on(self, scale: Scale) -> None:
        """The person may have gone on already, while a 0 would still have made ten."""
        self._stop()
        if scale.id == "mastery":
            self.dismiss(None)
        elif scale.has_focus:
            self.query_one("#mastery").focus()

    def _stop(self) -> None:
        if self._going is not None:
            self._going.stop()
            self._going = None
