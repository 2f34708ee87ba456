"""The alarm clock alone over a home, in a loop that stands still and under a clock that is set: a sentence comes once.

What live.py does to the whole program in minutes, in a second each: what an ablation needs.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from coach.bootstrap import build
from coach.paths import Paths
from coach.services import alarm
from tests.fire.desk import CONFIG
from tests.fire.trial import Outcome

SOON, STANDS = 0.1, 1.2
"""Seconds to the sentence, and for which the loop stands past it: more than APScheduler lets pass by itself."""
BEAT, PATIENCE = 0.1, 0.5
HOUR = timedelta(hours=1)


def blocked_loop(folder: Path) -> Outcome:
    def stand_still() -> AbstractContextManager[object]:
        time.sleep(SOON + STANDS)
        return nullcontext()

    return _told("the loop of an alarm blocked", asyncio.run(_rung(folder, timedelta(seconds=SOON), stand_still)))


def clock_set(folder: Path) -> Outcome:
    """An hour forward, over a sentence that was half an hour ahead."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alarm, "HEARTBEAT", BEAT)
        rung = asyncio.run(_rung(folder, HOUR / 2, lambda: time_machine.travel(datetime.now(UTC) + HOUR, tick=True)))
    return _told("the clock of an alarm set", rung)


async def _rung(folder: Path, ahead: timedelta, disturb: Callable[[], AbstractContextManager[object]]) -> list[str]:
    """The sentences claimed within the patience that follows what is done to the alarm."""
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(CONFIG)
    coach = build(Paths(str(folder)), lambda: datetime.now(UTC))
    began = datetime.now(UTC)
    build(Paths(str(folder)), lambda: began - HOUR).sentences.add((began + ahead).time(), "Look outside")
    claimed: list[str] = []

    async def wake() -> None:
        claimed.extend(one.title for one in coach.prompts.claim(coach.prompts.due()))
        clock.plan(coach.prompts.next_instant())

    clock = alarm.Alarm(wake, coach.now)
    clock.start(coach.prompts.next_instant())
    await asyncio.sleep(0)
    with disturb():
        await asyncio.sleep(PATIENCE)
    clock.stop()
    return claimed


def _told(name: str, claimed: list[str]) -> Outcome:
    bad = () if len(claimed) == 1 else (f"the sentence came {len(claimed)} times",)
    return Outcome(name, "once", bad)
