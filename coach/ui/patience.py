"""Keys typed faster than the screen follows wait their turn: letters meant for a dialog never act on the page below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from textual import events
from textual.actions import ActionParseResult
from textual.dom import DOMNode
from textual.message_pump import MessagePump
from textual.screen import Screen

from coach.ui.crash import QuietApp

# fmt: off
OPENERS = frozenset({
    "add", "add_prompt", "edit", "move", "look", "change", "choose", "breathe", "note_urge", "show_keys",
    "select", "open", "delete", "tick", "begin", "rate_areas",
    "note", "rate", "steps", "shape", "ideas", "week", "excuse",
    "amount", "more", "find", "fields",
})
# fmt: on
"""Actions that may open a dialog; over a slow line the next letters arrive before it does."""
PASSED_ON = "action_select"
"""Enter on a list opens nothing by itself."""
AT_ONCE = frozenset({"ctrl+r", "f1", "ctrl+l", "ctrl+c", "ctrl+q"})
"""Keys that never wait."""
LOOK_EVERY = 0.01
FOCUS_WITHIN = 30
"""Looks a new screen may take to give its field the focus; some have none."""


LOST_AFTER = 0.25
"""Seconds after which a key that others wait for is held to be lost."""
GIVE_UP_AFTER = 500
"""Looks until the keys are let go all the same: five seconds."""


class PatientApp(QuietApp):
    """Hands out one key at a time, and none while a dialog is on its way."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[events.Event] = []
        self._following = False
        """A key is on its way from the focused widget up to the app, where its binding is looked for."""
        self._keys = 0
        """Keys passed on so far; the number of the one that is followed."""
        self._left: Screen[Any] | None = None
        """The screen a dialog is about to cover."""
        self._opening = ""
        self._looks = 0

    @property
    def in_front(self) -> Screen[Any] | None:
        """The screen on top; none before the first and after the last."""
        return self.screen_stack[-1] if self.screen_stack else None

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._following and getattr(event, "key", "") not in AT_ONCE:
            self._held.append(event)
            if len(self._held) == 1:
                self.set_timer(LOST_AFTER, partial(self._look_after, self._keys))
        else:
            await self._pass_on(event)

    async def _pass_on(self, event: events.Event) -> None:
        start = self.focused or self.screen
        await super().on_event(event)
        if not self._following:
            self._following = True
            self._keys += 1
            self._follow(self._keys, [*start.ancestors_with_self])
            if self._held:
                self.set_timer(LOST_AFTER, partial(self._look_after, self._keys))

    def _follow(self, key: int, nodes: Sequence[MessagePump]) -> None:
        """Goes the way of the key, through one queue after the other; when it has arrived, so has the key."""
        if not nodes or not nodes[0].is_running:
            self.call_later(self._arrived, key)
        else:
            nodes[0].call_later(self._follow, key, nodes[1:])

    async def _look_after(self, key: int) -> None:
        """A key may be lost with a widget that was taken away while it was on its way."""
        if self._following and self._keys == key and not self._is_coming():
            await self._arrived(key)

    async def _arrived(self, key: int) -> None:
        """The next key, unless the one before opened something that is not there yet."""
        if key != self._keys or not self._following:
            return
        if self._opening == PASSED_ON:  # the list tells its page, which opens: once more the same way
            self._opening = ""
            self._follow(key, [*(self.focused or self.screen).ancestors_with_self])
            return
        if self._is_coming():
            self.set_timer(LOOK_EVERY, partial(self._arrived, key))
            return
        self._left, self._following = None, False
        if self._held and self.in_front is not None:  # none after the end: nobody is left to be given a key
            await self.on_event(self._held.pop(0))

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        before = self.in_front
        handled = await super().run_action(action, default_namespace, namespaces)
        name = (action if isinstance(action, str) else action[1]).partition("(")[0].rpartition(".")[2]
        if handled and name in OPENERS:
            self._left, self._opening, self._looks = before, f"action_{name}", 0
        return handled

    def _is_coming(self) -> bool:
        front = self.in_front
        if self._left is None or front is None:
            return False
        self._looks += 1
        if front is self._left:
            begun = any(worker.name == self._opening and not worker.is_finished for worker in self.workers)
            return begun and self._looks < GIVE_UP_AFTER
        return front.focused is None and self._looks < FOCUS_WITHIN
