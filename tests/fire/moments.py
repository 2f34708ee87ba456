"""Prompts while clocks jump, computers sleep, programs restart and people travel: each comes exactly once.

`each_once` looks closely at seven zones over both of their clock changes, and at somebody who travels between them;
`every_zone` at a whole year of each zone there is.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, partial
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo, available_timezones

from coach.domain.asks import Ask, Nag
from coach.domain.prompts import Occurrence, plan
from coach.domain.quiet import Limits
from coach.storage.ledger import Ledger
from tests.fire.trial import Outcome, scaled

SEVEN = (
    *("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns"),
    *("Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia"),
)
YEAR = 2026
PROMPTS, DAYS = 220, 15
OPEN = Limits(time(0), time(0))
_EDGE = timedelta(hours=40)
"""At the ends of a walk, what may have come before it or may come after it."""


@dataclass
class Walk:
    """One person's device from a moment to another, looking now and then."""

    zones: tuple[str, ...]
    asks: list[Ask]
    begun: datetime
    ended: datetime
    random: Random
    path: str
    longest: timedelta = timedelta(minutes=80)
    """Between two looks when nothing special happens."""
    shown: Counter[str] = field(default_factory=Counter)
    answered: set[str] = field(default_factory=set)
    put_off: dict[str, str] = field(default_factory=dict)
    """Of an ask the key it is to come back with."""
    bad: list[str] = field(default_factory=list)
    zone: ZoneInfo = field(default_factory=partial(ZoneInfo, "UTC"))

    def go(self) -> None:
        self.asks.sort(key=lambda ask: ask.at)
        now, self.zone, ledger = self.begun, ZoneInfo(self.zones[0]), Ledger(self.path)
        while now < self.ended:
            self._look(ledger, now)
            chance = self.random.random()
            if chance < 0.02:
                ledger, self.zone = Ledger(self.path), ZoneInfo(self.random.choice(self.zones))  # away, or a restart
                now += timedelta(minutes=self.random.uniform(0, 30))
            elif chance < 0.06:
                now += timedelta(hours=self.random.uniform(1, 20)) if len(self.zones) == 1 else self.longest  # asleep
            elif chance < 0.09:
                now -= timedelta(minutes=self.random.uniform(1, 150))  # somebody set the clock back
            else:
                now += self.random.uniform(0.01, 1) * self.longest
        self._judge()

    def _look(self, ledger: Ledger, now: datetime) -> None:
        clock, known = now.astimezone(self.zone).replace(tzinfo=None), ledger.known()
        begun, end = clock - timedelta(hours=48), clock + timedelta(hours=26)
        if since := known.put_off_since(now - timedelta(hours=24)):
            begun = min(begun, datetime.combine(since, time()) - timedelta(minutes=1))
        near = [bisect(self.asks, edge, key=lambda ask: ask.at) for edge in (begun, end)]
        due = plan(self.asks[slice(*near)], known, now, self.zone, OPEN).due
        won = ledger.claim_many(key for one in due for key in (one.key, *one.also))
        for one in due:
            if one.key in won:
                self._show(ledger, one, now)

    def _show(self, ledger: Ledger, one: Occurrence, now: datetime) -> None:
        self.shown.update((one.key, *one.also))
        if one.instant > now:
            self.bad.append(f"{one.key} came before its time")
        if one.ask in self.answered:
            self.bad.append(f"{one.key} came though it was answered")
        chance = self.random.random()
        if chance < 0.1:
            ledger.answer(one.ask)
            self.answered.add(one.ask)
            self.put_off.pop(one.ask, None)
        elif chance < 0.2 and now + timedelta(hours=60) < self.ended:
            until = (now + timedelta(minutes=self.random.uniform(5, 1440))).astimezone(self.zone).replace(microsecond=0)
            ledger.snooze(one.ask, until)
            self.put_off[one.ask] = f"{one.ask}~{until.isoformat()}"

    def _judge(self) -> None:
        self.bad += [f"{key} came {times} times" for key, times in self.shown.items() if times > 1]
        self.bad += [f"{key} never came" for key in (*self.wanted, *self.put_off.values()) if key not in self.shown]

    @cached_property
    def wanted(self) -> list[str]:
        """The keys of what lies wholly inside, wherever the person was."""
        first, last = (
            (moment + edge).replace(tzinfo=None) for moment, edge in ((self.begun, _EDGE), (self.ended, -_EDGE))
        )
        return [ask.key for ask in self.asks if first <= ask.at <= last]


