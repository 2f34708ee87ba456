"""What kind of day it is: one of four, or filled from a template; and the way to change those."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.widgets import Static

from coach.bootstrap import Coach
from coach.domain.days import show_day
from coach.domain.errors import NotSaved, Refused
from coach.domain.shapes import KIND_WORDS, STILL_REMIND, ShapeKind
from coach.domain.templates import Template
from coach.ui.app import CoachApp
from coach.ui.asking import ask_line
from coach.ui.dialogs.choose import Answers
from coach.ui.dialogs.dialog import Dialog
from coach.ui.template_words import check_name, size
from coach.ui.text import content, fit
from coach.ui.widgets.keybar import KeyBar
from coach.ui.widgets.rows import Row, Rows

_KINDS: tuple[tuple[ShapeKind, str, str], ...] = (
    ("usual", "A usual day", ""),
    ("low", "A low-energy day", "three small things"),
    ("sick", "Sick", "all excused, still tickable"),
    ("away", "Away", "all excused, still tickable"),
)
_FILL, _KEEP, _CHANGE = "fill ", "keep", "templates"
WIDE = 60
"""Columns from which there is room for a few words on the right."""
_ENOUGH = 40
"""Cells of a name that say which one is meant."""


@dataclass(frozen=True, slots=True)
class _Day:
    """The day as it stands, and what it could be filled from."""

    kind: ShapeKind
    is_empty: bool
    usual: Template | None
    """What a usual day of this weekday is filled from, while nothing is on it."""
    templates: tuple[Template, ...]
    today: date


def _fetch(coach: Coach, day: date) -> _Day:
    view, templates = coach.items.view(day), coach.templates
    return _Day(view.shape, not view.lines, templates.offered_for(day), templates.all(), coach.items.today())


class ShapeDialog(Dialog[None]):
    """Does what is picked in one step, which u takes back, and goes."""

    BINDING_GROUP_TITLE = "Day shape"
    DEFAULT_CSS = """
    ShapeDialog {
        .dialog { padding: 1 0; }
        .dialog--title { padding: 0 3; margin: 0; }
        Rows { height: auto; max-height: 60vh; margin: 1 0 0 0; }
        &.-low .dialog { padding: 0; }
        &.-low Rows { margin: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"pick({number})", show=False) for number in range(1, 10)),
        Binding("escape", "dismiss", "Back"),
    ]

    app = getters.app(CoachApp)
    rows = getters.query_one(Rows)

    def __init__(self, day: date) -> None:
        super().__init__()
        self._day = day
        self._seen: _Day | None = None

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="dialog"):
            yield Static(classes="dialog--title")
            yield Answers()
        yield KeyBar()

    def on_mount(self) -> None:
        self._show()

    @work(exclusive=True, group="show")
    async def _show(self, keep: str = "") -> None:
        self._seen = seen = await self.app.ask(_fetch, self.app.coach, self._day)
        near = show_day(self._day, seen.today)
        was = "was" if self._day < seen.today else "is"
        self.query_one(Static).update(content(f"What kind of day {was} {near}?"))
        self.rows.set_rows(self._draw(seen), keep or seen.kind)
        self.rows.focus()

    def _draw(self, seen: _Day) -> Iterator[Row]:
        glyphs, wide = self.app.glyphs, self.size.width >= WIDE
        for number, (kind, words, about) in enumerate(_KINDS, 1):
            mark = glyphs.chosen if kind == seen.kind else glyphs.unchosen
            fills = f"from “{fit(seen.usual.title, 20, glyphs.ellipsis)}”" if kind == "usual" and seen.usual else about
            yield Row(words, key=kind, mark=mark, time=str(number), right=fills if wide else "")
        yield Row("", kind="gap")
        for number, template in enumerate(seen.templates, len(_KINDS) + 1):
            digit = str(number) if number <= 9 else ""
            yield Row(
                f"Fill it from “{template.title}”",
                key=_FILL + template.id,
                time=digit,
                right=size(template) if wide else "",
            )
        if not seen.is_empty:
            yield Row("Keep this day as a template", key=_KEEP, time=" ")
        yield Row("Change the three small things, and templates" if wide else "Change templates", key=_CHANGE, time=" ")

    def on_resize(self) -> None:
        if self._seen is not None:
            self.rows.set_rows(self._draw(self._seen))

    def action_pick(self, number: int) -> None:
        row = next((row for row in self.rows.rows if row.time == str(number)), None)
        if row is not None:
            self._do(row.key)

    def on_rows_selected(self, event: Rows.Selected) -> None:
        self._do(event.row.key)

    @work(exclusive=True, group="do")
    async def _do(self, key: str) -> None:
        if self._seen is None:
            return
        if key == _CHANGE:
            from coach.ui.dialogs.templates import TemplatesDialog

            await self.app.push_screen_wait(TemplatesDialog(self._day))
            self._show(key)
            return
        try:
            said = await self._keep() if key == _KEEP else await self._change(self._seen, key)
        except (NotSaved, Refused) as trouble:
            self.app.refused(trouble)
            return
        if said:
            self.dismiss(None)
            self.app.notice(said)

    async def _change(self, seen: _Day, key: str) -> str:
        """Makes the day what was picked, and says so."""
        days, templates, near = self.app.coach.days, self.app.coach.templates, show_day(self._day, seen.today)
        if key.startswith(_FILL):
            added = await self.app.ask(templates.apply, key.removeprefix(_FILL), self._day)
            things = "1 thing was" if added == 1 else f"{added} things were"
            return f"{things} added to {near}. u takes it back." if added else "All of it is there already."
        kind = next(kind for kind, _, _ in _KINDS if kind == key)
        usual = seen.usual.id if seen.usual and kind == "usual" else ""
        await self.app.ask(days.choose, self._day, kind, usual)
        said = f"{near} {'was' if self._day < seen.today else 'is'} {KIND_WORDS[kind]}. u takes it back."
        more = f" {STILL_REMIND}" if kind != "usual" and self._day >= seen.today else ""
        return said[:1].upper() + said[1:] + more

    async def _keep(self) -> str:
        """Asks for a name until the day is kept, or the person goes back."""
        templates = self.app.coach.templates

        async def keep(title: str) -> None:
            await self.app.ask(templates.keep_day, self._day, title)

        offered = "Weekday" if self._day.weekday() < 5 else "Weekend"
        title = await ask_line(self.app, "What is this day called?", keep, value=offered, offer=True, check=check_name)
        return f"Kept as “{fit(title, _ENOUGH)}”. u takes it back." if title else ""
