"""The clock of a session: what counts as practised, and the course of a breath whose pace may change on the way."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace

from coach.domain import pacing
from coach.domain.pacing import Moment
from coach.domain.practices import Practice

GAP = 2.0
"""A running session is read at least every second; a longer silence means that everything stood still."""
LONGEST_PAUSE = 600.0


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """Seconds counted while running; every reading is given from outside."""

    counted: float = 0.0
    """Seconds counted when it was last started or stopped."""
    started: float | None = None
    """The reading at which it was last started; None while paused."""
    seen: float = 0.0
    """The last reading, or the one at which it was paused."""

    @property
    def running(self) -> bool:
        return self.started is not None

    def elapsed(self, reading: float) -> float:
        """Seconds counted; a silence that is too long counts only up to the reading before it."""
        if self.started is None:
            return self.counted
        until = self.seen if reading - self.seen > GAP else max(reading, self.seen)
        return self.counted + until - self.started

    def start(self, reading: float) -> Stopwatch:
        return self if self.running else replace(self, started=reading, seen=reading)

    def pause(self, reading: float) -> Stopwatch:
        return Stopwatch(self.elapsed(reading), None, reading) if self.running else self

    def read(self, reading: float) -> Stopwatch:
        """Looks at the clock; after too long a silence it is paused where it stood, since the silence began."""
        if not self.running:
            return self
        if reading - self.seen > GAP:
            return Stopwatch(self.elapsed(reading), None, self.seen)
        return replace(self, seen=max(reading, self.seen))

    def given_up(self, reading: float) -> bool:
        """Paused for so long that the session is over."""
        return not self.running and reading - self.seen >= LONGEST_PAUSE


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Cycles at one pace."""

    practice: Practice
    begins: float
    cycles_before: int
    cycles: int

    @property
    def ends(self) -> float:
        return self.begins + self.cycles * self.practice.cycle_seconds


@dataclass(frozen=True, slots=True)
class Course:
    """A practice for some minutes; a change of pace begins with the next cycle, and the last cycle is always whole."""

    minutes: float
    stretches: tuple[_Stretch, ...]

    @classmethod
    def plan(cls, practice: Practice, minutes: float) -> Course:
        return cls(minutes, (_Stretch(practice, 0.0, 0, practice.cycles_for(minutes)),))

    @property
    def total(self) -> float:
        return self.stretches[-1].ends

    @property
    def cycles(self) -> int:
        return self.stretches[-1].cycles_before + self.stretches[-1].cycles

    @property
    def chosen(self) -> Practice:
        """The pace in force from the next cycle at the latest."""
        return self.stretches[-1].practice

    def at(self, elapsed: float) -> Moment:
        stretch = self._stretch(elapsed)
        moment = pacing.at(stretch.practice, elapsed - stretch.begins, stretch.cycles)
        last = stretch is self.stretches[-1]
        return replace(
            moment,
            cycle=moment.cycle + stretch.cycles_before,
            done=moment.done and last,
            elapsed=min(max(0.0, elapsed), self.total),
            total=self.total,
        )

    def next_change(self, elapsed: float, steps: int) -> float:
        """Seconds until the picture next differs."""
        stretch = self._stretch(elapsed)
        return pacing.next_change(stretch.practice, elapsed - stretch.begins, steps)

    def repaced(self, change: Callable[[Practice], Practice], elapsed: float) -> Course:
        """The same course at another pace from the next cycle on; itself when the pace cannot change."""
        paced = change(self.chosen)
        stretch = self._stretch(elapsed)
        here = pacing.at(stretch.practice, elapsed - stretch.begins, stretch.cycles)
        whole = here.cycle + 1 if elapsed > 0 else 0
        turn = stretch.begins + whole * stretch.practice.cycle_seconds
        rest = self.minutes * 60 - turn
        if paced is self.chosen or here.done or rest <= 0:
            return self
        kept = tuple(s for s in self.stretches if s.begins < turn)
        if kept:
            kept = (*kept[:-1], replace(kept[-1], cycles=whole))
        before = stretch.cycles_before + whole
        return replace(self, stretches=(*kept, _Stretch(paced, turn, before, paced.cycles_for(rest / 60))))

    def _stretch(self, elapsed: float) -> _Stretch:
        index = bisect_right(self.stretches, elapsed + 1e-6, key=lambda stretch: stretch.begins) - 1
        return self.stretches[max(0, index)]
