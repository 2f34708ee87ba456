"""The list of all commands that work here: every binding with an id, with the key it has now."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from textual.app import App
from textual.binding import ActiveBinding
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider, SearchIcon
from textual.content import Content
from textual.screen import Screen

from coach.ui.glyphs import glyphs_of
from coach.ui.text import content
from coach.ui.widgets.keybar import show_key


def commands(app: App[Any], screen: Screen[Any]) -> Iterator[ActiveBinding]:
    """Each command once, with the first of its keys that works here."""
    hidden = getattr(app, "hides", lambda _id: False)
    seen: set[str] = set()
    for active in screen.active_bindings.values():
        name = active.binding.id
        if active.enabled and name and name not in seen and not hidden(name):
            seen.add(name)
            yield active


class Bindings(Provider):
    """Makes commands out of bindings."""

    async def discover(self) -> Hits:
        for active in self._commands():
            yield DiscoveryHit(self._line(content(_title(active)), active), self._run(active), help=active.tooltip)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for active in self._commands():
            if score := matcher.match(_title(active)):
                line = self._line(matcher.highlight(_title(active)), active)
                yield Hit(score, line, self._run(active), help=active.tooltip)

    def _commands(self) -> Iterator[ActiveBinding]:
        return commands(self.app, self.screen)

    def _run(self, active: ActiveBinding) -> partial[Any]:
        return partial(self.app.run_action, active.binding.action, active.node)

    def _line(self, title: Content, active: ActiveBinding) -> Content:
        return Content.assemble(title, "  ", (show_key(self.app, active), "$primary"))


class Palette(CommandPalette):
    """Textual's palette with our own words and without its picture."""

    DEFAULT_CSS = """
    Palette {
        background: $background;
        Vertical { margin-top: 1; background: $background; &:dark { background: $background; } }
        #--results { margin-top: 0; }
        #--input { border: none; padding: 0 1; }
        SearchIcon { color: $primary; margin: 0 0 0 1; }
        CommandInput { height: 1; padding: 0; border: none; &:focus { border: none; } }
        CommandList {
            background: $background; border: none; padding: 0 1;
            scrollbar-size-vertical: 1; scrollbar-color: $rule; scrollbar-background: $background;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__(placeholder="What would you like to do?")

    def on_mount(self) -> None:
        self.query_one(SearchIcon).icon = glyphs_of(self.app).cursor


def _title(active: ActiveBinding) -> str:
    return active.binding.description
