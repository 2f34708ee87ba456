"""Every way of telling says honestly whether it was taken, and hands over one harmless line that others cannot read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from coach.services.channels import osc, programs, terminal
from coach.services.channels.bell import Bell
from coach.services.channels.channel import LONGEST, Channel
from coach.services.channels.desktop import Desktop
from coach.services.channels.notify_send import NotifySend
from coach.services.channels.osascript import Osascript
from coach.services.channels.osc import Dialect, Osc
from coach.services.channels.termux import TermuxNotification
from tests.sources import ROOT
from tests.terminal import Terminal

HOSTILE = '--help <b>walk</b>\x1b[2J\x9b2J\u202e\x07\x1b\\\nnow; "9;4;1" \\ $(id) `id`'
HARMLESS = '--help <b>walk</b>[2J2J\\ now; "9;4;1" \\ $(id) `id`'
PROGRAMS: tuple[Channel, ...] = (NotifySend(), Osascript(), TermuxNotification())
DIALECTS: tuple[Dialect, ...] = ("osc9", "osc777", "osc99")


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH; `program` puts one there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(folder: Path, name: str, script: str = "") -> None:
    """Keeps its arguments and what it reads, each between markers, then does as the script says."""
    path = folder / name
    keep = f"printf '%s\\n' \"$@\" > '{folder}/{name}.argv'\n/bin/cat > '{folder}/{name}.stdin'\n"
    path.write_text(f"#!/bin/sh\n{keep}{script}\n")
    path.chmod(0o755)


def kept(folder: Path, name: str, part: str) -> str:
    return (folder / f"{name}.{part}").read_text()


@pytest.mark.parametrize("channel", [*PROGRAMS, Desktop()], ids=lambda one: one.name)
def test_without_its_program_nothing_is_taken(desktop: Path, channel: Channel) -> None:
    assert not channel.send("x")


@pytest.mark.parametrize("channel", PROGRAMS, ids=lambda one: one.name)
@pytest.mark.parametrize("script", ["exit 1", "kill -9 $$", "exec /bin/sleep 5"])
def test_a_program_that_does_not_take_it(
    desktop: Path, monkeypatch: pytest.MonkeyPatch, channel: Channel, script: str
) -> None:
    monkeypatch.setattr(programs, "PATIENCE", 0.3)
    program(desktop, channel.name, script)
    assert not channel.send("x")


def test_a_program_that_cannot_run(desktop: Path) -> None:
    for channel in PROGRAMS:
        program(desktop, channel.name)
        (desktop / channel.name).write_bytes(b"\x7fELF nonsense")
        assert not channel.send("x")


def test_a_program_that_reads_nothing_still_takes_it(desktop: Path) -> None:
    """What goes to its standard input may find that closed already."""
    for channel in PROGRAMS:
        (desktop / channel.name).write_text("#!/bin/sh\nexec <&-\nexit 0\n")
        (desktop / channel.name).chmod(0o755)
        assert channel.send("x" * 200)


def test_notify_send_gets_one_harmless_line_after_the_options(desktop: Path) -> None:
    program(desktop, "notify-send")
    assert NotifySend().send(HOSTILE)
    assert kept(desktop, "notify-send", "argv").splitlines() == ["--app-name=coach", "--", HARMLESS]
    assert NotifySend().send("x" * 5000)
    assert len(kept(desktop, "notify-send", "argv").splitlines()[-1]) == LONGEST


def test_notify_send_is_told_where_the_desktop_listens(
    desktop: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """cron gives no address; one that is there is not replaced."""
    program(desktop, "notify-send", f"printf %s \"$DBUS_SESSION_BUS_ADDRESS\" > '{desktop}/address'")
    real, bus = os.path.exists, f"/run/user/{os.geteuid()}/bus"
    monkeypatch.setattr(os.path, "exists", lambda path: path == bus or real(path))
    for given, wanted in ((None, f"unix:path={bus}"), ("unix:path=/elsewhere", "unix:path=/elsewhere")):
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
        if given:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", given)
        assert NotifySend().send("x")
        assert (desktop / "address").read_text() == wanted


@pytest.mark.parametrize("channel", PROGRAMS[1:], ids=lambda one: one.name)
def test_where_it_can_the_text_stays_out_of_the_arguments(desktop: Path, channel: Channel) -> None:
    program(desktop, channel.name)
    assert channel.send(HOSTILE)
    assert "walk" not in kept(desktop, channel.name, "argv")
    assert "walk" in kept(desktop, channel.name, "stdin")


def test_a_text_stays_one_string_of_the_script(desktop: Path) -> None:
    program(desktop, "osascript")
    for text in (HOSTILE, 'a" & (do shell script "id") & "b', "\\", '\\"', 'x" with title "y'):
        assert Osascript().send(text)
        said = kept(desktop, "osascript", "stdin")
        strings = re.findall(r'"((?:[^"\\]|\\.)*)"', said)
        rest = re.sub(r'"((?:[^"\\]|\\.)*)"', "S", said)
        assert rest == "display notification S with title S\n"
        assert re.sub(r"\\(.)", r"\1", strings[0]) == programs_text(text)


def programs_text(text: str) -> str:
    return HARMLESS if text == HOSTILE else text


def test_a_desktop_tells_through_one_program_only(desktop: Path) -> None:
    for name in ("notify-send", "termux-notification"):
        program(desktop, name, "exit 1")
    assert not Desktop().send("x")
    assert not (desktop / "notify-send.argv").exists(), "the phone's own said no, and that is the answer"
    (desktop / "termux-notification").unlink()
    program(desktop, "notify-send")
    assert Desktop().send("x")


@pytest.mark.parametrize(
    ("dialect", "wanted"),
    [("osc9", b"\x1b]9;%s\x1b\\"), ("osc777", b"\x1b]777;notify;coach;%s\x1b\\"), ("osc99", b"\x1b]99;;%s\x1b\\")],
)
def test_a_sequence_holds_the_text_and_nothing_that_ends_it(dialect: Dialect, wanted: bytes) -> None:
    assert osc.sequence(dialect, "coach: 2 things") == wanted % b"coach: 2 things"
    assert osc.sequence(dialect, HOSTILE) == wanted % HARMLESS.replace(";", ",").encode()
    body = osc.sequence(dialect, "4;1;\x9d\x9c\x1b]52;c;eA==\x07" + "é" * 999)[2:-2]
    assert not {*body.decode()} & {chr(sign) for sign in (*range(32), *range(127, 160))}


def test_tmux_gets_every_escape_twice() -> None:
    sequence = b"\x1b]9;x\x1b\\"
    assert terminal.wrapped(sequence, {}) == sequence
    assert terminal.wrapped(sequence, {"TMUX": "/tmp/t,1,0"}) == b"\x1bPtmux;\x1b\x1b]9;x\x1b\x1b\\\x1b\\"


SEND = """
import sys
from coach.services.channels import terminal
from coach.services.channels.bell import Bell
from coach.services.channels.osc import Osc
channel = Bell() if sys.argv[1] == "bell" else Osc(sys.argv[1])
sys.exit(0 if channel.send("coach: 2 things") else 7)
"""


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("bell", b"\x07"),
        ("osc9", b"\x1b]9;coach: 2 things\x1b\\\x07"),
        ("osc99", b"\x1b]99;;coach: 2 things\x1b\\\x07"),
    ],
)
def test_a_terminal_gets_exactly_these_bytes(tmp_path: Path, name: str, wanted: bytes) -> None:
    with Terminal([sys.executable, "-c", SEND, name], home=tmp_path, cwd=ROOT) as window:
        assert window.wait_exit() == 0
        assert bytes(window.raw) == wanted


def test_without_a_terminal_nothing_is_taken(tmp_path: Path) -> None:
    """As under cron: output goes to a pipe, and there is no terminal to open."""
    for name in ("bell", *DIALECTS):
        done = subprocess.run(
            [sys.executable, "-c", SEND, name], cwd=ROOT, start_new_session=True, capture_output=True, check=False
        )
        assert (done.returncode, done.stdout) == (7, b"")


def test_a_terminal_nobody_reads_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.openpty()
    try:
        monkeypatch.setattr(terminal, "TERMINAL", os.ttyname(writer))
        sent = [Bell().send("x"), Osc("osc9").send("x" * 200)]
        assert sent == [True, True]
        full = [terminal.write(b"x" * 4000) for _ in range(40)]
        assert full[-1] is False
    finally:
        os.close(reader)
        os.close(writer)


@pytest.mark.parametrize(
    ("answer", "taken"), [("echo on", True), ("echo all", True), ("echo off", False), ("exit 1", False)]
)
def test_a_tmux_that_swallows_sequences_has_not_taken_one(
    desktop: Path, monkeypatch: pytest.MonkeyPatch, answer: str, taken: bool
) -> None:
    written: list[bytes] = []

    def write(data: bytes) -> bool:
        written.append(data)
        return True

    monkeypatch.setenv("TMUX", "/tmp/tmux,1,0")
    monkeypatch.setenv("TMUX_PANE", "%7")
    monkeypatch.setattr(terminal, "write", write)
    program(desktop, "tmux", answer)
    assert Osc("osc777").send("x") is taken
    assert bool(written) is taken
    assert "%7" in kept(desktop, "tmux", "argv")
    (desktop / "tmux").unlink()
    assert not Osc("osc777").send("x")


@pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here")
@pytest.mark.parametrize("passes", ["on", "off"])
def test_a_real_tmux_hands_it_to_the_terminal_around_it(tmp_path: Path, passes: str) -> None:
    """With passthrough off the sequence would be swallowed, so nothing is sent and nothing counts as taken."""
    (tmp_path / "send.py").write_text(SEND)
    (tmp_path / "run").write_text(
        f"#!/bin/sh\ncd '{ROOT}' && '{sys.executable}' '{tmp_path}/send.py' osc9; echo ended $?; exec sleep 60\n"
    )
    (tmp_path / "run").chmod(0o755)
    (tmp_path / "conf").write_text(f"set -g allow-passthrough {passes}\n")
    tmux = ["tmux", "-S", str(tmp_path / "socket"), "-f", str(tmp_path / "conf")]
    env = {"PYTHONPATH": str(ROOT)}
    with Terminal([*tmux, "new-session", str(tmp_path / "run")], home=tmp_path, env=env) as window:
        try:
            window.wait_for("ended 0" if passes == "on" else "ended 7")
            window.rest(0.3)
            assert (b"\x1b]9;coach: 2 things" in window.raw) is (passes == "on")
            assert b"Ptmux" not in window.raw
        finally:
            subprocess.run([*tmux, "kill-server"], check=False, capture_output=True)
