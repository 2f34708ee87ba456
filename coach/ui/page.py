"""What every place has: the line of places above, the keys below, and a view that is asked for again after a change."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from coach.domain.errors import NotSaved, Refused
from coach.domain.events import Changed
from coach.ui.app import CoachApp
from coach.ui.places import PLACES
from coach.ui.widgets.header import PlaceBar
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.rows import Rows


class Page(Screen[date | None]):
    """A place. Subclasses say what is between, and fetch what it shows in `load`; one over a place can give a day."""

    PLACE: ClassVar[str] = ""
    """The name of its row in places."""
    TABLES: ClassVar[frozenset[str] | None] = None
    """The tables whose changes it shows; None for all."""
    BINDINGS = [
        Binding("tab", "app.next_place(1)", "Next place", show=False),  # here, since Textual's screens have Tab too
        Binding("shift+tab", "app.next_place(-1)", "Place before", show=False),
        Binding("escape", "go_home", "Back", show=False),
    ]

    app = getters.app(CoachApp)

    def __init__(self) -> None:
        super().__init__()
        self._stale = True

    def compose(self) -> ComposeResult:
        yield PlaceBar(PLACES, self.PLACE, self.app.coach.now, lambda: self.app.coach.settings.now.clock)
        yield from self.compose_body()
        yield KeyBar()

    def compose_body(self) -> ComposeResult:
        """What stands between the two lines."""
        yield from ()

    async def load(self) -> None:
        """Asks for the view (`await self.app.ask(...)`) and hands it to the widgets."""

    async def seek(self, key: str, day: date | None = None) -> None:
        """Puts the cursor on the row of something that was found; on its day, where the page shows days."""
        await self.load()
        next((rows.focus() for rows in self.query(Rows) if rows.move_to(key)), None)

    def minute_passed(self) -> None:
        """A new minute has begun; a page that shows the time left asks again."""

    def on_mount(self) -> None:
        self.app.changed.subscribe(self, self._heed)
        self.reload()

    def on_screen_resume(self) -> None:
        if self._stale:
            self.reload()
        if self.app.prompting is not None:
            self.app.prompting.check_soon()  # what waited for a dialog or a player

    def on_place_bar_minute(self) -> None:
        self.minute_passed()

    def reload(self) -> None:
        """Asks for the view again, in a worker: a slow disk holds up no key."""
        self._stale = False
        self.run_worker(self._load(), group="load", exclusive=True)

    def action_go_home(self) -> None:
        """Escape leads from a place outside the numbered ones back to the first."""
        if not any(place.name == self.PLACE and place.number for place in PLACES):
            self.app.switch_mode("today")

    def reload_when_seen(self) -> None:
        """Asks again at once, or as soon as it is in front."""
        if self.is_current:
            self.reload()
        else:
            self._stale = True

    async def _load(self) -> None:
        try:
            await self.load()
        except NotSaved:
            return  # said already
        except Refused as refused:
            self.app.notice(str(refused), "error")

    def _heed(self, changed: Changed) -> None:
        if self.TABLES is not None and changed.tables and not self.TABLES & changed.tables:
            return
        self.reload_when_seen()
