"""Keeps how much each life area matters, and how much it was lived week by week."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime

from coach.domain.areas import AREAS, Measure, check_area
from coach.domain.days import day_of, first_of_week
from coach.services.settings import SettingsService
from coach.storage.ids import month_book, prefix_of
from coach.storage.records import Records
from coach.storage.store import Store


class Areas:
    """Importance is one number for good, until it is changed; what was lived is one a week."""

    def __init__(self, store: Store, settings: SettingsService, now: Callable[[], datetime]) -> None:
        self._store, self._settings, self._now = store, settings, now
        self._measures = Records(store, "measures", Measure, measure_id)

    def week(self) -> date:
        """The first day of this week, as the settings say."""
        settings = self._settings.now
        return first_of_week(day_of(self._now(), settings.day_start), settings.week_starts)

    def importance(self) -> dict[str, int]:
        """Area to 0 to 10; one that was not rated is not in it."""
        return self._values(None)

    def lived(self, week: date) -> dict[str, int]:
        """The same for the week that begins on this day."""
        return self._values(week)

    def set_importance(self, area: str, value: int | None, *, instead: bool = False) -> None:
        """0 to 10; None takes it away again. With `instead` undo takes the number given just before back with it."""
        self._set(Measure(check_area(area), value or 0), value is None, "Rated how much", instead)

    def set_lived(self, area: str, week: date, value: int | None, *, instead: bool = False) -> None:
        self._set(Measure(check_area(area), value or 0, week), value is None, "Rated this week's", instead)

    def _values(self, week: date | None) -> dict[str, int]:
        found = {area: self._measures.get(measure_id(Measure(area, 0, week))) for area in AREAS}
        return {area: measure.value for area, measure in found.items() if measure is not None}

    def _set(self, measure: Measure, gone: bool, label: str, instead: bool) -> None:
        name = AREAS[measure.area]
        if instead and self._was_latest(measure):
            self._store.take_back("undo")
        with self._store.change(f"{label} “{name}”{' matters' if measure.day is None else ''}"):
            if gone:
                self._measures.remove(measure_id(measure))
            else:
                self._measures.put(measure)

    def _was_latest(self, measure: Measure) -> bool:
        """Whether the change that undo is about now was of this number and nothing else."""
        with suppress(OSError):
            if latest := self._store.appender.undo_log.next("undo"):
                return [record for _, record, _ in latest.operations] == [measure_id(measure)]
        return False


def measure_id(measure: Measure) -> str:
    """There is one number of an area, and one of an area and a week, whichever device gives it."""
    if measure.day is None:
        return f"p-a:{measure.area}"
    return f"{prefix_of(month_book(measure.day))}-a:{measure.area}:{measure.day}"
