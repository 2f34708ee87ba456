"""Follows a breath through time: it holds the stopwatch, the course and the one timer, set to the next change."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from coach.domain.practices import Practice
from coach.domain.session_clock import LONGEST_PAUSE, Course, Stopwatch
from coach.ui.glyphs import glyphs_of
from coach.ui.text import content
from coach.ui.widgets.pace import PaceView

LEAD_IN = 3.0
"""Seconds counted down before the first breath."""
_NARROW = 60


def steady_clock() -> float:
    """Seconds that never jump and go on while the computer sleeps, so that sleep shows as a silence."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class Pacer(Vertical):
    """The name, the time left and the breath. Where it is comes from the clock alone; the timer only wakes it."""

    DEFAULT_CSS = """
    Pacer { height: 1fr; }
    Pacer #top { height: 1; padding: 0 2; }
    Pacer #title { width: 1fr; height: 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    Pacer #left { width: 10; height: 1; text-align: right; color: $text-muted; }
    """

    @dataclass
    class Ended(Message):
        """The last cycle is over, or the pause was so long that nobody is there."""

    def __init__(
        self, practice: Practice, minutes: float, *, moving: bool, clock: Callable[[], float], id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._practice = practice
        self._course = Course.plan(practice, minutes)
        self._stopwatch = Stopwatch(-LEAD_IN)
        self._moving, self._reading = moving, clock
        self._wake: Timer | None = None
        self._begun = False
        self._left_shown = ""
        self.before: int | None = None

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Static(id="title")
            yield Static(id="left")
        yield PaceView(glyphs_of(self.app), moving=self._moving)

    @property
    def done(self) -> tuple[int, int]:
        """Whole seconds practised and cycles finished."""
        seconds = min(max(0.0, self._stopwatch.elapsed(self._reading())), self._course.total)
        return int(seconds + 1e-6), self._course.at(seconds).cycle

    def toggle(self) -> None:
        """Starts, pauses, or goes on from the same place."""
        reading = self._reading()
        self._stopwatch = self._stopwatch.read(reading)
        self._begun = True
        running = self._stopwatch.running
        self._stopwatch = self._stopwatch.pause(reading) if running else self._stopwatch.start(reading)
        self._name_pace()
        self.tick()

    def pause(self) -> None:
        if self._stopwatch.running:
            self.toggle()

    def stop(self) -> None:
        """Keeps what was done and wakes no more."""
        self._stopwatch = self._stopwatch.pause(self._reading())
        self._begun = False
        self._set_wake(None)

    def repace(self, change: Callable[[Practice], Practice]) -> bool:
        """Another pace from the next cycle on; False when the pace is already at its limit."""
        course = self._course.repaced(change, self._stopwatch.elapsed(self._reading()))
        changed = course is not self._course
        self._course = course
        self._name_pace()
        self.tick()
        return changed

    def turn(self) -> None:
        """Shape, bar, words."""
        self.query_one(PaceView).turn()
        self.tick()

    def on_resize(self, event: events.Resize) -> None:
        self._name_pace()
        self.call_after_refresh(self.tick)

    def tick(self) -> None:
        """Shows this moment and sleeps until the picture next differs; it waits for nothing else."""
        if not self._begun:
            return
        reading = self._reading()
        self._stopwatch = self._stopwatch.read(reading)
        elapsed = self._stopwatch.elapsed(reading)
        if elapsed >= self._course.total or self._stopwatch.given_up(reading):
            self.stop()
            self.post_message(self.Ended())
            return
        self._show_moment(elapsed)
        steps = self.query_one(PaceView).steps
        self._set_wake(self._course.next_change(elapsed, steps) if self._stopwatch.running else LONGEST_PAUSE + 1)

    def _show_moment(self, elapsed: float) -> None:
        moment = self._course.at(elapsed)
        word, number = moment.cue, str(moment.seconds_left or "")
        if not self._stopwatch.running:
            word, number = "paused", ""
        elif elapsed < 0:
            word, number = "ready", str(math.ceil(-elapsed - 1e-6))
        rated = "" if self.before is None else f"      before {self.before}"
        view = self.query_one(PaceView)
        view.show_breath(moment.level, word, number)
        view.show_round(f"round {moment.cycle + 1} of {self._course.cycles}{rated}", moment.elapsed / moment.total)
        self._show_left(math.ceil(moment.left - 1e-6))

    def _show_left(self, seconds: int) -> None:
        text = f"{seconds // 60}:{seconds % 60:02} left"
        if text != self._left_shown:
            self._left_shown = text
            self.query_one("#left", Static).update(Content(text), layout=False)

    def _name_pace(self) -> None:
        pattern = "" if self.app.size.width < _NARROW else f"    {self._course.chosen.pattern}"
        self.query_one("#title", Static).update(content(self._practice.title + pattern), layout=False)

    def _set_wake(self, delay: float | None) -> None:
        """A new timer always takes the place of the one before."""
        if self._wake is not None:
            self._wake.stop()
        self._wake = None if delay is None else self.set_timer(delay, self.tick)
