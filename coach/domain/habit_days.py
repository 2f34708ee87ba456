"""What a habit's days come to: the state of one, whether it is asked for, the last thirty, and a run of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from coach.domain.facts import OPEN
from coach.domain.habits import LAST, Habit, HabitView, Target
from coach.domain.items import Mark, State

NOT_ITS_DAY = "-"
STATES: dict[str, State] = {"d": "done", "p": "part", "e": "excused", "m": "missed"}
DONE = frozenset("dp")
"""The tiny version, or some of it, is a day on which it was done."""
_SAID_ANYWAY = frozenset("em")
"""What is said of a day whatever its amount."""
ENOUGH = 1e-9
"""How far a sum of amounts may be off."""


@dataclass(frozen=True, slots=True)
class HabitDays:
    """What was said of a habit on the days from `first` on, one character a day, and what kind of days they were."""

    first: date
    marks: str
    """As in a summary: d, p, e, m, or a dot where nothing is known."""
    amounts: Mapping[date, float] = field(default_factory=dict)
    shapes: str = ""
    """As long as `marks`, or empty when all were usual."""
    here: str = ""
    """As long as `marks`, or empty when nothing says of any of them that somebody was there."""

    @property
    def last(self) -> date:
        return self.first + timedelta(days=len(self.marks) - 1)

    def letter(self, day: date) -> str:
        place = (day - self.first).days
        return self.marks[place] if 0 <= place < len(self.marks) else OPEN

    def kind_excuses(self, day: date) -> bool:
        place = (day - self.first).days
        return 0 <= place < len(self.shapes) and self.shapes[place] != OPEN


def judged(habit: Habit, days: HabitDays) -> HabitDays:
    """Of something to be reduced, what each amount comes to with those before it, in whatever order they were typed."""
    if habit.kind != "reduce" or not days.amounts:
        return days
    letters, counting = list(days.marks), list[tuple[date, float]]()
    longest = max((target.per for target in habit.targets.values()), default=1)
    for day, amount in sorted(days.amounts.items()):
        place = (day - days.first).days
        if not 0 <= place < len(letters) or letters[place] in _SAID_ANYWAY:
            continue
        target = habit.target_on(day)
        counting = [(one, much) for one, much in counting if (day - one).days < longest]
        before = sum(much for one, much in counting if (day - one).days < target.per)
        counting.append((day, amount))
        letters[place] = "d" if state_of_amount(habit.kind, target, amount, before) == "done" else "p"
    return replace(days, marks="".join(letters))


def reach_of(habit: Habit) -> int:
    """Days before one that is drawn, of which it must be known what was said."""
    return LAST + max((target.per for target in habit.targets.values()), default=0)


def view_of(habit: Habit, days: HabitDays, day: date, today: date, mark: Mark | None = None) -> HabitView:
    """A habit as it is drawn on a day; `days` are judged, and reach back as far as it needs."""
    letters = "".join(_letter(habit, days, day - timedelta(days=back)) for back in reversed(range(LAST)))
    done, counting = ("d", "dpm") if habit.kind == "reduce" else ("dp", "dpm" + OPEN)
    return HabitView(
        habit,
        state=state_on(habit, days, day, today),
        amount=days.amounts.get(day),
        target=None if habit.kind == "avoid" else habit.target_on(day),
        due=is_due(habit, days, day),
        done30=sum(letter in done for letter in letters),
        of30=sum(letter in counting for letter in letters),
        letters=letters,
        note=mark.note if mark else "",
    )


def state_on(habit: Habit, days: HabitDays, day: date, today: date) -> State:
    """What the person said; else excused where nothing is asked, open while it can be said, and then unknown."""
    if found := STATES.get(days.letter(day)):
        return found
    if habit.paused_on(day) or (habit.kind == "build" and days.kind_excuses(day)):
        return "excused"  # a day of rest excuses what is to be done; of what is to be less it would read as leave
    silent = habit.kind == "avoid" or day in days.amounts  # an amount says what there is to say
    return "unknown" if day < today and not silent else "open"


def is_due(habit: Habit, days: HabitDays, day: date) -> bool:
    """Whether it is asked for on a day: what is to be reduced or avoided never is.

    So many times in so many days: until the days before hold as many. Whether it is done already makes no difference.
    """
    target = habit.target_on(day)
    if habit.kind != "build" or habit.paused_on(day) or days.kind_excuses(day) or not target.asks_on(day):
        return False
    before = [day - timedelta(days=back) for back in range(1, target.per)]
    if target.amount is None:
        return sum(days.letter(one) in DONE for one in before) < target.times
    return sum(days.amounts.get(one, 0.0) for one in before) < target.amount - ENOUGH


def run_of(habit: Habit, days: HabitDays) -> int:
    """Days done since one that the person says was missed: a day not marked, or excused, neither ends nor lengthens it.

    Of something to be reduced, days within its limit since one above it. Of something to avoid, days since it was last
    noted.
    """
    if habit.kind == "avoid":
        noted = [day for day, amount in days.amounts.items() if amount and days.letter(day) != "e"]
        run = (days.last - max(noted)).days if noted else (days.last - (habit.made or days.first)).days + 1
        return max(0, run)
    ends = "mp" if habit.kind == "reduce" else "m"
    since = days.marks[max(map(days.marks.rfind, ends)) + 1 :]
    return sum(letter in DONE for letter in since)


def state_of_amount(kind: str, target: Target, amount: float, before: float = 0.0) -> State:
    """What an amount comes to by itself; `before` is that of the other days of its period.

    To be built up: done with all that is asked, part with some of it. Over several days any of it is a day done.
    To be reduced: done within the limit, part above it. To be avoided: nothing to tick.
    """
    if kind == "avoid":
        return "open"
    limit = target.amount or 0.0
    if kind == "reduce":
        return "done" if before + amount <= limit + ENOUGH else "part"
    if amount <= 0:
        return "missed"
    return "done" if target.per > 1 or amount >= limit - ENOUGH else "part"


def state_after(habit: Habit, mark: Mark, amount: float | None, before: float = 0.0) -> State:
    """What a day comes to with another amount, None being not known; what the person said of the day before stays.

    That it was done, though it was less than is asked; that it is excused, until all that is asked is done.
    """
    target, builds = habit.target_on(mark.day), habit.kind == "build"
    state = "open" if amount is None else state_of_amount(habit.kind, target, amount, before)
    if amount == 0:
        return state
    if (mark.state == "excused" or mark.reason) and not (builds and state == "done"):
        return "excused"
    # Where more is asked for since that day, what was counted may have been enough before.
    asked = (target, habit.target_on(mark.day - timedelta(days=1)))
    counted = mark.amount is not None and "done" in [state_of_amount(habit.kind, one, mark.amount) for one in asked]
    said_done = builds and mark.state == "done" and not counted
    return "done" if said_done and (amount, mark.amount) != (None, None) else state


def _letter(habit: Habit, days: HabitDays, day: date) -> str:
    said = days.letter(day)
    if said != OPEN:
        return said
    if (habit.made and day < habit.made) or habit.paused_on(day):
        return NOT_ITS_DAY
    if habit.kind == "avoid":
        return "p" if days.amounts.get(day) else OPEN
    if days.kind_excuses(day):
        return "e" if habit.kind == "build" else OPEN
    return OPEN if habit.target_on(day).asks_on(day) else NOT_ITS_DAY
