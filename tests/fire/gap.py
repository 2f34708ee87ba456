"""How long a change has one copy only: from its acknowledgement until the second copy is on the disk as well.

While a process runs, or has only crashed, the second copy is complete: it is written before the acknowledgement.
A power cut takes what was not synced of it; if the same cut, or the disk, also damages the end of the log, the changes
of that time are gone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from coach.storage import disk, writer
from coach.storage.store import Store
from tests.fire.trial import Outcome, scaled
from tests.sources import ROOT
from tests.storage.homes import NOVEMBER, log_of, open_store, put, visible

PERIODS, CUTS, CRASHES = 4, 200, 50
SHORT = 0.4
"""Seconds instead of the writer's own, for a look."""
SLACK = 0.5
"""Seconds for the change that is being written when the time is up, and for the sync itself."""
COMMANDS = (["add", "walk"], ["log", "mood", "5"], ["done", "walk"], ["undo"], ["undo", "--redo"])
_COMMAND = """
import json, os, sys
from coach.storage import disk
waiting = set()
def told(real, note):
    def call(path, *given, **more):
        found = real(path, *given, **more)
        if os.path.basename(os.path.dirname(path)) == "mirror":
            note(path)
        return found
    return call
disk.append, disk.sync_file = told(disk.append, waiting.add), told(disk.sync_file, waiting.discard)
from coach.cli.main import run
code = run(sys.argv[1:])
print(json.dumps([code, len(waiting)]), file=sys.stderr)
"""


def before_the_second_copy(folder: Path, share: float) -> Outcome:
    """A small share shortens the writer's time; the full size waits as long as the program does."""
    bad = [*_crashes(folder / "crash", scaled(CRASHES, share, 5)), *_commands(folder / "commands")]
    with pytest.MonkeyPatch.context() as patch:
        if share < 0.5:
            patch.setattr(writer, "MIRROR_AFTER", SHORT)
        stated = writer.MIRROR_AFTER
        life = _Life(folder / "writer", stated * scaled(PERIODS, share, 2))
        life.live(patch)
    waits = life.waits()
    if waits[-1] > stated + SLACK:
        bad.append(f"a change had one copy for {waits[-1]:.2f} s")
    lost, oldest = life.cut(scaled(CUTS, share, 20), folder / "cut")
    if oldest > stated + SLACK:
        bad.append(f"a power cut took a change that was {oldest:.2f} s old")
    gap = f"second copy on the disk {waits[len(waits) // 2]:.1f} s (median) to {waits[-1]:.2f} s after a change"
    figures = f"{len(waits):,} changes: {gap}, {stated:g} s stated; commands and the end of a program leave none"
    cuts = f"{life.tried:,} power cuts with the log's end damaged: {lost} lost, the oldest {oldest:.2f} s old"
    return Outcome(
        "before the second copy", f"{figures}; {cuts}; {scaled(CRASHES, share, 5)} crashes: 0 lost", tuple(bad)
    )


def _crashes(folder: Path, number: int) -> list[str]:
    """A process ends without syncing the second copy, and the end of the log is damaged: nothing is lost."""
    bad = []
    for seed in range(number):
        home, chance = folder / str(seed), Random(seed)
        store = open_store(home)
        for record in range(10):
            put(store, "items", f"2611-{record}", n=record)
        data = log_of(home).read_bytes()
        cut = chance.randrange(len(data))
        log_of(home).write_bytes(data[:cut] + chance.randbytes(chance.choice((0, len(data) - cut))))
        found = len(visible(open_store(home)).get("items", {}))
        bad += [f"crash {seed}: {10 - found} of 10 lost"] if found != 10 else []
    return bad


def _commands(home: Path) -> list[str]:
    """Each command syncs what it wrote before it ends."""
    bad = []
    for words in COMMANDS:
        command = [sys.executable, "-c", _COMMAND, *words, "--home", str(home)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
        code, waiting = json.loads(done.stderr.splitlines()[-1])
        if code or waiting:
            bad.append(f"coach {words[0]} ended with {code} and {waiting} second copies not synced")
    return bad


@dataclass(slots=True)
class _Life:
    """A writer at work: when each change was acknowledged, and when how much of the second copy was on the disk."""

    home: Path
    seconds: float
    saved: list[tuple[float, str]] = field(default_factory=list)
    """Time and record of each change."""
    synced: list[tuple[float, float, int]] = field(default_factory=list)
    """When a sync of the second copy began and ended, and the bytes it was for."""
    tried: int = 0

    def live(self, patch: pytest.MonkeyPatch) -> None:
        real, chance = disk.sync_file, Random(7)

        def sync_file(path: str) -> None:
            begun, size = time.monotonic(), Path(path).stat().st_size
            real(path)
            self.synced.append((begun, time.monotonic(), size))

        patch.setattr(disk, "sync_file", sync_file)
        store = open_store(self.home)
        thread = writer.Writer(store)
        end = time.monotonic() + self.seconds + chance.random()
        while time.monotonic() < end:
            self._save(store, thread)
            time.sleep(chance.choice((0.0, 0.002, 0.05)))
        thread.close(10)

    def _save(self, store: Store, thread: writer.Writer) -> None:
        record = f"2611-{len(self.saved)}"
        thread.submit(put, store, "items", record, n=len(self.saved)).result()
        self.saved.append((time.monotonic(), record))

    def waits(self) -> list[float]:
        """Seconds that each change had one copy on the disk, shortest first."""
        return sorted(
            min((end - saved for begun, end, _ in self.synced if begun >= saved), default=float("inf"))
            for saved, _ in self.saved
        )

    def cut(self, number: int, folder: Path) -> tuple[int, float]:
        """Changes lost over all power cuts, and the age of the oldest of them in seconds."""
        whole = log_of(self.home).read_bytes().splitlines(keepends=True)
        mirror = (self.home / "state" / "mirror" / f"{NOVEMBER}.log").read_bytes()
        chance, lost, oldest = Random(11), 0, 0.0
        for seed in range(number):
            moment = chance.uniform(self.saved[0][0], self.saved[-1][0])
            before = [(saved, record) for saved, record in self.saved if saved <= moment]
            kept = max((size for _, end, size in self.synced if end <= moment), default=0)
            home = folder / str(seed)
            books, second = home / "data" / "books" / "here", home / "state" / "mirror"
            books.mkdir(parents=True)
            second.mkdir(parents=True)
            lines = whole[: 1 + max(0, len(before) - chance.randint(1, 2 * len(before)))]
            (books / f"{NOVEMBER}.log").write_bytes(b"".join(lines) + chance.randbytes(100))
            (second / f"{NOVEMBER}.log").write_bytes(mirror[:kept])
            found = visible(open_store(home)).get("items", {})
            gone = [moment - saved for saved, record in before if record not in found]
            lost, oldest = lost + len(gone), max([oldest, *gone])
            self.tried += 1
        return lost, oldest
