"""Runs the commands for the tests: in this process where that is enough, in one of their own where it is not."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from coach.cli.main import run
from tests.sources import ROOT
from tests.terminal import scrubbed


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Home:
    """A person's home, and the commands given in it."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.path, self._capsys, self._monkeypatch = path, capsys, monkeypatch

    def coach(self, *words: str, piped: str | bytes | None = None) -> Said:
        """In this process, quickly."""
        data = piped.encode() if isinstance(piped, str) else piped
        with self._monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", None if data is None else io.TextIOWrapper(io.BytesIO(data)))
            self._capsys.readouterr()
            code = run([*words, "--home", str(self.path)])
        told = self._capsys.readouterr()
        return Said(code, told.out, told.err)

    def json(self, *words: str, piped: str | None = None) -> Any:
        """The JSON of a command that ends well."""
        said = self.coach(*words, "--json", piped=piped)
        assert said.code == 0, said
        assert said.json["schema"] == 1
        return said.json

    def process(self, *words: str, env: Mapping[str, str] | None = None, **given: Any) -> Said:
        """In a process of its own."""
        ended = subprocess.run(
            [sys.executable, "-m", "coach", *words],
            env=scrubbed(self.path, env),
            cwd=ROOT,
            timeout=60,
            check=False,
            **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **given},
        )
        return Said(ended.returncode, (ended.stdout or b"").decode(), (ended.stderr or b"").decode())

    def another(self) -> Home:
        """A second, empty home."""
        return Home(self.path.with_name("another"), self._capsys, self._monkeypatch)

    def files(self) -> list[Path]:
        return sorted(path for path in self.path.rglob("*") if path.is_file())


def as_owner_only() -> bool:
    """Whether file modes stop this process; they do not stop root."""
    return os.geteuid() != 0
