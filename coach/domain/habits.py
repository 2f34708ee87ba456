"""Habits: something to build, to do less of, or to avoid, with targets that change on a day and pauses."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Literal

from coach.domain.areas import check_area
from coach.domain.days import WEEKDAYS, show_day
from coach.domain.errors import Refused
from coach.domain.habit_times import check_times
from coach.domain.items import MOST, State

HabitKind = Literal["build", "reduce", "avoid"]
LAST = 30
"""Days that a habit is looked back at."""
LONGEST_PERIOD = 366
"""Days a target may speak of."""
LONGEST_UNIT = 30
"""Characters of the word for what is counted."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked for: on named weekdays, so many times in so many days, or, counted, so much in so many days."""

    weekdays: tuple[int, ...] = ()
    """Monday is 0; none named means any day."""
    times: int = 1
    per: int = 1
    """Days."""
    amount: float | None = None
    """Of a counted habit: at least, or of one to reduce at most, so much in `per` days, or on each named weekday."""

    def __post_init__(self) -> None:
        if not 1 <= self.per <= LONGEST_PERIOD:
            raise Refused(f"{self.per} days is not between 1 and {LONGEST_PERIOD}. Give a number such as 7.")
        if not 1 <= self.times <= self.per:
            raise Refused(
                f"{self.times} times in {counted_days(self.per)} is not possible: a day counts once. "
                "For several times a day, count it: say how much, and of what."
            )
        if self.amount is not None and not 0 <= self.amount <= MOST:
            raise Refused(f"{self.amount:g} is not between 0 and {MOST}. Give how much it is to be.")
        if self.amount is not None and self.times != 1:
            raise Refused(f"Of something counted, say how much it is in {counted_days(self.per)} all together.")
        if any(not 0 <= one <= 6 for one in self.weekdays) or len(set(self.weekdays)) != len(self.weekdays):
            raise Refused("Weekdays are 0 (Monday) to 6 (Sunday), each once.")
        if self.weekdays and (self.times, self.per) != (1, 1):
            raise Refused("Say the weekdays, or how often in so many days, not both.")

    @property
    def rate(self) -> float:
        """How often a day it is asked for, at most once."""
        return len(self.weekdays) / 7 if self.weekdays else self.times / self.per

    def asks_on(self, day: date) -> bool:
        """Whether the weekday is one of those named."""
        return not self.weekdays or day.weekday() in self.weekdays


DAILY = Target()


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which nothing is asked; without a last one, until it is gone on with."""

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise Refused(f"A pause cannot end before it begins, on {show_day(self.first)}.")

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Habit:
    """Something done, or not done, again and again."""

    id: str
    title: str
    kind: HabitKind = "build"
    order: float = 0.0
    unit: str = ""
    """What is counted, such as glasses; a habit with one is counted."""
    tiny: str = ""
    """The tiny version in the person's words, for a day with little energy."""
    area: str = ""
    """The life area it belongs to, by its name in `areas`."""
    made: date | None = None
    """The first day it counts; a mark of an earlier day moves it back."""
    targets: dict[str, Target] = field(default_factory=dict)
    """First day (ISO) to what is asked for from that day on: what was asked for before stays as it was."""
    pauses: dict[str, Pause] = field(default_factory=dict)
    archived: datetime | None = None
    run: bool = False
    """Whether a run of days is shown: only where the person switched it on."""
    remind: tuple[time, ...] = ()
    """Clock times at which it asks on its days, in order."""
    remind_set: datetime | None = None
    """Since when it asks so: what was past by then does not prompt."""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise Refused("A habit needs a title. Type a few words, for example: walk")
        check_times(self.remind)
        for first in self.targets:
            _check_day(first)

    @property
    def counted(self) -> bool:
        """Whether an amount is noted instead of a tick."""
        return self.kind != "build" or bool(self.unit) or any(one.amount is not None for one in self.targets.values())

    def target_on(self, day: date) -> Target:
        """What was asked for on a day: the last target that began by then; before the first, the first."""
        if not self.targets:
            return DAILY
        text = day.isoformat()
        began = [first for first in self.targets if first <= text]
        return self.targets[max(began) if began else min(self.targets)]

    def paused_on(self, day: date) -> bool:
        return any(pause.covers(day) for pause in self.pauses.values())


