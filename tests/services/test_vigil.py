"""The watch without a screen rings once for a moment, notices clocks and data, and ends when it is told to."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from coach.services import alarm
from coach.services.alarm import Vigil


def now() -> datetime:
    return datetime.now(UTC)


def ahead(seconds: float) -> datetime:
    return now() + timedelta(seconds=seconds)


class Watch:
    """A vigil in a thread of its own, which counts its rings and does what a test asks at each."""

    def __init__(self) -> None:
        self.rings: list[datetime] = []
        self.threads: set[int] = set()
        self.then: Callable[[], datetime | None] = lambda: None
        self.stamp: object = 0
        self.vigil = Vigil(self._ring, now, lambda: self.stamp)
        self.thread = threading.Thread(target=self.vigil.keep, daemon=True)

    def _ring(self) -> datetime | None:
        self.rings.append(now())
        self.threads.add(threading.get_ident())
        return self.then()

    def end(self) -> None:
        self.vigil.stop()
        self.thread.join(5)
        assert not self.thread.is_alive()


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    monkeypatch.setattr(alarm, "HEARTBEAT", 0.2)
    watch = Watch()
    yield watch
    if watch.thread.is_alive():
        watch.end()


def until(fits: Callable[[], bool], seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not fits():
        assert time.monotonic() < end, "it did not ring"
        time.sleep(0.01)


def test_it_looks_at_once_and_then_at_each_moment(watch: Watch) -> None:
    moments = [ahead(0.4), ahead(0.8), None]
    watch.then = lambda: moments[len(watch.rings) - 1]
    watch.thread.start()
    until(lambda: len(watch.rings) == 3)
    time.sleep(0.5)
    assert len(watch.rings) == 3
    assert all(moment and moment <= rung for moment, rung in zip(moments[:2], watch.rings[1:], strict=True))
    assert len(watch.threads) == 1, "a store is used from one thread only"


def test_data_that_changes_is_looked_at(watch: Watch) -> None:
    watch.then = lambda: ahead(3600)
    watch.thread.start()
    until(lambda: len(watch.rings) == 1)
    time.sleep(0.5)
    assert len(watch.rings) == 1
    watch.stamp = 1
    until(lambda: len(watch.rings) == 2)
    time.sleep(0.5)
    assert len(watch.rings) == 2


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_set_is_noticed(watch: Watch, hours: int) -> None:
    watch.thread.start()
    until(lambda: len(watch.rings) == 1)
    time.sleep(0.3)
    with time_machine.travel(ahead(hours * 3600), tick=True):
        until(lambda: len(watch.rings) == 2)
        time.sleep(0.5)
        assert len(watch.rings) == 2
        watch.stamp = 1  # and the heartbeat goes on
        until(lambda: len(watch.rings) == 3)


def test_a_sleeping_computer_is_noticed(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    watch.then = lambda: ahead(3600)
    watch.thread.start()
    until(lambda: len(watch.rings) == 1)
    real = time.monotonic
    time.sleep(0.5)
    assert len(watch.rings) == 1, "while the clocks agree nothing is looked at again"
    monkeypatch.setattr(watch.vigil, "_offset", lambda: now().timestamp() - real() + 60)
    until(lambda: len(watch.rings) == 2)
    time.sleep(0.5)
    assert len(watch.rings) == 2, "once for one sleep"


def test_a_look_that_breaks_off_is_made_again(
    watch: Watch, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def speak() -> datetime | None:
        if len(watch.rings) < 3:
            raise ValueError("a person's own words")
        return None

    watch.then = speak
    watch.thread.start()
    until(lambda: len(watch.rings) == 3)
    assert "own words" not in caplog.text + "".join(capfd.readouterr())


def test_what_is_being_told_is_told_to_its_end(watch: Watch) -> None:
    ended: list[bool] = []
    begun = threading.Event()

    def slowly() -> None:
        begun.set()
        time.sleep(0.6)
        ended.append(True)

    watch.then = slowly
    watch.thread.start()
    assert begun.wait(5)
    watch.end()
    assert ended == [True]


def test_a_change_during_a_look_waits_for_its_end(watch: Watch) -> None:
    """A store is used by one at a time."""
    inside: list[int] = []
    most: list[int] = []

    def slowly() -> None:
        inside.append(1)
        most.append(len(inside))
        watch.stamp = len(most)
        time.sleep(0.5)
        inside.pop()

    watch.then = slowly
    watch.thread.start()
    until(lambda: len(most) == 3)
    assert set(most) == {1}


def test_it_ends_at_once_also_before_it_began(watch: Watch) -> None:
    watch.vigil.stop()
    watch.thread.start()
    watch.thread.join(5)
    assert not watch.thread.is_alive()
    assert len(watch.rings) <= 1, "no moment was waited for"


def test_a_wrong_zone_of_the_computer_does_not_matter() -> None:
    program = """
import datetime
from coach.services.alarm import Vigil
now = lambda: datetime.datetime.now(datetime.timezone.utc)
vigil = Vigil(lambda: vigil.stop(), now, lambda: 0)
vigil.keep()
"""
    done = subprocess.run(
        [sys.executable, "-c", program], env={"TZ": "Nope/Zone"}, capture_output=True, check=False, timeout=30
    )
    assert (done.returncode, done.stderr) == (0, b"")
