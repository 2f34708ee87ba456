"""What is planned: items, and the marks that say what became of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Literal

from coach.domain.days import Part
from coach.domain.errors import Refused
from coach.domain.leads import check_leads
from coach.domain.scale import check_scale
from coach.domain.step_lengths import check_minutes

State = Literal["open", "done", "part", "excused", "missed", "unknown", "moved", "dropped"]
MOST = 1_000_000
"""Of anything counted on a day."""
SETTLED: frozenset[State] = frozenset({"done", "part", "excused", "missed", "moved", "dropped"})
"""States a person has given; everything else is still open, and never counted against anybody."""


@dataclass(frozen=True, slots=True)
class RoutineStep:
    """One line of a routine; whether it is ticked is said by the mark of the day."""

    title: str
    order: float
    minutes: int | None = None
    """1 to 1440."""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise Refused("A step needs a few words.")
        check_minutes(self.minutes)


@dataclass(frozen=True, slots=True)
class Item:
    """Something planned: on a day, or on none (the Later list)."""

    id: str
    title: str
    day: date | None = None
    start: time | None = None
    """Wall-clock time on that logical day."""
    minutes: int | None = None
    """1 to 1440."""
    order: float = 0.0
    """Position among items without a start; greater is later."""
    rule: str | None = None
    """How often it repeats (RFC 5545); `day` is the first."""
    goal: str | None = None
    """The goal whose step this is."""
    step: str | None = None
    made: datetime | None = None
    """When it was added: what was already past then does not prompt."""
    part: Part | None = None
    """Where on the day it belongs when it has no start."""
    starts: tuple[time, ...] = ()
    """All times of the day where there are several, `start` being the first: each is a line of its own."""
    place: str = ""
    tags: tuple[str, ...] = ()
    pinned: bool = False
    follows: str = ""
    """The title of what it comes after; it stands below that on the day, without a time of its own."""
    area: str = ""
    """The life area it belongs to, by its name in `areas`."""
    leads: tuple[int, ...] = ()
    """So many minutes before its start, 1 to 1440, it reminds as well."""
    silent: bool = False
    """Whether it does not remind at all."""
    steps: dict[str, RoutineStep] = field(default_factory=dict)
    """A routine's lines."""
    of: str | None = None
    """The repeating item this is one time of."""
    on: date | None = None
    """The day its mark is of, wherever it was moved: of what repeats the one the rule gave it, its own for ever."""
    slot: str = ""
    """Which time of that day, as "0800", where there are several."""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise Refused("An item needs a title. Type a few words, for example: walk 07:30 30m")
        check_minutes(self.minutes)
        check_leads(self.leads)

    def in_order(self) -> tuple[tuple[str, RoutineStep], ...]:
        """The steps with their ids, first to last."""
        return tuple(sorted(self.steps.items(), key=lambda pair: (pair[1].order, pair[0])))


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of an item or habit on a day."""

    subject: str
    day: date
    state: State
    at: datetime | None = None
    note: str = ""
    slot: str = ""
    """Which time of the day, as "0800", of something that has several."""
    reason: str = ""
    """Why it was excused, in a word of the person's own."""
    amount: float | None = None
    """Of a counted habit, how much that day; 0 or more."""
    steps: dict[str, bool] = field(default_factory=dict)
    """Which steps of a routine are ticked that day, by their ids."""
    expected_pleasure: int | None = None
    expected_mastery: int | None = None
    """What the person guessed beforehand, 0 to 10."""
    pleasure: int | None = None
    mastery: int | None = None
    """How it was, 0 to 10."""

    def __post_init__(self) -> None:
        if self.amount is not None and not 0 <= self.amount <= MOST:
            raise Refused(f"{self.amount:g} is not between 0 and {MOST}. Give how much it was.")
        check_scale(self.expected_pleasure, "How pleasant it may be")
        check_scale(self.expected_mastery, "How well it may go")
        check_scale(self.pleasure, "How pleasant it was")
        check_scale(self.mastery, "How well it went")

    def as_ticked(self, item: Item) -> Mark:
        """As its ticked steps make it: they may come from several devices, and steps may be gone by now.

        What was done stays so when a step was added since; what nobody ticked a step of is as it was said.
        """
        if self.state not in ("open", "part", "done") or not (self.steps and item.steps):
            return self
        ticked = [self.steps.get(step) for step in item.steps]
        if self.state == "done" and False not in ticked:
            return self
        return replace(self, state="done" if all(ticked) else "part" if any(ticked) else "open")


def is_settled(item: Item, state: State) -> bool:
    """Whether nothing more is to be said of it; a routine only begun still waits for its other steps."""
    return state in SETTLED and not (state == "part" and bool(item.steps))
