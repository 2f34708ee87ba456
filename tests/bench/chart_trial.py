"""Ten years of urges by weekday and hour, from the summaries and from the logs.

`python -m tests.bench.chart_trial HOME` prints what each costs.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime

from coach.bootstrap import Coach, build
from coach.paths import Paths

By = dict[str, int]


def from_summaries(coach: Coach) -> By:
    found: Counter[str] = Counter()
    for month in coach.summaries.months():
        found.update({key: tally.count for key, tally in coach.summaries.get(month).cravings.items()})
    return dict(found)


def from_logs(coach: Coach) -> By:
    """Every month opened and every record looked at."""
    found: Counter[str] = Counter()
    for month in coach.summaries.months():
        for record in coach.store.table(month, "cravings"):
            day, at = date.fromisoformat(record["day"]), datetime.fromisoformat(record["at"])
            found[f"{day.weekday()} {at.hour:02}"] += 1
    return dict(found)


def timed(read: Callable[[Coach], By], home: str) -> tuple[float, By]:
    """CPU milliseconds of a first reading by a coach that has opened nothing yet."""
    coach = build(Paths(home))
    begun = time.process_time()
    found = read(coach)
    return (time.process_time() - begun) * 1000, found


def trial(home: str) -> dict[str, float]:
    begun = time.process_time()
    from_summaries(build(Paths(home)))  # builds those that are missing
    built = (time.process_time() - begun) * 1000
    summed, quick = timed(from_summaries, home)
    raw, slow = timed(from_logs, home)
    assert sum(quick.values()) == sum(slow.values()), "the summaries do not say what the logs say"
    return {"summaries": summed, "raw": raw, "built": built}


if __name__ == "__main__":
    print(json.dumps(trial(sys.argv[1])))
