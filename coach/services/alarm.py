"""The alarm clock, with a screen and without: rings at the next due moment, and when clocks or data have moved.

It decides nothing: `domain/prompts.py` says what is due and the ledger who shows it. APScheduler waits on a timer that
stands still while a computer sleeps and knows nothing of a clock that is set, hence the heartbeat.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asyncio import TimerHandle

HEARTBEAT = 20.0
"""Seconds; so much later at most than it should a prompt comes after the computer has slept."""
LOOKS = 4
"""Looks at the clocks in each heartbeat: two readings, so that one that was set is noticed well before the next."""
DRIFT = 2.0
"""Seconds between the wall clock and the steady one that nobody is bothered for."""
_JOBS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
"""A late job still runs, once: by default one that is a second late is dropped without a word."""


def load() -> None:
    """Imports APScheduler, which takes a while: for a thread, after the first paint."""
    import apscheduler.schedulers.asyncio
    import apscheduler.triggers.date
    import apscheduler.triggers.interval  # noqa: F401  # loading them is all

    _hush()


def _hush() -> None:
    quiet = logging.getLogger("apscheduler")
    if not quiet.handlers:  # it would log what a job raised, and that may hold a person's words
        quiet.addHandler(logging.NullHandler())
    quiet.propagate = False


class _Clock:
    """What both do: their two jobs, and what a heartbeat compares, the clocks and the data as they were at the last."""

    def __init__(self, ring: Callable[[], Any], now: Callable[[], datetime], stamp: Callable[[], object]) -> None:
        self._ring_now, self._now, self._stamp = ring, now, stamp
        self._scheduler: Any = None
        self._due: Any = None
        self._next: datetime | None = None
        self._seen: tuple[float, object] = (0.0, None)

    def plan(self, next_instant: datetime | None) -> None:
        """Rings at that moment instead of the one planned before; at once when it is past, not at all for None."""
        self._next = next_instant
        if self._scheduler is None:
            return
        from apscheduler.jobstores.base import JobLookupError
        from apscheduler.triggers.date import DateTrigger

        if self._due is not None:
            with suppress(JobLookupError):  # it has run
                self._due.remove()
        self._due = None
        if next_instant is not None:
            # an id of its own: a moment that comes while the last one is still being shown is not its second instance
            job = {"id": f"due {next_instant.isoformat()}", "replace_existing": True}
            self._due = self._scheduler.add_job(self._ring_now, DateTrigger(next_instant, timezone=UTC), **job)

    def _begin(self, scheduler: Any, beat: Callable[[], Any]) -> None:
        from apscheduler.triggers.interval import IntervalTrigger

        self._scheduler = scheduler
        self._seen = (self._offset(), self._stamp())
        scheduler.add_job(beat, IntervalTrigger(seconds=HEARTBEAT, timezone=UTC), id="heartbeat")

    def _is_time(self) -> bool:
        """Whether to look again, at a heartbeat: clocks or data are others than at the last, or a moment is overdue."""
        moved, stamp = self._clocks_moved(), self._stamp()
        changed = stamp != self._seen[1]
        self._seen = (self._offset(), stamp)
        return moved or changed or (self._next is not None and self._next <= self._now())

    def _hasten(self) -> None:
        """Brings the heartbeat forward when clocks have moved: set back an hour, it would stand still for that hour."""
        if self._clocks_moved():
            self._scheduler.modify_job("heartbeat", next_run_time=self._now().astimezone(UTC))

    def _clocks_moved(self) -> bool:
        return abs(self._offset() - self._seen[0]) > DRIFT

    def _offset(self) -> float:
        """Wall clock less the steady clock: it jumps when a clock is set and when the computer has slept."""
        return self._now().timestamp() - time.monotonic()


class Alarm(_Clock):
    """Two jobs in the running loop: the next due moment and the heartbeat. To be used from that loop only."""

    def __init__(
        self,
        wake: Callable[[], Awaitable[None]],
        now: Callable[[], datetime],
        stamp: Callable[[], object] = lambda: None,
        beat: Callable[[], object] = lambda: None,
    ) -> None:
        """`wake` shows what is due and plans the next moment; `stamp` differs when the data has changed.

        `beat` is called at each heartbeat.
        """
        super().__init__(self._ring, now, stamp)
        self._wake, self._each_beat = wake, beat
        self._watch: TimerHandle | None = None
        self._ringing = self._again = False

    def start(self, next_instant: datetime | None) -> None:
        """Begins to wait in the running loop; an alarm already started is only planned anew."""
        if self._scheduler is None:
            load()
            from apscheduler.schedulers.asyncio import AsyncIOScheduler

            # a zone of its own: asked for the computer's, it would not start where TZ is wrong
            scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=_JOBS)
            scheduler.start()
            self._begin(scheduler, self._beat)
            self._keep_watch()
        self.plan(next_instant)

    def stop(self) -> None:
        """Ends both jobs and cancels what they are doing; safe at any time, and twice."""
        scheduler, self._scheduler, self._due = self._scheduler, None, None
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        if scheduler is not None and scheduler.running:
            with suppress(RuntimeError):  # the loop is closed already
                scheduler.shutdown(wait=False)

    async def _ring(self) -> None:
        """Wakes the app, one call at a time: a ring that comes meanwhile is answered by one more call after it."""
        self._again = True
        if self._ringing:
            return
        self._ringing = True
        try:
            while self._again:
                self._again = False
                await self._wake()
        finally:
            self._ringing = False

    async def _beat(self) -> None:
        self._each_beat()
        if self._is_time():
            await self._ring()

    def _keep_watch(self) -> None:
        import asyncio

        self._watch = asyncio.get_running_loop().call_later(HEARTBEAT / LOOKS, self._keep_watch)
        self._hasten()


class Vigil(_Clock):
    """The same two jobs without a screen: `keep` blocks until another thread calls `stop`.

    One worker thread does everything, one job after the other, since a store is to be used from one thread only.
    """

    def __init__(
        self, wake: Callable[[], datetime | None], now: Callable[[], datetime], stamp: Callable[[], object]
    ) -> None:
        """`wake` tells what is due and says when it is to be called next; `stamp` differs when data or zone have."""
        super().__init__(self._ring, now, stamp)
        self._wake = wake
        self._stopped = threading.Event()

    def keep(self) -> None:
        """Rings at once, then at each next moment; what is being told when it is stopped is told to its end."""
        from apscheduler.executors.pool import ThreadPoolExecutor
        from apscheduler.jobstores.base import JobLookupError
        from apscheduler.schedulers.blocking import BlockingScheduler

        _hush()
        worker = ThreadPoolExecutor(1)
        self._begin(BlockingScheduler(timezone=UTC, job_defaults=_JOBS, executors={"default": worker}), self._beat)
        self.plan(self._now())
        watch = threading.Thread(target=self._keep_watch, name="watch", daemon=True)
        watch.start()
        try:
            self._scheduler.start()
        except JobLookupError:  # ended by the other thread just as it put away a job that has run
            if not self._stopped.is_set():
                raise
        worker.shutdown(wait=True)

    def stop(self) -> None:
        """From any thread but one that rings; `keep` then returns."""
        self._stopped.set()

    def _ring(self) -> None:
        self.plan(self._wake())

    def _beat(self) -> None:
        if self._is_time():
            self._ring()

    def _keep_watch(self) -> None:
        """Ends the scheduler from outside its jobs."""
        while not self._stopped.wait(HEARTBEAT / LOOKS):
            self._hasten()
        while not self._scheduler.running:  # asked to end before it began
            time.sleep(0.01)
        self._scheduler.shutdown(wait=False)
