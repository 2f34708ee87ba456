"""Several processes that all see the same prompts due: each is shown by one of them, and none by nobody."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from pathlib import Path

from coach.bootstrap import Coach, build
from coach.domain.sentences import Prompt
from coach.paths import Paths
from coach.storage.ids import PLAN
from tests.fire.nursery import Nursery, Say
from tests.fire.trial import Outcome, scaled

PROCESSES, OCCURRENCES = 4, 500
SET = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def four_claim(folder: Path, share: float) -> Outcome:
    return racing(folder, scaled(OCCURRENCES, share, 40))


def racing(folder: Path, occurrences: int, without: str = "") -> Outcome:
    """From the same moment on, each claims a few at a time until nothing is due any more."""
    home = folder / "home"
    home.mkdir(parents=True)
    (home / "config.toml").write_text('zone = "UTC"\n')
    _fill(_coach(str(home), SET), occurrences)
    with Nursery(without=without) as nursery:
        names = [str(number) for number in range(PROCESSES)]
        children = [nursery.start("tests.fire.claims:show_all", folder / name, str(home), name) for name in names]
        for child in children:
            child.ended()
    said = [line for child in children for line in child.heard()]
    shown = Counter(key for what, key in said if what == "shown")
    bad = [f"a process said {told}" for what, told in said if what == "bad"]
    bad += [f"{key} was shown {times} times" for key, times in shown.items() if times > 1]
    bad += [f"{len(shown)} of {occurrences} were shown"] if len(shown) != occurrences else []
    bad += ["something is still due"] if _coach(str(home), SET + timedelta(hours=1)).prompts.due() else []
    return Outcome("prompts raced for", f"{PROCESSES} processes, {len(shown):,} of {occurrences:,} shown", tuple(bad))


def show_all(say: Say, home: str, name: str) -> None:
    """Process number so-and-so begins somewhere else among what all of them saw due, so that each meets the next."""
    coach = _coach(home, SET + timedelta(hours=1))
    due = coach.prompts.due()
    Path(home, f"ready-{name}").touch()
    while len(list(Path(home).glob("ready-*"))) < PROCESSES:  # however busy the machine is, they begin together
        time.sleep(0.001)
    while due:
        first = len(due) * int(name) // (2 * PROCESSES)
        for one in coach.prompts.claim(due[first : first + 7]):
            say("shown", one.key)
        due = coach.prompts.due()


def _coach(home: str, now: datetime) -> Coach:
    return build(Paths(home), lambda: now)


def _fill(coach: Coach, occurrences: int) -> None:
    """One change for all: what is tried here is not the store."""
    with coach.store.change(""):
        for number in range(occurrences):
            at = clock(9, number % 59 + 1)
            coach.sentences._prompts.put(Prompt(coach.store.new_id(PLAN), f"thing {number}", at, made=SET))
