"""Child processes that start at once, forked from one that has loaded the store already, to be stopped or killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass
from importlib import import_module
from itertools import cycle
from pathlib import Path
from types import TracebackType
from typing import Any
from unittest import mock

from tests.sources import ROOT

LONGEST = 300
"""Seconds after which a child ends by itself, should nobody be left to end it."""

NAP = 0.0002
"""Seconds between the two halves of a line."""

Say = Callable[..., None]
"""Adds what it is given, as one line of JSON, to the file the child speaks to."""


@dataclass(frozen=True, slots=True)
class Child:
    """One child process and what it said so far."""

    pid: int
    said: Path
    _nursery: Nursery

    def heard(self) -> list[list[Any]]:
        """Each whole line it said."""
        return [json.loads(line) for line in self._bytes().split(b"\n")[:-1]]

    def wait_for(self, word: str, seconds: float = 60.0) -> None:
        """Until it said this word; AssertionError with what it said instead when it does not."""
        end = time.monotonic() + seconds
        while b'["' + word.encode() not in (heard := self._bytes()):
            if time.monotonic() > end or b'["bad' in heard:
                raise AssertionError(f"{word!r} was never said: {self.heard()[-3:]}")
            time.sleep(0.002)

    def send(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def ended(self) -> int:
        """Waits until it has ended, or is stopped: its exit status, or minus the signal that did it."""
        return self._nursery.ask("wait", self.pid)

    def _bytes(self) -> bytes:
        with suppress(FileNotFoundError):
            return self.said.read_bytes()
        return b""


class Nursery:
    """A process with one thread that forks the children; they end with it."""

    def __init__(self, *, without: str = "") -> None:
        """`without`: a protection of the store, by its name in tests/fire/without.py, that the children do without."""
        command = [sys.executable, "-m", "tests.fire.nursery", without]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> Nursery:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate()

    def start(self, errand: str, said: Path, *words: str) -> Child:
        """A child that runs "module:function" with `say` and these words."""
        said.parent.mkdir(parents=True, exist_ok=True)
        return Child(self.ask("start", errand, str(said), *words), said, self)

    def ask(self, *order: Any) -> int:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


def in_two_pieces(nap: float = NAP) -> AbstractContextManager[object]:
    """In a child: a slow system that takes half of a line first, as any may. Now a line can be caught in its middle."""
    write, whole = os.write, cycle((False, True))

    def piece(fd: int, data: bytes) -> int:
        if next(whole):
            return write(fd, data)
        written = write(fd, data[: (len(data) + 1) // 2])
        time.sleep(nap)
        return written

    return mock.patch.object(os, "write", piece)


def serve() -> None:
    """Carries out one order after the other until nobody gives any, then ends every child."""
    running: set[int] = set()
    for line in sys.stdin:
        what, *given = json.loads(line)
        if what == "start":
            answer = _fork(*given)
            running.add(answer)
        else:
            _, status = os.waitpid(given[0], os.WUNTRACED)
            answer = -os.WSTOPSIG(status) if os.WIFSTOPPED(status) else os.waitstatus_to_exitcode(status)
            if not os.WIFSTOPPED(status):
                running.discard(given[0])
        print(answer, flush=True)
    for pid in running:
        os.kill(pid, signal.SIGKILL)


def _fork(errand: str, said: str, *words: str) -> int:
    module, _, name = errand.partition(":")
    run = getattr(import_module(module), name)  # here, so that the next child has it already
    if pid := os.fork():
        return pid
    signal.alarm(LONGEST)
    fd = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC)
    write = os.write  # what it says is whole, whatever its errand does to the calls of the store

    def say(*line: Any) -> None:
        write(fd, json.dumps(line).encode() + b"\n")

    try:
        run(say, *words)
    except BaseException:
        say("bad", traceback.format_exc())
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    import_module("coach.storage.table")  # TinyDB, which a store loads with its first book
    with ExitStack() as stack:
        if protection := sys.argv[1]:
            stack.enter_context(import_module("tests.fire.without").without(protection))
        serve()
