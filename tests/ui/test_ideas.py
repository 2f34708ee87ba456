"""Ideas on the screen: a key puts one into the free room, one waits for later, and all of them are there by area."""

from __future__ import annotations

import threading
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from coach.domain.items import Item
from coach.ui.app import CoachApp
from coach.ui.dialogs.ideas import IdeasDialog
from coach.ui.screens.help_now import HelpNowScreen
from coach.ui.screens.today import TodayPage
from coach.ui.widgets.rows import Rows
from tests.ui.hostile import HOSTILE, is_harmless
from tests.ui.stage import MORNING, frame, home
from tests.ui.started import fill_the_disk, until, until_shown

Run = Pilot[int]
TODAY = MORNING.date()


def with_own_ideas(folder: Path) -> None:
    """One file with titles that try to be something else, and one that cannot be used."""
    (folder / "activities").mkdir()
    titles = ", ".join(
        '"' + "".join(f"\\U{ord(sign):08x}" for sign in one.splitlines()[0]) + '"' for one in HOSTILE[:9]
    )
    own = f'schema = 1\nid = "own"\ntitle = "[/x] Own"\narea = "fun"\nfive = [{titles}]\n'
    (folder / "activities" / "own.toml").write_text(own)
    (folder / "activities" / "odd.toml").write_text("schema = 2\n")


async def open_ideas(app: CoachApp, pilot: Run, start: time | None = time(13)) -> list[Item | None]:
    """The dialog as Today opens it; the list holds what it gives back."""
    given: list[Item | None] = []
    await until(pilot, lambda: isinstance(app.screen, TodayPage))
    app.push_screen(IdeasDialog(TODAY, start, 240 if start else None), given.append)
    await until(pilot, lambda: isinstance(app.screen, IdeasDialog))
    await until(pilot, lambda: any(rows.rows for rows in app.screen.query(Rows)))
    await pilot.pause()
    return given


def titles(app: CoachApp) -> list[str]:
    return [row.text for row in app.screen.query_one(Rows).rows if row.kind == "row"]


async def test_an_idea_is_chosen_put_by_or_found_among_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_own_ideas(tmp_path)
    app = CoachApp(home(tmp_path, now=lambda: MORNING))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        await _a_digit_puts_one_there(app, pilot)
        await _a_key_pressed_twice_counts_once(app, pilot, monkeypatch)
        await _a_full_disk_loses_nothing(app, pilot, monkeypatch)
        await _all_of_them_by_area(app, pilot)
        await _leaving_changes_nothing(app, pilot)
        await _three_new_ones_are_enough_for_a_first_week(app, pilot)
    kept = [line.item.title for line in home(tmp_path, now=lambda: MORNING).items.view(TODAY).lines]
    assert kept == [line.item.title for line in app.coach.items.view(TODAY).lines], "and all of it is kept"


async def _a_digit_puts_one_there(app: CoachApp, pilot: Run) -> None:
    given = await open_ideas(app, pilot)
    assert "Ideas for today 13:00, 4 h free" in frame(app)
    assert "Follow the plan, not the mood." in frame(app)
    assert len(titles(app)) == 3, "a first week stays small"
    second = titles(app)[1]
    await pilot.press("7")
    await pilot.pause()
    assert not given, "a digit without a line does nothing"
    await pilot.press("2")
    await until(pilot, lambda: bool(given))
    item = given[0]
    assert item is not None and (item.title, item.day, item.start) == (second, TODAY, time(13))
    assert item.minutes and item.area
    await until_shown(pilot, second)
    await pilot.press("u")
    await until(pilot, lambda: app.coach.items.view(TODAY).total == 0)


async def _a_full_disk_loses_nothing(app: CoachApp, pilot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    given = await open_ideas(app, pilot)
    before = titles(app)
    with monkeypatch.context() as patch:
        fill_the_disk(patch)
        for key in ("enter", "l"):
            await pilot.press(key)
            await until_shown(pilot, "Not saved")
    assert isinstance(app.screen, IdeasDialog) and titles(app) == before and not given
    assert "for later" not in frame(app)
    await pilot.press("exclamation_mark")
    await until(pilot, lambda: isinstance(app.screen, HelpNowScreen))
    await pilot.press("escape", "down", "enter")
    await until(pilot, lambda: bool(given))
    assert given[0] is not None and given[0].title == before[1]


async def _all_of_them_by_area(app: CoachApp, pilot: Run) -> None:
    given = await open_ideas(app, pilot, None)
    assert "Ideas for today" in frame(app) and "free" not in frame(app)
    await pilot.press("m")
    await until_shown(pilot, "Stretch by the window")
    assert "m All" not in frame(app)
    rows = app.screen.query_one(Rows)
    headings = [row.text for row in rows.rows if row.kind == "heading"]
    assert headings[0] == headings[1] == "Body" and headings[-2:] == ["[/x] Own", "Papers and life admin"]
    assert "odd.toml is left out" in rows.rows[-1].text
    for size in ((40, 15), (120, 40), (80, 24)):
        await pilot.resize_terminal(*size)
        await pilot.press("home", "pagedown", "end")
        await pilot.pause()
        assert is_harmless(frame(app)) and "! Help now" in frame(app) and "Esc Back" in frame(app)
    await pilot.press("1")
    last = titles(app)[-1]
    await pilot.press("l", "l")
    await until_shown(pilot, "for later")
    assert [item.title for item in app.coach.items.later()] == [last], "once is enough"
    await pilot.press("home", "enter")
    await until(pilot, lambda: bool(given))
    assert given[0] is not None and (given[0].title, given[0].start) == ("Stretch by the window", None)


async def _a_key_pressed_twice_counts_once(app: CoachApp, pilot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    given = await open_ideas(app, pilot)
    take_up, begun, go_on = app.coach.ideas.take_up, [], threading.Event()

    def slowly(*args: Any) -> Item:
        begun.append(args)
        go_on.wait(5)
        return take_up(*args)

    with monkeypatch.context() as patch:
        patch.setattr(app.coach.ideas, "take_up", slowly)
        await pilot.press("enter", "enter", "1", "l")
        await until(pilot, lambda: bool(begun))
        go_on.set()
        await until(pilot, lambda: bool(given))
    assert len(begun) == 1
    await pilot.press("u")
    await until(pilot, lambda: app.coach.items.view(TODAY).total == 0)


async def _leaving_changes_nothing(app: CoachApp, pilot: Run) -> None:
    before = app.coach.items.view(TODAY).total
    given = await open_ideas(app, pilot)
    await pilot.press("escape")
    await until(pilot, lambda: given == [None])
    assert app.coach.items.view(TODAY).total == before == 2


async def _three_new_ones_are_enough_for_a_first_week(app: CoachApp, pilot: Run) -> None:
    given = await open_ideas(app, pilot)
    assert titles(app) == []
    assert "Enough new things for now. m shows all ideas." in frame(app)
    await pilot.press("1", "enter", "l")
    await pilot.press("m")
    await until_shown(pilot, "Stretch by the window")
    await pilot.press("escape")
    await until(pilot, lambda: given == [None])
    assert app.coach.items.view(TODAY + timedelta(days=1)).total == 0
