"""A full disk, at a tenth of the trial's size."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fire import full


def test_a_full_disk_loses_nothing_and_works_again(tmp_path: Path) -> None:
    outcome = full.full_disk(tmp_path, 0.1)
    assert outcome.held, outcome.told()


def test_where_nobody_may_mount_the_limit_alone_is_tried_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full, "PRIVATE", (("false",), ("no-such-command",)))
    outcome = full.full_disk(tmp_path, 0.1)
    assert outcome.held, outcome.told()
    assert outcome.figures.startswith("a limit only, mounting is not allowed here: ")
