"""Choosing a country: type to find, Enter picks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from coach.domain.helplines import Country
from coach.ui.text import content, pad


class CountryChooser(ModalScreen[str | None]):
    """Gives the code of the country picked, or nothing."""

    BINDING_GROUP_TITLE = "Country"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back", show=False),
        Binding("down", "move(1)", "Next", show=False, priority=True),
        Binding("up", "move(-1)", "Previous", show=False, priority=True),
        Binding("pagedown", "move(8)", "Further", show=False, priority=True),
        Binding("pageup", "move(-8)", "Back", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    CountryChooser {
        background: $background;
        #question { padding: 1 2 0 2; text-style: bold; }
        Input { border: none; height: 1; margin: 1 2; padding: 0; background: $panel; }
        OptionList { width: 100%; height: 1fr; border: none; padding: 0; background: $background; }
        OptionList { scrollbar-size-vertical: 1; scrollbar-color: $text-muted; scrollbar-background: $background; }
        #nothing { padding: 0 2; height: 1fr; display: none; }
        #keys { height: 1; margin-top: 1; padding: 0 2; color: $text-muted; }
    }
    """

    def __init__(self, countries: Sequence[Country], now: str = "") -> None:
        super().__init__()
        self._countries = countries
        self._now = now

    def compose(self) -> ComposeResult:
        yield Static("Which country's emergency numbers?", id="question", markup=False)
        yield Input(placeholder="type to find", compact=True, select_on_focus=False)
        yield OptionList(compact=True)
        yield Static("No numbers are known for that. Try fewer letters.", id="nothing", markup=False)
        yield Static("Enter Choose   Esc Back", id="keys", markup=False)

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self._fill("")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _find(self, event: Input.Changed) -> None:
        self._fill(event.value)

    @on(Input.Submitted)
    def _pick_highlighted(self) -> None:
        choices = self.query_one(OptionList)
        if choices.highlighted is not None:
            self.dismiss(choices.get_option_at_index(choices.highlighted).id)

    @on(OptionList.OptionSelected)
    def _pick(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)

    def action_move(self, steps: int) -> None:
        choices = self.query_one(OptionList)
        if choices.option_count:
            choices.highlighted = min(max((choices.highlighted or 0) + steps, 0), choices.option_count - 1)

    def _fill(self, typed: str) -> None:
        words = typed.casefold().split()
        found = [
            each for each in self._countries if all(word in f"{each.name} {each.code}".casefold() for word in words)
        ]
        choices = self.query_one(OptionList)
        choices.set_options([Option(_row(each), id=each.code) for each in found])
        if found:
            codes = [each.code for each in found]
            choices.highlighted = codes.index(self._now) if self._now in codes else 0
        choices.display, self.query_one("#nothing").display = bool(found), not found


def _row(country: Country) -> Content:
    return content("  " + pad(country.name, 18)) + content(country.emergency, "$text-muted")
