"""Help now: seven doors and the emergency number, drawn from one plain text that needs no store."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import ClassVar, Protocol, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Digits, Static

from coach.domain.errors import NotFound, NotSaved
from coach.domain.helplines import Country
from coach.domain.helpnow import Card, emergency_numbers, parse
from coach.ui.dialogs.country import CountryChooser
from coach.ui.glyphs import Glyphs
from coach.ui.text import content
from coach.ui.widgets.help_card import Where, emergency, keys, menu, page, top


class Texts(Protocol):
    """What Help now needs of its service."""

    def text(self) -> str: ...
    def text_for(self, code: str) -> str: ...
    def choose(self, code: str) -> None: ...
    def countries(self) -> tuple[Country, ...]: ...


class Host(Protocol):
    """What Help now needs of the app."""

    glyphs: Glyphs

    def ask(self, work: Callable[[str], None], code: str, /) -> Awaitable[None]: ...
    def notice(self, text: str, kind: str = "information") -> None: ...


class HelpNowScreen(Screen[None]):
    """The menu of doors, one door, or the emergency number alone and large."""

    IS_QUIET = True
    """No notice lies over it."""
    HELP = "Numbers and steps for a hard moment. Nothing here is recorded."
    BINDING_GROUP_TITLE = "Help now"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"open({number})", "Open this door", show=False) for number in range(1, 10)),
        Binding("n", "turn(1)", "Next", tooltip="The next door", id="help-next"),
        Binding("p", "turn(-1)", "Before", tooltip="The door before", id="help-previous"),
        Binding("s", "large", "Number large", tooltip="The emergency number, very large", id="help-large"),
        Binding("comma", "country", "Country", tooltip="Choose whose numbers are shown", id="help-choose-country"),
        Binding("x", "app.hide", "Hide", show=False),
        Binding("escape,backspace,full_stop", "back", "Back", show=False),
        Binding("down,j", "scroll('down')", "Down", show=False),
        Binding("up,k", "scroll('up')", "Up", show=False),
        Binding("pagedown,space", "scroll('further')", "Further", show=False),
        Binding("pageup", "scroll('back')", "Back up", show=False),
        Binding("home", "scroll('top')", "Top", show=False),
        Binding("end", "scroll('end')", "End", show=False),
    ]
    DEFAULT_CSS = """
    HelpNowScreen {
        background: $background; color: $foreground;
        Static { height: auto; }
        #top, .rule, #keys, #emergency { height: 1; }
        #top, #keys, .rule { color: $text-muted; }
        #emergency.airy { margin-top: 1; }
        #emergency.airy.over-steps { margin: 1 0; }
        VerticalScroll { height: 1fr; scrollbar-size: 0 0; background: $background; }
        #large { display: none; align: center middle; }
        #large Digits { color: $error; text-style: bold; text-align: center; width: 100%; height: 3; }
        #large Static { text-align: center; width: 100%; }
    }
    """

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._card: Card = parse(texts.text())
        self._door = 0
        self._large = False

    @property
    def _where(self) -> Where:
        return "large" if self._large else "door" if self._door else "menu"

    @property
    def _host(self) -> Host:
        return cast(Host, self.app)

    def compose(self) -> ComposeResult:
        yield Static(id="top")
        yield Static(id="top-rule", classes="rule")
        yield Static(id="emergency")
        with VerticalScroll(id="body", can_focus=False):
            yield Static(id="lines")
        yield VerticalScroll(id="large", can_focus=False)
        yield Static(id="bottom-rule", classes="rule")
        yield Static(id="keys")

    def on_mount(self) -> None:
        self.watch(self.query_one("#body"), "scroll_y", self._draw_bottom_rule, init=False)
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        self._draw()

    def on_click(self, event: events.Click) -> None:
        if door := event.style.meta.get("door"):
            self.action_open(door)

    def action_open(self, number: int) -> None:
        """Open a door; a number without a door does nothing."""
        if any(section.number == number for section in self._card.sections):
            self._turn_to(number)

    def action_turn(self, by: int) -> None:
        numbers = [0, *(section.number for section in self._card.sections)]
        self._turn_to(numbers[(numbers.index(self._door) + by) % len(numbers)])

    def action_large(self) -> None:
        self._large = not self._large
        self._draw()

    def action_back(self) -> None:
        """From the large number or a door to the menu, and from there to where the person was."""
        if self._large:
            self.action_large()
        elif self._door:
            self._turn_to(0)
        else:
            self.dismiss(None)

    def action_scroll(self, way: str) -> None:
        scroller = self.query_one("#large" if self._large else "#body", VerticalScroll)
        leaf = max(scroller.size.height - 1, 1)
        by = {"down": 1, "up": -1, "further": leaf, "back": -leaf, "top": -scroller.max_scroll_y}
        scroller.scroll_relative(y=by.get(way, scroller.max_scroll_y), animate=False)

    def action_country(self) -> None:
        self.run_worker(self._choose_country(), exclusive=True, group="country")

    async def _choose_country(self) -> None:
        countries = await asyncio.to_thread(self._texts.countries)
        code = await self.app.push_screen_wait(CountryChooser(countries, self._card.code))
        if not code:
            return
        try:
            # Shown at once, also when the disk is full or the store is busy: the numbers matter more than keeping them.
            self._read(await asyncio.to_thread(self._texts.text_for, code))
            await self._host.ask(self._texts.choose, code)
        except (NotFound, NotSaved) as problem:
            self._host.notice(str(problem), "warning")
        else:
            self._read(self._texts.text())

    def _read(self, text: str) -> None:
        self._card = parse(text)
        self._draw()

    def _turn_to(self, door: int) -> None:
        self._door, self._large = door, False
        self._draw()
        self.query_one("#body").scroll_to(y=0, animate=False)

    def _draw(self) -> None:
        width, height = self.size
        if not self.is_mounted or not width:
            return
        for rule in self.query(".rule"):
            rule.display = height >= 13
        line = self.query_one("#emergency", Static)
        line.set_class(height >= 20, "airy")
        line.set_class(self._door > 0, "over-steps")
        line.update(emergency(self._card, width))
        line.display = not self._large
        self.query_one("#top", Static).update(top(self._card, width))
        self.query_one("#top-rule", Static).update(content(self._host.glyphs.rule * width))
        self.query_one("#keys", Static).update(keys(self._where, len(self._card.sections), width))
        self.query_one("#lines", Static).update(Content("\n").join(self._lines(width, height)))
        self.query_one("#body").display, self.query_one("#large").display = not self._large, self._large
        if self._large:
            self._draw_large(width)
        self.call_after_refresh(self._draw_bottom_rule)

    def _lines(self, width: int, height: int) -> list[Content]:
        section = next((each for each in self._card.sections if each.number == self._door), None)
        if section is not None:
            gap = [Content()] if 13 <= height < 20 else []
            return [*gap, *page(section, width)]
        around = 3 + 2 * (height >= 13) + (height >= 20)
        return menu(self._card, width, height - around)

    def _draw_bottom_rule(self) -> None:
        """The rule says so when there is more below, where nobody needs to look for a scroll bar."""
        width, glyphs = self.size.width, self._host.glyphs
        scroller = self.query_one("#large" if self._large else "#body", VerticalScroll)
        more = f" more {glyphs.down} " if scroller.scroll_offset.y < scroller.max_scroll_y else ""
        if len(more) + 4 > width:
            more = ""
        rule = glyphs.rule * (width - len(more) - (2 if more else 0))
        end = glyphs.rule * 2 if more else ""
        line = content(rule) + content(more, "$foreground") + content(end)
        self.query_one("#bottom-rule", Static).update(line)

    def _draw_large(self, width: int) -> None:
        large = self.query_one("#large", VerticalScroll)
        large.remove_children()
        for number, label in emergency_numbers(self._card.emergency):
            roomy = " ".join(number) if 6 * len(number) <= width else number
            large.mount(Static(content(roomy, "bold $error")) if self._host.glyphs.is_ascii else Digits(roomy))
            large.mount(Static(content(label)))
