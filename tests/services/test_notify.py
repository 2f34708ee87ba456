"""A desktop notice says honestly whether it was taken, and carries plain text only."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.services import notify


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH; `answer` puts a notify-send there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def answer(desktop: Path, script: str) -> None:
    program = desktop / "notify-send"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_without_a_desktop_nothing_is_claimed(desktop: Path) -> None:
    assert not notify.send()


def test_a_notice_is_neutral_unless_told(desktop: Path) -> None:
    answer(desktop, f"printf '%s\\n' \"$@\" >> {desktop}/said")
    assert notify.send()
    assert notify.send("--help <b>walk</b>\x1b[2J\nnow")
    assert (desktop / "said").read_text().splitlines() == [
        *("--app-name=coach", "--", "coach: a reminder is waiting"),
        *("--app-name=coach", "--", "--help <b>walk</b>[2J now"),
    ]


@pytest.mark.parametrize("script", ["exit 1", "kill -9 $$", "exec /bin/sleep 5"])
def test_a_desktop_that_does_not_take_it(desktop: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setattr(notify, "PATIENCE", 0.3)
    answer(desktop, script)
    assert not notify.send("x")


def test_a_program_that_cannot_run(desktop: Path) -> None:
    answer(desktop, "")
    (desktop / "notify-send").write_bytes(b"\x7fELF nonsense")
    assert not notify.send()
