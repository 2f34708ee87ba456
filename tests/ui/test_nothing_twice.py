"""Nothing is done that nobody sees: a line is read once a key, and a day fetched when it is in front."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from coach.services.items import Items
from coach.ui.app import CoachApp
from coach.ui.dialogs.ask import KEEP_AFTER, AskLine
from coach.ui.screens import today
from coach.ui.widgets.header import PlaceBar
from tests.ui.stage import MORNING, home
from tests.ui.started import until, until_shown


def counted(patch: pytest.MonkeyPatch, where: object, name: str) -> list[object]:
    """One entry for each call, from now on."""
    calls: list[object] = []
    real = getattr(where, name)

    def call(*args: object, **options: object) -> object:
        calls.append(args)
        return real(*args, **options)

    patch.setattr(where, name, call)
    return calls


async def test_a_line_is_read_once_and_a_day_when_it_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = CoachApp(home(tmp_path, now=lambda: MORNING))
    reads, fetches = counted(monkeypatch, Items, "read"), counted(monkeypatch, today, "fetch")
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Nothing here yet.")
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, AskLine))
        app.screen.query_one(Input).value = "walk to the sea 14:00 nex"
        await until_shown(pilot, "today 14:00")
        await pilot.pause(KEEP_AFTER + 0.1)
        assert len(reads) == 1, "for its sentence, its doubtful words and at rest"
        app.screen.query_one(Input).value = "walk 25:99"
        await pilot.pause(KEEP_AFTER + 0.1)
        assert len(reads) == 2, "also what cannot be read"
        app.screen.query_one(Input).value = "walk 14:00"
        await pilot.press("enter")
        await until_shown(pilot, "14:00  walk")
        await _a_day_is_fetched_when_it_is_seen(app, pilot, fetches)


async def _a_day_is_fetched_when_it_is_seen(app: CoachApp, pilot: Pilot[int], fetches: list[object]) -> None:
    page = app.screen
    before = len(fetches)
    page.query_one(PlaceBar).post_message(PlaceBar.Minute(MORNING))
    await until(pilot, lambda: len(fetches) > before)
    await pilot.press("4")
    await until_shown(pilot, "[Journal]")
    before = len(fetches)
    page.query_one(PlaceBar).post_message(PlaceBar.Minute(MORNING))
    status = Path(app.coach.paths.status)
    status.unlink()
    await until(pilot, status.exists)
    assert len(fetches) == before, "status bars need less"
    await pilot.press("1")
    await until(pilot, lambda: len(fetches) == before + 1)
