"""Drives a program in a real pseudo-terminal: keys in, screen out, and every way a terminal can end."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.emulator import CELL_HEIGHT, CELL_WIDTH, Emulator
from tests.keyboard import key_bytes

LONE_ESCAPE = 0.15
"""Seconds after an Escape before the next key, or the two would be read as one sequence."""
QUIET = 0.002
"""Seconds of silence before the output is parsed: pyte is slow and must not distort what is being timed."""
CURSOR_QUESTION = b"\x1b[6n"
PASSED_ON = ("PATH", "TMPDIR", "TZ", "LD_LIBRARY_PATH", "PYTHONPATH")
DEADLY = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGPIPE, signal.SIGTSTP)


class Terminal:
    """A program and the terminal it runs in; leaving the context ends the program, and nothing else."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        home: Path | str | None = None,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        cwd: Path | str | None = None,
    ) -> None:
        self.raw = bytearray()
        """Every byte the program has written so far, as far as it was read."""
        self.chunks: list[tuple[float, float, int]] = []
        """For each read: seconds since the start, CPU seconds of the program by then, bytes in all."""
        self.painted: float | None = None
        """Seconds from the start to the first chunk that put anything on the screen."""
        self._emulator = Emulator(*size)
        self._parsed = self._chunk = 0
        self._ended = False
        self._master, slave = pty.openpty()
        _set_size(slave, *size)
        self._name = os.ttyname(slave)
        self.started = time.perf_counter()
        try:
            self._process = _start(command, slave, scrubbed(home, env), cwd)
        finally:
            os.close(slave)
        os.set_blocking(self._master, False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hang_up()
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()

    @property
    def pid(self) -> int:
        return self._process.pid

    def press(self, *keys: str) -> None:
        """Names ("down", "ctrl+q", "alt+x"), single characters, or "text:any words" typed at once."""
        for key in keys:
            self.send(key_bytes(key))
            if key in ("esc", "escape"):
                self.rest(LONE_ESCAPE)

    def send(self, data: bytes) -> None:
        """Write all of it, reading meanwhile: a terminal's buffer is small and a paste may be a megabyte."""
        while data and self._master >= 0:
            try:
                data = data[os.write(self._master, data) :]
            except BlockingIOError:
                self.read(0.05)
            except OSError:
                return  # the program is gone; what it left can still be read

    def wait_for(self, wanted: str | re.Pattern[str], timeout: float = 10.0) -> float:
        """Wait until the screen shows it; the seconds from the start to the chunk that brought it."""
        end = time.perf_counter() + timeout
        while True:
            waiting = self._parsed < len(self.raw)
            if not self.read(QUIET if waiting else 0.1):
                moment = self._parse(wanted)
                if moment is not None:
                    return moment
                if self._ended or time.perf_counter() > end:
                    raise AssertionError(f"{wanted!r} was not seen; the screen:\n{self._emulator.text()}")

    def wait_exit(self, timeout: float = 10.0) -> int:
        """The exit code, or minus the number of the signal that ended it."""
        end = time.perf_counter() + timeout
        while (code := self._process.poll()) is None:
            if time.perf_counter() > end:
                raise AssertionError(f"still running after {timeout} s; the screen:\n{self.screen()}")
            self.read(0.01)
        self.rest(0)
        return code

    def screen(self) -> str:
        """What stands on the screen now."""
        while self.read(QUIET):
            pass
        self._parse(None)
        return self._emulator.text()

    def left_on(self) -> set[int]:
        """The terminal's modes that are not as they were before the program."""
        self.screen()
        return self._emulator.left_on()

    def rest(self, seconds: float) -> None:
        """Let time pass, as a terminal does: reading."""
        end = time.perf_counter() + seconds
        while self.read(max(0.0, end - time.perf_counter())) or (not self._ended and time.perf_counter() < end):
            pass

    def resize(self, columns: int, rows: int) -> None:
        self.screen()  # what was drawn for the old size must be read at the old size
        self._emulator.resize(columns, rows)
        _set_size(self._master, columns, rows)

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        self._process.send_signal(number)

    def hang_up(self) -> None:
        """Close the window."""
        if self._master >= 0:
            os.close(self._master)
        self._master, self._ended = -1, True

    def stand_still(self) -> None:
        """Take nothing more, as a connection does that is lost and not yet given up."""
        side = os.open(self._name, os.O_RDWR | os.O_NOCTTY)
        termios.tcflow(side, termios.TCOOFF)
        os.close(side)

    def read(self, timeout: float) -> bool:
        """Read one chunk if any comes in time, and answer what it asks."""
        if self._ended:
            time.sleep(min(timeout, 0.01))
            return False
        if not select.select([self._master], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # EIO: nobody holds the other side any more
            data = b""
        if not data:
            self._ended = True
            return False
        self.raw += data
        self.chunks.append((time.perf_counter() - self.started, cpu_seconds(self.pid), len(self.raw)))
        if CURSOR_QUESTION in data:
            self._parse(None)  # the answer depends on everything drawn before the question
        if replies := self._emulator.answers(data):
            self.send(replies)
        return True

    def _parse(self, wanted: str | re.Pattern[str] | None) -> float | None:
        """Feed what was read, chunk by chunk, until the screen shows what is wanted."""
        if wanted is not None and self._shows(wanted):
            return self.chunks[self._chunk - 1][0] if self._chunk else 0.0
        while self._chunk < len(self.chunks):
            moment, _, end = self.chunks[self._chunk]
            self._emulator.feed(bytes(self.raw[self._parsed : end]))
            self._parsed, self._chunk = end, self._chunk + 1
            if self.painted is None and self._emulator.painted():
                self.painted = moment
            if wanted is not None and self._shows(wanted):
                return moment
        return None

    def _shows(self, wanted: str | re.Pattern[str]) -> bool:
        text = self._emulator.text()
        return wanted in text if isinstance(wanted, str) else wanted.search(text) is not None


def scrubbed(home: Path | str | None, env: Mapping[str, str] | None = None) -> dict[str, str]:
    """A small, known environment: nothing of the person who runs the tests gets in, nor their data."""
    known = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    known |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    if home is not None:
        known |= {"COACH_HOME": str(home), "HOME": str(home)}
    return known | dict(env or {})


def cpu_seconds(pid: int) -> float:
    """CPU of all threads of one process, dead ones too, to the nanosecond; 0 where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return 0.0
    try:
        return time.clock_gettime((~pid << 3) | 2)  # how Linux numbers the CPU clock of a process
    except OSError:
        return 0.0


def _start(
    command: Sequence[str], slave: int, env: Mapping[str, str], cwd: Path | str | None
) -> subprocess.Popen[bytes]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside threads: the child runs five calls
        return subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=env,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509  (it only makes system calls)
        )


def _take_terminal() -> None:
    """In the child: forget inherited signal masks and `nohup`, and make the terminal the controlling one."""
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for number in DEADLY:
        signal.signal(number, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _set_size(terminal: int, columns: int, rows: int) -> None:
    pixels = columns * CELL_WIDTH, rows * CELL_HEIGHT
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, *pixels))
