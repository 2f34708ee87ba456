"""install and uninstall show what they would do, and do it only when told to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coach.bootstrap import build
from coach.cli import timers
from coach.paths import Paths
from coach.services.units import KINDS
from tests.cli.running import Home


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a person's own files are; not where coach keeps its own."""
    monkeypatch.setenv("HOME", str(tmp_path / "person"))
    for name in timers.SET_ELSEWHERE:
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "person").mkdir()
    return tmp_path / "person"


@pytest.mark.parametrize("kind", KINDS)
def test_looking_writes_nothing(home: Home, person: Path, kind: str) -> None:
    for what in ("install", "uninstall"):
        said = home.coach("remind", what, kind)
        assert said.code == 0
        assert "--yes" in said.err
        assert str(home.path) in said.out or what == "uninstall"
    data = home.json("remind", "install", kind)
    assert (data["kind"], data["written"]) == (kind, False)
    assert "remind --once" in "".join([*(file["text"] for file in data["files"]), data["line"]]).replace(
        "</string>\n\t\t<string>", " "
    )
    assert not list(person.rglob("*"))


def test_told_to_it_writes_and_says_how_to_begin(home: Home, person: Path) -> None:
    said = home.coach("remind", "install", "systemd", "--yes")
    assert said.code == 0
    assert "systemctl --user enable --now coach.timer" in said.err
    timer = person / ".config" / "systemd" / "user" / "coach.timer"
    assert timer.read_text() in said.out
    timer.write_text("[Timer]\n")
    for what in ("install", "uninstall"):
        refused = home.coach("remind", what, "systemd", "--yes")
        assert (refused.code, refused.out) == (2, "")
        assert str(timer) in refused.err
    assert timer.read_text() == "[Timer]\n"
    timer.unlink()
    assert "Taken away" in home.coach("remind", "uninstall", "systemd", "--yes").out
    assert home.coach("remind", "uninstall", "systemd", "--yes").code == 3
    assert not [path for path in person.rglob("*") if path.is_file()]


def test_the_written_command_really_tells(home: Home, person: Path, tmp_path: Path) -> None:
    """What Android would run, run: in another folder, with an environment that says nothing."""
    script = home.coach("remind", "install", "termux", "--yes")
    assert script.code == 0
    path = person / ".termux" / "coach.sh"
    path.write_text(path.read_text().replace("/data/data/com.termux/files/usr/bin/sh", "/bin/sh"))
    done = subprocess.run([str(path)], cwd=tmp_path, env={}, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_command_names_its_program_home_and_surroundings(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    coach = build(Paths(str(home.path)))
    own = tmp_path / "coach"
    own.write_text("#!/bin/sh\n")
    own.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(own)])
    assert timers.command(coach, {}) == [str(own), "remind", "--once", "--home", str(home.path)]
    around = timers.command(coach, {"TZ": "Europe/Dublin", "XDG_STATE_HOME": "/x y", "PATH": "/bin"})
    assert around[0].endswith("/env")
    assert around[1:4] == ["XDG_STATE_HOME=/x y", "TZ=Europe/Dublin", str(own)]
    monkeypatch.setattr(sys, "argv", ["elsewhere.py"])
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "python"))
    assert timers.command(coach, {})[:3] == [str(tmp_path / "bin" / "python"), "-m", "coach"]
    monkeypatch.delenv("COACH_HOME", raising=False)
    assert "--home" not in timers.command(build(Paths()), dict(os.environ))
