"""Guides a breath by printing: one line rewritten in place, or one line for each phase where that is not possible."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TextIO

from coach.domain.pacing import Moment
from coach.domain.practices import CUES
from coach.domain.session_clock import Course, Stopwatch

LEAD_IN = 3.0
"""Seconds counted down before the first breath."""
CELLS = 10
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_CUE = max(map(len, CUES.values()))


class Pen(Protocol):
    """Something that shows a moment of a practice."""

    steps: int
    """How many steps of the breath it can show between empty and full."""

    def lead_in(self, seconds: int) -> None: ...

    def show(self, moment: Moment, cycles: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Clock:
    """A steady clock, and a way to wait on it."""

    reading: Callable[[], float]
    wait: Callable[[float], None]


class Walk:
    """One course followed in time; `seconds` is what was practised up to the last reading."""

    def __init__(self, course: Course, clock: Clock) -> None:
        self._course, self._clock = course, clock
        self._watch = Stopwatch(-LEAD_IN)

    def stop(self) -> None:
        """From now on no time passes."""
        self._watch = self._watch.pause(self._clock.reading())

    @property
    def seconds(self) -> int:
        """Whole seconds; what passed since the last reading counts, unless everything stood still."""
        elapsed = self._watch.elapsed(self._clock.reading())
        return int(min(max(0.0, elapsed), self._course.total) + 1e-6)

    @property
    def rounds(self) -> int:
        return self._course.at(self.seconds).cycle

    def follow(self, pen: Pen) -> None:
        """Until the last cycle is whole. Each wait ends at a moment worked out from the clock, so nothing adds up."""
        while True:
            reading = self._clock.reading()
            # a silence (a stopped process, a pipe nobody read) is left out: the breath goes on where it stood
            self._watch = self._watch.read(reading).start(reading)
            elapsed = self._watch.elapsed(reading)
            if elapsed < -1e-6:
                pen.lead_in(math.ceil(-elapsed - 1e-6))
            else:
                moment = self._course.at(elapsed)
                pen.show(moment, self._course.cycles)
                if moment.done:
                    return
            until = reading + self._course.next_change(elapsed, pen.steps)
            self._clock.wait(max(0.0, until - self._clock.reading()))


class Line:
    """One line of a terminal, rewritten in place and only when it differs."""

    def __init__(self, out: TextIO, *, unicode: bool, moving: bool) -> None:
        self._out, self._unicode, self._moving = out, unicode, moving
        self.steps = 0 if not moving else CELLS * 8 if unicode else CELLS
        self._shown = ""

    def lead_in(self, seconds: int) -> None:
        self._write([f"{'ready':<{_CUE}}  {seconds:>2}"])

    def show(self, moment: Moment, cycles: int) -> None:
        left = f"{moment.seconds_left:>2}" if moment.seconds_left else "  "
        parts = [f"{moment.cue:<{_CUE}}  {left}"]
        parts += [self._bar(moment.level)] if self._moving else []
        self._write([*parts, f"round {min(moment.cycle + 1, cycles)} of {cycles}"])

    def _bar(self, level: float) -> str:
        if not self._unicode:
            full = math.floor(level * CELLS + 0.5)
            return f"[{'#' * full}{'.' * (CELLS - full)}]"
        full, part = divmod(math.floor(level * CELLS * 8 + 0.5), 8)
        return f"▕{('█' * full + (_EIGHTHS[part] if part else '')):<{CELLS}}▏"

    def _write(self, parts: list[str]) -> None:
        """As much of it as fits: a line that wraps could not be rewritten."""
        room = _columns(self._out) - 1
        while len(parts) > 1 and len("  ".join(parts)) > room:
            parts.pop()
        line = "  ".join(parts)[: max(1, room)]
        if line != self._shown:
            self._out.write(f"\r{line}\x1b[K")
            self._out.flush()
            self._shown = line


class Phases:
    """A line for each phase: for a pipe, a screen reader and a terminal that cannot go back."""

    steps = 0

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._last: object = None

    def lead_in(self, seconds: int) -> None:
        self._write(seconds, str(seconds))

    def show(self, moment: Moment, cycles: int) -> None:
        if moment.done:
            return
        here = (moment.cycle, moment.phase_index)
        seconds = f" {moment.seconds_left}" if moment.seconds_left else ""
        round_ = "" if moment.phase_index else f"   round {moment.cycle + 1} of {cycles}"
        self._write(here, f"{moment.cue}{seconds}{round_}")

    def _write(self, here: object, line: str) -> None:
        if here != self._last:
            self._last = here
            self._out.write(line + "\n")
            self._out.flush()


def _columns(out: TextIO) -> int:
    try:
        return os.get_terminal_size(out.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
