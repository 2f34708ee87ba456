"""Today on the screen: a day from its first line to the next start, a slow disk, a full one, and what waits."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from coach.bootstrap import Coach
from coach.storage import disk
from coach.ui.app import CoachApp
from coach.ui.dialogs.ask import AskLine
from coach.ui.screens.help_now import HelpNowScreen
from coach.ui.screens.player import PlayerScreen
from coach.ui.screens.today import TodayPage
from coach.ui.widgets.breath import BreathShape
from tests.ui.hostile import HOSTILE, is_harmless
from tests.ui.player_stage import EXT
from tests.ui.stage import MORNING, frame, home
from tests.ui.started import fill_the_disk, until, until_shown

Run = Pilot[int]


async def ask(app: CoachApp, pilot: Run, key: str, line: str) -> None:
    await pilot.press(key)
    await until(pilot, lambda: isinstance(app.screen, AskLine))
    app.screen.query_one(Input).value = line


async def give(app: CoachApp, pilot: Run, key: str, line: str) -> None:
    await ask(app, pilot, key, line)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, TodayPage))


def chosen(app: CoachApp) -> str:
    """The line the cursor is on."""
    line = next((line for line in frame(app).splitlines() if line.startswith(" ›")), "")
    return line.partition("│")[0][2:].strip()


async def test_a_day_from_its_first_line_to_the_next_start(tmp_path: Path) -> None:
    app = CoachApp(home(tmp_path, now=lambda: MORNING))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_shown(pilot, "Nothing here yet. a adds the first.")
        await until(pilot, lambda: "Space Done" not in frame(app))  # only what helps on an empty day is offered
        await _a_past_time_goes_to_tomorrow(app, pilot)
        await _a_line_is_ticked_changed_deleted_and_brought_back(app, pilot)
        await _lines_are_moved(app, pilot)
        await _days_before_and_after(app, pilot)
        await pilot.press("a", *"half a li")
        await until(pilot, lambda: app.coach.drafts.get("add") == "half a li")
        await pilot.press("n", "escape", "a")
        await until(pilot, lambda: isinstance(app.screen, AskLine) and app.screen.line == "half a lin")
    app = CoachApp(home(tmp_path, now=lambda: MORNING))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "12:00  Lunch")
        assert "0 of 3 done" in frame(app)
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, AskLine) and app.screen.line == "half a lin")
        await pilot.press("e", "enter")
        await until(pilot, lambda: chosen(app) == "[ ] half a line")
        await until(pilot, lambda: not app.coach.drafts.get("add"))


async def _a_past_time_goes_to_tomorrow(app: CoachApp, pilot: Run) -> None:
    await ask(app, pilot, "a", "walk 07:30 30m")
    await until_shown(pilot, "walk, tomorrow 07:30, 30 min (07:30 has passed today)")
    await pilot.press("enter")
    await until_shown(pilot, "“walk” is planned for tomorrow.")


async def _a_line_is_ticked_changed_deleted_and_brought_back(app: CoachApp, pilot: Run) -> None:
    await give(app, pilot, "a", "Clinic 10:30 30m today")
    await until_shown(pilot, "18 min left")
    await give(app, pilot, "a", "Lunch, friends 12:00 1h")
    await until(pilot, lambda: chosen(app).startswith("[ ] 12:00  Lunch, friends"))
    await pilot.press("space")
    await until_shown(pilot, "[✓] 12:00  Lunch")
    await until_shown(pilot, "1 of 2 done")
    await pilot.press("space")
    await until_shown(pilot, "[ ] 12:00  Lunch")
    await give(app, pilot, "e", "Lunch 12:00 2h")
    await until_shown(pilot, "2 h │")
    await pilot.press("d")
    await until_shown(pilot, "Deleted “Lunch”. u brings it back.")
    await until(pilot, lambda: chosen(app).startswith("[ ] 10:30  Clinic"))
    await pilot.press("u")
    await until_shown(pilot, "12:00  Lunch")
    for key, total in (("U", 1), ("u", 2)):
        await pilot.press(key)
        await until(pilot, lambda total=total: app.coach.items.view(MORNING.date()).total == total)  # type: ignore[misc]  # mypy types no lambda's default
    await until_shown(pilot, "12:00  Lunch")


async def _lines_are_moved(app: CoachApp, pilot: Run) -> None:
    for title in ("one", "two", "three"):  # the cursor goes with what was added
        await give(app, pilot, "a", title)
        await until(pilot, lambda title=title: chosen(app) == f"[ ] {title}")  # type: ignore[misc]  # mypy types no lambda's default
    await pilot.press("K")
    await until(pilot, lambda: 0 < frame(app).find("[ ] three") < frame(app).find("[ ] two"))
    await pilot.press("J")
    await until(pilot, lambda: 0 < frame(app).find("[ ] two") < frame(app).find("[ ] three"))
    await pilot.press("home", "J")
    await until_shown(pilot, "its time is its place")
    await pilot.press("end", "m")
    await until_shown(pilot, "tomorrow, Tuesday 24 November")
    await pilot.press(*"fri")
    await until_shown(pilot, "Friday 27 November")
    await pilot.press("enter")
    await until_shown(pilot, "“three” is planned for Friday 27 November.")
    await give(app, pilot, "m", "later")
    await until_shown(pilot, "“two” waits for later. l shows it.")
    await until_shown(pilot, "1 for later")
    await until(pilot, lambda: chosen(app) == "[ ] one")
    await ask(app, pilot, "m", "soonish")
    await pilot.press("enter")
    await until_shown(pilot, "Give only a day")
    await pilot.press("escape")


async def _days_before_and_after(app: CoachApp, pilot: Run) -> None:
    await pilot.press("right")
    await until_shown(pilot, "Tomorrow, Tue 24 Nov")
    await until_shown(pilot, "07:30  walk")
    await pilot.press("left", "left")
    await until_shown(pilot, "Nothing was planned. t goes to today.")
    await pilot.press("t")
    await until_shown(pilot, "0 of 3 done")


async def test_a_slow_disk_and_a_full_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fsync ends when the test says so: nothing else on the screen waits for it."""
    coach = home(tmp_path, now=lambda: MORNING)
    walk = coach.items.add(coach.items.read("walk 11:00"))
    app = CoachApp(coach)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_shown(pilot, "[ ] 11:00  walk")
        with monkeypatch.context() as patch:
            go_on = threading.Event()
            patch.setattr(disk, "sync", lambda _fd: go_on.wait(30))
            await pilot.press("space")
            assert "[✓] 11:00  walk" in frame(app), "a tick is seen at once"
            assert "saving" in frame(app)
            await pilot.press("ctrl+r")
            assert isinstance(app.screen, HelpNowScreen), "Help now waits for nothing"
            await pilot.press("escape")
            await _a_breath_goes_on(app, pilot)
            await pilot.pause()
            assert "saving" in frame(app), "it is not saved before the disk says so"
            assert not acknowledged(coach, walk.id)
            go_on.set()
            await until(pilot, lambda: "saving" not in frame(app))
        assert acknowledged(coach, walk.id)
        assert "[✓] 11:00  walk" in frame(app)
        await _a_full_disk_keeps_the_line(app, pilot, monkeypatch)


