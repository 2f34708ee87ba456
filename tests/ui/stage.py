"""A home at a moment of one's choosing, and what stands on the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from coach.bootstrap import Coach, build, system_now
from coach.paths import Paths
from tests.ui.started import shown as frame

__all__ = ["MORNING", "frame", "home"]

MORNING = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
"""A Monday; Today has both what is past and what is to come."""


def home(path: Path, config: str = "", now: Callable[[], datetime] | None = None) -> Coach:
    """Coach over a home that has been used before; without a clock, the computer's own."""
    settings = path / "config.toml"
    if config or not settings.exists():  # an empty home opens the first run
        settings.write_text(f'zone = "UTC"\n{config}' if now else f'theme = "dusk"\n{config}')
    return build(Paths(str(path)), now or system_now)
