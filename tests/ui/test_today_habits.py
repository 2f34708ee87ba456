"""Habits beside the day, or under it: the cursor goes there and back, and there is never a second one."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from coach.bootstrap import Coach
from coach.domain.habits import Target
from coach.ui.app import CoachApp
from coach.ui.screens.today import TodayPage
from tests.ui.hostile import HOSTILE, is_harmless
from tests.ui.stage import MORNING, frame, home
from tests.ui.started import until, until_shown
from tests.ui.test_today_shape import TODAY, on, page

Run = Pilot[int]


def with_habits(path: Path, count: int) -> Coach:
    coach = home(path, now=lambda: MORNING)
    for number in range(count):
        coach.habits.add(f"habit {number}", "build", Target())
    item = coach.items.add(coach.items.read("walk 11:00"))
    coach.items.mark(item.id, TODAY, "open")
    return coach


def cursors(app: CoachApp) -> int:
    return sum(one.count("›") for one in frame(app).splitlines())


async def test_the_habits_are_reached_and_ticked_and_there_is_one_cursor(tmp_path: Path) -> None:
    app = CoachApp(with_habits(tmp_path, 3))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_shown(pilot, "HABITS")
        assert cursors(app) == 1 and page(app).kind == "item"
        await pilot.press("h", "down")
        await until(pilot, lambda: page(app).kind == "habit")
        assert cursors(app) == 1 and "› [ ] habit 1" in frame(app)
        await pilot.press("space")
        await until_shown(pilot, "[✓] habit 1")
        await pilot.press("m", "r", "f", "o")  # not meant for a habit
        await pilot.press("J")
        await until(pilot, lambda: frame(app).find("habit 2") < frame(app).find("habit 1"))
        await pilot.press("left")
        await until_shown(pilot, "Yesterday, Sun 22 Nov")
        await pilot.press("space")
        await until_shown(pilot, "[✓] habit 1")
        await pilot.press("t", "h")
        await until(pilot, lambda: page(app).rows.has_focus)
        await pilot.resize_terminal(40, 15)
        await until_shown(pilot, "Habits")
        await pilot.press("h", "space")
        await until_shown(pilot, "› [✓] habit 0")
        assert cursors(app) == 1
        await pilot.press("h", "home")
        await pilot.resize_terminal(80, 24)
        await pilot.press("h")
        await pilot.resize_terminal(40, 15)
        await until(pilot, lambda: page(app).rows.has_focus)
        await _nothing_is_cut_off_silently(app, pilot)


async def _nothing_is_cut_off_silently(app: CoachApp, pilot: Run) -> None:
    coach = app.coach

    def fill() -> None:
        for text in HOSTILE:
            coach.habits.add(text[:60], "build", Target())
        coach.goals.add("Back to college", "find the form")
        coach.moods.log(6)

    await app.ask(fill)
    for size in ((80, 24), (80, 12), (60, 10), (120, 40), (30, 8), (1, 1), (80, 24)):
        await pilot.resize_terminal(*size)
        for key in ("h", "end", "space", "home", "h", "i", "escape", "p", "escape", "o", "escape", "n", "escape", "r"):
            await pilot.press(key)
            assert is_harmless(frame(app).replace("\n", ""))
        await pilot.press("escape", "escape")
        await on(app, pilot, TodayPage)
    await until_shown(pilot, "more below")
