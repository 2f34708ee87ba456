"""The real program over a home that has been used before: what it shows, and waiting for it."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from coach.bootstrap import build
from coach.paths import Paths
from coach.storage import disk
from coach.ui.app import CoachApp

SIZES = ((40, 15), (1, 1), (80, 24))


def started(home: Path) -> CoachApp:
    config = home / "config.toml"
    if not config.exists():  # an empty home opens the first run
        config.write_text('theme = "dusk"\n')
    return CoachApp(build(Paths(str(home))))


def shown(app: CoachApp) -> str:
    """What stands on the screen, line by line."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def until(pilot: Pilot[int], true: Callable[[], object]) -> None:
    for _turn in range(300):
        if true():
            return
        await pilot.pause(0.02)
    raise AssertionError(f"it did not come; there is:\n{shown(pilot.app)}")  # type: ignore[arg-type]  # it is a CoachApp


async def until_shown(pilot: Pilot[int], words: str) -> None:
    await until(pilot, lambda: words in shown(pilot.app))  # type: ignore[arg-type]  # it is a CoachApp


def fill_the_disk(patch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    patch.setattr(disk, "append", refuse)
