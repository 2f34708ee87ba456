"""The bottom line: what the hand can do here, made from the bindings; Help now always on the right."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.app import App
from textual.binding import ActiveBinding
from textual.dom import DOMNode
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from coach.ui.glyphs import glyphs_of

HELP_NOW = "help-now"
_SHORT_KEYS = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "left": "Left",
    "right": "Right",
    "up": "Up",
    "down": "Down",
    "delete": "Del",
    "backspace": "Backspace",
    "full_stop": ".",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    words: str
    action: str
    node: DOMNode
    is_help: bool = False

    @property
    def width(self) -> int:
        return len(self.key) + 1 + len(self.words)


def show_key(app: App[object], active: ActiveBinding) -> str:
    """A key as a person would write it: "a", "Space", "^R"."""
    key = active.binding.key
    if active.binding.key_display:
        return active.binding.key_display
    if key in _SHORT_KEYS:
        return _SHORT_KEYS[key]
    if key.startswith("ctrl+") and len(key) == 6:
        return f"^{key[-1].upper()}"
    shown = app.get_key_display(active.binding)
    return shown.upper() if key.startswith("f") and key[1:].isdigit() else shown


class KeyBar(Widget):
    """As many of the shown bindings as fit, the screen's own first."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"keybar--key", "keybar--words", "keybar--rule"}
    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 2; width: 100%; }
    KeyBar > .keybar--key { color: $primary; }
    KeyBar > .keybar--words { color: $dim; text-style: $dim-style; }
    KeyBar > .keybar--rule { color: $rule; }
    """

    def __init__(self, *, rule: bool = True) -> None:
        super().__init__()
        self._rule = rule
        self._entries: list[_Entry] = []
        self._spans: list[tuple[int, int, _Entry]] = []
        if not rule:
            self.styles.height = 1

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._renew)
        self._renew(self.screen)

    def _renew(self, screen: Screen[object]) -> None:
        if not self.is_attached or screen is not self.screen:
            return
        entries = self._collect()
        if entries != self._entries:
            self._entries = entries
            self.refresh()

    def _collect(self) -> list[_Entry]:
        """One entry for each action, with the first of its keys that works here; Help now comes last."""
        hidden = getattr(self.app, "hides", lambda _id: False)
        seen: dict[str, _Entry] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not binding.show or not active.enabled or binding.id == HELP_NOW or hidden(binding.id):
                continue
            if binding.description and binding.action not in seen:
                entry = _Entry(show_key(self.app, active), binding.description, binding.action, active.node)
                seen[binding.action] = entry
        return [*seen.values(), self._help_now()]

    def _help_now(self) -> _Entry:
        """It works over every dialog, where Textual does not count it among the active bindings."""
        focused = self.screen.focused
        typing = focused is not None and focused.check_consume_key("exclamation_mark", "!")
        return _Entry("^R" if typing else "!", "Help now", "app.help_now", self.app, is_help=True)

    async def on_click(self, event: events.Click) -> None:
        row = 1 if self._rule else 0
        for start, end, entry in self._spans if event.y == row else []:
            if start <= event.x < end:
                await self.app.run_action(entry.action, entry.node)

    def render_line(self, y: int) -> Strip:
        width, style = self.size.width, self.get_component_rich_style
        if self._rule and y == 0:
            return Strip([Segment(glyphs_of(self.app).rule * width, style("keybar--rule"))], width)
        key, words = style("keybar--key"), style("keybar--words")
        parts: list[Segment] = []
        x = 0
        for gap, entry in self._placed(width):
            parts += [Segment(" " * gap, words), Segment(entry.key, key), Segment(f" {entry.words}", words)]
            self._spans.append((x + gap, x + gap + entry.width, entry))
            x += gap + entry.width
        return Strip(parts).adjust_cell_length(width, words)

    def _placed(self, width: int) -> list[tuple[int, _Entry]]:
        """Entries with the gap before each; Help now ends one cell before the edge."""
        self._spans = []
        last = [entry for entry in self._entries if entry.is_help]
        end = width - 1 - sum(entry.width + 2 for entry in last)
        placed: list[tuple[int, _Entry]] = []
        x = 0
        for entry in self._entries:
            gap = 2 if placed else 1
            if entry not in last and x + gap + entry.width <= end:
                placed.append((gap, entry))
                x += gap + entry.width
        for entry in last:
            placed.append((max(0, width - 1 - entry.width - x), entry))
        return placed
