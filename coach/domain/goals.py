"""Goals: an outcome in a life area, why it matters, and what leads there: small steps, an if-then, a ladder, levels."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from coach.domain.errors import Refused
from coach.domain.scale import check_scale
from coach.domain.step_lengths import check_minutes

MOST_ACTIVE = 3
"""Goals that are on at the same time, unless the person takes on more all the same."""
LARGEST_FIRST = 15
"""Minutes; a next step that takes longer is one to make smaller."""
TRIES = 2
"""Tries done on a rung before the next one."""
MOST_RUNGS = 8
LEVELS: dict[str, str] = {
    "-2": "much less than hoped",
    "-1": "less than hoped",
    "0": "what I hope for",
    "1": "a little more than hoped",
    "2": "much more than hoped",
}
"""The five levels, lowest first, and what each is called; what it means for a goal a person writes beforehand."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a goal's checklist."""

    title: str
    order: float
    done: bool = False
    minutes: int | None = None
    """1 to 1440."""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise Refused("A step needs a few words.")
        check_minutes(self.minutes)


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of a ladder from easy to hard: something to try."""

    title: str
    order: float
    difficulty: int | None = None
    """0 to 10, as it seems to the person."""
    tries: int = 0
    """Tries done; they only grow."""
    done: bool = False
    """Whether the person has gone on to the next one."""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise Refused("A rung needs a few words.")
        check_scale(self.difficulty, "How hard a rung is")
        if self.tries < 0:
            raise Refused(f"{self.tries} tries cannot be. A rung begins with none.")

    def tried(self) -> Rung:
        """After one more try: two done lead to the next rung; a rung one came back to needs only one."""
        return replace(self, tries=self.tries + 1, done=self.tries + 1 >= TRIES)

    def again(self) -> Rung:
        """Going down a rung is allowed: it is the present one again, and every try done still counts."""
        return replace(self, done=False)


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
    area: str = ""
    """Its life area, by its name in `areas`; a newer coach may know more of them than this one."""
    obstacle: str = ""
    """What may get in the way: the if of the plan."""
    answer: str = ""
    """What the person does then."""
    helper: str = ""
    """Who helps."""
    review: date | None = None
    """The day to look back at it."""
    review_set: datetime | None = None
    """When that day was chosen: it does not ask at an hour that was past by then."""
    ladder: dict[str, Rung] = field(default_factory=dict)
    levels: dict[str, str] = field(default_factory=dict)
    """What each of the five levels would look like, by its name in LEVELS."""
    level: int | None = None
    """Where it stands now, -2 to 2; None as long as nobody said."""
    began: int | None = None
    """Where it stood when that was first said."""
    resting: bool = False
    """It waits: it is wanted, and not on just now."""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise Refused("A goal needs a title. Say what you would like to be true.")
        for level in (self.level, self.began):
            if level is not None and not -2 <= level <= 2:
                raise Refused(f"{level} is none of the five levels. They go from -2 to 2.")

    @property
    def is_active(self) -> bool:
        return self.done is None and not self.resting

    def in_order(self) -> tuple[tuple[str, Step], ...]:
        """The steps with their ids, first to last."""
        return tuple(sorted(self.steps.items(), key=lambda pair: (pair[1].order, pair[0])))

    def next_step(self) -> tuple[str, Step] | None:
        return next(((key, step) for key, step in self.in_order() if not step.done), None)

    def next_is_large(self) -> bool:
        """Whether the next step takes longer than a small one should."""
        found = self.next_step()
        return found is not None and (found[1].minutes or 0) > LARGEST_FIRST

    def progress(self) -> tuple[int, int]:
        """Steps done, steps in all."""
        return sum(step.done for step in self.steps.values()), len(self.steps)

    def rungs(self) -> tuple[tuple[str, Rung], ...]:
        """The ladder with its ids, from its foot."""
        return tuple(sorted(self.ladder.items(), key=lambda pair: (pair[1].order, pair[0])))

    def present_rung(self) -> tuple[str, Rung] | None:
        """The lowest rung that is not done."""
        return next(((key, rung) for key, rung in self.rungs() if not rung.done), None)

    def at_level(self, level: int | None) -> Goal:
        """Standing there now; the first time it is said is where it began. None forgets both."""
        began = None if level is None else level if self.began is None else self.began
        return replace(self, level=level, began=began)

    def how_far(self) -> str:
        """How it goes, in words and never as a number; "" as long as nobody said.

        To stay below what was hoped is still progress when it began lower.
        """
        if self.level is None:
            return ""
        if self.level >= 0:
            return ("as hoped", "a little better than hoped", "much better than hoped")[self.level]
        began = self.level if self.began is None else self.began
        if self.level == began:
            return "where it began"
        return "on the way" if self.level > began else "harder just now"
