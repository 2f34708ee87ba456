"""Urges by weekday and hour from the summaries: `python -m tests.bench.chart_trial HOME`.

Prints CPU milliseconds of making the summaries (by the first trial of a home), of counting, and of making one again.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from coach.bootstrap import Coach, build
from coach.paths import Paths

By = dict[str, int]


def from_summaries(coach: Coach) -> By:
    found: Counter[str] = Counter()
    for month in coach.summaries.months():
        found.update({key: tally.count for key, tally in coach.summaries.get(month).cravings.items()})
    return dict(found)


def by_hour(records: Iterable[Mapping[str, Any]]) -> By:
    """The same from the records themselves, each looked at."""
    found: Counter[str] = Counter()
    for record in records:
        day, at = date.fromisoformat(record["day"]), datetime.fromisoformat(record["at"])
        found[f"{day.weekday()} {at.hour}"] += 1
    return dict(found)


def trial(home: str) -> dict[str, float]:
    begun = time.process_time()
    from_summaries(build(Paths(home)))
    built = (time.process_time() - begun) * 1000
    coach = build(Paths(home))
    begun = time.process_time()
    counted = sum(from_summaries(coach).values())
    summed = (time.process_time() - begun) * 1000
    return {"built": built, "summed": summed, "rebuilt": rebuild_one(coach), "counted": counted}


def rebuild_one(coach: Coach) -> float:
    """One month whose summary is gone, in a coach that has the plan open."""
    months = coach.summaries.months()
    month = months[-2:][0]  # the last whole one, where there is one
    os.remove(os.path.join(coach.paths.state, "summary", f"{month}.json"))
    begun = time.process_time()
    coach.summaries.get(month)
    return (time.process_time() - begun) * 1000


if __name__ == "__main__":
    print(json.dumps(trial(sys.argv[1])))
