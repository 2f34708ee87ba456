"""How strong a habit has become, 0 to 1: it grows with what was done, and a day of which nothing is known leaves it.

    m = 0.5 ** (sqrt(rate) / 13)        s = s * m + x * (1 - m)

Known days step, x saying how much of what was asked was done; all others leave it alone:
- x is 1 for done and a half for the tiny version. So many times in so many days: the share of twice as many times in
  twice as many days, which forgives irregular ones. Counted: the share of the target, over its days.
- Of something to be reduced x is 1 within the limit and 0 at twice the limit, and it begins at 1. Of something to be
  avoided, x is 0 for a day on which it was noted. One without a note is one without it, and x is 1 once it is over,
  only where anything else says that somebody was there: silence of somebody who was not says nothing.
- Not marked is not missed: the day steps only where its period holds all that is asked already, with x = 1. Where the
  period has days of which nothing is known, what was done never lowers the strength.
- Excused and paused days, other weekdays than those named, and days sick, away or low are left out, of periods too;
  what was done on one of them may lift the strength, never lower it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from math import sqrt

from coach.domain.facts import HERE, OPEN
from coach.domain.habit_days import DONE, ENOUGH, HabitDays
from coach.domain.habits import DAILY, Habit, Target

HALF_LIFE = 13
"""Days in which a daily habit comes half the way."""
EXACT = 1e-8
"""How near the two ways must have come; far nearer than six digits, as the first period is not known in full."""
Step = tuple[float, float, bool]
"""What is kept of the day before (m), how much was done (x), and whether it may only lift."""


def course(habit: Habit, days: HabitDays) -> list[float]:
    """The strength on each of the days, which begin where the habit does."""
    strength, found = _beginning(habit), []
    for step in _steps(habit, days):
        strength = _stepped(strength, step)
        found.append(strength)
    return found


def strength_from(habit: Habit, days: HabitDays, *, whole: bool) -> float | None:
    """The strength on the last of the days, to six digits; all of them where these are the whole of them.

    None when the days do not reach back far enough: it is followed from 0 and from 1, between which the strength
    before these days must have been, and where both come out the same, nothing before them matters.
    """
    if whole:
        return [_beginning(habit), *course(habit, days)][-1]
    low, high = 0.0, 1.0
    for step in _steps(habit, days):
        if step is not None:
            low, high = _stepped(low, step), _stepped(high, step)
    return (low + high) / 2 if high - low < EXACT else None


def _beginning(habit: Habit) -> float:
    return 1.0 if habit.kind == "reduce" else 0.0


def _stepped(strength: float, step: Step | None) -> float:
    if step is None:
        return strength
    keep, share, only_lifts = step
    after = strength * keep + share * (1 - keep)
    return max(strength, after) if only_lifts else after


def _steps(habit: Habit, days: HabitDays) -> Iterator[Step | None]:
    """One for each day, None where it leaves the strength alone."""
    if habit.kind == "avoid":
        yield from _steps_of_avoiding(habit, days)
        return
    amounts, resting = _by_place(days), _free(habit, days)
    period = _Period()
    for target, places in _spans(habit, days):
        period.resize(_length(target))
        others = _other_weekdays(target, days, places)
        for place in places:
            letter, free = days.marks[place], place in resting or place in others
            amount = None if letter == "m" else amounts.get(place)
            done = letter in DONE or bool(amount)
            if free and not (done and habit.kind == "build" and letter not in "em"):
                yield None
                continue
            said = amount is not None or letter in "dpm"
            period.add(_worth(habit.kind, letter, amount, target) if said else 0.0, said)
            yield _step(habit.kind, target, period, said, done, free)


def _step(kind: str, target: Target, period: _Period, said: bool, done: bool, free: bool) -> Step | None:
    share = _share(kind, target, period)
    if not said and (kind == "reduce" or period.size == 1 or share < 1):
        return None
    only_lifts = kind == "build" and done and (free or period.unknown > 0)
    return keep_of(target.rate), share, only_lifts


def keep_of(rate: float) -> float:
    """What a day keeps of the strength before it."""
    return float(0.5 ** (sqrt(rate) / HALF_LIFE))


class _Period:
    """The last days that count, as many as a target speaks of: what they add up to, and how many are not known."""

    __slots__ = ("known", "size", "unknown", "worths")

    def __init__(self) -> None:
        self.worths: list[float] = []
        self.known: list[bool] = []
        self.size, self.unknown = 1, 0

    def resize(self, size: int) -> None:
        self.size, self.unknown = size, self.known[-size:].count(False)

    def add(self, worth: float, known: bool) -> None:
        self.worths.append(worth)
        self.known.append(known)
        self.unknown += not known
        if len(self.known) > self.size:
            self.unknown -= not self.known[-self.size - 1]

    @property
    def total(self) -> float:
        """Added up anew, so that nothing is lost over the years."""
        return self.worths[-1] if self.size == 1 else sum(self.worths[-self.size :])


def _length(target: Target) -> int:
    """Days of the period: twice as many where it is so many times in more days."""
    if target.amount is not None:
        return target.per
    return 1 if target.times == target.per else target.per * 2


def _share(kind: str, target: Target, period: _Period) -> float:
    """How much of what was asked is done."""
    if target.amount is None:
        return min(1.0, period.total / (target.times * 2 if period.size > 1 else 1))
    if kind == "reduce" and target.amount:
        return min(1.0, max(0.0, 1 - (period.total - target.amount) / target.amount))
    if kind == "reduce":
        return 0.0 if period.total > ENOUGH else 1.0
    total = period.total
    return total / target.amount if total < (target.amount or 0.0) - ENOUGH else 1.0


def _worth(kind: str, letter: str, amount: float | None, target: Target) -> float:
    """What a day adds to its period; a day that was only ticked adds its share of the target."""
    if target.amount is None:
        return {"d": 1.0, "p": 0.5, "m": 0.0}.get(letter, 1.0 if amount else 0.0)
    ticked_whole = letter == "d" and target.per == 1 and kind == "build"
    if amount is not None and not ticked_whole:
        return amount
    of_a_day = target.amount / target.per
    if kind == "build":
        return max(amount or 0.0, of_a_day * {"d": 1.0, "p": 0.5}.get(letter, 0.0))
    return of_a_day * {"d": 1.0, "p": 1.5}.get(letter, 2.0) if of_a_day else float(letter != "d")


def _spans(habit: Habit, days: HabitDays) -> Iterator[tuple[Target, range]]:
    """The targets with the places of their days."""
    dated = [(date.fromisoformat(first), one) for first, one in sorted(habit.targets.items())]
    begins = {max(0, (first - days.first).days): one for first, one in dated}
    first, *later = [*begins.items()] or [(0, DAILY)]
    inside = [(place, target) for place, target in later if place < len(days.marks)]
    edges = [(0, first[1]), *inside, (len(days.marks), DAILY)]
    for (begin, target), (end, _) in pairwise(edges):
        yield target, range(begin, end)


def _free(habit: Habit, days: HabitDays) -> set[int]:
    """Places of days that count for nothing, whatever is asked, unless something was done."""
    free = {place for place, letter in enumerate(days.marks) if letter == "e"}
    free |= {place for place, shape in enumerate(days.shapes) if shape != OPEN}
    over = 0
    for pause in sorted(habit.pauses.values(), key=lambda pause: pause.first):  # each day once, however many there are
        last = len(days.marks) - 1 if pause.last is None else (pause.last - days.first).days
        begin, end = max((pause.first - days.first).days, over), min(last + 1, len(days.marks))
        free.update(range(begin, end))
        over = max(over, end)
    return free


def _other_weekdays(target: Target, days: HabitDays, places: range) -> set[int]:
    """Places of days other than those a target names."""
    named = {(weekday - days.first.weekday()) % 7 for weekday in target.weekdays}
    return {place for place in places if place % 7 not in named} if named else set()


def _steps_of_avoiding(habit: Habit, days: HabitDays) -> Iterator[Step | None]:
    amounts, keep = _by_place(days), keep_of(1)
    free = _free(habit, days)
    begins = (habit.made - days.first).days if habit.made else 0
    last = len(days.marks) - 1  # the day is not over
    for place in range(len(days.marks)):
        if place in free:
            yield None
        elif amounts.get(place):
            yield keep, 0.0, False
        else:
            known = place in amounts or days.here[place : place + 1] == HERE
            yield (keep, 1.0, False) if known and begins <= place < last else None


def _by_place(days: HabitDays) -> dict[int, float]:
    return {(day - days.first).days: amount for day, amount in days.amounts.items()}
