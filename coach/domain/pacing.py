"""Where a paced breath is after so many seconds: worked out from the elapsed time alone, never by counting ticks."""

from __future__ import annotations

import math
from dataclasses import dataclass

from coach.domain.practices import Practice

FASTEST = 1 / 15
"""Seconds between two small steps of the shape; a new phase or a new second never waits for it."""
TOP_UP_FROM = 0.8
"""How full the breath is before it is topped up."""
_HAIR = 1e-6


@dataclass(frozen=True, slots=True)
class Moment:
    """What is to be seen at one instant of a practice."""

    phase_index: int
    cue: str
    level: float
    """0 is empty, 1 a full breath."""
    seconds_left: int
    """The number shown for this phase; 0 shows none, for a phase too short to count."""
    cycle: int
    """Cycles finished so far."""
    done: bool
    elapsed: float
    total: float

    @property
    def left(self) -> float:
        return max(0.0, self.total - self.elapsed)


def at(practice: Practice, elapsed: float, cycles: int) -> Moment:
    """The moment `elapsed` seconds after the first in-breath began."""
    total = cycles * practice.cycle_seconds
    elapsed = min(max(0.0, elapsed), total)
    if elapsed >= total - _HAIR:
        last = practice.phases[-1]
        return Moment(len(practice.phases) - 1, last.cue, _targets(practice)[-1], 0, cycles, True, total, total)
    cycle, index, into = _locate(practice, elapsed)
    phase = practice.phases[index]
    shown = math.ceil(phase.seconds - into - _HAIR) if phase.seconds >= 1 else 0
    return Moment(index, phase.cue, _level(practice, index, into), shown, cycle, False, elapsed, total)


def next_change(practice: Practice, elapsed: float, steps: int) -> float:
    """Seconds until the picture next differs: a new phase, a new second, or the next of `steps` steps of the level.

    Always more than zero, and never past the end of a phase. While the level rests, and with no steps to show, only
    the seconds count.
    """
    if elapsed < 0:  # the count before the first breath
        return max(_HAIR, -elapsed - (math.ceil(-elapsed - _HAIR) - 1))
    _, index, into = _locate(practice, elapsed)
    phase = practice.phases[index]
    left = phase.seconds - into
    whole = left - (math.ceil(left - _HAIR) - 1)
    step = max(FASTEST, _next_step(practice, index, into, steps) - into)
    return max(_HAIR, min(left, whole, step))


def quantise(level: float, steps: int) -> int:
    """The step of `steps` a level belongs to."""
    return math.floor(level * steps + 0.5)


def _locate(practice: Practice, elapsed: float) -> tuple[int, int, float]:
    """Cycle, phase and seconds into the phase; a hair before a boundary already counts as after it."""
    cycle = math.floor((elapsed + _HAIR) / practice.cycle_seconds)
    into = max(0.0, elapsed - cycle * practice.cycle_seconds)
    for index, phase in enumerate(practice.phases):
        if into < phase.seconds - _HAIR:
            return cycle, index, into
        into = max(0.0, into - phase.seconds)
    return cycle + 1, 0, 0.0


def _targets(practice: Practice) -> tuple[float, ...]:
    """The level each phase ends at."""
    ends: list[float] = []
    for index, phase in enumerate(practice.phases):
        following = practice.phases[(index + 1) % len(practice.phases)]
        if phase.do == "in":
            ends.append(TOP_UP_FROM if following.do == "top_up" else 1.0)
        elif phase.do == "top_up":
            ends.append(1.0)
        elif phase.do == "out":
            ends.append(0.0)
        else:
            ends.append(ends[-1] if ends else 0.0)
    return tuple(ends)


def _span(practice: Practice, index: int) -> tuple[float, float]:
    """The level a phase begins and ends at; a cycle follows on from the one before."""
    targets = _targets(practice)
    return targets[index - 1], targets[index]


def _level(practice: Practice, index: int, into: float) -> float:
    """A slow start and a slow end, as lungs do it."""
    begin, end = _span(practice, index)
    eased = (1 - math.cos(math.pi * into / practice.phases[index].seconds)) / 2
    return begin + (end - begin) * eased


def _next_step(practice: Practice, index: int, into: float, steps: int) -> float:
    """Seconds into the phase at which the level reaches its next step; infinity when it rests."""
    begin, end = _span(practice, index)
    if begin == end or steps < 1:
        return math.inf
    here = quantise(_level(practice, index, into), steps)
    edge = (here + (0.5 if end > begin else -0.5)) / steps
    share = (edge - begin) / (end - begin)
    if share >= 1:
        return math.inf
    return practice.phases[index].seconds * math.acos(1 - 2 * max(0.0, share)) / math.pi + _HAIR
