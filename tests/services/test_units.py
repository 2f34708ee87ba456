"""A timer's files say exactly the command, in each system's own way of writing it, and go only where nobody's is."""

from __future__ import annotations

import os
import plistlib
import re
import shlex
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from coach.domain.errors import NotFound, NotSaved, Refused
from coach.services.installing import install, present, remove
from coach.services.units import KINDS, MARK, Unit, unit

PLAIN = ("/usr/bin/true", "remind", "--once")
ODD = ("/usr/bin/true", "remind", "--once", "--home", "/tmp/ho%me $x \\ \"q\" 's' ; `id` é #&<>")
LINES_OF_OTHERS = b"# mine\nMAILTO=me\r\n\n5 4 * * * cut -d\x0c \x1c\x1e \xc2\x85 a\xe2\x80\xa8b\n0 0 1 * * backup \xff"


def made(kind: str, home: Path, command: tuple[str, ...] = PLAIN) -> Unit:
    return unit(kind, command, {"HOME": str(home)})


@pytest.mark.parametrize("kind", ["launchd", "termux"])
@pytest.mark.parametrize("command", [PLAIN, ODD])
def test_the_command_comes_out_as_it_went_in(tmp_path: Path, kind: str, command: tuple[str, ...]) -> None:
    (file,) = made(kind, tmp_path, command).files
    if kind == "launchd":
        read = plistlib.loads(file.text.encode())
        assert read["ProgramArguments"] == list(command)
        assert (read["Label"], read["StartInterval"], read["Umask"]) == ("coach", 60, 0o077)
    else:
        line = file.text.splitlines()[-1]
        assert shlex.split(line) == ["exec", *command]


@pytest.mark.parametrize("command", [PLAIN, ODD])
def test_cron_runs_the_command_itself(tmp_path: Path, command: tuple[str, ...]) -> None:
    """As cron reads a line: until a percent sign, of which those after a backslash stay; then the shell."""
    line = made("cron", tmp_path, ("/usr/bin/printf", "%s\\n", *command)).line
    fields = line.split(" ", 5)
    assert fields[:5] == ["*"] * 5
    assert not re.search(r"(?<!\\)%", fields[5])
    assert "DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/" in line
    done = subprocess.run(["/bin/sh", "-c", fields[5].replace("\\%", "%")], capture_output=True, check=True)
    assert done.stdout.decode().splitlines() == list(command)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here")
@pytest.mark.parametrize("command", [PLAIN, ODD])
def test_systemd_finds_nothing_wrong_with_its_units(tmp_path: Path, command: tuple[str, ...]) -> None:
    found = made("systemd", tmp_path, command)
    install(found)
    environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    for file in found.files:
        verify = ["systemd-analyze", "verify", "--user", "--man=no", file.path]
        done = subprocess.run(verify, env=environ, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stderr) == (0, "")
    spoiled = Path(found.files[0].path)
    spoiled.write_text(spoiled.read_text().replace("ExecStart=", 'ExecStart=relative and "unended '))
    again = subprocess.run([*verify[:-1], str(spoiled)], env=environ, capture_output=True, timeout=60, check=False)
    assert again.returncode, "what is wrong is found"
    calendar = re.search("OnCalendar=(.*)", found.files[1].text)
    assert calendar
    assert (
        subprocess.run(["systemd-analyze", "calendar", calendar[1]], capture_output=True, check=False).returncode == 0
    )


def test_systemd_reads_an_odd_name_as_it_is(tmp_path: Path) -> None:
    """Undone by hand, in systemd's order: quotes and backslashes, then percent signs, then dollar signs."""
    text = made("systemd", tmp_path, ODD).files[0].text
    line = next(line for line in text.splitlines() if line.startswith("ExecStart="))
    assert not re.search(r"(?<![%$])(?:%%|\$\$)*[%$](?![%$])", line), "a lone one would stand for something else"
    words = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', line.removeprefix("ExecStart="))
    read = [re.sub(r"\\(.)", r"\1", quoted) if quoted else plain for quoted, plain in words]
    assert [word.replace("%%", "%").replace("$$", "$") for word in read] == list(ODD)


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_with_a_line_break_is_refused(tmp_path: Path, kind: str) -> None:
    for sign in ("\n", "\r", "\x1b", "\u202e"):
        with pytest.raises(Refused, match="--home"):
            made(kind, tmp_path, (*PLAIN, "--home", f"/tmp/a{sign}b"))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "cron"])
