"""Which prompts are due now, which are held back and why, and when the next one comes: pure, over whatever asks.

Naive local times become instants here, late, in the zone of the moment. A nag and a snooze are occurrences of their
own, so each is claimed once as well; those of one ask that nobody showed come as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Literal

from coach.domain.asks import CERTAIN, URGENT, Ask, Known, Occurrence, instant_of, skip_key
from coach.domain.days import DAY_START, day_of
from coach.domain.quiet import Limits
from coach.domain.sentences import Prompt

__all__ = ["LOOK_AHEAD", "LOOK_BACK", "Held", "Occurrence", "Plan", "Prompt", "Reason", "coming", "plan"]

LOOK_BACK = timedelta(hours=24)
LOOK_AHEAD = timedelta(days=8)
"""Every weekday is in it once; what lies further off is found again before it matters."""
DOUBT = timedelta(minutes=15)
"""So long around a line nobody can read, a prompt counts as shown."""
_NEAR = timedelta(days=4)
Reason = Literal["quiet", "cap", "paused"]


@dataclass(frozen=True, slots=True)
class Held:
    """Due, and not shown for now."""

    occurrence: Occurrence
    reason: Reason


@dataclass(frozen=True, slots=True)
class Plan:
    """What to show, what not, and when to look again."""

    due: tuple[Occurrence, ...]
    """First to last; claimed by nobody yet."""
    held: tuple[Held, ...]
    next_instant: datetime | None
    """In UTC; None when nothing comes among the asks given."""


@dataclass(slots=True)
class _Moment:
    """An occurrence in the making; there are many of them at each look."""

    key: str
    instant: datetime
    ask: Ask
    base: str
    wanted: bool
    """The person put it off until then."""
    again: bool = False
    """It was asked before, and nobody answered."""
    placed: bool = False
    """It has its place in what a day may hold: an earlier one of the same ask was shown."""
    in_doubt: bool = False
    also: tuple[str, ...] = ()

    def free_from(self, limits: Limits, zone: tzinfo, now: datetime | None = None) -> datetime:
        return limits.free_from(self.ask, now or self.instant, zone, wanted=self.wanted)

    def occurrence(self) -> Occurrence:
        ask = self.ask
        ref = ask.ref or ask.subject
        names = (ask.kind, ask.subject, ref, ask.on, self.base, ask.why)
        return Occurrence(self.key, ask.title, ask.at, self.instant, *names, self.also, self.in_doubt)


def plan(
    asks: Iterable[Ask],
    known: Known,
    now: datetime,
    zone: tzinfo,
    limits: Limits,
    day_start: time = DAY_START,
    since: datetime | None = None,
) -> Plan:
    """Over asks around now: from two days back, and as far ahead as `next_instant` is to be right."""
    now = now.astimezone(UTC)
    since, doubts = since or now - LOOK_BACK, _near(known.doubts, now, zone)
    due: list[_Moment] = []
    held: list[Held] = []
    waits: list[datetime] = []
    spent: Counter[date] = Counter()
    for key, ask in _once(asks):
        shown_on = [] if _is_exempt(ask) else _day_spent(key, ask, known, zone, limits, day_start)
        spent.update(shown_on)
        if _is_silent(key, ask, known):
            continue
        come: list[_Moment] = []
        for moment in _chain(key, ask, known, zone):
            if moment.instant > now:
                waits += [] if ask.paused else [moment.free_from(limits, zone)]
                break
            if moment.instant > since and _is_unshown(moment, known, doubts, zone):
                come.append(moment)
        if come:
            come[-1].placed = bool(shown_on)
            _sort_in(come, due, held, waits, now, zone, limits)
    shown = _within_cap(sorted(due, key=_by_time), held, spent, zone, limits, day_start)
    return Plan(tuple(shown), tuple(held), min(waits, default=None))


def _sort_in(
    come: list[_Moment],
    due: list[_Moment],
    held: list[Held],
    waits: list[datetime],
    now: datetime,
    zone: tzinfo,
    limits: Limits,
) -> None:
    """What came of one ask, which is shown as one: now, or when it may be."""
    latest = come[-1]
    latest.also = tuple(one.key for one in come[:-1])
    if latest.ask.paused:
        held.append(Held(latest.occurrence(), "paused"))
    elif (free := latest.free_from(limits, zone, now)) > now:
        held.append(Held(latest.occurrence(), "quiet"))
        waits.append(free)
    else:
        due.append(latest)


def coming(asks: Iterable[Ask], known: Known, now: datetime, zone: tzinfo) -> tuple[Occurrence, ...]:
    """What is still to come among the asks, first to last: nags only come when nobody answers."""
    heard = ((key, ask) for key, ask in _once(asks) if not (_is_silent(key, ask, known) or ask.paused))
    found = [moment for key, ask in heard for moment in _chain(key, ask, known, zone) if not moment.again]
    return tuple(one.occurrence() for one in sorted(found, key=_by_time) if one.instant > now)


def _once(asks: Iterable[Ask]) -> Iterator[tuple[str, Ask]]:
    """Two asks of one key are the same wish."""
    seen: set[str] = set()
    for ask in asks:
        if (key := ask.key) not in seen:
            seen.add(key)
            yield key, ask


def _chain(base: str, ask: Ask, known: Known, zone: tzinfo) -> Iterator[_Moment]:
    """The ask, or what it was put off to, and every time it asks again."""
    key, instant, wanted = base, instant_of(ask.at, zone), False
    if ask.lead:
        instant -= timedelta(minutes=ask.lead)
    if (until := known.said.get(base)) is not None:
        key, instant, wanted = f"{base}~{until.isoformat()}", until.astimezone(UTC), True
    elif ask.made is not None and instant <= ask.made:
        return
    yield _Moment(key, instant, ask, base, wanted)
    if ask.nag is not None:
        for number in range(1, ask.nag.most + 1):
            later = instant + timedelta(minutes=ask.nag.every * number)
            yield _Moment(f"{key}#{number}", later, ask, base, wanted, again=True)


def _is_silent(key: str, ask: Ask, known: Known) -> bool:
    """Settled, answered, or not wanted that day."""
    if ask.settled or (key in known.said and known.said[key] is None):
        return True
    return bool(known.skipped) and skip_key(ask.subject, ask.on) in known.skipped


def _is_exempt(ask: Ask) -> bool:
    return ask.own or ask.kind in URGENT


def _is_unshown(moment: _Moment, known: Known, doubts: tuple[datetime, ...], zone: tzinfo) -> bool:
    """Not where it was shown, nor where it may have been and nothing hangs on it."""
    if moment.key in known.claimed:
        return False
    if doubts:
        local = moment.instant.astimezone(zone).replace(tzinfo=None)
        moment.in_doubt = any(abs(local - doubt) <= DOUBT for doubt in doubts)
    return not moment.in_doubt or moment.ask.kind in CERTAIN


def _near(doubts: tuple[datetime, ...], now: datetime, zone: tzinfo) -> tuple[datetime, ...]:
    local = now.astimezone(zone).replace(tzinfo=None)
    return tuple(doubt for doubt in doubts if abs(doubt - local) < _NEAR)


def _day_spent(key: str, ask: Ask, known: Known, zone: tzinfo, limits: Limits, day_start: time) -> list[date]:
    """The day on which it was first shown; asked again it counts no more, and put off by the person never."""
    chain = _chain(key, ask, Known(), zone) if known.claimed else ()
    claimed = (moment for moment in chain if moment.key in known.claimed)
    return [_budget_day(moment, zone, limits, day_start) for moment in islice(claimed, 1)]


def _budget_day(moment: _Moment, zone: tzinfo, limits: Limits, day_start: time) -> date:
    """The day whose number it counts for: what waited for the morning counts for that morning."""
    free = moment.free_from(replace(limits, until=None), zone)
    return day_of(free.astimezone(zone), day_start)


def _within_cap(
    due: list[_Moment], held: list[Held], spent: Counter[date], zone: tzinfo, limits: Limits, day_start: time
) -> Iterator[Occurrence]:
    """Those a day has room for, the earliest first; the others are held."""
    for one in due:
        if _is_exempt(one.ask) or one.wanted or one.placed:
            yield one.occurrence()
            continue
        day = _budget_day(one, zone, limits, day_start)
        if spent[day] >= limits.cap:
            held.append(Held(one.occurrence(), "cap"))
        else:
            spent[day] += 1
            yield one.occurrence()


def _by_time(one: _Moment) -> tuple[datetime, str]:
    return one.instant, one.key
