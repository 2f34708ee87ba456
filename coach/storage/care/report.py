"""What there is to tell of each file that was looked after, and what it is expected to hold from now on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from coach.storage.care.lines import Line, LogFile, Lost
from coach.storage.care.mend import Asides, Case, unreadable_of
from coach.storage.care.mended import Mended
from coach.storage.care.quarantine import Quarantine
from coach.storage.care.seen import Seen, Sight, count, missing, per_day, sight_of
from coach.storage.care.survey import log_key, second_key


@dataclass(frozen=True, slots=True)
class Done:
    """What was done about a log and its second copy."""

    asides: Asides = field(default_factory=Asides)
    lost: tuple[Lost, Lost] = ((), ())
    restored: tuple[Line, ...] = ()


class Report:
    """What one time of looking after a home comes to."""

    def __init__(self, seen: Seen, quarantine: Quarantine, *, thorough: bool) -> None:
        self._seen, self._quarantine, self._thorough = seen, quarantine, thorough
        self.found: list[Mended] = []
        self.wrote: list[str] = []
        """Files that are not what they were."""
        self._gone: defaultdict[str, Counter[tuple[str, date | None]]] = defaultdict(Counter)
        """By book what was told to be missing this time: two files may have held it."""

    def conclude_own(self, case: Case, done: Done) -> None:
        """Takes note of how a log and its second copy are now, and of what there is to tell."""
        gone: Mapping[date | None, int] = {}
        if case.device:
            gone = self._missing(log_key(case.device, case.book), case.log, case, 0, sum(map(len, done.lost)))
        self._seen.put(second_key(case.book), replace(sight_of(case.mirror, Sight(), 0, 0), held={}))
        self.tell_own(case, done, gone)

    def tell_own(self, case: Case, done: Done, gone: Mapping[date | None, int]) -> None:
        of_log, of_mirror = map(Counter, done.lost)
        restored = per_day(count(done.restored))
        self.tell(Mended(case.log.path, case.book, True, restored, of_log, gone, done.asides.log))
        self.tell(Mended(case.mirror.path, case.book, True, {}, of_mirror, {}, done.asides.mirror))

    def conclude_others(self, case: Case, new: Mapping[str, str]) -> None:
        """The same for the other files; `new` are those with new damage, each with what kept it from quarantine."""
        for place, file in case.others:
            unreadable = case.lost_by(place, file)
            if obstacle := new.get(place.key, ""):  # nothing is noted, so the next time tries again
                self.hindered(Mended(place.path, case.book, False, {}, Counter(unreadable), obstacle=obstacle))
                continue
            fresh = max(0, len(unreadable) - self._seen.get(place.key).unread)
            gone = self._missing(place.key, file, case, len(unreadable), fresh)
            told = unreadable if self._thorough or place.key in new else []
            aside = self._quarantine.find(*unreadable_of(place, file)) if told else ""
            self.tell(Mended(place.path, case.book, False, unreadable=Counter(told), aside=aside))
            self.tell(Mended(place.path, case.book, place.device == case.device, missing=gone))

    def hindered(self, mended: Mended) -> None:
        """What was passed over; at start nobody is told again and again of what takes nothing away."""
        if self._thorough:
            self.found.append(mended)

    def tell(self, mended: Mended) -> None:
        if mended.says_something or mended.path in self.wrote:
            self.found.append(mended)

    def _missing(self, key: str, file: LogFile, case: Case, unread: int, fresh: int) -> Mapping[date | None, int]:
        """What a file held and nothing holds now; in a quick look only what was not told before."""
        before = self._seen.get(key)
        sight = sight_of(file, before, unread, fresh)
        gone = missing(sight, file, case.elsewhere(file))
        self._seen.put(key, replace(sight, told=gone))
        if not self._thorough and all(number <= before.told.get(key, 0) for key, number in gone.items()):
            return {}
        untold = gone - self._gone[case.book]
        self._gone[case.book] |= gone
        return per_day(untold)
