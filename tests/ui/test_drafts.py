"""Half-typed text in forms: gone with what was saved, whatever was pressed meanwhile, and never another window's."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot

from coach.ui.app import CoachApp
from coach.ui.dialogs.habit import HabitDialog
from coach.ui.dialogs.levels import LevelsDialog
from coach.ui.dialogs.note import NoteDialog
from coach.ui.draft import Draft
from coach.ui.draft_names import draft_name
from coach.ui.page import Page
from tests.ui.goal_keys import pick
from tests.ui.stage import MORNING, home
from tests.ui.started import until, until_shown

Run = Pilot[int]


def test_a_draft_goes_with_what_was_saved_and_only_with_that(tmp_path: Path) -> None:
    coach = home(tmp_path)
    one, other = Draft(coach, "note"), Draft(coach, "note")
    assert one.offered() == ""
    other.keep("from the other window")
    one.keep("")
    assert coach.drafts.get("note") == "from the other window"
    one.keep("words")
    with pytest.raises(OSError):
        one.save(_fail)
    one.keep("words again")
    assert one.offered() == "words again", "what was not saved is offered again"
    one.save(print, "")
    one.keep("words again")
    assert coach.drafts.get("note") == ""


def _fail() -> None:
    raise OSError


async def open_form(pilot: Run, keys: Sequence[str], kind: type) -> None:
    await pilot.press(*keys[:1])
    for key in keys[1:]:
        await pick(pilot, key, "What would you like to add?")
    await until(pilot, lambda: isinstance(pilot.app.screen, kind) and pilot.app.focused is not None)


async def test_neither_escape_nor_another_window_costs_words(tmp_path: Path) -> None:
    coach = home(tmp_path, now=lambda: MORNING)
    walk, swim = coach.habits.add("Walk"), coach.goals.add("Swim")
    names = {
        "habit": ("habit:" + walk.id, ("a",), HabitDialog, "enter", "habit"),
        "note": ("habit:" + walk.id, ("n",), NoteDialog, "enter", f"note-{walk.id}-{MORNING.date()}"),
        "levels": (f"goal-field:{swim.id}:more", ("enter", "6"), LevelsDialog, "ctrl+s", draft_name("levels", swim.id)),
    }
    app = CoachApp(coach)
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await pilot.press("2")
        await until_shown(pilot, "Swim")
        await pilot.press("enter")
        for row, keys, kind, save, slot in names.values():
            await until(pilot, lambda row=row: app.screen.rows.move_to(row))  # type: ignore[attr-defined,misc]  # it is the Goals page
            await pilot.pause()
            await open_form(pilot, keys, kind)
            await app.ask(coach.drafts.keep, slot, "title of another window")
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, Page))
            await pilot.pause(0.1)
            assert coach.drafts.get(slot) == "title of another window", kind
            await app.ask(coach.drafts.forget, slot)
            await open_form(pilot, keys, kind)
            await pilot.press(*"words")
            await until(pilot, lambda slot=slot: coach.drafts.get(slot))  # type: ignore[misc]  # mypy types no lambda's default
            held = threading.Event()
            coach.writer.submit(held.wait, 10)
            await pilot.press(save)
            await pilot.press("escape")
            held.set()
            await until(pilot, lambda: isinstance(app.screen, Page))
            await app.ask(bool)
            await app.ask(bool)
            assert coach.drafts.get(slot) == "", f"{kind}: saved, and so no longer offered"
    assert [one.title for one in coach.habits.all()] == ["Walk", "words"]
    assert coach.goals.get(swim.id).levels == {"0": "words"}
    assert coach.habits.view(MORNING.date())[0].note == "words"
