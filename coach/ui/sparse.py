"""Sends a terminal only the cells that changed, and each colour once: Textual repaints from the widget's left edge."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.style import Style
from textual.screen import Screen
from textual.strip import Strip

_PARTS = ("chops", "spans", "chop_ends")


def send_sparsely(screen: Screen[Any]) -> None:
    """Makes partial updates of a screen sparse.

    It takes hold of a private part of Textual. Where that part has another shape, Textual's own, longer way stays
    in place; a test names the version that was looked at.
    """
    compositor = getattr(screen, "_compositor", None)
    partial_update = getattr(compositor, "render_partial_update", None)
    if partial_update is None:
        return

    def update() -> Any:
        found = partial_update()
        if all(hasattr(found, part) for part in _PARTS):
            found.render_segments = partial(_render, found)
        return found

    setattr(compositor, "render_partial_update", update)  # noqa: B010  # mypy lets no method be assigned


def _render(update: Any, console: Any) -> str:
    """The changed cells, gathered by style: a disc's edge has few styles and many places."""
    places: dict[Style | None, list[str]] = {}
    for x, y, text, style in _runs(update):
        places.setdefault(style, []).append(f"\x1b[{y + 1};{x + 1}H{text}")
    system = getattr(console, "_color_system", None) or ColorSystem.TRUECOLOR
    return "".join(_dress(style, "".join(runs), system) for style, runs in places.items())


def _runs(update: Any) -> Iterator[tuple[int, int, str, Style | None]]:
    for y, first, last in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x >= last or end <= first:
                continue
            place = max(x, first)
            for text, style, _ in strip.crop(place - x, min(end, last) - x):
                yield place, y, text, style
                place += cell_len(text)


def _dress(style: Style | None, text: str, system: ColorSystem) -> str:
    return text if style is None else Strip.render_style(style, text, system)
