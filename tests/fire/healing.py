"""Whoever mends a damaged home is killed at any moment: nothing is lost by it, and the next one brings it to an end."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

from coach.storage.care.heal import heal
from tests.fire import raw
from tests.fire.nursery import Nursery, Say, in_two_pieces
from tests.fire.pen import SHARED, open_now
from tests.fire.trial import Outcome, scaled
from tests.fire.witness import Witness
from tests.storage.homes import put

HOMES, KILLS = 50, 10
"""Homes, each damaged and written to until it was mended this often in vain."""
SOONEST, LATEST = 0.002, 0.1
"""Seconds from the moment it begins to mend to its death, the short ones as often as the long ones."""
BLOCK = 512
"""Bytes that a bad place of the disk has in one piece."""


def killed_while_healing(folder: Path, share: float) -> Outcome:
    chance = random.Random(20261123)
    homes, cut = scaled(HOMES, share, 2), 0
    bad: list[str] = []
    with Nursery() as nursery:
        for number in range(homes):
            home, witness = _written(folder / str(number), nursery)
            for kill in range(KILLS):
                if not (files := raw.files(home)):
                    return Outcome("SIGKILL while mending", "ended early", (*bad, *witness.bad, "no log is left"))
                _damage(chance.choice(files), chance)
                cut += _mend_a_little(
                    home, folder / f"{number}-{kill}", nursery, SOONEST * (LATEST / SOONEST) ** chance.random()
                )
                witness.look(open_now(str(home)))
                heal(open_now(str(home)), thorough=True)
                witness.look(open_now(str(home)))
                witness.bad += raw.unlike(home, allowed=0)
                witness.bad += [
                    f"{path.name} has torn lines still" for path in raw.files(home) if raw.lines_of(path).torn
                ]
            bad += [f"home {number}: {told}" for told in witness.bad]
    return Outcome("SIGKILL while mending", f"{homes * KILLS:,} kills, {cut:,} of them before it was done", tuple(bad))


def mend(say: Say, home: str) -> None:
    store = open_now(home)
    say("begun")
    with in_two_pieces(nap=0.01):  # most of its time it stands in the middle of a write
        heal(store, thorough=True)
    say("done")


def _written(folder: Path, nursery: Nursery) -> tuple[Path, Witness]:
    """A home a writer has lived in for a moment."""
    home = folder / "home"
    store = open_now(str(home))
    for record in SHARED:
        put(store, "shared", record, last="")
    child = nursery.start("tests.fire.chores:live", folder / "said", str(home), "a", folder.name, "")
    child.wait_for("ok")
    time.sleep(0.1)
    child.send(signal.SIGKILL)
    child.ended()
    witness = Witness("a")
    witness.hear("a", child.heard())
    heal(open_now(str(home)), thorough=True)  # of what the death left, only one copy may have been written
    witness.look(open_now(str(home)))
    return home, witness


def _damage(path: Path, chance: random.Random) -> None:
    """One file of a home: cut short, gone, or a block of it unreadable."""
    data, kind = path.read_bytes(), chance.randrange(3)
    place = chance.randrange(len(data))
    if kind == 0:
        path.write_bytes(data[:place])
    elif kind == 1:
        path.unlink()
    else:
        path.write_bytes(data[:place] + b"\0" * BLOCK + data[place + BLOCK :])


def _mend_a_little(home: Path, said: Path, nursery: Nursery, seconds: float) -> bool:
    """Whether it was killed before it was done."""
    child = nursery.start("tests.fire.healing:mend", said, str(home))
    child.wait_for("begun")
    time.sleep(seconds)
    child.send(signal.SIGKILL)
    child.ended()
    return ["done"] not in child.heard()
