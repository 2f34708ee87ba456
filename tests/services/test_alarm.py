"""The alarm rings once for a moment, late rather than never, whatever the loop, the clocks or a ring's end do to it."""

from __future__ import annotations

import asyncio
import inspect
import logging
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from coach.services import alarm as module
from coach.services.alarm import Alarm


def now() -> datetime:
    return datetime.now(UTC)


def ahead(seconds: float) -> datetime:
    return now() + timedelta(seconds=seconds)


class Bell:
    """Counts the rings, and does what a test asks at each."""

    def __init__(self) -> None:
        self.rings: list[datetime] = []
        self.stacks: list[list[str]] = []
        self.then: Callable[[], object] = lambda: None
        self.alarm = Alarm(self.ring, now, lambda: self.stamp)
        self.stamp: object = 0

    async def ring(self) -> None:
        self.rings.append(now())
        self.stacks.append([frame.filename for frame in inspect.stack()])
        self.then()


@pytest.fixture
async def bell() -> AsyncIterator[Bell]:
    bell = Bell()
    yield bell
    bell.alarm.stop()
    await asyncio.sleep(0)


async def until(fits: Callable[[], bool], seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not fits():
        assert time.monotonic() < end, "it did not ring"
        await asyncio.sleep(0.01)


async def test_it_rings_once_at_its_moment_from_the_schedulers_own_executor(bell: Bell) -> None:
    moment = ahead(0.3)
    bell.alarm.start(moment)
    await until(lambda: bool(bell.rings))
    await asyncio.sleep(0.2)
    assert len(bell.rings) == 1
    assert moment <= bell.rings[0]
    assert any("apscheduler/executors" in name for name in bell.stacks[0])


async def test_a_blocked_loop_rings_late_and_once(bell: Bell) -> None:
    bell.alarm.start(ahead(0.1))
    await asyncio.sleep(0.01)
    time.sleep(1.5)
    await until(lambda: bool(bell.rings))
    await asyncio.sleep(0.1)
    assert len(bell.rings) == 1


async def test_a_moment_already_past_rings_at_once(bell: Bell) -> None:
    began = now()
    bell.alarm.start(ahead(-3600))
    await until(lambda: bool(bell.rings))
    assert bell.rings[0] - began < timedelta(seconds=2)


async def test_a_new_plan_replaces_the_old_one(bell: Bell) -> None:
    bell.alarm.start(ahead(0.1))
    bell.alarm.plan(ahead(0.3))
    bell.alarm.plan(None)
    await asyncio.sleep(0.5)
    assert bell.rings == []
    moment = ahead(0.1)
    bell.alarm.plan(moment)
    await until(lambda: bool(bell.rings))
    assert (len(bell.rings), bell.rings[0] >= moment) == (1, True)


async def test_each_ring_plans_the_next(bell: Bell) -> None:
    bell.then = lambda: bell.alarm.plan(ahead(0.05) if len(bell.rings) < 3 else None)
    bell.alarm.start(ahead(0.05))
    await until(lambda: len(bell.rings) >= 3)
    await asyncio.sleep(0.1)
    assert len(bell.rings) == 3


async def test_a_moment_that_comes_during_a_ring_is_answered_after_it() -> None:
    rings: list[str] = []

    async def slow() -> None:
        rings.append("begun")
        if len(rings) == 1:
            alarm.plan(ahead(0.05))
        await asyncio.sleep(0.3)
        rings.append("ended")

    alarm = Alarm(slow, now)
    alarm.start(ahead(0))
    await until(lambda: len(rings) == 4)
    alarm.stop()
    assert rings == ["begun", "ended", "begun", "ended"]


async def test_it_stops_at_any_time_and_twice(bell: Bell) -> None:
    bell.alarm.stop()
    bell.alarm.plan(ahead(0.1))
    bell.alarm.start(ahead(0.1))
    bell.alarm.stop()
    bell.alarm.stop()
    await asyncio.sleep(0.3)
    assert bell.rings == []
    bell.then = bell.alarm.stop
    bell.alarm.start(ahead(0))
    await until(lambda: bool(bell.rings))
    assert len(bell.rings) == 1, "it can be started again, and stopped while it rings"


async def test_what_a_ring_raises_is_told_nobody_and_it_rings_again(
    bell: Bell, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "HEARTBEAT", 0.2)

    def speak() -> None:
        raise ValueError("a person's own words")

    bell.then = speak
    with caplog.at_level(logging.DEBUG):
        bell.alarm.start(ahead(0))
        await until(lambda: len(bell.rings) >= 2)
    assert "own words" not in caplog.text + "".join(capfd.readouterr())


async def test_a_heartbeat_is_silent_until_the_data_changes(bell: Bell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HEARTBEAT", 0.1)
    bell.alarm.start(ahead(3600))
    await asyncio.sleep(0.4)
    assert bell.rings == []
    bell.stamp = 1
    await until(lambda: bool(bell.rings))
    await asyncio.sleep(0.3)
    assert len(bell.rings) == 1


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_clock_that_is_set_rings(bell: Bell, monkeypatch: pytest.MonkeyPatch, hours: int) -> None:
    monkeypatch.setattr(module, "HEARTBEAT", 0.2)
    bell.alarm.start(None)
    await asyncio.sleep(0.05)
    with time_machine.travel(ahead(hours * 3600), tick=True):
        await until(lambda: bool(bell.rings))
        await asyncio.sleep(0.5)
        assert len(bell.rings) == 1
        bell.stamp = 1  # and the heartbeat goes on
        await until(lambda: len(bell.rings) == 2)


async def test_a_sleeping_computer_is_noticed(bell: Bell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its steady clock stood still, so the timer of the due moment is late by the time slept."""
    monkeypatch.setattr(module, "HEARTBEAT", 0.2)
    bell.alarm.start(ahead(3600))
    real = time.monotonic
    await asyncio.sleep(0.3)
    assert bell.rings == [], "an hour is far away"
    monkeypatch.setattr(bell.alarm, "_offset", lambda: now().timestamp() - real() + 60)
    await until(lambda: bool(bell.rings))
    assert len(bell.rings) == 1


def test_a_wrong_zone_of_the_computer_does_not_matter() -> None:
    program = """
import asyncio, datetime
from coach.services.alarm import Alarm
rung = asyncio.Event()
async def ring(): rung.set()
async def main():
    now = lambda: datetime.datetime.now(datetime.timezone.utc)
    alarm = Alarm(ring, now)
    alarm.start(now())
    await asyncio.wait_for(rung.wait(), 5)
    alarm.stop()
asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", program], env={"TZ": "Nope/Zone"}, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_importing_it_loads_no_scheduler() -> None:
    program = "import sys, coach.services.alarm; sys.exit('apscheduler' in sys.modules or 'asyncio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
