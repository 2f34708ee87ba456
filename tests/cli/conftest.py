"""A fresh home for each test of a command."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import Home


@pytest.fixture
def home(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    for name in ("TZ", "COACH_HOME"):
        monkeypatch.delenv(name, raising=False)
    before = os.umask(0o077)  # __main__ sets it, and these tests start behind it
    environment = dict(os.environ)
    yield Home(tmp_path / "home", capsys, monkeypatch)
    os.umask(before)
    os.environ.update(environment)  # `coach keys` takes Textual's own variables out, and pytest wants them back