def test_it_is_put_there_whole_again_and_taken_away(tmp_path: Path, kind: str) -> None:
    before = os.umask(0)
    try:
        install(made(kind, tmp_path, ODD))
        found = made(kind, tmp_path)
        install(found)  # another home now: ours is replaced by ours
    finally:
        os.umask(before)
    assert present(found) == found.files
    for file in found.files:
        assert Path(file.path).read_text() == file.text
        assert stat.S_IMODE(os.stat(file.path).st_mode) == file.mode
        assert not file.mode & 0o077
        assert {path.name for path in Path(file.path).parent.iterdir()} <= {Path(one.path).name for one in found.files}
    remove(found)
    assert not [path for path in tmp_path.rglob("*") if not path.is_dir()]
    with pytest.raises(NotFound):
        remove(found)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "cron"])
@pytest.mark.parametrize("theirs", ["file", "link", "folder"])
def test_what_somebody_else_put_there_stays(tmp_path: Path, kind: str, theirs: str) -> None:
    found = made(kind, tmp_path)
    last = Path(found.files[-1].path)
    last.parent.mkdir(parents=True)
    elsewhere = tmp_path / "dotfiles"
    elsewhere.write_text(f"# {MARK}\n")
    if theirs == "file":
        last.write_text("[Timer]\n")
    elif theirs == "link":
        last.symlink_to(elsewhere)
    else:
        last.mkdir()
    for do in (install, remove):
        with pytest.raises(Refused, match="somebody else"):
            do(found)
        assert os.path.lexists(last)
    assert not any(os.path.exists(file.path) for file in found.files[:-1]), "nothing of it, not half"
    assert elsewhere.read_text() == f"# {MARK}\n"


def test_the_link_of_an_enabled_timer_goes_with_it(tmp_path: Path) -> None:
    found = made("systemd", tmp_path)
    install(found)
    (link,) = map(Path, found.links)
    link.parent.mkdir()
    link.symlink_to(found.files[1].path)
    remove(found)
    assert not os.path.lexists(link)
    install(found)
    link.symlink_to(tmp_path)
    remove(found)
    assert os.path.lexists(link), "one that leads elsewhere is somebody's own"


@pytest.fixture
def crontab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A crontab program that keeps its table in a file, as the real one says and does."""
    table, program = tmp_path / "table", tmp_path / "crontab"
    program.write_text(
        f"#!/bin/sh\nif [ -e '{tmp_path}/angry' ]; then echo 'permission denied' >&2; exit 1; fi\n"
        f"if [ \"$1\" = -l ]; then [ -e '{table}' ] && exec /bin/cat '{table}'; "
        "echo 'no crontab for me' >&2; exit 1; fi\n"
        f"[ \"$1\" = - ] && /bin/cat > '{table}.new' && /bin/mv '{table}.new' '{table}'\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return table


def test_a_crontab_keeps_every_line_of_others(tmp_path: Path, crontab: Path) -> None:
    found = made("cron", tmp_path)
    for _none_then_empty in range(2):
        install(found)
        assert crontab.read_text() == f"{found.line}\n"
        remove(found)
        assert crontab.read_text() == ""
    crontab.write_bytes(LINES_OF_OTHERS)
    for command in (ODD, PLAIN, PLAIN):
        install(made("cron", tmp_path, command))
    assert crontab.read_bytes() == LINES_OF_OTHERS + f"\n{found.line}\n".encode()
    crontab.write_bytes(crontab.read_bytes().replace(found.line.encode(), found.line.encode() + b"\r"))
    remove(found)  # also where an editor ends lines in another way
    assert crontab.read_bytes() == LINES_OF_OTHERS + b"\n"
    with pytest.raises(NotFound):
        remove(found)


def test_a_crontab_that_cannot_be_read_is_not_written(tmp_path: Path, crontab: Path) -> None:
    crontab.write_text("5 4 * * * backup\n")
    (tmp_path / "angry").touch()
    for do in (install, remove):
        with pytest.raises(NotSaved, match="permission denied"):
            do(made("cron", tmp_path))
    assert crontab.read_text() == "5 4 * * * backup\n"
    (tmp_path / "crontab").unlink()
    with pytest.raises(NotSaved, match="no crontab"):
        install(made("cron", tmp_path))
