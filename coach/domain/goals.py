"""Goals: an outcome, why it matters, and small steps that are ticked one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from coach.domain.errors import Refused


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a goal's checklist."""

    title: str
    order: float
    done: bool = False
    minutes: int | None = None

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise Refused("A step needs a few words.")


@dataclass(frozen=True, slots=True)
class Goal:
    """An outcome to reach by steps; the next step is the first one not done."""

    id: str
    title: str
    order: float = 0.0
    why: str = ""
    made: datetime | None = None
    done: datetime | None = None
    steps: dict[str, Step] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise Refused("A goal needs a title. Say what you would like to be true.")

    def in_order(self) -> tuple[tuple[str, Step], ...]:
        """The steps with their ids, first to last."""
        return tuple(sorted(self.steps.items(), key=lambda pair: (pair[1].order, pair[0])))

    def next_step(self) -> tuple[str, Step] | None:
        return next(((key, step) for key, step in self.in_order() if not step.done), None)

    def progress(self) -> tuple[int, int]:
        """Steps done, steps in all."""
        return sum(step.done for step in self.steps.values()), len(self.steps)