def each_once(folder: Path, share: float) -> Outcome:
    """Both clock changes of seven zones, and of a year in which somebody is in each of them."""
    prompts, days = scaled(PROMPTS, share, 8), DAYS if share >= 0.5 else 5
    walks = []
    for number, zones in enumerate([*((name,) for name in SEVEN), SEVEN]):
        for turn, change in enumerate(_changes(zones[0])):
            random = Random(f"{number} {turn} {share}")
            begun = change - timedelta(days=days / 2 + 1)
            ended = begun + timedelta(days=days + 2)
            asks = list(_asks(random, prompts, begun.date(), ended.date()))
            walks.append(Walk(zones, asks, begun, ended, random, str(folder / f"{number}-{turn}" / "delivered.log")))
    return _told("moments of prompts", f"{len(SEVEN)} zones and a traveller", walks)


def travels(folder: Path, prompts: int = 10) -> Outcome:
    """The traveller alone: what an ablation needs."""
    random = Random("travels")
    begun = datetime(YEAR, 3, 20, tzinfo=UTC)
    asks = list(_asks(random, prompts, begun.date(), date(YEAR, 4, 5)))
    walk = Walk(SEVEN, asks, begun, datetime(YEAR, 4, 5, tzinfo=UTC), random, str(folder / "delivered.log"))
    return _told("a traveller's prompts", "between seven zones", [walk])


def every_zone(folder: Path, share: float) -> Outcome:
    """A year of each zone of the database, three prompts a day."""
    names = sorted(available_timezones())
    chosen = names[:: max(1, round(1 / max(share, 0.001)))]
    begun, walks = datetime(YEAR, 1, 1, tzinfo=UTC), []
    for name in chosen:
        random = Random(name)
        asks = list(_asks(random, 3, begun.date(), date(YEAR + 1, 1, 1)))
        ended = datetime(YEAR + 1, 1, 1, tzinfo=UTC)
        path = str(folder / name.replace("/", "-") / "delivered.log")
        walks.append(Walk((name,), asks, begun, ended, random, path, longest=timedelta(hours=20)))
    return _told("a year of prompts", f"{len(chosen)} of {len(names)} zones", walks)


def _told(name: str, where: str, walks: list[Walk]) -> Outcome:
    """Each walk is let go when it has been judged."""
    bad: list[str] = []
    shown = wanted = 0
    while walks:
        walk = walks.pop(0)
        walk.go()
        bad += [f"{walk.zones[0]}: {told}" for told in walk.bad]
        shown, wanted = shown + sum(walk.shown.values()), wanted + len(walk.wanted)
    return Outcome(name, f"{where}: {wanted:,} asked for, {shown:,} shown with what was asked again", tuple(bad))


def _asks(random: Random, prompts: int, first: date, last: date) -> Iterator[Ask]:
    """At any minute, many of them in the hours in which clocks change; some early, some asked again."""
    for number in range(prompts):
        hour = random.choice((0, 1, 1, 2, 2, 2, 3, 3, 4, random.randrange(24), random.randrange(24)))
        at = time(hour, random.choice((0, 15, 30, 45, random.randrange(60))))
        lead = random.choice((0, 0, 0, 0, 10, 90))
        nag = Nag(random.choice((5, 30, 90)), 3) if number % 5 == 4 else None
        for days in range((last - first).days + 2):
            day = first + timedelta(days=days - 1)
            yield Ask(f"p-{number}", "x", datetime.combine(day, at), "prompt", lead, nag=nag)


def _changes(zone: str) -> list[datetime]:
    """When its clocks change; in a zone where they do not, two days like any."""
    there = ZoneInfo(zone)
    hours = [datetime(YEAR, 1, 1, tzinfo=UTC) + timedelta(hours=number) for number in range(365 * 24)]
    offsets = [hour.astimezone(there).utcoffset() for hour in hours]
    found = [hour for hour, before, now in zip(hours[1:], offsets, offsets[1:], strict=False) if before != now]
    return (found or [hours[80 * 24], hours[297 * 24]])[:2]
