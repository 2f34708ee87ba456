"""Two processes at once, and one that is killed again and again at any moment."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.sources import ROOT
from tests.storage.homes import open_store, put, visible

SECONDS = 4.0


def start(home: Path, name: str, *count: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.storage.writing", str(home), name, *count]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_processes_lose_nothing_of_each_other(tmp_path: Path) -> None:
    both = [start(tmp_path, name, "100") for name in ("one", "two")]
    for child in both:
        said, complaint = child.communicate(timeout=60)
        assert child.returncode == 0, complaint
        assert len(said.splitlines()) == 100
    store = open_store(tmp_path)
    expected = {f"2611-{name}-{number}": {"n": number} for name in ("one", "two") for number in range(100)}
    assert visible(store)["items"] == expected
    assert store.unread() == {}
    assert list((tmp_path / "state" / "spool").glob("*")) == []


def acknowledged(lines: list[str], known: dict[str, int | None], pairs: set[str]) -> str | None:
    """Takes note of what a child said was saved; the record it was busy with when it died, if any."""
    busy = None
    for text in lines:
        if not text.endswith("\n"):
            continue  # it died while it spoke
        what, subject, *rest = json.loads(text)
        busy = subject if what == "try" else None
        if what == "put":
            known[subject] = rest[0]
        elif what == "gone":
            known[subject] = None
        elif what == "both":
            pairs.add(subject)
    return busy


def check(home: Path, known: dict[str, int | None], pairs: set[str], unsure: set[str]) -> int:
    """Everything acknowledged is there; the number of lines a death left torn."""
    store = open_store(home)
    found: dict[str, Any] = visible(store)
    items = found.get("items", {})
    for record, step in known.items():
        if record not in unsure:
            assert (items[record]["n"] if record in items else None) == step, record
    marks = {record.removeprefix("2611-") for record in found.get("marks", {})}
    goals = {record.removeprefix("p-") for record in visible(store, "plan").get("goals", {})}
    assert marks == goals >= pairs
    torn = list(store.unread().values())
    assert {line.why for line in torn} <= {"damaged"}
    return len(torn)


def test_killed_at_any_moment_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    chance = random.Random(20261123)
    known: dict[str, int | None] = {}
    pairs: set[str] = set()
    unsure: set[str] = set()
    kills, end = 0, time.monotonic() + SECONDS
    while time.monotonic() < end:
        child = start(tmp_path, f"life{kills}")
        assert child.stdout
        first = child.stdout.readline()
        time.sleep(chance.uniform(0.02, 0.3))
        child.kill()
        said, complaint = child.communicate(timeout=10)
        assert not complaint
        kills += 1
        if busy := acknowledged([first, *said.splitlines(keepends=True)], known, pairs):
            unsure.add(busy)
        assert check(tmp_path, known, pairs, unsure) <= 3 * kills
    assert kills >= 4 and len(known) > 20 and len(pairs) > 5
    put(open_store(tmp_path), "moods", "2611-after", value=1)
    check(tmp_path, known, pairs, unsure)
