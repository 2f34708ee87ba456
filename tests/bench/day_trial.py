"""What it costs to work out days: a week of old repetitions, and Today with a great many items."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from coach.bootstrap import Coach, build
from coach.domain.items import Item
from coach.domain.occurrences import occurrences
from coach.paths import Paths

TODAY = date(2026, 11, 23)
OLD = date(2015, 1, 5)
ITEMS = 300
RULES = (
    *("FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SA"),
    *("FREQ=MONTHLY;BYMONTHDAY=1", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYDAY=1MO", "FREQ=MONTHLY;INTERVAL=3"),
    *("FREQ=YEARLY", "FREQ=WEEKLY;BYDAY=SU"),
)


def old_series(count: int) -> list[Item]:
    """Repeating items from 2015, no two with the same first day and rule."""
    return [
        Item(f"p-{number}", f"thing {number}", OLD + timedelta(days=number), rule=RULES[number % len(RULES)])
        for number in range(count)
    ]


def expand_a_week(series: list[Item], first: date) -> int:
    """How many times they come in a week."""
    return sum(1 for one in series for _ in occurrences(one, first, first + timedelta(days=6)))


def fill_a_day(home: Path) -> Coach:
    """A home with a hundred old repetitions and enough of one day to make three hundred in all."""
    coach = build(Paths(str(home)), lambda: datetime(2026, 11, 23, 10, 42, tzinfo=UTC))
    items = old_series(100)
    with coach.store.change(""):
        for item in items:
            coach.items._items.put(item)
        for number in range(ITEMS - len(items)):
            coach.items._items.put(Item(coach.store.new_id("2026-11"), f"task {number}", TODAY, order=number))
    return coach


def milliseconds(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return (time.process_time() - begun) * 1000


def main(home: str) -> None:
    import dateutil.rrule  # noqa: F401  # loading it is told apart from using it

    series = old_series(100)
    coach = fill_a_day(Path(home))
    coach.items.view(TODAY)
    found = {
        "week": milliseconds(lambda: expand_a_week(series, TODAY)),
        "today": milliseconds(lambda: coach.items.view(TODAY)),
        "days": milliseconds(lambda: coach.items.views(TODAY, TODAY + timedelta(days=6))),
    }
    coach.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
