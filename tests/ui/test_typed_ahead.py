"""Keys typed behind the one that opens a dialog, while the disk is slow: they are the dialog's, or nobody's."""

from __future__ import annotations

import threading
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from coach.ui.app import CoachApp
from coach.ui.dialogs.ask import AskLine
from coach.ui.dialogs.choose import ChooseDialog
from coach.ui.dialogs.habit import HabitDialog
from coach.ui.dialogs.habit_days import HabitDaysDialog
from coach.ui.dialogs.ideas import IdeasDialog
from coach.ui.screens.editor import EditorScreen
from coach.ui.screens.player import PlayerScreen
from coach.ui.widgets.rows import Rows
from tests.ui.stage import MORNING, frame, home
from tests.ui.started import until, until_shown

Run = Pilot[int]


async def typed(app: CoachApp, pilot: Run, words: str, key: str, then: str, kind: type) -> None:
    """On the row with these words, both keys at once, while the store thread is busy; then what came is left again."""
    place = app.current_mode
    rows = app.screen.query_one(Rows)
    await until(pilot, lambda: any(rows.move_to(row.key) for row in rows.rows if words in row.text))
    rows.focus()
    await pilot.pause()
    done = threading.Event()
    app.coach.writer.submit(done.wait, 10)
    for one in (key, then):
        app.post_message(events.Key(one, one if len(one) == 1 else None))
    await pilot.pause(0.1)
    done.set()
    await until(pilot, lambda: isinstance(app.screen, kind))
    await pilot.pause(0.1)
    assert (app.current_mode, isinstance(app.screen, kind)) == (place, True), f"{words}: {key}, {then}\n{frame(app)}"
    await pilot.press("escape")
    await until(pilot, lambda: app.screen is app.screen_stack[0])


async def test_letters_typed_ahead_open_no_other_place(tmp_path: Path) -> None:
    coach = home(tmp_path, now=lambda: MORNING)
    for line in ("tablet every day 12:00", "post it"):
        coach.items.add(coach.items.read(line))
    coach.journal.write("an entry")
    coach.goals.reach(coach.goals.add("One").id)
    for title in ("Two", "Three", "Four"):
        coach.goals.add(title)
    app = CoachApp(coach)
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await until_shown(pilot, "tablet")
        await typed(app, pilot, "tablet", "d", "4", ChooseDialog)
        await typed(app, pilot, "tablet", "enter", "4", ChooseDialog)
        await typed(app, pilot, "post it", "enter", "4", AskLine)
        await typed(app, pilot, "free", "enter", "w", IdeasDialog)
        await pilot.press("2")
        await until_shown(pilot, "Reached")
        await typed(app, pilot, "One", "space", "4", ChooseDialog)
        await typed(app, pilot, "Add a habit", "space", "4", HabitDialog)
        coach.habits.add("Walk")
        await typed(app, pilot, "Walk", "enter", "w", HabitDaysDialog)
        await pilot.press("3")
        await until_shown(pilot, "Breathing")
        await typed(app, pilot, "", "enter", "2", PlayerScreen)
        await pilot.press("4")
        await until_shown(pilot, "an entry")
        await typed(app, pilot, "an entry", "enter", "2", EditorScreen)
        assert [goal.title for goal in coach.goals.active()] == ["Two", "Three", "Four"]
        assert len(coach.items.view(MORNING.date()).lines) == 2
