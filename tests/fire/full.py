"""A disk that is full: nothing acknowledged is lost, each refusal is told, and when space returns everything works."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.fire.trial import Outcome, scaled
from tests.sources import ROOT

MOUNTED = {"both": "data and state", "data": "data alone", "state": "state alone"}
"""What stands on the small disk."""
LIMITED = "limit"
"""Where nobody may mount: the system takes no file beyond a size."""
REFUSALS = 200
PRIVATE = (("unshare", "--mount"), ("unshare", "--map-root-user", "--mount"))
"""A mount of one's own, which nobody else sees and which ends with the process: as root, and as anybody."""


def full_disk(folder: Path, share: float) -> Outcome:
    """On small disks of its own where mounting is allowed, and beyond a limit of the system everywhere."""
    private = _way_to_mount(folder)
    cases = [*(MOUNTED if private else ()), LIMITED]
    bad: list[str] = []
    acknowledged = refused = 0
    for case in cases:
        command = [*(() if case == LIMITED else private), sys.executable, "-B", "-m", "tests.fire.filling"]
        home, refusals = folder / case / "home", scaled(REFUSALS, share, 12)
        home.mkdir(parents=True)
        result = subprocess.run(
            [*command, case, str(home), str(refusals)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if result.returncode:
            bad.append(f"{case}: {result.stderr[-2000:]}")
            continue
        found = json.loads(result.stdout)
        acknowledged, refused = acknowledged + found["acknowledged"], refused + found["refused"]
        bad += [f"{case}: {told}" for told in found["bad"]]
    way = f"{len(MOUNTED)} small disks and a limit" if private else "a limit only, mounting is not allowed here"
    return Outcome("a full disk", f"{way}: {acknowledged:,} acknowledged, {refused:,} refused", tuple(bad))


def _way_to_mount(folder: Path) -> tuple[str, ...]:
    """The words before a command that may mount; none where nobody may."""
    mount = ("mount", "-t", "tmpfs", "-o", "size=64k", "none", str(folder))
    for private in PRIVATE:
        try:
            if subprocess.run([*private, *mount], capture_output=True, check=False).returncode == 0:
                return private
        except FileNotFoundError:
            continue
    return ()
