"""A routine on Today: its steps unfold in place, are ticked, changed and moved there, for all of its times."""

from __future__ import annotations

import threading
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from coach.domain.habits import Target
from coach.domain.items import Item
from coach.storage import disk
from coach.ui.app import CoachApp
from coach.ui.dialogs.ask import AskLine
from coach.ui.dialogs.keys import KeysDialog
from coach.ui.dialogs.steps import StepLines, StepsDialog
from coach.ui.screens.today import TodayPage
from tests.ui.hostile import HOSTILE, is_harmless
from tests.ui.stage import MORNING, frame, home
from tests.ui.started import until, until_shown

Run = Pilot[int]
TODAY = MORNING.date()


async def on_today(app: CoachApp, pilot: Run) -> None:
    await until(pilot, lambda: isinstance(app.screen, TodayPage))


async def give_steps(app: CoachApp, pilot: Run, key: str, text: str) -> None:
    await pilot.press(key)
    await until(pilot, lambda: isinstance(app.screen, StepsDialog))
    app.screen.query_one(StepLines).insert(text)
    await pilot.press("ctrl+s")
    await on_today(app, pilot)


def line(app: CoachApp, words: str) -> str:
    """The line of the day with these words, as it stands on the screen."""
    found = (one.partition("│")[0].rstrip() for one in frame(app).splitlines())
    return next((one.removeprefix(" ›").strip() for one in found if words in one), "")


def steps(app: CoachApp, item: Item, day: int = 0) -> list[str]:
    """On the disk, in order."""
    found = app.coach.items.find(item.title, TODAY + timedelta(days=day))
    return [step.title for _, step in found.in_order()]


