"""The two questions of noting an urge: how strong it is, and before the first one whether the room may open."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalGroup
from textual.timer import Timer
from textual.widgets import Static

from coach.domain.errors import NotSaved
from coach.ui.dialogs.dialog import Dialog
from coach.ui.text import content
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.scale import TEN_WITHIN, Scale


class OpenRoom(Dialog[bool]):
    """Gives True when the room may be turned on."""

    BINDING_GROUP_TITLE = "Urges and hard moments"
    BINDINGS = [
        Binding("y", "dismiss(True)", "Yes"),
        Binding("n", "dismiss(False)", "No"),
        Binding("escape", "dismiss(False)", "No", show=False),
    ]
    DEFAULT_CSS = "OpenRoom #about { height: auto; color: $dim; text-style: $dim-style; }"

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="dialog"):
            yield Static(content("Turn on Urges and hard moments?"), classes="dialog--title")
            about = "One key to note an urge; it then stands in the journal too. Settings turns it off again."
            yield Static(content(about), id="about")
        yield KeyBar()


class UrgeDialog(Dialog[bool]):
    """Saves each number at once, one after the other, and gives True when the last one is on the disk."""

    BINDING_GROUP_TITLE = "0 to 10"
    BINDINGS = [
        Binding("escape", "leave", "Back"),
        Binding("0", "digit", "Save", key_display="0-10"),
    ]
    DEFAULT_CSS = "UrgeDialog #problem { height: auto; color: $error; }"

    scale = getters.query_one(Scale)

    def __init__(self, save: Callable[[int], Awaitable[object]]) -> None:
        super().__init__()
        self._save = save
        self._one_by_one = asyncio.Lock()
        self._saved = False
        self._going: Timer | None = None

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="dialog"):
            yield Static(content("How strong is it?"), classes="dialog--title")
            yield Scale(low="hardly there", high="very strong")
            yield Static(id="problem")
        yield KeyBar()

    @work
    async def on_scale_rated(self, event: Scale.Rated) -> None:
        if self._going is not None:
            self._going.stop()
        async with self._one_by_one:
            try:
                await self._save(event.value)
            except NotSaved as trouble:
                self.query_one("#problem", Static).update(content(str(trouble)))
                return
            self._saved = True
        if self.scale.value != event.value or not self.is_current:
            return
        if self.scale.awaits_zero:
            self._going = self.set_timer(TEN_WITHIN, self.action_leave)
        else:
            self.action_leave()

    def action_leave(self) -> None:
        self.dismiss(self._saved)
