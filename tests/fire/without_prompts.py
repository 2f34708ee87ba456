"""What each protection of the prompts is switched off by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import tzinfo
from typing import Any

import pytest

from coach.domain import prompts
from coach.domain.asks import Ask, Known
from coach.services import alarm
from coach.storage import disk, ledger_lines
from coach.storage.ledger import Ledger


def _no_claim(patch: pytest.MonkeyPatch) -> None:
    """Whoever sees a prompt due shows it, and notes it as well as may be."""

    def claim_if(self: Ledger, keys: Iterable[str], took: Callable[[set[str]], bool]) -> set[str]:
        asked = set(keys)
        if asked and took(asked):
            for key in asked - self.known().claimed:
                disk.add(self._path, ledger_lines.shown(key) + b"\n")
        return asked

    patch.setattr(Ledger, "claim_if", claim_if)


def _no_local_key(patch: pytest.MonkeyPatch) -> None:
    """A prompt goes by the moment it comes, not by what the clock on the wall shows then."""
    real = prompts._chain

    def chain(base: str, ask: Ask, known: Known, zone: tzinfo) -> Iterator[Any]:
        for moment in real(base, ask, known, zone):
            moment.key = f"{ask.subject}@{moment.instant.replace(tzinfo=None).isoformat()}"
            yield moment

    patch.setattr(prompts, "_chain", chain)


def _no_heartbeat(patch: pytest.MonkeyPatch) -> None:
    """One job, the next moment, by APScheduler's timer alone."""

    def begin(self: alarm._Clock, scheduler: Any, beat: Callable[[], Any]) -> None:
        self._scheduler = scheduler

    patch.setattr(alarm._Clock, "_begin", begin)
    patch.setattr(alarm._Clock, "_hasten", lambda self: None)


def _no_grace(patch: pytest.MonkeyPatch) -> None:
    """APScheduler's own: what is more than a second late is dropped."""
    patch.setitem(alarm._JOBS, "misfire_grace_time", 1)


PROTECTIONS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "the claim": _no_claim,
    "the local-time key": _no_local_key,
    "the heartbeat": _no_heartbeat,
    "the misfire grace": _no_grace,
}