async def test_a_routine_from_its_first_step_to_its_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = CoachApp(home(tmp_path, now=lambda: MORNING))
    items = app.coach.items
    item = items.add(items.read("wind down 21:30 every day"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_shown(pilot, "21:30  wind down")
        await give_steps(app, pilot, "o", "- phone away\n\n- shower 10m\n- read")
        await until(pilot, lambda: line(app, "wind down").endswith("3 steps"))
        await until(pilot, lambda: line(app, "shower") == "[ ] shower                    10 min")
        await _steps_are_ticked_one_by_one(app, pilot)
        await _a_slow_disk_is_said(app, pilot, monkeypatch)
        await _steps_are_changed_in_place(app, pilot, item)
        await _it_folds_and_is_ticked_whole(app, pilot, item)
        assert steps(app, item, 1) == steps(app, item), "they are those of every evening"
        await pilot.press("right")
        await until(pilot, lambda: line(app, "wind down").endswith("4 steps"))
        await _nothing_harms_it(app, pilot)


async def _steps_are_ticked_one_by_one(app: CoachApp, pilot: Run) -> None:
    await pilot.press("down", "space")
    await until(pilot, lambda: line(app, "wind down").startswith("[/]") and line(app, "wind down").endswith("1 of 3"))
    assert line(app, "phone away").startswith("[✓]")
    for done in ("2 of 3", "3 of 3"):
        await pilot.press("down", "space")
        await until(pilot, lambda done=done: line(app, "wind down").endswith(done))  # type: ignore[misc]  # mypy has no default here
    await until(pilot, lambda: line(app, "wind down").startswith("[✓]"))
    await until_shown(pilot, "1 of 1 done")
    await pilot.press("u")
    await until(pilot, lambda: line(app, "wind down").startswith("[/]"))
    assert line(app, "read").startswith("[ ]"), "one key, one step back"


async def _a_slow_disk_is_said(app: CoachApp, pilot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The routine looks as it will, and the step says that it is not on the disk yet."""
    with monkeypatch.context() as patch:
        go_on = threading.Event()
        patch.setattr(disk, "sync", lambda _fd: go_on.wait(30))
        await pilot.press("space")
        assert line(app, "read").startswith("[✓]") and line(app, "read").endswith("saving")
        assert line(app, "wind down").startswith("[✓]") and line(app, "wind down").endswith("3 of 3")
        go_on.set()
        await until(pilot, lambda: "saving" not in frame(app))
    await pilot.press("space")
    await until(pilot, lambda: line(app, "wind down").endswith("2 of 3"))


async def _steps_are_changed_in_place(app: CoachApp, pilot: Run, item: Item) -> None:
    await pilot.press("K")
    await until(pilot, lambda: steps(app, item) == ["phone away", "read", "shower"])
    await until(pilot, lambda: line(app, "read").startswith("[ ] read"))
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, AskLine))
    app.screen.query_one(Input).value = "read a page 5m"
    await pilot.press("enter")
    await on_today(app, pilot)
    await until(pilot, lambda: line(app, "read a page").endswith("5 min"))
    await give_steps(app, pilot, "a", "lights out")
    await until(pilot, lambda: steps(app, item)[-1] == "lights out")
    await pilot.press("d")
    await until_shown(pilot, "Deleted the step “read a page”. u brings it back.")
    await until(pilot, lambda: not line(app, "read a page"))
    await pilot.press("u")
    await until(pilot, lambda: line(app, "read a page"))
    before = frame(app)
    for key in ("m", "s", "n", "r", "f"):  # these are meant for the whole of it
        await pilot.press(key)
    await pilot.pause()
    assert isinstance(app.screen, TodayPage) and line(app, "wind down") in before


def _step(app: CoachApp, item: Item, words: str) -> tuple[str, str]:
    """Today's time of it, and the step with these words."""
    found = app.coach.items.find(item.title, TODAY)
    return found.id, next(key for key, step in found.in_order() if step.title == words)


async def _it_folds_and_is_ticked_whole(app: CoachApp, pilot: Run, item: Item) -> None:
    assert isinstance(app.screen, TodayPage)
    while line(app, "phone away"):
        await pilot.press("up")
        if app.screen.kind == "item":
            await pilot.press("enter")
            await pilot.pause()
    await until(pilot, lambda: line(app, "wind down").endswith("2 of 4"))
    for words in ("shower", "phone away"):  # what was ticked of it is taken out: nothing of the rest is done
        ref, key = _step(app, item, words)
        await app.ask(app.coach.items.routines.remove_step, ref, key)
    await until(pilot, lambda: line(app, "wind down").startswith("[ ]") and line(app, "wind down").endswith("2 steps"))
    await pilot.press("u", "u")
    await until(pilot, lambda: line(app, "wind down").startswith("[/]"))
    await pilot.press("space")
    await until(pilot, lambda: line(app, "wind down").startswith("[✓]") and line(app, "wind down").endswith("4 of 4"))
    await pilot.press("enter")
    await until(pilot, lambda: line(app, "lights out").startswith("[✓]"))
    await pilot.press("space")
    await until(pilot, lambda: line(app, "lights out").startswith("[ ]"))
    await pilot.press("a")  # unfolded, its own line is inside it
    await until(pilot, lambda: isinstance(app.screen, StepsDialog))
    await pilot.press("escape")


async def _nothing_harms_it(app: CoachApp, pilot: Run) -> None:
    item = app.coach.items.find("wind down", TODAY + timedelta(days=1))
    await app.ask(app.coach.items.routines.add_steps, item.id, "\n".join(HOSTILE))
    for size in ((40, 15), (120, 40), (30, 10), (1, 1), (80, 24)):
        await pilot.resize_terminal(*size)
        for key in ("home", "enter", "end", "space", "J", "K", "enter", "escape", "a", "escape", "up", "home", "enter"):
            await pilot.press(key)
            assert is_harmless(frame(app).replace("\n", ""))


async def test_what_is_folded_at_the_smallest_size_is_reached(tmp_path: Path) -> None:
    """Also on a day of which all is done; and there are never more than two notices."""
    coach = home(tmp_path, now=lambda: MORNING)
    for words in ("stretch 07:00 today", "letter 09:00 today", "walk 20:00"):
        item = coach.items.add(coach.items.read(words))
        coach.items.mark(item.id, TODAY, "done")
    coach.habits.add("Water", "build", Target(amount=8))
    coach.habits.count(coach.habits.all()[0].id, TODAY, 3)
    app = CoachApp(coach)
    async with app.run_test(size=(40, 15), notifications=True) as pilot:
        await until_shown(pilot, "Evening")
        assert line(app, "Morning").endswith("2 of 2") and not line(app, "letter")
        page = app.screen
        assert isinstance(page, TodayPage)
        await until(pilot, lambda: page.rows.current is not None)
        await pilot.press("home")
        await until_shown(pilot, " › Morning")
        assert "Space Show" in frame(app) and "Space Done" not in frame(app)
        for key in ("enter", "space", "space"):
            folded = not line(app, "letter")
            await pilot.press(key)
            await until(pilot, lambda folded=folded: bool(line(app, "letter")) == folded)  # type: ignore[misc]  # mypy types no default
        assert page.kind == "part", "the cursor stays on what it opened"
        await pilot.press("down", "down")
        await until(pilot, lambda: page.kind == "item" and "Space Done" in frame(app))
        await pilot.press("space")
        await until(pilot, lambda: line(app, "letter").startswith("[ ]"))
        await pilot.press("home", "space")
        await until(pilot, lambda: not line(app, "stretch"))
        assert line(app, "letter"), "what is open is never folded"
        await _an_amount_is_not_wiped(app, pilot)
        await _no_key_is_cut(app, pilot)
        await _one_word_and_one_trouble(app, pilot)


async def _an_amount_is_not_wiped(app: CoachApp, pilot: Run) -> None:
    await pilot.press("h")
    await until_shown(pilot, "› ")
    assert isinstance(app.screen, TodayPage) and app.screen.kind == "habit"
    await pilot.press("y")
    await pilot.pause(0.1)
    water = app.coach.habits.all()[0]
    for tiny in ("", "a sip"):
        await app.ask(partial(app.coach.habits.change, water.id, tiny=tiny))
        await pilot.press("y")
        await pilot.pause(0.1)
        assert app.coach.habits.view(TODAY)[0].amount == 3
    await app.ask(app.coach.habits.set_amount, water.id, TODAY, None)
    await until_shown(pilot, "0 Water")
    await pilot.press("y")
    await until(pilot, lambda: app.coach.habits.view(TODAY)[0].state == "part")


async def _no_key_is_cut(app: CoachApp, pilot: Run) -> None:
    """Here, and in the dialog of a habit, whose footer has no room for its keys; a pause there says when it begins."""
    await pilot.press("question_mark")
    await until(pilot, lambda: isinstance(app.screen, KeysDialog))
    for _ in range(8):
        await pilot.press("pagedown")
        assert "…" not in frame(app)
    await pilot.press("escape", "enter", "left")
    await until_shown(pilot, "? Keys")
    await pilot.press("question_mark")
    await until_shown(pilot, "It counts against nothing")
    await pilot.press("escape", "o", "2")
    await until_shown(pilot, "from Mon 23 Nov")
    await pilot.press("escape", "escape")
    await on_today(app, pilot)


async def _one_word_and_one_trouble(app: CoachApp, pilot: Run) -> None:
    for number in range(10):
        app.notice(f"trouble {number}", "error")
        app.notice(f"word {number}")
        await pilot.pause(0.02)
    await until_shown(pilot, "word 9")
    assert [one.message for one in app._notifications] == ["trouble 9", "word 9"]
    assert frame(app).count("word") == 1 and frame(app).count("trouble") == 1
