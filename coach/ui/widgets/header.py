"""The line at the top of a place: where one is, where one can go, and the time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from coach.domain.days import show_day, show_time
from coach.ui.glyphs import glyphs_of
from coach.ui.places import Place
from coach.ui.text import cell_len, fit

NARROW = 60
"""Columns below which only the present place is named."""


class PlaceBar(Widget):
    """One line of places and the clock, then a thin rule. The clock redraws itself once a minute and nothing else."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"placebar--here", "placebar--there", "placebar--rule"}
    DEFAULT_CSS = """
    PlaceBar { dock: top; height: 2; width: 100%; }
    PlaceBar > .placebar--here { color: $primary; text-style: bold; }
    PlaceBar > .placebar--there { color: $dim; text-style: $dim-style; }
    PlaceBar > .placebar--rule { color: $rule; }
    """

    @dataclass
    class Minute(Message):
        """Another minute has begun."""

        now: datetime

    def __init__(
        self, places: Sequence[Place], here: str, now: Callable[[], datetime], clock: Callable[[], int] = lambda: 24
    ) -> None:
        super().__init__()
        self._places = [place for place in places if place.number or place.name == here]
        self._here, self._now, self._clock = here, now, clock
        self._spans: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        self._wait_for_minute()

    def _wait_for_minute(self) -> None:
        now = self._now()
        self.set_timer(60.05 - now.second - now.microsecond / 1e6, self._tick)

    def _tick(self) -> None:
        width = self.size.width
        self.refresh(Region(max(0, width - 20), 0, min(20, width), 1))
        self.post_message(self.Minute(self._now()))
        self._wait_for_minute()

    async def on_click(self, event: events.Click) -> None:
        for start, end, name in self._spans if event.y == 0 else []:
            if start <= event.x < end:
                await self.app.run_action(f"app.switch_mode('{name}')")

    def render_line(self, y: int) -> Strip:
        width, style = self.size.width, self.get_component_rich_style
        if y:
            return Strip([Segment(glyphs_of(self.app).rule * width, style("placebar--rule"))], width)
        parts = self._names() if width >= NARROW else self._only_here()
        when = self._when(short=width >= NARROW)
        used = sum(cell_len(part.text) for part in parts)
        parts.append(Segment(" " * max(1, width - used - len(when) - 1) + when, style("placebar--there")))
        return Strip(parts).adjust_cell_length(width, style("placebar--there"))

    def _when(self, *, short: bool) -> str:
        now = self._now()
        time = show_time(now.time(), self._clock())
        return time if short else f"{show_day(now.date(), short=True)} {time}"

    def _names(self) -> list[Segment]:
        here, there = self.get_component_rich_style("placebar--here"), self.get_component_rich_style("placebar--there")
        parts, x = [Segment(" ", there)], 1
        self._spans = []
        for place in self._places:
            at_home = place.name == self._here
            text = f"[{place.title}]" if at_home else f"{place.key} {place.title}"
            self._spans.append((x, x + len(text), place.name))
            parts += [Segment(text, here if at_home else there), Segment("  ", there)]
            x += len(text) + 2
        return parts

    def _only_here(self) -> list[Segment]:
        here, there = self.get_component_rich_style("placebar--here"), self.get_component_rich_style("placebar--there")
        numbered = [place for place in self._places if place.number]
        index = next((i for i, place in enumerate(numbered, 1) if place.name == self._here), 0)
        title = next((place.title for place in self._places if place.name == self._here), "")
        self._spans = []
        where = f"  {index}/{len(numbered)}" if index else ""
        return [Segment(f" {fit(title, 20)}", here), Segment(where, there)]
