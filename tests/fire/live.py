"""The real full-screen program while it, its loop or its clock is disturbed: what comes due is shown exactly once."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from unittest import mock

from coach.services.alarm import HEARTBEAT, Alarm
from coach.services.prompts import LATE_AFTER
from tests.fire.desk import AWAY, MISSING, NOW, SLOW, Desk
from tests.fire.trial import Outcome, scaled
from tests.fire.without import without

HEAD = 10.0
"""Seconds from the start to the sentence; the program stands on the screen well before."""
BEFORE = 2.0
"""Seconds before its moment that the trouble begins."""
STOPPED, LEAST_STOPPED, BLOCKED = 60, 8, 5
AFTER, LEAST_AFTER = 25, 3
"""Seconds for which it must not come again: a heartbeat lies in them."""
NO_FAKETIME = "not tried: libfaketime is not installed"
_PLACES = ("usr/lib", "usr/lib/*", "usr/lib64", "usr/local/lib")
_LIBRARY = "faketime/libfaketimeMT.so.1"


def stopped_screen(folder: Path, share: float) -> Outcome:
    """Stopped for a minute it is told as what is now; in the full run another for longer than that can be said."""
    stops = [(scaled(STOPPED, share, LEAST_STOPPED), NOW)]
    stops += [(LATE_AFTER.seconds + 10, AWAY)] if share >= 1 else []
    slowest = 0.0
    with ExitStack() as stack:
        desks = [stack.enter_context(Desk(folder / str(seconds))) for seconds, _ in stops]
        moments = [desk.set("Look outside", HEAD + number) for number, desk in enumerate(desks)]
        for desk in desks:
            desk.start()
        begun = [_stop(desk, at) for desk, at in zip(desks, moments, strict=True)]
        for desk, since, (seconds, heading) in zip(desks, begun, stops, strict=True):
            time.sleep(max(0.0, since + seconds - time.monotonic()))
            desk.expect(not desk.shown(), "it did not stop")
            desk.terminal.kill(signal.SIGCONT)
            slowest = max(slowest, desk.sees("Look outside", heading, SLOW))
            _once(desk, share)
    lengths = " and ".join(f"{seconds} s" for seconds, _ in stops)
    bad = tuple(
        f"stopped for {stop[0]} s: {told}" for desk, stop in zip(desks, stops, strict=True) for told in desk.bad
    )
    return Outcome("the screen stopped across a prompt", f"for {lengths}, shown {slowest:.1f} s after", bad)


def busy_screen(folder: Path, share: float, protection: str = "") -> Outcome:
    """Before the loop goes on nothing can be seen, or it did not stand still."""
    with Desk(folder / "home") as desk:
        at = desk.set("Look outside", HEAD)
        begins, ends = at - timedelta(seconds=BEFORE), at + timedelta(seconds=BLOCKED - BEFORE)
        desk.start(protection, str(begins.timestamp()))
        desk.rest_until(begins)
        desk.rest_until(ends - timedelta(seconds=0.5))
        desk.expect(not desk.shown(), "its loop did not stand still")
        desk.rest_until(ends)
        late = desk.sees("Look outside", NOW, SLOW)
        _once(desk, share)
    return Outcome("its loop blocked across a prompt", f"for {BLOCKED} s, shown {late:.1f} s after", tuple(desk.bad))


def set_clock(folder: Path, share: float, protection: str = "") -> Outcome:
    """Forward, back, and further forward again, each noticed within a heartbeat; what was told stays told.

    Set back, a heartbeat by that clock would stand still for an hour, and what is set then would be overlooked.
    """
    name = "the clock set forward, back and forward"
    if not (library := _faketime()):
        return Outcome(name, NO_FAKETIME, tried=False)
    clock = folder / "clock"
    faked = {"LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1"}
    faked |= {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}
    noticed: list[float] = []
    with Desk(folder / "home") as desk:
        desk.set("Look outside", 1800)
        desk.set("Stretch", 5400)
        _turn(clock, 0)
        terminal = desk.start(protection, "", env=faked)
        terminal.rest(2.0)
        for words, hours, heading in (("Look outside", 1, AWAY), ("Drink water", 0, NOW), ("Stretch", 2, AWAY)):
            _turn(clock, hours)
            if not hours:
                desk.set(words, 3)
            noticed.append(desk.sees(words, heading, HEARTBEAT))
            desk.expect(desk.shown() == [words], f"of {words!r} alone there is {desk.shown()}")
            if desk.bad:
                break
            desk.answer()
        else:
            terminal.rest(scaled(AFTER, share, LEAST_AFTER))
            desk.expect(not desk.shown(), f"it came again:\n{terminal.screen()}")
            desk.claimed_once()
    return Outcome(name, f"each noticed within {max(noticed):.1f} s", tuple(desk.bad))


def unguarded(folder: Path, share: float) -> Outcome:
    """These trials can fail: each goes red without what it guards, at any share."""
    guarded = (("the misfire grace", busy_screen), ("the heartbeat", set_clock))
    found = [(name, trial(folder / name, 0.0, name)) for name, trial in guarded]
    bad = tuple(
        f"{outcome.name} without {name}: {_colour(outcome)}" for name, outcome in found if not _as_it_should(outcome)
    )
    figures = "; ".join(f"without {name} {_colour(outcome)}" for name, outcome in found)
    return Outcome("the same without a protection", figures, bad)


def main(words: Sequence[str]) -> int:
    """The program without a protection, and its loop standing still at a moment; each may be empty."""
    from coach.cli.screen import start

    protection, begins = words
    begin = Alarm.start

    def begin_and_stand(self: Alarm, following: datetime | None) -> None:
        begin(self, following)
        asyncio.get_running_loop().call_later(float(begins) - time.time(), time.sleep, BLOCKED)

    with ExitStack() as stack:
        if protection:
            stack.enter_context(without(protection))
        if begins:
            stack.enter_context(mock.patch.object(Alarm, "start", begin_and_stand))
        return start()


def _stop(desk: Desk, at: datetime) -> float:
    """The program, just before the moment of its sentence; by the steady clock."""
    desk.rest_until(at - timedelta(seconds=BEFORE))
    desk.terminal.kill(signal.SIGSTOP)
    return time.monotonic()


def _once(desk: Desk, share: float) -> None:
    """What came and was told right stays away, and its key was claimed once."""
    if not desk.bad:
        desk.answer()
        desk.comes_no_more(scaled(AFTER, share, LEAST_AFTER))
        desk.claimed_once()


def _as_it_should(outcome: Outcome) -> bool:
    """Red since the prompt did not come, and for nothing else."""
    return not outcome.tried or (not outcome.held and MISSING in outcome.bad[0])


def _colour(outcome: Outcome) -> str:
    if not outcome.tried:
        return outcome.figures
    return "green" if outcome.held else "red" if _as_it_should(outcome) else outcome.bad[0]


def _turn(clock: Path, hours: int) -> None:
    """In one step: the program reads it at each look at its clock."""
    new = clock.with_suffix(".new")
    new.write_text(f"+{hours * 3600}\n")
    os.replace(new, clock)


def _faketime() -> str:
    """The library, where a system keeps it or beside its program; empty where there is none."""
    found = [path for place in _PLACES for path in Path("/").glob(f"{place}/{_LIBRARY}")]
    if program := shutil.which("faketime"):
        found += Path(program).resolve().parents[1].glob(f"lib/**/{_LIBRARY}")
    return str(found[0]) if found and sys.platform.startswith("linux") else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
