"""Everything written, searched while one types: the newest first, with its day and what it is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup, VerticalScroll
from textual.widgets import Input, Static

from coach.domain.days import MONTHS
from coach.ui.app import CoachApp
from coach.ui.dialogs.ask import Line
from coach.ui.dialogs.dialog import Dialog
from coach.ui.text import content
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from coach.services.search import Hit

MOST = 50
"""Hits of months shown, beside all of the plan; more words find fewer."""
PAUSE = 0.12
"""Seconds without a key before it looks: nobody needs what the first letters find."""
NAMES = {
    "items": "planned",
    "goals": "goal",
    "habits": "habit",
    "journal": "journal",
    "marks": "note",
    "sessions": "practice",
    "prompts": "reminder",
    "templates": "day kept",
    "cravings": "urge",
}
"""What a hit is, in a word; other tables go by their own name."""
HINT = "Words, or #tag. A single # lists the tags."


class Hits(Rows):
    """What was found; the keys go to the line above."""

    can_focus = False
    STEERED = True


class FindLine(Line):
    """The words; Enter goes to the hit under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "Go there")]


class FindDialog(Dialog["Hit | None"]):
    """Gives back the hit picked. Its words are kept nowhere."""

    BINDING_GROUP_TITLE = "Find"
    DEFAULT_CSS = """
    FindDialog {
        align: center top;
        .dialog { margin: 2 0 0 0; padding: 1 0; width: 76; }
        .dialog--title, FindLine { margin: 0 3 1 3; }
        #told { margin: 0 3; height: auto; color: $dim; text-style: $dim-style; }
        Hits { height: auto; max-height: 60vh; }
        &.-low .dialog { margin: 0; padding: 0; }
        &.-low .dialog--title { display: none; }
        &.-narrow .dialog { padding: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next", key_display="Down", priority=True),
        Binding("up", "move(-1)", "Before", show=False, priority=True),
        Binding("pagedown", "leap(1)", "Further", show=False, priority=True),
        Binding("pageup", "leap(-1)", "Nearer", show=False, priority=True),
        Binding("escape", "dismiss(None)", "Back"),
    ]

    app = getters.app(CoachApp)
    hits = getters.query_one(Hits)

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[str, Hit] = {}
        self._words = ""

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="dialog"):
            yield Static(content("Find"), classes="dialog--title")
            yield FindLine(placeholder="walk, #health", max_length=100, select_on_focus=False)
            yield Static(content(HINT), id="told")
            yield Hits()
        yield KeyBar()

    def on_mount(self) -> None:
        self.hits.display = False

    def on_input_changed(self, event: Input.Changed) -> None:
        self._words = event.value.strip()
        self._look(self._words)

    def on_input_submitted(self) -> None:
        if self.hits.current is not None and self.hits.display:
            self._pick(self.hits.current.key)

    def on_rows_selected(self, event: Rows.Selected) -> None:
        self._pick(event.row.key)

    def action_move(self, by: int) -> None:
        self.hits.action_move(by)

    def action_leap(self, by: int) -> None:
        self.hits.action_leap(by)

    def _pick(self, key: str) -> None:
        if key.startswith("#"):
            line = self.query_one(FindLine)
            line.value = key
            line.cursor_position = len(key)
        elif key in self._found:
            self.dismiss(self._found[key])

    @work(exclusive=True, group="look")
    async def _look(self, words: str) -> None:
        """In the store thread; what was asked for before is given up there too."""
        await asyncio.sleep(PAUSE)
        search = self.app.coach.search
        if words == "#":
            tags = await self.app.ask(search.tags)
            self._show([Row(f"#{tag}", key=f"#{tag}", right=str(count)) for tag, count in tags], "No tags yet.")
            return
        hits = await self.app.ask(search.find, words, most=MOST, wanted=lambda: self._words == words)
        self._found = {f"{hit.table} {hit.id}": hit for hit in hits}
        today = self.app.coach.items.today()
        rows = [row_of(key, hit, words, today) for key, hit in self._found.items()]
        self._show(rows, "Nothing found. Fewer or shorter words find more." if words else HINT)

    def _show(self, rows: list[Row], otherwise: str) -> None:
        told = self.query_one("#told", Static)
        told.display, self.hits.display = not rows, bool(rows)
        told.update(content(otherwise))
        self.hits.set_rows(rows, rows[0].key if rows else None)


class WholeDialog(Dialog[None]):
    """All of one thing that was found and has no place of its own."""

    BINDING_GROUP_TITLE = "Found"
    DEFAULT_CSS = """
    WholeDialog VerticalScroll { height: auto; max-height: 60vh; scrollbar-size-vertical: 1; }
    WholeDialog VerticalScroll Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "dismiss(None)", "Back")]

    app = getters.app(CoachApp)

    def __init__(self, hit: Hit) -> None:
        super().__init__()
        self._hit = hit

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="dialog"):
            told = _told(self._hit, self.app.coach.items.today())
            yield Static(content(f"{told[:1].upper()}{told[1:]}"), classes="dialog--title")
            with VerticalScroll():
                yield Static(content(self._hit.text))
        yield KeyBar()


def row_of(key: str, hit: Hit, words: str, today: date) -> Row:
    """A hit in a line: of a long text, the line that holds the words."""
    return Row(_line(hit.text.splitlines(), words.casefold().split()), key=key, right=_told(hit, today))


def _line(lines: Iterable[str], words: list[str]) -> str:
    lines = [line.strip() for line in lines if line.strip()]
    holding = (line for line in lines if any(word in line.casefold() for word in words if word[0] != "#"))
    return next(holding, lines[0] if lines else "")


def _told(hit: Hit, today: date) -> str:
    """What it is, and its day: "journal, 23 Nov"."""
    if hit.repeats:
        return "repeats"
    if hit.table == "items" and not hit.day:
        return "later"
    return ", ".join(filter(None, [NAMES.get(hit.table, hit.table), _day(hit.day, today)]))


def _day(text: str, today: date) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return ""
    return f"{day.day} {MONTHS[day.month - 1][:3]}" + (f" {day.year}" if day.year != today.year else "")
