"""Goals to begin from: examples a person copies and then changes as they like."""

from __future__ import annotations

from dataclasses import dataclass

from coach.domain.areas import AREAS
from coach.domain.errors import Refused

SMALLEST_FIRST = 10
"""Minutes; the first step of an example takes less."""
MOST_STEPS, MOST_WHYS = 12, 6
LONGEST_TITLE, LONGEST_SENTENCE = 60, 200


@dataclass(frozen=True, slots=True)
class StarterStep:
    """One step of an example."""

    title: str
    minutes: int
    """1 to 240."""

    def __post_init__(self) -> None:
        _check(self.title, LONGEST_TITLE, "a step")
        if not 1 <= self.minutes <= 240:
            raise Refused(f"{self.minutes} minutes is not between 1 and 240")


@dataclass(frozen=True, slots=True)
class StarterSource:
    """Where a fact in an example comes from."""

    status: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Starter:
    """An example of a goal; what is made from it is the person's own and knows nothing of it."""

    id: str
    title: str
    area: str
    why: tuple[str, ...]
    """Reasons to choose from; none is taken without being asked."""
    steps: tuple[StarterStep, ...]
    obstacle: str = ""
    answer: str = ""
    sources: tuple[StarterSource, ...] = ()

    def __post_init__(self) -> None:
        _check(self.title, LONGEST_TITLE, "the title")
        if self.area not in AREAS:
            raise Refused(f"area: {self.area!r} is none of {', '.join(AREAS)}")
        if not 1 <= len(self.steps) <= MOST_STEPS:
            raise Refused(f"it needs between 1 and {MOST_STEPS} steps")
        if self.steps[0].minutes >= SMALLEST_FIRST:
            raise Refused(f"the first step takes {self.steps[0].minutes} minutes; give one under {SMALLEST_FIRST}")
        if len(self.why) > MOST_WHYS:
            raise Refused(f"more than {MOST_WHYS} reasons are too many to choose from")
        for sentence in self.why:
            _check(sentence, LONGEST_SENTENCE, "a reason")
        if bool(self.obstacle.strip()) != bool(self.answer.strip()):
            raise Refused("an obstacle needs an answer, and an answer an obstacle")
        for sentence in filter(None, (self.obstacle, self.answer)):
            _check(sentence, LONGEST_SENTENCE, "the if-then")


def _check(text: str, longest: int, what: str) -> None:
    if not text.strip():
        raise Refused(f"{what} needs a few words")
    if len(text) > longest:
        raise Refused(f"{what} is longer than {longest} characters")
