"""Writers killed again and again at any moment: what they were told is saved stays, and nothing else comes of it."""

from __future__ import annotations

import random
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

from coach.storage.undo import TakenBack
from tests.fire import raw
from tests.fire.nursery import Child, Nursery
from tests.fire.pen import SHARED, open_now
from tests.fire.trial import Outcome, scaled
from tests.fire.witness import Witness
from tests.storage.homes import put, visible

KILLS, KILLS_A_HOME = 1000, 20
"""A home grows by a few hundred changes a kill: a fresh one now and then, so that opening it stays cheap."""
LIFE = (0.05, 0.35)
"""Seconds from a writer's first acknowledgement to its death."""
FOUR = "abcd"


def one_writer(folder: Path, share: float) -> Outcome:
    return _kill("SIGKILL, one writer", folder, scaled(KILLS, share, 3), "a")


def four_writers(folder: Path, share: float) -> Outcome:
    return _kill("SIGKILL, four writers at once", folder, scaled(KILLS, share, 8), FOUR)


def _kill(name: str, folder: Path, kills: int, writers: str, without: str = "") -> Outcome:
    bad: list[str] = []
    acknowledged = torn = 0
    with Nursery(without=without) as nursery:
        for number, first in enumerate(range(0, kills, KILLS_A_HOME)):
            home = _Home(folder / str(number), writers, nursery)
            try:
                home.kill(min(KILLS_A_HOME, kills - first))
            except AssertionError as silent:
                return Outcome(name, f"ended in home {number}", (*bad, *home.witness.bad, str(silent)))
            bad += [f"home {number}: {told}" for told in home.bad()]
            acknowledged, torn = acknowledged + home.witness.acknowledged, torn + home.torn
    figures = f"{kills:,} kills, {acknowledged:,} acknowledged ({acknowledged // kills} a kill), {torn} lines cut short"
    return Outcome(name, figures, tuple(bad))


@dataclass(slots=True)
class _Home:
    """One home, its writers, and when they died."""

    folder: Path
    writers: str
    nursery: Nursery
    kills: int = 0
    ends: set[tuple[Path, int]] = field(default_factory=set)
    """With one writer: every file and where it ended when the writer was killed."""
    torn: int = 0
    witness: Witness = field(init=False)
    _chance: random.Random = field(init=False)
    _alive: dict[str, tuple[Child, float]] = field(default_factory=dict)
    """Writer to its process and the moment it dies."""

    def __post_init__(self) -> None:
        self.witness = Witness(self.writers)
        self._chance = random.Random(self.folder.name)
        store = open_now(str(self.folder / "home"))
        for record in SHARED:
            put(store, "shared", record, last="")

    def kill(self, times: int) -> None:
        """So often; a writer that died is followed by another at once, and at the end all of them die together."""
        for writer in self.writers:
            self._bear(writer)
        while self.kills < times - len(self.writers):
            writer, (_, dies) = min(self._alive.items(), key=lambda one: one[1][1])
            time.sleep(max(0.0, dies - time.monotonic()))
            self._end(writer)
            self._bear(writer)
        time.sleep(self._chance.uniform(*LIFE))
        for child, _ in self._alive.values():
            child.send(signal.SIGKILL)
        for writer in self.writers:
            self._end(writer)

    def bad(self) -> list[str]:
        """Everything that is not as it was said, with the home read anew; at the end it takes changes, and undo."""
        self.witness.look(open_now(self._path))
        store = open_now(self._path)
        put(store, "moods", "2611-after", value=3, who="")
        told = store.take_back("undo"), store.take_back("redo")
        if told != (TakenBack("Put"),) * 2 or "2611-after" not in visible(store)["moods"]:
            self.witness.bad.append(f"undo and redo at the end said {told}")
        if left := raw.waiting(self.folder / "home"):
            self.witness.bad.append(f"{len(left)} changes still wait after another was written")
        self.witness.look(open_now(self._path))
        self.witness.order(raw.stamps(self.folder / "home", "shared", "last"))
        return [*self.witness.bad, *self._bad_lines()]

    @property
    def _path(self) -> str:
        return str(self.folder / "home")

    def _bear(self, writer: str) -> None:
        said = self.folder / "said" / f"{writer}{self.kills}"
        alone = "alone" if len(self.writers) == 1 else ""
        child = self.nursery.start("tests.fire.chores:live", said, self._path, writer, str(said), alone)
        child.wait_for("ok")
        self._alive[writer] = (child, time.monotonic() + self._chance.uniform(*LIFE))

    def _end(self, writer: str) -> None:
        child, _ = self._alive.pop(writer)
        child.send(signal.SIGKILL)
        if (status := child.ended()) != -signal.SIGKILL:
            self.witness.bad.append(f"{writer} ended by itself with {status}")
        self.kills += 1
        if not self._alive:
            self.ends |= {(lines, lines.stat().st_size) for lines in raw.files(self.folder / "home")}
        self.witness.hear(writer, child.heard())
        child.said.unlink()

    def _bad_lines(self) -> list[str]:
        """Lines nobody can read are where a writer was killed, one a kill at most, and the second copy is one."""
        home, bad = self.folder / "home", []
        for path in raw.files(home):
            torn = raw.lines_of(path).torn
            self.torn += len(torn)
            elsewhere = (
                [end for end in torn if (path, end) not in self.ends] if len(self.writers) == 1 else torn[self.kills :]
            )
            if elsewhere:
                bad.append(f"{path.name}: {len(elsewhere)} lines nobody can read, where nobody was killed")
        return [*bad, *raw.unlike(home, allowed=self.kills)]
