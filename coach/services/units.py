"""What the timer of each system needs so that it runs `coach remind --once`, and where that goes."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.domain.errors import Refused
from coach.domain.text import steers
from coach.services.channels.notify_send import address

MARK = "Written by coach remind install; coach remind uninstall takes it away."
"""By this line a file is known as one of ours."""
JOB = 7302
"""The number of the job on Android, where a job has no name."""
_QUARTER = 15 * 60 * 1000
"""Milliseconds; Android runs nothing more often."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of a unit."""

    path: str
    text: str
    mode: int = 0o600


@dataclass(frozen=True, slots=True)
class Unit:
    """Everything about the timer of one system; its name says no more than "coach" to whoever looks over a list."""

    files: tuple[File, ...] = ()
    """None for cron, whose table has a program of its own."""
    line: str = ""
    """The line of that table."""
    begin: tuple[str, ...] = ()
    """Commands that start it, once it is in place."""
    end: tuple[str, ...] = ()
    """Commands that stop it, once it is taken away."""
    links: tuple[str, ...] = ()
    """What starting it makes besides: links to one of the files."""
    note: str = ""


KINDS = ("systemd", "cron", "launchd", "termux")


def unit(kind: str, command: Sequence[str], environ: Mapping[str, str]) -> Unit:
    """For a command and its arguments; Refused for a name in it that could not be written into such a file."""
    if any(steers(word) for word in command):
        raise Refused("The name of a folder holds a line break or another odd sign. Choose another one with --home.")
    match kind:
        case "systemd":
            return _systemd(command, environ)
        case "cron":
            return _cron(command)
        case "launchd":
            return _launchd(command, environ)
        case "termux":
            return _termux(command, environ)
    raise Refused(f"There is no timer called {kind!r}. Give one of {', '.join(KINDS)}: coach remind install systemd")


def _systemd(command: Sequence[str], environ: Mapping[str, str]) -> Unit:
    """Each minute, to the ten seconds.

    Not "Persistent": what was due while the computer was off stays due, so the next minute is soon enough, and systemd
    need not write a file every minute.
    """
    given = environ.get("XDG_CONFIG_HOME", "")
    config = given if os.path.isabs(given) else os.path.join(_home(environ), ".config")
    folder = os.path.join(config, "systemd", "user")
    words = " ".join(map(_systemd_word, command))
    service = f"# {MARK}\n[Unit]\nDescription=coach\n\n[Service]\nType=oneshot\nExecStart={words}\nUMask=0077\n"
    timer = (
        f"# {MARK}\n[Unit]\nDescription=coach\n\n[Timer]\nOnCalendar=*:0/1\nAccuracySec=10s\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )
    return Unit(
        files=(File(os.path.join(folder, "coach.service"), service), File(os.path.join(folder, "coach.timer"), timer)),
        begin=("systemctl --user daemon-reload", "systemctl --user enable --now coach.timer"),
        end=("systemctl --user stop coach.timer", "systemctl --user daemon-reload"),
        links=(os.path.join(folder, "timers.target.wants", "coach.timer"),),
    )


def _systemd_word(word: str) -> str:
    """Within quotes, a backslash, a quote, a percent sign and a dollar sign still mean something."""
    if shlex.quote(word) == word and "%" not in word:
        return word
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        word = word.replace(sign, written)
    return f'"{word}"'


def _cron(command: Sequence[str]) -> Unit:
    """A percent sign would end the line, and cron says nothing about where the desktop listens."""
    words = shlex.join(command).replace("%", "\\%")
    return Unit(line=f"* * * * * {'='.join(address())} {words} # {MARK}")


def _launchd(command: Sequence[str], environ: Mapping[str, str]) -> Unit:
    import plistlib  # lazily: it brings a reader of XML along

    wanted = {"Label": "coach", "ProgramArguments": list(command), "StartInterval": 60, "ProcessType": "Background"}
    head, doctype, rest = plistlib.dumps(wanted | {"Umask": 0o077}).decode().partition('PropertyList-1.0.dtd">\n')
    path = os.path.join(_home(environ), "Library", "LaunchAgents", "coach.plist")
    place = shlex.quote(path)
    return Unit(
        files=(File(path, f"{head}{doctype}<!-- {MARK} -->\n{rest}"),),
        begin=(f"launchctl bootstrap gui/$(id -u) {place}",),
        end=("launchctl bootout gui/$(id -u)/coach",),
    )


def _termux(command: Sequence[str], environ: Mapping[str, str]) -> Unit:
    prefix = environ.get("PREFIX") or "/data/data/com.termux/files/usr"
    path = os.path.join(_home(environ), ".termux", "coach.sh")
    script = f"#!{prefix}/bin/sh\n# {MARK}\nexec {shlex.join(command)}\n"
    how = f"--job-id {JOB} --period-ms {_QUARTER} --persisted true --battery-not-low false"
    return Unit(
        files=(File(path, script, 0o700),),
        begin=(f"termux-job-scheduler --script {shlex.quote(path)} {how}",),
        end=(f"termux-job-scheduler --cancel --job-id {JOB}",),
        note="Android runs it every 15 minutes at most. To the minute: coach remind --daemon, under termux-wake-lock.",
    )


def _home(environ: Mapping[str, str]) -> str:
    return environ.get("HOME") or os.path.expanduser("~")
