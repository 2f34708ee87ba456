"""The journal on the screen: an entry is kept while it is typed, saved by going back, and never lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from coach.domain.text import LONGEST, clean
from coach.ui.app import CoachApp
from coach.ui.page import Page
from coach.ui.screens.editor import NEW, EditorScreen
from coach.ui.widgets.notebook import Notebook
from tests.ui.hostile import HOSTILE, is_harmless
from tests.ui.started import SIZES, fill_the_disk, shown, started, until, until_shown

Run = Pilot[int]


def entries(app: CoachApp) -> list[str]:
    return [entry.text for entry in app.coach.journal.recent(app.coach.items.today())]


async def open_journal(app: CoachApp, pilot: Run) -> None:
    await pilot.pause()
    await pilot.press("4")
    await until_shown(pilot, "[Journal]")


async def open_editor(pilot: Run, key: str = "a") -> Notebook:
    await pilot.press(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, EditorScreen))
    await pilot.pause()
    return pilot.app.screen.query_one(Notebook)


async def go_back(pilot: Run) -> None:
    await pilot.press("escape")
    await until(pilot, lambda: isinstance(pilot.app.screen, Page))


async def test_an_entry_survives_the_end_of_the_program(tmp_path: Path) -> None:
    app = started(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_journal(app, pilot)
        await until_shown(pilot, "Nothing here yet. a adds the first.")
        await open_editor(pilot)
        assert "^R Help now" in shown(app)
        await pilot.press(*"A long day! q:x", "enter", *"Jo rang.")
        await until(pilot, lambda: app.coach.drafts.get(NEW) == "A long day! q:x\nJo rang.")
    app = started(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_journal(app, pilot)
        await open_editor(pilot)
        await until_shown(pilot, "From before: this was not finished.")
        await pilot.press(*" Good.")
        await go_back(pilot)
        await until_shown(pilot, "A long day! q:x")
        assert entries(app) == ["A long day! q:x\nJo rang. Good."]
        await until(pilot, lambda: not app.coach.drafts.get(NEW))
        await _an_entry_is_changed_deleted_and_brought_back(app, pilot)
        await _moods_stand_between(app, pilot)


async def _an_entry_is_changed_deleted_and_brought_back(app: CoachApp, pilot: Run) -> None:
    await open_editor(pilot)
    await go_back(pilot)
    assert len(entries(app)) == 1, "nothing was written, so nothing is kept"
    notebook = await open_editor(pilot, "enter")
    notebook.text = "   "
    await go_back(pilot)
    assert entries(app) == ["A long day! q:x\nJo rang. Good."], "an emptied entry stays; d deletes"
    await open_editor(pilot, "e")
    await pilot.press(*" And rain.")
    await go_back(pilot)
    await until(pilot, lambda: entries(app) == ["A long day! q:x\nJo rang. Good. And rain."])
    await pilot.press("d")
    await until_shown(pilot, "Nothing here yet.")
    await pilot.press("u")
    await until_shown(pilot, "A long day! q:x")


async def _moods_stand_between(app: CoachApp, pilot: Run) -> None:
    await app.ask(app.coach.cravings.log, 8)
    await app.ask(app.coach.moods.log, 6)
    await until_shown(pilot, "mood 6")
    assert "urge" not in shown(app).lower(), "its room is off"


async def test_hostile_words_and_a_very_long_paste_at_every_size(tmp_path: Path) -> None:
    app = started(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_journal(app, pilot)
        for text in HOSTILE:
            notebook = await open_editor(pilot)
            app.post_message(events.Paste(text))
            await pilot.pause()
            assert is_harmless(notebook.text)
            assert is_harmless(shown(app).replace("\n", ""))
            await go_back(pilot)
        assert sorted(entries(app)) == sorted(clean(text).strip() for text in HOSTILE)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            for key in ("end", "home", "enter", "down", "escape", "j", "pagedown"):
                await pilot.press(key)
                await pilot.pause()
                assert is_harmless(shown(app).replace("\n", ""))
        notebook = await open_editor(pilot)
        app.post_message(events.Paste("a word " * 150_000))
        await until_shown(pilot, "An entry holds 20,000 characters")
        await pilot.press("x")
        assert len(notebook.text) == LONGEST
        assert not notebook.text.endswith("x")
        await go_back(pilot)
        await until(pilot, lambda: max(map(len, entries(app))) > LONGEST - 10)


async def test_an_entry_that_is_not_saved_stays_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = started(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_journal(app, pilot)
        notebook = await open_editor(pilot)
        await pilot.press(*"kept")
        with monkeypatch.context() as patch:
            fill_the_disk(patch)
            await pilot.press("escape")
            await until(pilot, lambda: app.screen.query("#problem.-said"))
            await until_shown(pilot, "Not saved")
            assert isinstance(app.screen, EditorScreen)
            assert notebook.text == "kept"
            assert app.coach.drafts.get(NEW) == "kept"
            await pilot.press(*" here")
        app.hand_over(wait=2)
        assert app.coach.drafts.get(NEW) == "kept here", "what ends the program hands the words over"
        await go_back(pilot)
        await until(pilot, lambda: entries(app) == ["kept here"])
        notebook = await open_editor(pilot, "enter")
        await pilot.press(*", still")
        await app.ask(app.coach.journal.remove, app.coach.journal.recent(app.coach.items.today())[0].id)
        await go_back(pilot)
        await until(pilot, lambda: entries(app) == ["kept here, still"])
