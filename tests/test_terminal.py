"""The driver itself: what it types arrives, what is drawn is seen, and every ending is told apart."""

from __future__ import annotations

import re
import signal
import sys
from pathlib import Path

import pytest

from tests.emulator import Emulator
from tests.keyboard import key_bytes
from tests.terminal import Terminal


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_what_is_typed_arrives_and_is_seen() -> None:
    with Terminal(["cat"]) as terminal:
        terminal.press("text:walk 07:30", "enter")
        terminal.wait_for(re.compile(r"walk 07:30\nwalk 07:30"))
        assert terminal.screen().split("\n")[:2] == ["walk 07:30", "walk 07:30"]
        terminal.press("ctrl+d")
        assert terminal.wait_exit() == 0
        assert b"walk 07:30" in terminal.raw


def test_a_large_paste_does_not_stall() -> None:
    code = (
        "import os, tty\ntty.setraw(0)\nprint('go', flush=True)\nread = 0\n"
        "while read < 300_000: read += len(os.read(0, 9999))\nprint(read)"
    )
    with Terminal(python(code)) as terminal:
        terminal.wait_for("go")
        terminal.press("text:" + "x" * 300_000)
        terminal.wait_for("300000")
        assert terminal.wait_exit() == 0


def test_what_was_never_shown_is_an_error_that_shows_the_screen() -> None:
    with Terminal(["echo", "only this"]) as terminal, pytest.raises(AssertionError, match="only this"):
        terminal.wait_for("something else", timeout=2)


def test_the_environment_is_scrubbed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_DEBUG", "1")
    monkeypatch.setenv("COACH_HOME", "/never")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/never")
    with Terminal(["env"], home=tmp_path, env={"TERM": "dumb"}, size=(200, 50)) as terminal:
        assert terminal.wait_exit() == 0
        assert f"COACH_HOME={tmp_path}" in terminal.screen()
        assert "TERM=dumb" in terminal.screen()
        assert "never" not in terminal.screen()
        assert "TEXTUAL" not in terminal.screen()


def test_the_size_is_given_and_can_change() -> None:
    code = (
        "import os, signal\n"
        "signal.signal(signal.SIGWINCH, lambda *_: print('now', *os.get_terminal_size(), flush=True))\n"
        "print('first', *os.get_terminal_size(), flush=True)\nwhile True: signal.pause()"
    )
    with Terminal(python(code), size=(40, 15)) as terminal:
        terminal.wait_for("first 40 15")
        terminal.resize(120, 40)
        terminal.wait_for("now 120 40")
        assert terminal.screen().split("\n")[:2] == ["first 40 15", "now 120 40"]


def test_every_ending_is_told_apart() -> None:
    wait = "import time; print('up', flush=True); time.sleep(60)"
    with Terminal(python("raise SystemExit(7)")) as terminal:
        assert terminal.wait_exit() == 7
    with Terminal(python(wait)) as terminal:
        terminal.wait_for("up")
        terminal.kill(signal.SIGTERM)
        assert terminal.wait_exit() == -signal.SIGTERM
    with Terminal(python(wait)) as terminal:
        terminal.wait_for("up")
        terminal.hang_up()
        assert terminal.wait_exit() == -signal.SIGHUP


def test_inherited_nohup_and_masks_are_taken_off() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    try:
        code = (
            "import signal; print(signal.getsignal(signal.SIGHUP) is signal.SIG_DFL,"
            " len(signal.pthread_sigmask(signal.SIG_BLOCK, [])))"
        )
        with Terminal(python(code)) as terminal:
            assert terminal.wait_exit() == 0
            assert "True 0" in terminal.screen()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGHUP, before)


def test_questions_are_answered_even_in_halves() -> None:
    terminal = Emulator(80, 24)
    assert terminal.answers(b"\x1b[c") == b"\x1b[?62;22c"
    assert terminal.answers(b"\x1b[?2026") == b""
    assert terminal.answers(b"$p") == b"\x1b[?2026;2$y"
    assert terminal.answers(b"\x1b[?2048$p") == b"\x1b[?2048;0$y"
    assert terminal.answers(b"\x1b[14t") == b"\x1b[4;384;640t"
    assert terminal.answers(b"\x1b]11;?\x1b\\") == b"\x1b]11;rgb:1010/1010/1010\x1b\\"
    terminal.feed(b"\x1b[3;5H")
    assert terminal.answers(b"\x1b[6n") == b"\x1b[3;5R"


def test_the_screen_shows_no_tail_of_a_private_sequence() -> None:
    terminal = Emulator(40, 5)
    terminal.feed(b"\x1b[>1u\x1b]0;a title\x07\x1bP+q544e\x1b\\one\x1b[?2026")
    terminal.feed(b"h two\x1b[?1000;1006h")
    assert terminal.text().splitlines()[0] == "one two"
    assert terminal.left_on() == {2026, 1000, 1006}


def test_leaving_the_alternate_screen_leaves_nothing_of_it() -> None:
    terminal = Emulator(40, 5)
    terminal.feed(b"\x1b[?1049h\x1b[?25lsecret words\x1b[?25h\x1b[?1049lSaved.")
    assert terminal.text().split() == ["Saved."]
    assert terminal.left_on() == set()


def test_keys_have_names() -> None:
    assert key_bytes("ctrl+q") == b"\x11"
    assert key_bytes("alt+x") == b"\x1bx"
    assert key_bytes("paste:a\nb") == b"\x1b[200~a\nb\x1b[201~"
    assert key_bytes(":") == b":"
    with pytest.raises(ValueError, match="no key"):
        key_bytes("dwon")