def acknowledged(coach: Coach, item: str) -> bytes:
    """What the undo log, written after the acknowledgement, knows of an item's marks."""
    log = (Path(coach.paths.state) / "undo.log").read_bytes().splitlines()
    return b"\n".join(line for line in log if b'"marks"' in line and item.encode() in line)


async def _a_breath_goes_on(app: CoachApp, pilot: Run) -> None:
    player = PlayerScreen(EXT)
    await app.push_screen(player)
    await pilot.press("enter")
    await until(pilot, lambda: player.query(BreathShape))
    shape = player.query_one(BreathShape)
    seen: set[str] = set()

    def moves() -> bool:
        seen.add("\n".join(shape.render_line(y).text for y in range(shape.size.height)))
        return len(seen) > 5

    await until(pilot, moves)
    player.dismiss(None)
    await until(pilot, lambda: isinstance(app.screen, TodayPage))


async def _a_full_disk_keeps_the_line(app: CoachApp, pilot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    book = next((Path(app.coach.paths.data) / "books").rglob("2026-11.log"))
    before = book.read_bytes()
    with monkeypatch.context() as patch:
        fill_the_disk(patch)
        await pilot.press("space")
        await until_shown(pilot, "Not saved")
        await until(pilot, lambda: "[✓] 11:00  walk" in frame(app) and "saving" not in frame(app))
        await ask(app, pilot, "a", "swim 17:00")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, AskLine) and app.screen.line == "swim 17:00")
        assert book.read_bytes() == before
        assert app.coach.items.view(MORNING.date()).total == 1
    await pilot.press("enter")
    await until(pilot, lambda: chosen(app) == "[ ] 17:00  swim")
    assert app.coach.items.view(MORNING.date()).total == 2


async def test_what_waits_is_asked_about_once_and_nothing_harms_the_screen(tmp_path: Path) -> None:
    early = home(tmp_path, now=lambda: MORNING - timedelta(days=2)).items
    for line in ("Post the letter", "ring mum 17:00", "read", "juggle later"):
        early.add(early.read(line))
    app = CoachApp(home(tmp_path, now=lambda: MORNING))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_shown(pilot, "3 things left over")
        await pilot.press("l")
        await until_shown(pilot, "From before")
        await pilot.press("t")
        await until(pilot, lambda: frame(app).count("Sat 21 Nov") == 2)
        await pilot.press("d")
        await until(pilot, lambda: frame(app).count("Sat 21 Nov") == 1)
        await pilot.press("end")
        await until(pilot, lambda: "l Later" not in frame(app))
        await pilot.press("escape")
        await until_shown(pilot, "17:00  ring mum")
        await until_shown(pilot, "1 for later")
        assert "left over" not in frame(app), "it was looked at today"
        await pilot.press("l")
        await until_shown(pilot, "read")
        await pilot.press("escape")
        await _nothing_harms_it(app, pilot)


async def _nothing_harms_it(app: CoachApp, pilot: Run) -> None:
    items = app.coach.items

    def fill() -> None:
        for text in HOSTILE:
            items.add(items.read(text))
            items.add(items.read(f"{text[:40]} later"))
        for number in range(300):
            items.add(items.read(f"thing {number}" + (" 12:30" if number % 2 else "")))

    await app.ask(fill)
    await until_shown(pilot, "thing 2")
    await pilot.press("home", "up")
    await until_shown(pilot, "of 313 done")
    for size in ((40, 15), (120, 40), (30, 10), (1, 1), (80, 24)):
        await pilot.resize_terminal(*size)
        for key in ("end", "home", "space", "J", "e", "escape", "m", "escape", "l", "end", "escape", "right", "t"):
            await pilot.press(key)
            assert is_harmless(frame(app).replace("\n", ""))
    await pilot.resize_terminal(40, 15)
    await until_shown(pilot, "more below")
