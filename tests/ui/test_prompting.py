"""Prompts on the screen: on time by APScheduler's own executor, once, and never over something else."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from coach.bootstrap import Coach, build
from coach.domain.items import Item
from coach.domain.prompts import Occurrence
from coach.paths import Paths
from coach.storage.ledger import Ledger
from coach.ui import prompting
from coach.ui.app import CoachApp
from coach.ui.dialogs import prompts
from coach.ui.dialogs.choose import ChooseDialog
from coach.ui.dialogs.confirm import ConfirmDialog
from coach.ui.dialogs.prompts import READY_AFTER, PromptsDialog
from coach.ui.opening import opening_words
from coach.ui.screens.help_now import HelpNowScreen
from coach.ui.widgets.rows import Rows
from tests.ui.stage import frame, home
from tests.ui.started import until, until_shown


def awaited_by(task: asyncio.Task[Any]) -> Iterator[str]:
    """The names of the coroutines a task is in, outermost first."""
    coroutine: Any = task.get_coro()
    while coroutine is not None and hasattr(coroutine, "cr_await"):
        yield f"{coroutine.cr_code.co_filename}:{coroutine.__name__}"
        coroutine = coroutine.cr_await


async def wait_for(pilot: Pilot[int], kind: type[object], seconds: float = 8) -> None:
    end = asyncio.get_running_loop().time() + seconds
    while not isinstance(pilot.app.screen, kind):
        assert asyncio.get_running_loop().time() < end, "it did not come"
        await pilot.pause(0.02)


async def test_a_prompt_three_seconds_ahead_is_rung_by_the_schedulers_own_executor(tmp_path: Path) -> None:
    coach = home(tmp_path)
    app = CoachApp(coach)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.5)
        at = datetime.now().replace(microsecond=0) + timedelta(seconds=3)
        await app.ask(coach.sentences.add, at.time(), "Drink [/x] something")
        stacks: set[tuple[str, ...]] = set()
        await asyncio.sleep(2)
        coach.writer.submit(time.sleep, 2)  # a busy disk, so that whoever rings has to wait where it can be seen
        while not isinstance(app.screen, PromptsDialog):
            stacks |= {tuple(awaited_by(task)) for task in asyncio.all_tasks()}
            assert datetime.now() < at + timedelta(seconds=5)
            await asyncio.sleep(0.0005)
        assert timedelta(0) <= datetime.now() - at < timedelta(seconds=4)
        ringing = [stack for stack in stacks if any(name.endswith("prompting.py:check") for name in stack)]
        executors = [stack for stack in ringing if "apscheduler/executors" in stack[0]]
        assert executors, f"nothing was rung by the executor: {ringing}"
        await pilot.pause()
        assert "Drink [/x] something" in frame(app)
        assert coach.prompts.due() == ()
        await pilot.pause(READY_AFTER + 0.2)
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert not isinstance(app.screen, PromptsDialog)
        await _a_key_meant_for_the_page_takes_nothing_away(app, pilot)
        await _what_was_claimed_is_shown_later(app, pilot)
        sign = tmp_path / "state" / "screen"
        assert sign.read_text().split()[0] == str(os.getpid()), "a timer knows that somebody shows what is due"
        assert (tmp_path / "state" / "status").read_text() == "0/0\n"
        assert app.prompting is not None
        app.prompting.stop()
        await app.ask(coach.settings.is_first_run)
        assert not sign.exists()
        await _each_is_answered_with_one_key(app, pilot)


async def _a_key_meant_for_the_page_takes_nothing_away(app: CoachApp, pilot: Pilot[int]) -> None:
    """Space falls just as the prompt comes up: it stays."""
    sentence = "Look outside, and stay there for as long as it takes to see three things you had not seen before"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prompts, "READY_AFTER", 60)  # however slow this machine is
        app.push_screen(PromptsDialog((_occurrence(sentence),), late=False))
        await pilot.pause()
        await pilot.press("space", "enter")
        assert isinstance(app.screen, PromptsDialog)
        app.pop_screen()
    app.push_screen(PromptsDialog((_occurrence(sentence),), late=False))
    await pilot.pause()
    assert "you had not seen before" in " ".join(frame(app).split()), "all of the sentence is there"
    await pilot.pause(READY_AFTER + 0.2)
    await pilot.press("space")
    await pilot.pause(0.1)
    assert not isinstance(app.screen, PromptsDialog)


async def _what_was_claimed_is_shown_later(app: CoachApp, pilot: Pilot[int]) -> None:
    """A dialog that opens while the disk is busy with the claim loses nothing."""
    due = (_occurrence("Ring mum"),)

    def claim_while_a_dialog_opens(_coach: object) -> tuple[Occurrence, ...]:
        app.call_from_thread(app.push_screen, ConfirmDialog("Sure?"))
        return due if not taken else ()

    taken: list[bool] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prompting, "_take_due", claim_while_a_dialog_opens)
        assert app.prompting is not None
        await app.prompting.check()
        taken.append(True)
        assert isinstance(app.screen, ConfirmDialog)
    await pilot.press("n")
    await wait_for(pilot, PromptsDialog)
    await pilot.pause()
    assert "Ring mum" in frame(app)


async def _each_is_answered_with_one_key(app: CoachApp, pilot: Pilot[int]) -> None:
    """The list is gone with the last of them."""
    await pilot.pause(READY_AFTER + 0.2)
    await pilot.press("enter")
    coach, minute = app.coach, datetime.now().replace(second=0, microsecond=0) - timedelta(minutes=10)
    walk = await app.ask(_walk, coach, minute)
    three = [replace(_occurrence(title), instant=datetime.now().astimezone()) for title in ("Water", "Stretch")]
    three.append(replace(_occurrence("Walk"), kind="item", ref=walk.id, on=walk.day, in_doubt=True))
    app.push_screen(PromptsDialog(tuple(three), late=False))
    await pilot.pause()
    assert "may have been shown already" in frame(app)
    await pilot.press("d", "l", "t")
    assert isinstance(app.screen, PromptsDialog), "keys meant for the page answer nothing"
    assert coach.items.marks.of(walk.id, walk.day or minute.date()).state == "open"
    await pilot.pause(READY_AFTER + 0.2)
    assert all(words in frame(app) for words in ("Done", "Later", "Not today"))
    rows = app.screen.query_one(Rows)
    rows.move_to(three[2].key)
    await pilot.press("d")
    await until(pilot, lambda: "Walk" not in frame(app))
    assert coach.items.marks.of(walk.id, walk.day or minute.date()).state == "done"
    rows.move_to(three[0].key)
    await pilot.press("l")
    await wait_for(pilot, ChooseDialog)
    await pilot.press("3")
    await until(pilot, lambda: "Water" not in frame(app))
    assert three[0].ask in Ledger(f"{coach.paths.state}/delivered.log").known().said
    assert isinstance(app.screen, PromptsDialog)
    stretch = three[1]
    app.screen.add((replace(stretch, key=f"{stretch.key}#1"), replace(stretch, key="other", ask="other", title="Bend")))
    await until_shown(pilot, "Bend")
    assert frame(app).count("Stretch") == 1, "what asks again takes its own place"
    await pilot.press("t")
    await until(pilot, lambda: not isinstance(app.screen, PromptsDialog))
    assert Ledger(f"{coach.paths.state}/delivered.log").known().skipped == {f"p-Stre@{minute.date()}"}


def _walk(coach: Coach, minute: datetime) -> Item:
    return coach.items.add(coach.items.read(f"walk {minute:%H:%M} today"))


def _occurrence(sentence: str) -> Occurrence:
    now = datetime.now().astimezone()
    key, at = f"p-{sentence[:4]}@{now.date()}T00:00:00", now.replace(tzinfo=None)
    return Occurrence(key, sentence, at, now, "prompt", f"p-{sentence[:4]}", on=at.date(), ask=key)


async def test_what_came_while_away_waits_for_a_page_and_is_told_once(tmp_path: Path) -> None:
    coach = home(tmp_path, 'seen_by_others = "sometimes"\n')
    now = coach.now()
    early = build(Paths(str(tmp_path)), lambda: now - timedelta(hours=2))
    early.sentences.add((now - timedelta(hours=1)).time(), "Look outside")
    done = early.items.add(early.items.read(f"walk {now - timedelta(minutes=30):%H:%M}"))
    early.items.mark(done.id, done.day or early.items.today(), "done")
    app = CoachApp(coach)
    busy = threading.Event()
    coach.writer.submit(busy.wait, 30)
    async with app.run_test(size=(40, 15)) as pilot:
        await pilot.press("ctrl+r")
        assert isinstance(app.screen, HelpNowScreen), "no key waits for the disk, nor for the alarm"
        await pilot.press("escape")
        busy.set()
        await pilot.press("a")
        await pilot.pause(1.0)
        assert not isinstance(app.screen, PromptsDialog), "it waits while somebody types"
        await pilot.press("escape")
        await wait_for(pilot, PromptsDialog)
        await pilot.pause()
        assert "While you were away" in frame(app)
        assert "1 thing" in frame(app), "what is done is silent"
        assert "Look outside" not in frame(app), "others may see this screen"
        await pilot.press("v")
        await pilot.pause(READY_AFTER + 0.2)
        assert "Look outside" in frame(app)
        await pilot.press("enter")
        await pilot.pause(0.3)
    again = CoachApp(home(tmp_path))
    async with again.run_test() as pilot:
        await pilot.pause(1.0)
        assert not isinstance(again.screen, PromptsDialog), "it was told once"


def test_a_status_bar_is_told_whatever_page_is_in_front(tmp_path: Path) -> None:
    coach = home(tmp_path)
    coach.items.add(coach.items.read("walk"))
    prompting._look_ahead(coach)
    assert (tmp_path / "state" / "status").read_text() == "0/1\n"


def test_what_a_timer_found_nobody_for_is_said_once(tmp_path: Path) -> None:
    coach = home(tmp_path)
    (tmp_path / "state").mkdir(exist_ok=True)
    (tmp_path / "state" / "notify").write_text("desktop bell -")
    said = [sentence for sentence in opening_words(coach) if "nothing took it" in sentence]
    assert len(said) == 1
    assert not [sentence for sentence in opening_words(coach) if "nothing took it" in sentence]


async def test_yesterdays_is_never_taken_for_todays(tmp_path: Path) -> None:
    app = CoachApp(home(tmp_path))
    one = _occurrence("Take the pills with a large glass of water")
    late = replace(one, at=datetime.combine(one.at.date(), clock(23, 30)) - timedelta(days=1))
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(PromptsDialog((late,), late=True))
        for size in ((80, 24), (40, 15)):
            await pilot.resize_terminal(*size)
            await until_shown(pilot, "yesterday")
            await until(pilot, lambda: all(words in frame(app) for words in ("23:30 ", "Take the", "water")))
        assert "yesterday" in frame(app)
