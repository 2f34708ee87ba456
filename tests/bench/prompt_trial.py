"""What it costs to plan prompts: a day of them worked out from what is kept, and the same for five times as many.

`python -m tests.bench.prompt_trial HOME` prints CPU milliseconds; a ledger of six weeks lies beside them.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from coach.bootstrap import Coach, build
from coach.domain.asks import Known
from coach.domain.prompts import Plan, plan
from coach.domain.quiet import Limits
from coach.domain.sentences import Prompt
from coach.paths import Paths
from tests.bench.day_trial import milliseconds

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
SET = NOW - timedelta(days=60)
COUNTS = (100, 200, 1000)
KEPT_DAYS = 42
REPEATS = 7


def prompts_of(count: int, ids: str = "p-") -> list[Prompt]:
    """Spread over the day, some of them before their time and some asked again."""
    return [
        Prompt(
            f"{ids}{number:026}",
            f"thing {number}",
            time(number * 7 % 24, number * 11 % 60),
            made=SET,
            leads=(0, 10) if number % 20 == 0 else (),
            nag_every=10 if number % 10 == 0 else 0,
            nag_most=3 if number % 10 == 0 else 0,
        )
        for number in range(count)
    ]


def plan_a_day(prompts: list[Prompt], known: Known, now: datetime = NOW) -> Plan:
    """As the service does it: what came since this time yesterday, and what is next."""
    limits, today = Limits(), now.date()
    days = today - timedelta(days=1), today
    return plan((ask for prompt in prompts for ask in prompt.asks(*days, limits)), known, now, UTC, limits)


def fill(home: Path, count: int) -> Coach:
    """A home with so many prompts, all of them shown until now for six weeks."""
    (home / "config.toml").write_text('zone = "UTC"\n')
    coach = build(Paths(str(home)), lambda: NOW)
    with coach.store.change(""):
        for prompt in prompts_of(count):
            coach.sentences._prompts.put(prompt)
    keys = [
        f"{prompt.id}@{datetime.combine(date(2026, 11, 22) - timedelta(days=days), prompt.at).isoformat()}"
        for prompt in prompts_of(count)
        for days in range(KEPT_DAYS)
    ]
    coach._ledger.claim_many(keys)
    coach.prompts.claim(coach.prompts.due())
    return coach


def main(home: str) -> None:
    found: dict[str, float] = {}
    for count in COUNTS:
        day = partial(plan_a_day, prompts_of(count), Known())
        found[f"plan {count}"] = min(milliseconds(day) for _ in range(REPEATS))
    coach = fill(Path(home), 200)
    coach.prompts.plan()
    found["look"] = min(milliseconds(coach.prompts.plan) for _ in range(REPEATS))
    found["next"] = min(milliseconds(coach.prompts.next_instant) for _ in range(REPEATS))
    fresh = build(Paths(home), lambda: NOW)
    found["first"] = milliseconds(fresh.prompts.plan)
    coach.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
