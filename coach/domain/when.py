"""Turns what a line says about time into days and moments: which day, which first day, which end, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from coach.domain.days import MONTHS, moment_of
from coach.domain.errors import Refused
from coach.domain.meanings import Ahead, DayOfMonth, Ending, MonthDay, MonthEnd, Named, Slashed, Value, Weekday
from coach.domain.repeat import MOST_TIMES, NO_DAY, Rule, may_fall, next_day
from coach.domain.settings import DateOrder

LAST = date(2099, 12, 31)


@dataclass(frozen=True, slots=True)
class Now:
    """The moment a line is read in, and a person's habits."""

    at: datetime
    """Local."""
    today: date
    """The logical day."""
    day_start: time
    zone: tzinfo | None
    date_order: DateOrder

    def is_past(self, start: time, day: date) -> bool:
        return moment_of(day, start, self.day_start) < self.at.replace(tzinfo=None, second=0, microsecond=0)

    def in_minutes(self, minutes: int) -> datetime:
        """The wall clock after so many real minutes, also over a change of clocks."""
        if self.at.tzinfo is None:
            moment = self.at + timedelta(minutes=minutes)
        else:
            moment = (self.at.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(self.zone)
        return moment.replace(tzinfo=None, second=0, microsecond=0)

    def shown(self, moment: datetime) -> datetime:
        """What the clock shows at a wall-clock moment: later, where the clocks are put forward over it."""
        if self.zone is None:
            return moment
        return moment.replace(tzinfo=self.zone).astimezone(UTC).astimezone(self.zone).replace(tzinfo=None)


def find_day(named: Value | None, shown: date, now: Now, past: bool) -> tuple[date | None, bool]:
    """The day that is meant, and whether it was moved on because the time has passed today."""
    today = now.today
    match named:
        case Named(name="later"):
            return None, False
        case Named(name=name):
            return today + timedelta(days=_NEAR.get(name, 0)), False
        case Ahead():
            return _ahead(named, today), False
        case Weekday(number=number, before=True):
            return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1), False
        case Weekday(number=number, after=after):
            away = (number - today.weekday()) % 7
            again = not away and (past or after)
            return today + timedelta(days=7 if again else away), again and not after
        case MonthDay():
            return _next_month_day(named, today), False
        case DayOfMonth(day=number):
            again = number == today.day and past
            return _next_with(number, today + timedelta(days=again)), again
        case Slashed():
            return _next_month_day(in_order(named, now.date_order), today), False
        case date():
            return named, False
        case _:
            moved = past and shown == today
            return shown + timedelta(days=moved), moved


def names_clock_day(named: Value | None) -> bool:
    """Whether a day in the line means the date on the clock: "fri 03:30" is in the night before Friday's day.

    "Today" and "tonight" are said of the day that is lived, until somebody goes to bed.
    """
    return named is not None and named not in (Named("today"), Named("tonight"), Named("later"))


_NEAR = {"tomorrow": 1, "yesterday": -1, "day after tomorrow": 2, "day before yesterday": -2}


def _ahead(wanted: Ahead, today: date) -> date:
    """Refused where it is after the last day that can be planned."""
    months = (LAST.year - today.year) * 12 + LAST.month - today.month
    if wanted.days > (LAST - today).days or wanted.months > months:
        raise Refused("That is too far away. Give a day until the end of 2099, or use quotes.")
    if not wanted.months:
        return today + timedelta(days=wanted.days)
    last = _months_on(today.replace(day=1), wanted.months + 1) - timedelta(days=1)
    return min(_months_on(today, wanted.months), last)


def in_order(slashed: Slashed, order: DateOrder) -> MonthDay:
    """The day behind 3/4; Refused while a person's habit is not known and both readings are possible."""
    one, other = (slashed.first, slashed.second), (slashed.second, slashed.first)
    if order == "iso" and slashed.year:
        written = [f"{slashed.year}-{first:02}-{second:02}" for first, second in (one, other)]
        raise Refused(
            f"Dates are read year first here (date_order), and “{slashed.words}” is not. "
            f"Write {written[0]} or {written[1]}, or use quotes."
        ).about(slashed.words)
    by_day = {"dmy": [one], "mdy": [other], "iso": [other], "": [one, other]}[order]
    possible = sorted({(day, month) for day, month in by_day if month <= 12})
    if len(possible) > 1:
        names = [f"{day} {MONTHS[month - 1]}" for day, month in (one, other)]
        raise Refused(
            f"“{slashed.words}” could be {names[0]} or {names[1]}. Type the month as a word, or choose once "
            "in Settings, Dates (date_order in config.toml). Quotes keep it in the title."
        ).about(slashed.words)
    if not possible:
        habit = "day first" if order == "dmy" else "month first"
        told = f"“{slashed.words}” has no such month: dates are read {habit} here. Type the month as a word."
        raise Refused(told).about(slashed.words)
    from coach.domain.day_phrases import month_day

    day, month = possible[0]
    return month_day(month, day, slashed.year)


