"""What earlier days left open, and the Later list: each answered with one key, or left as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from coach.bootstrap import Coach
from coach.domain.days import show_day
from coach.domain.errors import NotSaved
from coach.domain.items import Item
from coach.ui.app import CoachApp
from coach.ui.dialogs.dialog import Dialog
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.rows import Row, Rows

_NARROW = 60


@dataclass(frozen=True, slots=True)
class _Waiting:
    leftovers: tuple[Item, ...]
    later: tuple[Item, ...]
    longer_ago: tuple[Item, ...]
    today: date


def _fetch(coach: Coach) -> _Waiting:
    items = coach.items
    return _Waiting(items.leftovers(), items.later(), items.left.longer_ago(), items.today())


class LeftoversDialog(Dialog[None]):
    """Leaving it asks nothing again today."""

    BINDING_GROUP_TITLE = "Left over and later"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t,enter", "today", "Today", tooltip="Put it on today", id="left-today"),
        Binding("l", "later", "Later", tooltip="To the Later list, without a day", id="left-later"),
        Binding("d", "let_go", "Let go", tooltip="Let it go; u brings it back", id="left-go"),
        Binding("space", "did", "Did it", tooltip="It is done; u takes it back", id="left-did"),
        Binding("escape", "close", "Done", tooltip="Leave the rest as it is"),
    ]
    DEFAULT_CSS = """
    LeftoversDialog Vertical { width: 64; max-width: 100%; height: auto; background: $surface; padding: 1 0; }
    LeftoversDialog Rows { height: auto; max-height: 50vh; }
    LeftoversDialog Static { padding: 0 3 1 3; text-style: bold; }
    LeftoversDialog.-low Vertical { padding: 0; }
    """

    app = getters.app(CoachApp)
    rows = getters.query_one(Rows)

    def __init__(self) -> None:
        super().__init__()
        self._waiting = _Waiting((), (), (), date.min)
        self._asked = False
        self._answering = False
        """An answer is on its way: another key would be said of a line that is about to go."""

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static()
            yield Rows()
        yield KeyBar()

    def on_mount(self) -> None:
        self._show()

    def on_resize(self) -> None:
        """Below there is no room for all keys on a narrow screen."""
        narrow = self.size.width < _NARROW
        self.query_one(Static).update("Waiting. Space: did it. Esc: done." if narrow else "Waiting, whenever you like")

    @work(exclusive=True, group="show")
    async def _show(self) -> None:
        self._waiting = await self.app.ask(_fetch, self.app.coach)
        self._asked = self._asked or bool(self._waiting.leftovers)
        self.rows.set_rows(self._draw() or [Row("Nothing is waiting.", kind="note")])
        self.rows.focus()
        self._answering = False
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done with the line under the cursor."""
        if action == "later":
            return any(item.id == self._key for item in (*self._waiting.leftovers, *self._waiting.longer_ago))
        return action not in ("today", "did", "let_go") or bool(self._key)

    def on_rows_highlighted(self) -> None:
        self.refresh_bindings()

    def _draw(self) -> list[Row]:
        rows: list[Row] = []
        waiting = self._waiting
        parts = (("From before", waiting.leftovers), ("Later", waiting.later), ("Longer ago", waiting.longer_ago))
        for name, items in parts:
            if items:
                rows += [Row("", kind="gap")] if rows else []
                rows.append(Row(name, kind="heading"))
                rows += [Row(item.title, key=item.id, right=self._when(item)) for item in items]
        return rows

    def _when(self, item: Item) -> str:
        return show_day(item.day, self._waiting.today, short=True) if item.day else ""

    def on_rows_selected(self) -> None:
        self.action_today()

    def action_today(self) -> None:
        self._answer(lambda item: self.app.coach.items.move(item.id, self._waiting.today))

    def action_did(self) -> None:
        self._answer(lambda item: self.app.coach.items.mark(item.id, item.day or self._waiting.today, "done"))

    def action_later(self) -> None:
        self._answer(lambda item: self.app.coach.items.move(item.id, None))

    def action_let_go(self) -> None:
        self._answer(lambda item: self.app.coach.items.let_go(item.id))

    @work(group="answer")
    async def _answer(self, do: Callable[[Item], object]) -> None:
        items = (*self._waiting.leftovers, *self._waiting.later, *self._waiting.longer_ago)
        item = next((one for one in items if one.id == self._key), None)
        if item is None or self._answering:
            return
        self._answering = True
        try:
            await self.app.ask(do, item)
        finally:
            self._show()

    @property
    def _key(self) -> str:
        return self.rows.current.key if self.is_mounted and self.rows.current else ""

    @work(exclusive=True, group="close")
    async def action_close(self) -> None:
        try:
            if self._asked:
                await self.app.ask(self.app.coach.days.look_done)
        except NotSaved:
            pass  # said already; it will be asked once more
        self.dismiss(None)