def check_habit(habit: Habit) -> Habit:
    """The habit, when its parts go together; asked before it is kept: what two devices made of it still shows."""
    check_area(habit.area)
    if habit.kind == "avoid" and habit.targets:
        raise Refused("Something to avoid has no target: it is noted only when it happens.")
    if habit.kind == "avoid" and habit.remind:
        raise Refused("Something to avoid is not asked about: it is noted only when it happens. Leave the times out.")
    if habit.kind == "reduce" and not habit.targets:
        raise Refused(f"Say how much of “{habit.title}” it may be at most, for example 2 in a day.")
    for target in habit.targets.values():
        _check_target(habit, target)
    if habit.kind == "build" and habit.unit and habit.targets and not habit.targets[max(habit.targets)].amount:
        raise Refused(f"Say how many {habit.unit} it is to be, for example 8.")  # before, it may have been ticked
    return habit


def asking(habit: Habit, day: date, target: Target) -> Habit:
    """The habit, asking for something else from a day on; earlier days keep what they had.

    Steps down that are still below it stay; any other change that was to come goes.
    """
    first = day.isoformat()
    kept = {
        began: one
        for began, one in habit.targets.items()
        if began < first or (began > first and habit.kind == "reduce" and _is_below(one, target))
    }
    return replace(habit, targets={**kept, first: target})


def _is_below(one: Target, other: Target) -> bool:
    return one.per == other.per and (one.amount or 0.0) < (other.amount or 0.0)


def begun_on(habit: Habit, day: date) -> Habit:
    """The habit, begun on an earlier day: what was asked for at first was asked for from then on."""
    first = min(habit.targets, default="")
    targets = {day.isoformat() if began == first else began: target for began, target in habit.targets.items()}
    return replace(habit, made=day, targets=targets if day.isoformat() < first else habit.targets)


def _check_target(habit: Habit, target: Target) -> None:
    if habit.kind == "reduce" and target.amount is None:
        raise Refused(f"Say how much of “{habit.title}” it may be at most, for example 2 in a day.")
    if habit.kind == "reduce" and target.weekdays:
        raise Refused("At most so much holds for every day. Give it for a day, or for so many days.")
    if habit.kind == "build" and target.amount == 0:
        raise Refused("A target of 0 asks for nothing. Give at least a little, or pause the habit.")


@dataclass(frozen=True, slots=True)
class HabitView:
    """A habit as it is drawn on a day."""

    habit: Habit
    state: State
    """Of that day: open while it can still be said, unknown once it is past."""
    amount: float | None
    target: Target | None
    """None of something to avoid."""
    due: bool
    """Whether it is asked for on that day."""
    done30: int
    """Days done, or within its limit; of something to avoid, days on which it was noted."""
    of30: int
    """Days of the last 30 that count; of something to reduce, those of which something is known."""
    letters: str
    """The last 30 days, oldest first: d done, p part, e excused, m missed, "." not known, "-" not one of its days."""
    note: str = ""

    @property
    def of_its_day(self) -> bool:
        """Whether there is something to ask or to say of it on that day."""
        return self.due or self.habit.kind != "build" or self.state in ("done", "part", "missed")

    @property
    def headline(self) -> str:
        """ "22 of the last 30 days, 3 in part": the words for the last month. Some of it counts, and is called so."""
        if self.habit.kind == "avoid":
            return f"noted on {self.done30} of {self._days}" if self.done30 else "not noted lately"
        if self.habit.kind == "reduce":
            return f"within it on {self.done30} of {self._days}" if self.of30 else "not counted yet"
        some = self.letters.count("p")
        part = "" if not some else ", in part" if some == self.done30 else f", {some} in part"
        return f"{self.done30} of {self._days}{part}" if self.done30 else "none yet"

    @property
    def _days(self) -> str:
        return "the last 30 days" if self.of30 == LAST else counted_days(self.of30)


def show_target(target: Target | None, unit: str = "", kind: HabitKind = "build") -> str:
    """ "every day", "Mon, Wed", "3 times in 7 days", "8 glasses a day", "at most 2 in 7 days"."""
    if target is None:
        return "noted when it happens"
    often = ", ".join(WEEKDAYS[one][:3] for one in sorted(target.weekdays))
    if target.amount is None:
        return often or ("every day" if target.times == target.per else f"{_times(target.times)} in {target.per} days")
    much = f"{target.amount:g} {unit}".strip()
    period = f"on {often}" if often else "a day" if target.per == 1 else f"in {target.per} days"
    return f"{'at most ' if kind == 'reduce' else ''}{much} {period}"


def counted_days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _check_day(text: str) -> None:
    try:
        right = date.fromisoformat(text).isoformat() == text
    except ValueError:
        right = False
    if not right:
        raise Refused(f"{text!r} is not a day such as 2026-11-23.")
