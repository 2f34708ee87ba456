"""Keeps what happened: sessions, urges, moods and journal entries, each in the book of its month."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date, datetime, timedelta

from coach.domain.entries import Craving, Entry, Mood, Session
from coach.domain.errors import NotFound
from coach.domain.text import clean, one_line
from coach.services.moments import Moments
from coach.storage.drafts import Drafts
from coach.storage.ids import month_book
from coach.storage.records import Records
from coach.storage.store import Store

PART = "session"
"""The draft that holds a session on its way."""


class Sessions:
    """Practices once done."""

    def __init__(self, store: Store, moments: Moments, drafts: Drafts) -> None:
        self._store, self._moments, self._drafts = store, moments, drafts
        self._sessions = Records(store, "sessions", Session)

    def keep_part(self, practice: str, seconds: int, before: int | None) -> None:
        """Notes how far a session is, so that even a power cut costs only its last seconds."""
        part = {"pid": os.getpid(), "at": self._moments.of().at.isoformat(), "practice": practice}
        self._drafts.keep(PART, json.dumps(part | {"seconds": seconds, "before": before}))

    def forget_part(self) -> None:
        """The session is kept, or was not begun."""
        self._drafts.forget(PART)

    def recover(self) -> Session | None:
        """Keeps the part of a session whose program ended without a word, and says which; None when there is none."""
        try:
            part = json.loads(self._drafts.get(PART) or "{}")
            if not part or is_running(int(part["pid"])):
                return None
            at = self._moments.read(part["at"])
            found = self.log(part["practice"], part["seconds"], part["before"], at=at)
        except (ValueError, KeyError, TypeError):
            found = None  # not what was written there
        self.forget_part()
        return found

    def log(
        self,
        practice: str,
        seconds: int,
        before: int | None = None,
        after: int | None = None,
        at: datetime | None = None,
    ) -> Session:
        """Any length counts."""
        moment = self._moments.of(at)
        record = self._store.new_id(month_book(moment.day))
        session = Session(record, moment.at, moment.zone, moment.day, practice, seconds, before, after)
        self._sessions.append("Kept a session", session)
        return session

    def rate_after(self, session: str, after: int) -> None:
        """How it felt afterwards, when that is known later than the session itself."""
        if (found := self._sessions.get(session)) is None:
            raise NotFound("That session is not there any more.")
        with self._store.change("Rated a session"):
            self._sessions.put(replace(found, after=after))

    def of_day(self, day: date) -> tuple[Session, ...]:
        return tuple(sorted(self._sessions.of_day(day), key=lambda session: session.at))


class Cravings:
    """Urges noticed."""

    def __init__(self, store: Store, moments: Moments) -> None:
        self._store, self._moments = store, moments
        self._cravings = Records(store, "cravings", Craving)

    def log(
        self,
        intensity: int,
        at: datetime | None = None,
        triggers: tuple[str, ...] = (),
        coping: tuple[str, ...] = (),
        after: int | None = None,
    ) -> Craving:
        moment = self._moments.of(at)
        craving = Craving(
            self._store.new_id(month_book(moment.day)),
            moment.at,
            moment.zone,
            moment.day,
            intensity,
            tuple(map(one_line, triggers)),
            tuple(map(one_line, coping)),
            after,
        )
        self._cravings.append("Noted how strong it was", craving)
        return craving

    def amend(self, craving: str, intensity: int) -> None:
        """A 1 that was the beginning of a 10."""
        if (found := self._cravings.get(craving)) is None:
            raise NotFound("That entry is not there any more.")
        with self._store.change("Changed an entry"):
            self._cravings.put(replace(found, intensity=intensity))

    def of_day(self, day: date) -> tuple[Craving, ...]:
        return tuple(sorted(self._cravings.of_day(day), key=lambda craving: craving.at))


class Moods:
    """How it felt, moment by moment."""

    def __init__(self, store: Store, moments: Moments) -> None:
        self._store, self._moments = store, moments
        self._moods = Records(store, "moods", Mood)

    def log(self, value: int, at: datetime | None = None) -> Mood:
        moment = self._moments.of(at)
        mood = Mood(self._store.new_id(month_book(moment.day)), moment.at, moment.zone, moment.day, value)
        self._moods.append("Noted a mood", mood)
        return mood

    def of_day(self, day: date) -> tuple[Mood, ...]:
        return tuple(sorted(self._moods.of_day(day), key=lambda mood: mood.at))


class Journal:
    """Journal entries, newest first."""

    def __init__(self, store: Store, moments: Moments) -> None:
        self._store, self._moments = store, moments
        self._entries = Records(store, "journal", Entry)

    def write(self, text: str, at: datetime | None = None) -> Entry:
        moment = self._moments.of(at)
        record = self._store.new_id(month_book(moment.day))
        entry = Entry(record, moment.at, moment.zone, moment.day, clean(text).strip())
        self._entries.append("Wrote an entry", entry)
        return entry

    def rewrite(self, entry: str, text: str) -> Entry:
        changed = replace(self.get(entry), text=clean(text).strip())
        with self._store.change("Changed an entry"):
            self._entries.put(changed)
        return changed

    def get(self, entry: str) -> Entry:
        if (found := self._entries.get(entry)) is None:
            raise NotFound("That entry is not there any more.")
        return found

    def remove(self, entry: str) -> None:
        self.get(entry)
        with self._store.change("Deleted an entry"):
            self._entries.remove(entry)

    def of_month(self, day: date) -> tuple[Entry, ...]:
        """The entries of a day's month, newest first."""
        return tuple(sorted(self._entries.all(month_book(day)), key=lambda entry: entry.at, reverse=True))

    def recent(self, today: date, days: int = 31) -> tuple[Entry, ...]:
        """The entries of the last days, newest first."""
        since = today - timedelta(days=days)
        months = {month_book(today - timedelta(days=back)): today - timedelta(days=back) for back in range(days + 1)}
        found = [entry for day in months.values() for entry in self.of_month(day) if entry.day >= since]
        return tuple(sorted(found, key=lambda entry: entry.at, reverse=True))


def is_running(pid: int) -> bool:
    """Whether a process of this person, other than this one, is there."""
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
