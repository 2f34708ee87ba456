"""The form of a habit: a title is enough; everything else has a quiet answer already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.timer import Timer
from textual.widgets import Static

from coach.domain.errors import NotSaved, Refused
from coach.domain.habits import Target
from coach.ui.app import CoachApp
from coach.ui.dialogs.ask import KEEP_AFTER, LONGEST
from coach.ui.dialogs.dialog import Dialog
from coach.ui.draft import Draft
from coach.ui.habits.form import (
    AREA_WORDS,
    ASKED,
    ASKING,
    EMPTY,
    FIELDS,
    FROM_TODAY,
    KINDS,
    RUN_WORDS,
    Filled,
    draft_of,
    read_form,
    say_form,
)
from coach.ui.text import content
from coach.ui.widgets.form import Choice, FormRow, form_line
from coach.ui.widgets.keybar import KeyBar

_LINES = {
    "title": ("Habit", "Walk", "A few words, then Enter. Down for the rest, if you like."),
    "often": ("How often", "every day", "every day, mon wed fri, or 3 in 7"),
    "amount": ("How much", "done or not", "Empty: done or not. Or count it: 20 pages, 60 pages in 7 days"),
    "limit": ("At most", "2 a day", "2 a day, or 10 in 7 days"),
    "tiny": ("Tiny version", "none", "For a hard day, such as one page. It counts half."),
    "remind": ("Remind at", "20:00, or empty", "Asks then until it is marked: 20:00, or 8:00 and 20:00"),
}
_CHOICES: dict[str, tuple[str, Mapping[str, str], str]] = {
    "kind": ("Kind", KINDS, "What is kept low or avoided is only noted when it happens."),
    "area": ("Area of life", AREA_WORDS, "Which part of life it belongs to."),
    "run": ("Show a run", RUN_WORDS, "Days in a row, beside “of the last 30 days”."),
}


class HabitDialog(Dialog[None]):
    """Saves by itself; it goes only when the habit is on the disk, or when the person goes back."""

    BINDING_GROUP_TITLE = "Habit"
    DEFAULT_CSS = """
    HabitDialog {
        #reading { height: auto; margin: 1 0 0 0; }
        #hint { height: auto; color: $dim; text-style: $dim-style; }
        #problem { height: auto; color: $error; }
        &.-low .dialog { padding: 0 3; }
        &.-low .dialog--title, &.-low #reading { margin: 0; }
        &.-low .dialog { max-height: 100%; }
        &.-narrow .dialog { padding: 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", "Next line", key_display="Down"),
        Binding("up", "app.focus_previous", "Line before", show=False),
        Binding("escape", "cancel", "Back"),
    ]

    app = getters.app(CoachApp)

    def __init__(
        self,
        title: str,
        values: Mapping[str, str],
        save: Callable[[Filled, Mapping[str, str]], object],
        draft: Draft,
        *,
        first: Mapping[str, str] | None = None,
        asking: Callable[[Target | None], str] = lambda _: FROM_TODAY,
    ) -> None:
        """`values` is what stands in the fields, `first` what is kept already: a draft may differ from it.

        `save` is called in the store thread; `asking` says what it means that something else is asked for.
        """
        super().__init__()
        self._title, self._values, self._save, self._draft = title, dict(values), save, draft
        self._first, self._asking = dict(first) if first is not None else None, asking
        self._waiting: Timer | None = None
        self._saving = False
        self._target: Target | None = None
        """What the fields ask for now; None while it cannot be read."""

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="dialog"):
            yield Static(content(self._title), classes="dialog--title")
            for name in FIELDS:
                yield self._row(name)
            yield Static(id="reading")
            yield Static(id="hint")
            yield Static(id="problem")
        yield KeyBar()

    def _row(self, name: str) -> FormRow:
        value = self._values.get(name, "")
        if name in _LINES:
            label, placeholder, hint = _LINES[name]
            return FormRow(label, form_line(name, value, placeholder), hint)
        label, words, hint = _CHOICES[name]
        return FormRow(label, Choice(words, value, id=name), hint)

    def on_mount(self) -> None:
        self._show()

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields now."""
        return {row.field.id or "": row.field.value for row in self.query(FormRow)}

    def on_descendant_focus(self) -> None:
        self._show_hint()

    def on_input_changed(self) -> None:
        self._heed()

    def on_choice_changed(self) -> None:
        self._heed()

    def on_line_overlong(self) -> None:
        self._say(f"That is longer than {LONGEST} characters. Take a shorter piece.")

    def on_input_submitted(self) -> None:
        self.action_save()

    def on_choice_submitted(self) -> None:
        self.action_save()

    @work
    async def action_save(self) -> None:
        if self._saving:
            return
        values = self.values
        try:
            filled = read_form(values)
        except Refused as refused:
            self._say(str(refused))
            self.query_one(f"#{refused.words}").focus()
            return
        self._saving = True
        try:
            await self.app.ask(self._draft.save, self._save, filled, values)
        except (NotSaved, Refused) as trouble:
            self._saving = False
            self._say(str(trouble))
            return
        self.dismiss()

    def action_cancel(self) -> None:
        """While it is being saved there is nothing to go back from: it goes by itself, or says why not."""
        if not self._saving:
            self.keep_draft()
            self.dismiss()

    def keep_draft(self) -> None:
        """What was typed is offered again next time; also called when the program ends."""
        if self.is_mounted:
            if self._waiting is not None:
                self._waiting.stop()
            text = draft_of(self.values, self._first or EMPTY)
            self.app.coach.writer.submit(self._draft.keep, text)

    def _heed(self) -> None:
        self._say("")
        self._show()
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(KEEP_AFTER, self.keep_draft)

    def _show(self) -> None:
        """Only the fields of its kind, which stays what it was, and the sentence that says how they are read."""
        values, target = self.values, None
        for row in self.query(FormRow):
            row.display = row.field.id in ASKED[values["kind"]] and (self._first is None or row.field.id != "kind")
        try:
            filled = read_form(values | {"title": values["title"].strip() or "x"})
            sentence, target = say_form(filled), filled.target
        except Refused:
            sentence = ""  # not yet: half a word is no mistake
        self.query_one("#reading", Static).update(content(sentence))
        self._target = target
        self._show_hint()

    def _show_hint(self) -> None:
        """What the field takes; once something else is asked for, from when on."""
        values, first = self.values, self._first
        if first is not None and any(values[name] != first[name] for name in ASKING):
            self.query_one("#hint", Static).update(content(self._asking(self._target)))
            return
        row = next((row for row in self.query(FormRow) if row.field is self.focused), None)
        self.query_one("#hint", Static).update(content(row.hint if row else ""))

    def _say(self, problem: str) -> None:
        """Where there is little room, it stands in the place of the hint."""
        self.query_one("#hint").display = not problem
        self.query_one("#problem", Static).update(content(problem))
