"""A home with sentences for moments to come, and the real full-screen program over it in a terminal of its own.

The home has no quiet hours and no zone but UTC; its sentences were set an hour ago, by another process.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from coach.bootstrap import build
from coach.paths import Paths
from tests.sources import ROOT
from tests.terminal import Terminal

CONFIG = 'zone = "UTC"\nquiet_from = "00:00"\nquiet_to = "00:00"\n'
SLOW = 5.0
"""Seconds a slow machine may take to draw it; less than what a heartbeat would need to save it."""
MISSING = "did not come"
NOW, AWAY = "Now", "While you were away"


class Desk:
    """Where somebody sits, and what was not as promised there."""

    def __init__(self, home: Path) -> None:
        self.bad: list[str] = []
        self._home, self._paths = home, Paths(str(home))
        self._keys: dict[str, str] = {}
        """Of each sentence."""
        self._open = ExitStack()
        home.mkdir(parents=True)
        (home / "config.toml").write_text(CONFIG)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_how: object) -> None:
        self._open.close()

    def set(self, words: str, seconds: float) -> datetime:
        """The whole second, so far ahead, that the sentence is for."""
        at = _ahead(seconds).replace(microsecond=0)
        sentence = build(self._paths, lambda: _ahead(-3600)).sentences.add(at.time(), words)
        self._keys[words] = f"{sentence.id}@{at.replace(tzinfo=None).isoformat()}"
        return at

    def start(self, *options: str, env: Mapping[str, str] | None = None) -> Terminal:
        """The program itself, or itself with the options of `main` in live.py; it stands on the screen."""
        program = ["-m", "tests.fire.live", *options] if options else ["-m", "coach"]
        self.terminal = Terminal([sys.executable, *program], home=self._home, cwd=ROOT, env=env)
        self._open.enter_context(self.terminal)
        self.terminal.wait_for("Today", 30)
        return self.terminal

    def rest_until(self, moment: datetime) -> None:
        """That there is time left belongs to the trial."""
        left = (moment - _ahead(0)).total_seconds()
        self.expect(left >= 0, f"{-left:.1f} s too late: this machine is too slow for the trial")
        self.terminal.rest(max(0.0, left))

    def sees(self, words: str, heading: str, seconds: float) -> float:
        """How long it took until it stood there under its heading."""
        begun = time.monotonic()
        try:
            self.terminal.wait_for(re.compile(rf"\b{heading}\b.*{words}", re.DOTALL), seconds)
        except AssertionError as error:
            self.bad.append(f"{words!r} {MISSING} under {heading!r} within {seconds:.0f} s: {error}")
        return time.monotonic() - begun

    def answer(self) -> None:
        """A key takes it away, once no key can be meant for what was there before."""
        self.terminal.rest(1.0)
        self.terminal.press("enter")
        self.terminal.rest(1.0)
        self.expect(not self.shown(), f"Enter did not take it away:\n{self.terminal.screen()}")

    def comes_no_more(self, seconds: float) -> None:
        """Nor in a program that is started anew."""
        self._is_silent(seconds)
        self.start()
        self._is_silent(3.0)

    def claimed_once(self) -> None:
        """Each of its keys is one line of the ledger, and nothing is due any more."""
        lines = (self._home / "state" / "delivered.log").read_text().splitlines()
        for words, key in self._keys.items():
            self.expect(lines.count(key) == 1, f"{words!r} was claimed {lines.count(key)} times")
        due = [one.title for one in build(self._paths).prompts.due()]
        self.expect(not due, f"{due} is still due")

    def shown(self) -> list[str]:
        """The sentences that stand on the screen."""
        screen = self.terminal.screen()
        return [words for words in self._keys if words in screen]

    def expect(self, met: object, told: str) -> None:
        if not met:
            self.bad.append(told)

    def _is_silent(self, seconds: float) -> None:
        """For so long; then a key ends it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.shown():
            self.terminal.rest(0.2)
        self.expect(not self.shown(), f"it came again:\n{self.terminal.screen()}")
        self.terminal.press("ctrl+q")
        try:
            self.expect(self.terminal.wait_exit(20) == 0, "it did not end well")
        except AssertionError as error:
            self.bad.append(f"Ctrl+Q does not end it: {error}")
            self.terminal.kill()


def _ahead(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)