def begin(rule: Rule, base: date) -> date:
    """The first day of a repetition that may begin on `base`; Refused when it falls on no day."""
    each = replace(rule, interval=1, count=None, until=None)  # “every other Saturday” begins with the coming one
    found = next_day(each, base, base) if may_fall(each, base) else None
    if found is None or found > LAST:
        raise Refused(NO_DAY)
    return found


def without(rule: Rule, left_out: Sequence[int]) -> Rule:
    """The rule on its other weekdays: "every day except Friday"."""
    plain = not rule.numbers and rule.interval == 1 and not any(which for which, _ in rule.weekdays)
    every_day = rule.frequency == "DAILY" and not rule.weekdays
    if not plain or not (every_day or (rule.frequency == "WEEKLY" and rule.weekdays)):
        raise Refused("Days can be left out of those of every week, such as: every day except sunday. Or use quotes.")
    days = tuple(day for day in (range(7) if every_day else (day for _, day in rule.weekdays)) if day not in left_out)
    if not days:
        raise Refused("That leaves no day of the week. Leave out fewer days, or use quotes.")
    return replace(rule, frequency="WEEKLY", weekdays=tuple((0, day) for day in days))


def ended(rule: Rule, ending: Ending | None, first: date, now: Now) -> Rule:
    """The rule with its end; "for 3 weeks" is counted from its first day."""
    if ending is None:
        return rule
    daily = rule.frequency == "DAILY" and rule.interval == 1 and not (rule.weekdays or rule.numbers)
    if times := ending.times or (ending.days if daily else None):
        if times > MOST_TIMES:
            raise Refused(f"That is more than {MOST_TIMES} times. Give a day instead, such as: until 31 dec.")
        return replace(rule, count=times, until=None)
    if ending.days:
        last = first + timedelta(days=ending.days - 1)
    elif ending.months:
        last = _months_on(first, ending.months) - timedelta(days=1)
    else:
        last = _last_day(ending.until, first, now)
    if last < first:
        raise Refused(f"It would end on {last.isoformat()}, before it begins. Give a later day.")
    return replace(rule, count=None, until=min(last, LAST))


def coming(rule: Rule, first: date, starts: Sequence[time], now: Now) -> date | None:
    """When it comes next: a moment where it has a start, else a day; None when it does not come any more."""
    day = next_day(rule, first, now.today)
    if day == now.today and starts and now.is_past(starts[-1], day):
        day = next_day(rule, first, day + timedelta(days=1))
    if day is None or not starts:
        return day
    start = next((start for start in starts if not now.is_past(start, day)), starts[0])
    return moment_of(day, start, now.day_start)


def _last_day(until: Value | None, first: date, now: Now) -> date:
    match until:
        case MonthDay():
            return _next_month_day(until, first)
        case Slashed():
            return _next_month_day(in_order(until, now.date_order), first)
        case MonthEnd():
            return _next_month_end(until, first)
        case Weekday(number=number, after=after):
            away = (number - first.weekday()) % 7
            return first + timedelta(days=away or 7 * after)
        case Named(name=name):
            return now.today + timedelta(days=_NEAR.get(name, 0))
        case date():
            return until
    raise Refused("Until when? Give a day, such as: until 31 dec.")


def _months_on(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    following = date(day.year + years + month // 11, (month + 1) % 12 + 1, 1)
    return min(date(day.year + years, month + 1, 1) + timedelta(days=day.day - 1), following)


def _next_with(number: int, from_day: date) -> date:
    """The next day with that number from a day; the 31st waits for a month that has it."""
    days = (from_day + timedelta(days=away) for away in range(62))
    return next(day for day in days if day.day == number)


def _next_month_end(wanted: MonthEnd, from_day: date) -> date:
    """The last day of the month in its year, or of the next such month from a day."""
    month = wanted.month or from_day.month
    year = wanted.year or from_day.year + (month < from_day.month)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _next_month_day(wanted: MonthDay, from_day: date) -> date:
    """The day in its year, or the next one from a day; 29 February waits for its year."""
    for year in [wanted.year] if wanted.year else range(from_day.year, from_day.year + 9):
        try:
            found = date(year, wanted.month, wanted.day)
        except ValueError:
            continue
        if wanted.year or found >= from_day:
            return found
    raise Refused(f"There is no {wanted.day}.{wanted.month}. in the coming years. Give another day, or use quotes.")
