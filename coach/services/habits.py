"""Says what became of a habit on a day, and shows its days: thirty at a time, or all that its strength comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

from coach.domain.days import show_day
from coach.domain.errors import Overtaken, Refused
from coach.domain.facts import OPEN, Facts
from coach.domain.habit_days import HabitDays, judged, reach_of, run_of, state_after, view_of
from coach.domain.habits import LAST, Habit, HabitView, begun_on
from coach.domain.items import Mark, State
from coach.domain.strength import strength_from
from coach.domain.text import clean, one_line
from coach.services.habit_list import HabitList
from coach.services.marks import LONGEST_NOTE
from coach.services.settings import SettingsService
from coach.storage.ids import mark_id, month_book
from coach.storage.records import Records
from coach.storage.store import Store
from coach.storage.summary import Summaries

NEAR_MONTHS = 18
"""As far back as the strength of nearly every habit asks, to six digits."""
_NOTHING = OPEN * 31
_GIVEN: frozenset[State] = frozenset({"done", "part", "excused", "missed", "open"})


class Habits(HabitList):
    """Habits and what was said of their days: only a person says it, so nothing here is overwritten unasked."""

    def __init__(
        self, store: Store, summaries: Summaries, settings: SettingsService, now: Callable[[], datetime]
    ) -> None:
        super().__init__(store, settings, now)
        self._summaries = summaries
        self._marks = Records(store, "marks", Mark, lambda mark: mark_id(mark.subject, mark.day, mark.slot))

    def view(self, day: date) -> tuple[HabitView, ...]:
        """Those there are, as they are drawn on a day; reads the last thirty days, and as far as a target speaks of."""
        return tuple(views[0] for views in self.between(day, day).values())

    def between(self, first: date, last: date, only: Iterable[str] | None = None) -> dict[str, tuple[HabitView, ...]]:
        """All of them, or only some, on each of some days, by their ids, read once."""
        for day in (first, last):
            month_book(day)  # refuses what is outside the years there are
        habits, today = self._wanted(only), self.today()
        back = max(map(reach_of, habits), default=LAST)
        days = self._days(habits, first - timedelta(days=back), last)
        span = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        return {
            one.id: tuple(view_of(one, days[one.id], day, today, self._marks.get(mark_id(one.id, day))) for day in span)
            for one in habits
        }

    def strengths(self, today: date, only: Iterable[str] | None = None) -> dict[str, float]:
        """How strong each is on a day, 0 to 1; reads summaries back as far as six digits ask."""
        months, left, found = self._months(today), list(self._wanted(only)), {}
        for reach in (NEAR_MONTHS, len(months)):
            if not left:
                break
            near = months[-reach:]
            first = _first_of(near[0])
            days = self._days(left, first, today)
            for habit in tuple(left):
                whole = near[0] == months[0] or (habit.made is not None and habit.made >= first)
                if (strength := strength_from(habit, days[habit.id], whole=whole)) is not None:
                    found[habit.id] = strength
                    left.remove(habit)
        return found

    def runs(self, today: date, only: Iterable[str] | None = None) -> dict[str, int]:
        """A run of days, of the habits for which it is switched on."""
        habits = [habit for habit in self._wanted(only) if habit.run]
        days = self._days(habits, _first_of(self._months(today)[0]), today) if habits else {}
        return {habit.id: run_of(habit, days[habit.id]) for habit in habits}

    def mark(self, habit: str, day: date, state: State, reason: str = "", at: datetime | None = None) -> None:
        """What the person says of a day: done, part (the tiny version), excused, missed, or open again.

        How much it was stays beside it, unless that is what is taken back: missed and open say that it was nothing.
        """
        found, mark = self._said(habit, day, state)
        if state not in _GIVEN:
            raise Refused(f"A habit is done, part, excused, missed or open; {state!r} is for what is planned.")
        if found.kind == "avoid" and state in ("done", "part", "missed"):
            raise Refused(f"“{found.title}” is something to avoid: it is noted when it happens, and not asked for.")
        amount = None if state in ("missed", "open") else mark.amount
        changed = replace(mark, state=state, reason=one_line(reason, 100), amount=amount, at=at or self._now())
        self._put_mark(f"{'Ticked' if state == 'done' else 'Marked'} “{found.title}”", found, changed)

    def count(self, habit: str, day: date, by: float = 1.0, at: datetime | None = None) -> None:
        """So much more of it on a day, or less: what is taken back to nothing is not known again."""
        while not self._count(habit, day, by, at):
            pass  # another process counted meanwhile, so this is added to what it is now

    def _count(self, habit: str, day: date, by: float, at: datetime | None) -> bool:
        """False where another process came between looking and writing."""
        self._store.catch_up()
        before = self._mark(habit, day)
        amount = round((before.amount or 0.0) + by, 6)
        with suppress(Overtaken):
            self._set(habit, day, amount if amount > 0 else None, at, lambda: self._mark(habit, day) == before)
            return True
        return False

    def set_amount(self, habit: str, day: date, amount: float | None, at: datetime | None = None) -> None:
        """How much it was on a day; 0 says that it was none, and None that it is not known."""
        self._set(habit, day, amount, at)

    def _set(
        self,
        habit: str,
        day: date,
        amount: float | None,
        at: datetime | None,
        still: Callable[[], bool] | None = None,
    ) -> None:
        found, mark = self._said(habit, day, "done")
        if not found.counted:
            raise Refused(f"“{found.title}” is ticked, not counted.")
        reason, first = "" if amount == 0 else mark.reason, day - timedelta(days=found.target_on(day).per - 1)
        near = self._days([found], first, day)[found.id].amounts if amount is not None and first < day else {}
        state = state_after(found, mark, amount, sum(near.values()) - near.get(day, 0.0))
        changed = replace(mark, state=state, amount=amount, reason=reason, at=at or self._now())
        self._put_mark(f"Counted “{found.title}”", found, changed, still)

    def note(self, habit: str, day: date, text: str) -> None:
        """An empty text takes the note away."""
        found = self.get(habit)
        note = clean(text, LONGEST_NOTE).strip()
        self._put_mark(f"Wrote a note on “{found.title}”", found, replace(self._mark(habit, day), note=note))

    def _said(self, habit: str, day: date, state: State) -> tuple[Habit, Mark]:
        """A day to come can be excused beforehand; anything else is said once it has begun, or tonight for tomorrow."""
        found = self.get(habit)
        if state in ("done", "part", "missed") and day > self.today() + timedelta(days=1):
            raise Refused(f"{show_day(day)} is still to come. What became of a habit is said when its day is there.")
        return found, self._mark(habit, day)

    def _mark(self, habit: str, day: date) -> Mark:
        return self._marks.get(mark_id(habit, day)) or Mark(habit, day, "open")

    def _put_mark(self, label: str, habit: Habit, mark: Mark, still: Callable[[], bool] | None = None) -> None:
        """A mark of a day before its first one makes it begin there."""
        begins = mark.state != "open" or mark.amount is not None
        with self._store.change(label, still):
            self._marks.put(mark)
            if begins and habit.made and mark.day < habit.made:
                self._habits.put(begun_on(habit, mark.day))

    def _wanted(self, only: Iterable[str] | None) -> tuple[Habit, ...]:
        return self.all() if only is None else tuple(map(self.get, only))

    def _months(self, today: date) -> list[str]:
        """Every month from the first that holds anything to that of a day."""
        first = min([*self._summaries.months(), month_book(today)])
        return _all_months(_first_of(first), today)

    def _days(self, habits: Sequence[Habit], first: date, last: date) -> dict[str, HabitDays]:
        """What is known of habits from one day to another, by their ids."""
        if not habits:
            return {}
        months = _all_months(first, last)
        facts = self._summaries.facts(months)
        spans = [(month, _cut(month, first, last)) for month in months]
        wanted = {habit.id for habit in habits}
        shapes = "".join(_shapes_of(facts.get(month), month)[span] for month, span in spans)
        here = "".join((facts[month].here if month in facts else _NOTHING)[span] for month, span in spans)
        amounts = _amounts_of(facts.values(), wanted, first, last)
        found = {}
        for habit in habits:
            lines = (
                facts[month].marks.get(habit.id, _NOTHING)[span] if month in facts else _NOTHING[span]
                for month, span in spans
            )
            said = HabitDays(first, "".join(lines), amounts.get(habit.id, {}), shapes, here)
            found[habit.id] = judged(habit, said)
        return found


def _first_of(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)


def _all_months(first: date, last: date) -> list[str]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{number // 12}-{number % 12 + 1:02}" for number in numbers]


def _cut(month: str, first: date, last: date) -> slice:
    """The days of a month that lie between two days."""
    begin = _first_of(month)
    days = ((begin + timedelta(days=31)).replace(day=1) - begin).days
    return slice(max(0, (first - begin).days), min(days, (last - begin).days + 1))


def _shapes_of(facts: Facts | None, month: str) -> str:
    if facts is None or not facts.shapes:
        return _NOTHING
    return "".join(facts.shapes.get(f"{month}-{day:02}", OPEN) for day in range(1, 32))


def _amounts_of(found: Iterable[Facts], habits: set[str], first: date, last: date) -> dict[str, dict[date, float]]:
    amounts: dict[str, dict[date, float]] = {}
    for facts in found:
        for habit in facts.amounts.keys() & habits:
            days = ((date.fromisoformat(day), amount) for day, amount in facts.amounts[habit].items())
            amounts.setdefault(habit, {}).update({day: amount for day, amount in days if first <= day <= last})
    return amounts
