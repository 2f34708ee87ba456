"""Puts a timer's files where its system looks for them, and takes them away; never over what somebody else wrote."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence

from coach.domain.errors import NotFound, NotSaved, Refused
from coach.domain.text import clean
from coach.services.units import MARK, File, Unit
from coach.services.wording import listed
from coach.storage import disk

LARGEST = 100_000
_PATIENCE = 10


def install(unit: Unit) -> None:
    """All of it is in place, each file whole; Refused when one of another maker stands there."""
    _refuse_foreign(unit.files)
    for file in unit.files:
        disk.replace(file.path, file.text.encode())
        os.chmod(file.path, file.mode)
    if unit.line:
        before = _table()
        _write_table([*(line for line in before if not _is_ours(line)), unit.line])


def remove(unit: Unit) -> None:
    """Ours is gone, and nothing else; NotFound when there was nothing of ours."""
    found = present(unit)
    _refuse_foreign(found)
    for link in (one for one in unit.links if os.path.islink(one)):
        if any(os.path.realpath(link) == os.path.realpath(file.path) for file in found):
            disk.remove(link)
    for file in found:
        disk.remove(file.path)
    before = _table() if unit.line else []
    kept = [line for line in before if not _is_ours(line)]
    if kept != before:
        _write_table(kept)
    elif not found:
        raise NotFound("There is nothing of coach to take away.")


def present(unit: Unit) -> tuple[File, ...]:
    return tuple(file for file in unit.files if os.path.lexists(file.path))


def _refuse_foreign(files: Sequence[File]) -> None:
    if foreign := [file.path for file in files if os.path.lexists(file.path) and not _is_own_file(file.path)]:
        raise Refused(f"{listed(foreign)}: somebody else wrote that, so it stays as it is. Move it away first.")


def _is_own_file(path: str) -> bool:
    """By its mark; a link is somebody's own arrangement, whatever it leads to."""
    try:
        return MARK.encode() in disk.read_ordinary(path, LARGEST)
    except OSError:
        return False


def _is_ours(line: str) -> bool:
    return line.rstrip("\r").endswith(f"# {MARK}")


def _table() -> list[str]:
    """The lines of this person's cron; NotSaved when they cannot be read, since writing would then lose them."""
    done = _crontab(["-l"])
    told = done.stderr.decode(errors="replace")
    if done.returncode == 0:
        table = done.stdout.decode(errors="surrogateescape")
        # only a line feed ends a line of cron: splitlines() would cut at a form feed or U+2028 as well
        return table.removesuffix("\n").split("\n") if table else []
    if "no crontab" in told.lower():
        return []
    raise NotSaved(f"crontab -l could not read your table, so nothing was changed. It said: {clean(told, 200).strip()}")


def _write_table(lines: Sequence[str]) -> None:
    """crontab itself puts the whole new table in place, or leaves the old one."""
    table = "".join(f"{line}\n" for line in lines)
    done = _crontab(["-"], table.encode(errors="surrogateescape"))
    if done.returncode:
        told = clean(done.stderr.decode(errors="replace"), 200).strip()
        raise NotSaved(f"crontab did not take the new table, so the old one stays. It said: {told}")


def _crontab(words: Sequence[str], table: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("crontab")
    if program is None:
        raise NotSaved("There is no crontab on this computer. coach remind install systemd is another way.")
    environ = {**os.environ, "LC_ALL": "C"}
    try:
        return subprocess.run(
            [program, *words], input=table, capture_output=True, env=environ, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotSaved("crontab did not answer, so nothing was changed. Try again in a moment.") from error
