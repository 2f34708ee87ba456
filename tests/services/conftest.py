"""What every test of a service may ask for: a clock set by hand, and coach at that moment in a home of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.bootstrap import Coach
from tests.services.clock import Watch, coach_at


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def coach(tmp_path: Path, watch: Watch) -> Coach:
    return coach_at(tmp_path, watch)
