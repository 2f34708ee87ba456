"""A small share of the histories of several devices."""

from __future__ import annotations

from pathlib import Path

from tests.fire.devices import several_devices


def test_three_devices_agree_and_lose_nothing(tmp_path: Path) -> None:
    outcome = several_devices(tmp_path, 0.2)
    assert outcome.held, outcome.told()
