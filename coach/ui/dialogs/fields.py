"""A typed line as fields one under another; going back, or saving, gives the line that says the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup, VerticalScroll
from textual.widgets import Static

from coach.domain.after_phrases import Anchors
from coach.domain.areas import AREAS
from coach.domain.errors import Refused
from coach.domain.reading_fields import FIELDS, line_from, raw_line
from coach.ui.dialogs.ask import LONGEST, Line
from coach.ui.dialogs.dialog import Dialog
from coach.ui.text import content
from coach.ui.widgets.form import Choice, FormRow, form_line
from coach.ui.widgets.keybar import KeyBar

_LINES = {
    "title": ("Title", "walk", "What it is, in a few words."),
    "day": ("Day", "today", "tomorrow, fri, 3 dec, or later for no day yet"),
    "time": ("Time", "any time", "07:30, 7pm, 15-16, or 8:00 and 20:00"),
    "length": ("Length", "not said", "30m or 1h30"),
    "remind": ("Remind", "at its start", "15m, 1h and 10m before it, or no"),
    "often": ("How often", "once", "every day, mon wed fri, 1st of every month"),
    "until": ("Until", "no end", "31 dec, for 7 days, 10 times"),
    "after": ("After", "nothing", "The title of something planned that day."),
    "place": ("Place", "anywhere", "the old gym"),
    "tags": ("Tags", "none", "Words to find it by: health garden"),
}
_YES_OR_NO = {"": "no", "yes": "yes"}


@dataclass(frozen=True, slots=True)
class Filled:
    """What the fields came to."""

    line: str
    area: str
    save: bool
    """Whether they are meant; otherwise the person goes on with the line."""


class FieldsDialog(Dialog[Filled]):
    """Every way out keeps what was typed: Escape leads back to the line."""

    BINDING_GROUP_TITLE = "Fields"
    DEFAULT_CSS = """
    FieldsDialog {
        VerticalScroll { height: auto; max-height: 60vh; scrollbar-size-vertical: 1; }
        #reading { height: auto; max-height: 4; margin: 1 0 0 0; }
        #hint { height: 1; color: $dim; text-style: $dim-style; }
        #problem { height: auto; color: $error; }
        &.-low .dialog { padding: 0 3; }
        &.-low .dialog--title, &.-low #reading { margin: 0; }
        &.-low #reading { max-height: 2; }
        &.-low VerticalScroll { max-height: 6; }
        &.-narrow .dialog { padding: 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,tab", "app.focus_next", "Next", key_display="Down", priority=True),
        Binding("up,shift+tab", "app.focus_previous", "Line before", show=False, priority=True),
        Binding("ctrl+s", "save", "Save", show=False),
        Binding("escape", "back", "Back"),
    ]

    def __init__(
        self, line: str, values: Mapping[str, str], area: str, anchors: Anchors, read: Callable[[str], str]
    ) -> None:
        """`read` says how a line is understood; Refused when it cannot be."""
        super().__init__()
        self._line, self._first, self._area, self._anchors, self._read = line, dict(values), area, anchors, read

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="dialog"):
            yield Static(content("One by one"), classes="dialog--title")
            with VerticalScroll(can_focus=False):
                for name, (label, placeholder, hint) in _LINES.items():
                    yield FormRow(label, form_line(name, self._first[name], placeholder), hint)
                yield FormRow("First", Choice(_YES_OR_NO, self._first["first"], id="first"), "Among the day's three.")
                yield FormRow("Life area", Choice({"": "none", **AREAS}, self._area, id="area"), "Where it belongs.")
            yield Static(id="reading")
            yield Static(id="hint")
            yield Static(id="problem")
        yield KeyBar()

    def on_mount(self) -> None:
        self._show()

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields of the line now."""
        found = {row.field.id or "": row.field.value for row in self.query(FormRow)}
        return {name: found[name] for name in FIELDS}

    def on_descendant_focus(self) -> None:
        row = next((row for row in self.query(FormRow) if row.field is self.focused), None)
        self.query_one("#hint", Static).update(content(row.hint if row else ""))

    def on_input_changed(self) -> None:
        self._show()

    def on_choice_changed(self) -> None:
        self._show()

    def on_line_overlong(self) -> None:
        self._say(f"That is longer than {LONGEST} characters. Take a shorter piece.")

    def on_line_one_line(self, event: Line.OneLine) -> None:
        self._say(str(event))

    def on_input_submitted(self) -> None:
        self.action_save()

    def on_choice_submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        try:
            line = self._written()
            self._read(line)
        except Refused as refused:
            self._say(str(refused))
            if refused.words in FIELDS:
                self.query_one(f"#{refused.words}").focus()
            return
        self._leave(line, save=True)

    def action_back(self) -> None:
        try:
            line = self._written()
        except Refused:
            line = raw_line(self.values)
        self._leave(line, save=False)

    def _leave(self, line: str, *, save: bool) -> None:
        if len(line) > LONGEST:
            self._say(f"As one line that is longer than {LONGEST} characters. Take a shorter title.")
            return
        self.dismiss(Filled(line, self.query_one("#area", Choice).value, save))

    def _written(self) -> str:
        """The line of the fields; the one there was while none of them changed."""
        return self._line if self.values == self._first else line_from(self.values, self._anchors)

    def _show(self) -> None:
        """How the fields are read; nothing while one of them is half typed."""
        self._say("")
        try:
            sentence = self._read(self._written())
        except Refused:
            sentence = ""
        self.query_one("#reading", Static).update(content(sentence))

    def _say(self, problem: str) -> None:
        self.query_one("#problem", Static).update(content(problem))
