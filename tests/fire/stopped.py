"""A writer stopped in its change, with the lock in its hand: nobody waits for it for long, and nobody loses by it."""

from __future__ import annotations

import fcntl
import os
import signal
import time
from pathlib import Path
from typing import Any
from unittest import mock

from coach.storage import disk
from tests.fire import raw
from tests.fire.nursery import Child, Nursery, Say
from tests.fire.pen import everything, open_now
from tests.fire.trial import Outcome
from tests.storage.homes import document, edit, put

SHARED = "2611-shared"
POINTS = {
    "before its first line": ("data", "plan.log"),
    "its first line not yet on the disk": ("fsync", ""),
    "between log and second copy": ("state", "plan.log"),
    "between plan and month": ("data", "2026-11.log"),
    "before undo": ("state", "undo.log"),
}
"""Where the holder stops: as it is about to add to this file."""
PATIENCE = 2.0
"""Seconds within which the other writer is acknowledged."""


def stopped_holder(folder: Path, share: float) -> Outcome:
    """At each point one that is let go on and one that is killed: all of them at any share, it is three seconds."""
    cases = [(point, killed) for point in POINTS for killed in (False, True)]
    with Nursery() as nursery:
        scenes = [_Scene(folder / str(number), *case, nursery) for number, case in enumerate(cases)]
        others = [scene.let_the_other_write() for scene in scenes]
        for scene, other in zip(scenes, others, strict=True):
            scene.see(other)
            scene.end()
    bad = tuple(f"{scene.name}: {told}" for scene in scenes for told in scene.bad)
    slowest = max(scene.seconds for scene in scenes)
    return Outcome("the holder of the lock stopped", f"{len(cases)} times, the other waited {slowest:.2f} s", bad)


def hold(say: Say, home: str, point: str) -> None:
    """A change over two books that stops at this point."""
    store = open_now(home)
    folder, name = POINTS[point]
    append, add, sync = disk.append, disk.add, disk.sync
    stops = iter([signal.SIGSTOP])

    def stop() -> None:
        for number in stops:  # once
            os.kill(os.getpid(), number)

    def stop_at(path: str) -> None:
        if path.startswith(os.path.join(home, folder, "")) and path.endswith(name):
            stop()

    def stopping_append(path: str, *rest: Any, **more: Any) -> disk.Appended:
        stop_at(path)
        return append(path, *rest, **more)

    def stopping_add(path: str, *rest: Any, **more: Any) -> Any:
        stop_at(path)
        return add(path, *rest, **more)

    def stopping_sync(fd: int) -> None:
        if folder == "fsync":
            stop()
        sync(fd)

    with mock.patch.multiple(disk, append=stopping_append, add=stopping_add, sync=stopping_sync), store.change("Hold"):
        edit(store, "shared", SHARED, holder=1, last="holder")
        store.table("plan", "goals").insert(document("p-holder", n=1))
    say("ok")


def do_not_wait(say: Say, home: str) -> None:
    """The other writer."""
    store = open_now(home)
    begun = time.monotonic()
    with store.change("Other"):
        edit(store, "shared", SHARED, other=1, last="other")
        store.table("plan", "goals").insert(document("p-other", n=1))
    say("ok", time.monotonic() - begun)


class _Scene:
    """One home, in which a writer has just stopped."""

    def __init__(self, folder: Path, point: str, killed: bool, nursery: Nursery) -> None:
        self.name = f"stopped {point}, then {'killed' if killed else 'let go on'}"
        self.bad: list[str] = []
        self.seconds = 0.0
        self._folder, self._home = folder, folder / "home"
        self._killed, self._nursery = killed, nursery
        self._whole = not killed or point != "before its first line"
        """Whether the change of the holder is there in the end."""
        store = open_now(str(self._home))
        put(store, "shared", SHARED, last="")
        put(store, "goals", "p-first", n=1)
        self._reader = open_now(str(self._home))
        self._seen(self._reader)
        self._holder = nursery.start("tests.fire.stopped:hold", folder / "holder", str(self._home), point)
        self._stands = self._holder.ended() == -signal.SIGSTOP
        self._expect(self._stands, f"the holder did not stop: {self._holder.heard()}")
        self._expect(self._is_locked(), "the holder had not taken the lock")

    def let_the_other_write(self) -> Child:
        return self._nursery.start("tests.fire.stopped:do_not_wait", self._folder / "other", str(self._home))

    def see(self, other: Child) -> None:
        """The other is acknowledged in time, and everybody sees its change while the holder still stands."""
        other.wait_for("ok")
        self.seconds = other.heard()[0][1]
        self._expect(self.seconds <= PATIENCE, f"the other waited {self.seconds:.2f} s")
        self._expect(len(raw.waiting(self._home)) == 1, f"{raw.waiting(self._home)} in the waiting folder")
        self._reader.catch_up()
        for reader in (self._reader, open_now(str(self._home))):
            found = self._seen(reader)
            self._expect("p-other" in found and found[SHARED].get("other") == 1, f"readers saw {found}")

    def end(self) -> None:
        """The holder goes on or dies, another writes; both changes are there as they should be and nothing waits."""
        if not self._stands:
            return
        self._holder.send(signal.SIGKILL if self._killed else signal.SIGCONT)
        status = self._holder.ended()
        self._expect(status == (-signal.SIGKILL if self._killed else 0), f"the holder ended with {status}")
        self._expect(self._killed or self._holder.heard()[-1] == ["ok"], f"it said {self._holder.heard()}")
        put(open_now(str(self._home)), "moods", "2611-after", value=3)
        self._expect(not raw.waiting(self._home), f"{raw.waiting(self._home)} still wait")
        self._reader.catch_up()
        for reader in (self._reader, open_now(str(self._home))):
            self._expect_both(self._seen(reader))
        self.bad += raw.unlike(self._home, allowed=int(self._killed))
        self.bad += [f"{path.name} has torn lines" for path in raw.files(self._home) if raw.lines_of(path).torn]

    def _expect_both(self, found: dict[str, dict[str, Any]]) -> None:
        shared = found[SHARED]
        held = ("p-holder" in found, shared.get("holder") == 1)
        self._expect(held == (self._whole,) * 2, f"of the holder's change there is {held}")
        self._expect("p-other" in found and shared.get("other") == 1, "the other's change is lost")
        self._expect(shared["last"] in ("holder", "other")[1 - self._whole :], f"last is {shared['last']}")
        self._expect({"p-first", "2611-after"} <= found.keys(), "an earlier or a later change is lost")

    def _seen(self, reader: Any) -> dict[str, dict[str, Any]]:
        return {record: fields for _, record, fields in everything(reader)}

    def _is_locked(self) -> bool:
        with (self._home / "state" / "lock").open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False

    def _expect(self, met: object, told: str) -> None:
        if not met:
            self.bad.append(told)
