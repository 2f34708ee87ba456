"""What needs a program that is not here is never told as held; the real screen itself is left to the full run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fire import __main__ as fire


@pytest.mark.parametrize(
    ("trial", "missing"), [("desktop", "notify-send"), ("clock", "libfaketime")], ids=["desktop", "clock"]
)
def test_what_is_not_installed_is_not_tried(
    trial: str, missing: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("tests.fire.live._PLACES", ())
    assert fire.main(["--only", trial]) == 0
    row = capsys.readouterr().out.splitlines()[-1]
    assert f"| not tried: {missing} is not installed, 0 s | not tried |" in row
