"""Practices: what can be done, as data, and the limits that keep a paced breath gentle."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from coach.domain.errors import Refused

Do = Literal["in", "top_up", "hold", "out", "rest"]
Grade = Literal["A", "B", "C", "D"]

CUES: dict[Do, str] = {"in": "breathe in", "top_up": "top up", "hold": "hold", "out": "breathe out", "rest": "rest"}
NAMES: dict[Do, str] = {"in": "in", "top_up": "top up", "hold": "hold", "out": "out", "rest": "rest"}
LONGEST_PHASE, LONGEST_HOLD = 20.0, 7.0
QUICKEST_CYCLE = 60 / 20
SLOWEST_CYCLE = 60 / 4.5
"""Seconds of a cycle without holds: it never goes below four and a half breaths a minute."""
SLOWEST_WITH_HOLDS = 20.0
SHORTEST_BREATH = 2.0
PACE_STEP = 0.5
"""Seconds that "slower" and "easier" change on each in- and out-breath."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One part of a breath."""

    do: Do
    seconds: float
    via: str = ""

    def __post_init__(self) -> None:
        if not 0 < self.seconds <= LONGEST_PHASE:
            raise Refused(f"{self.seconds:g} seconds is not more than 0 and at most {LONGEST_PHASE:g}")
        if self.seconds * 2 % 1:
            raise Refused(f"{self.seconds:g} seconds is not a whole or half second")
        if self.do in ("hold", "rest") and self.seconds > LONGEST_HOLD:
            raise Refused(f"a hold of {self.seconds:g} seconds is longer than {LONGEST_HOLD:g}")

    @property
    def cue(self) -> str:
        return CUES[self.do]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about a practice, said modestly."""

    grade: Grade
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a clinical sentence comes from."""

    status: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Practice:
    """A paced breath: its phases make one cycle, done over and over."""

    id: str
    title: str
    why: str
    phases: tuple[Phase, ...]
    evidence: Evidence
    kind: Literal["paced"] = "paced"
    minutes: int = 5
    shortest: int = 1
    longest: int = 10
    """Minutes a person may choose between."""
    cautions: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    no_hold: str | None = None
    """The practice to do instead when holding the breath is not a good idea."""
    room: str = "calm"
    sources: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        if not self.id or not self.title.strip():
            raise Refused("a practice needs an id and a title")
        if not {"in", "out"} <= {phase.do for phase in self.phases}:
            raise Refused("the phases need at least one in-breath and one out-breath")
        if len(self.phases) > 12:
            raise Refused("more than 12 phases is too much to follow")
        if not 1 <= self.shortest <= self.minutes <= self.longest <= 60:
            raise Refused("minutes must lie between shortest and longest, within 1 and 60")
        self._check_pace()

    def _check_pace(self) -> None:
        if self.cycle_seconds < QUICKEST_CYCLE:
            raise Refused(f"a cycle of {self.cycle_seconds:g} seconds is quicker than {QUICKEST_CYCLE:g}")
        if self.cycle_seconds > self.slowest_cycle:
            raise Refused(f"a cycle of {self.cycle_seconds:g} seconds is slower than {self.slowest_cycle:.3g}")

    @property
    def cycle_seconds(self) -> float:
        return sum(phase.seconds for phase in self.phases)

    @property
    def slowest_cycle(self) -> float:
        return SLOWEST_WITH_HOLDS * self.breaths if self.has_hold else SLOWEST_CYCLE * self.breaths

    @property
    def breaths(self) -> int:
        """Breaths in one cycle: nearly always one."""
        return sum(phase.do == "out" for phase in self.phases)

    @property
    def has_hold(self) -> bool:
        return any(phase.do == "hold" for phase in self.phases)

    @property
    def pattern(self) -> str:
        """ "in 4   out 6"."""
        return "   ".join(f"{NAMES[phase.do]} {phase.seconds:g}" for phase in self.phases)

    def cycles_for(self, minutes: float) -> int:
        """Whole cycles that last at least this long: nobody is stopped halfway through a breath."""
        return max(1, math.ceil(minutes * 60 / self.cycle_seconds - 1e-9))

    def slower(self) -> Practice:
        """Half a second more on each in- and out-breath; the same practice when that would be too slow."""
        return self._paced(PACE_STEP)

    def easier(self) -> Practice:
        """Half a second less on each in- and out-breath; the same practice when that would be too short."""
        return self._paced(-PACE_STEP)

    def _paced(self, change: float) -> Practice:
        phases = [
            replace(phase, seconds=phase.seconds + change) if phase.do in ("in", "out") else phase
            for phase in self.phases
        ]
        breaths = [phase.seconds for phase in phases if phase.do in ("in", "out")]
        seconds = sum(phase.seconds for phase in phases)
        gentle = min(breaths) >= SHORTEST_BREATH and max(breaths) <= LONGEST_PHASE
        if not gentle or not QUICKEST_CYCLE <= seconds <= self.slowest_cycle:
            return self
        return replace(self, phases=tuple(phases))


@dataclass(frozen=True, slots=True)
class Precheck:
    """The question about drowsiness before any paced breath, and what is said after a yes."""

    ask: str
    yes: str
    """The key label of feeling drowsy."""
    no: str
    title: str
    """Heading of the page a yes leads to: nothing is paced then."""
    lines: tuple[str, ...]
    signs: str
    """What the key that opens Help now says."""
    sources: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        if not self.ask.strip() or not self.lines:
            raise Refused("the question before breathing needs its text")
