"""A synchronised folder that means harm: whatever it holds, no command lets it steer the terminal or stops."""

from __future__ import annotations

import json
import os
import random
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from coach.bootstrap import build
from coach.cli.verbs import VERBS
from coach.domain.days import day_of
from coach.paths import Paths
from coach.services.tables import TABLES
from coach.storage import log
from tests.cli.running import Home, Said
from tests.odd_home import as_kept, write_odd

STEERING = "\x1b]52;c;SGVsbG8=\x07\x1b[2J\x9b31m\x7f\u202eright\u2066\u200f\u200b\u2028\ufeff\r"
ODD: tuple[Any, ...] = (
    STEERING, 10**39, -(10**39), 1e308, -1.5, True, None, [], {}, [[[]]], {"a": {"b": [1]}}, "", "9999-12-31", "99:99",
    "0001-01-01T00:00:00+00:00", {"x": {"title": STEERING, "order": 10**39}}, [STEERING, 1, None], "FREQ=SECONDLY",
    "9" * 300, "0001-01-01T00:00:00", "07:00+02:00", {"a": "yes"}, {"soon": {"times": 1, "weekdays": [9]}},
)  # fmt: skip
FIELDS = (
    "title", "day", "start", "minutes", "state", "at", "zone", "value", "text", "intensity", "triggers", "coping",
    "note", "kind", "steps", "rule", "order", "sentence", "time", "part", "subject", "status", "seconds", "practice",
    "before", "after", "why", "private", "goal", "parent", "until", "label", "days", "created", "starts", "place",
    "tags", "pinned", "reason", "of", "on", "slot", "targets", "pauses", "amount", "made", "unit", "archived",
)  # fmt: skip
COMMANDS = (
    *(["list", table] for table in TABLES),
    ["today"], ["today", "--date", "2026-01-01"], ["due"], ["status"], ["find", "walk"], ["find", "right"], ["export"],
    ["doctor"], ["doctor"], ["undo"], ["remind", "--once"], ["breathe", "--list"], ["done", "walk"], ["done", "2"],
    ["quiet"], ["done", "p-"], ["skip", "walk"], ["skip", "p-"], ["plan"], ["plan", "--week"],
    ["habits"], ["habits", "--add", "walk"], ["goals"], ["today"],
    ["add", "x"], ["log", "mood", "5"], ["list", "nothing"], ["keys"], ["paths"],
)  # fmt: skip


def hostile_log(today: datetime, book: str, prefix: str) -> bytes:
    """Records with the right names and wrong values, in every table."""
    chance, day = random.Random(f"{prefix}3"), f"{today:%Y-%m-%d}"
    lines = [log.encode_head("zz", book)]
    for number in range(len(TABLES) * 6):
        table = TABLES[number % len(TABLES)]
        fields = {chance.choice(FIELDS): chance.choice(ODD) for _ in range(chance.randrange(1, 9))}
        fields |= {"day": day} if chance.random() < 0.7 else {}
        fields |= {"title": f"{STEERING}walk {STEERING}"} if chance.random() < 0.7 else {}
        change = log.Change(f"{number:012x}-0000-zz", f"c{number}", ((table, f"{prefix}-{number}", fields),))
        lines.append(log.encode(change))
    return b"".join([*lines, b"not a line \x1b[2J\n"])


@pytest.fixture
def hostile(home: Home) -> Home:
    """A home beside which a device with a hostile name keeps hostile logs, links and pipes."""
    home.coach("log", "mood", "5")
    today = datetime.now()
    folder = home.path / "data" / "books" / f"zz{STEERING}\n  All is well."
    folder.mkdir()
    for book, prefix in (("plan", "p"), (f"{today:%Y-%m}", f"{today:%y%m}")):
        (folder / f"{book}{STEERING}.log").write_bytes(hostile_log(today, book, prefix))
    (folder / f"plan link {STEERING}.log").symlink_to("nowhere")
    os.mkfifo(folder / f"plan pipe {STEERING}.log")
    folder.chmod(0o777)
    return home


def steering(said: Said) -> set[str]:
    """The signs in an answer that no terminal should get."""
    return {sign for sign in said.out + said.err if sign in STEERING.replace("right", "") and not sign.isprintable()}


@pytest.mark.parametrize("as_json", [False, True], ids=["text", "json"])
def test_no_command_lets_a_sign_through(hostile: Home, as_json: bool) -> None:
    assert {words[0] for words in COMMANDS} >= VERBS.keys() - {"journal", "crisis", "import", "merge"}
    shown = ""
    for words in COMMANDS:
        said = hostile.coach(*words, *(["--json"] if as_json else []))
        assert said.code in (0, 2, 3, 4), (words, said)
        assert not steering(said), (words, steering(said))
        assert not as_json or words == ["export"] or said.json["schema"] == 1
        shown += said.out
    assert shown.count("walk") > 50, "the hostile records are what is shown"


def test_nobody_can_put_words_into_doctors_mouth(hostile: Home) -> None:
    said = hostile.coach("doctor")
    assert said.code == 4
    assert said.out.startswith("Something needs looking after.")
    assert "\n  All is well." not in said.out
    assert "\\x1b]52;c;" in said.out, "the files are named so that they can be found"


def test_what_is_exported_is_exactly_what_is_kept(hostile: Home) -> None:
    tables = build(Paths(str(hostile.path))).tables.everything()
    assert any(STEERING in str(fields.get("title")) for fields in tables["items"].values())
    assert json.loads(hostile.coach("export").out)["tables"] == tables
    new = hostile.path / "all.json"
    assert hostile.coach("export", str(new)).code == 0
    assert json.loads(new.read_text())["tables"] == tables
    listed = {record["id"]: record for record in hostile.json("list", "items")["records"]}
    assert {record: {"id": record, **fields} for record, fields in tables["items"].items()} == listed


def test_files_with_hostile_names_are_named_harmlessly(home: Home, tmp_path: Path) -> None:
    home.coach("log", "mood", "5")
    new = tmp_path / f"all{STEERING}.json"
    said = home.coach("export", str(new))
    assert said.code == 0 and new.exists()
    assert "all" in said.err and not steering(said)
    for words in (["export", f"{tmp_path}/no{STEERING}/x"], ["list", STEERING], ["done", STEERING], [STEERING]):
        for extra in ([], ["--json"]):
            said = home.coach(*words, *extra)
            assert said.code in (2, 3)
            assert not steering(said), (words, ascii(said.err))


def test_no_command_writes_over_what_it_cannot_read(home: Home) -> None:
    odd = write_odd(home.path, today := day_of(datetime.now()))
    for words in COMMANDS:
        said = home.coach(*words)
        assert said.code in (0, 2, 3, 4) or "stays as it is" in said.err, (words, said)
    home.coach("add", "read a page today")
    assert home.coach("done", "read a page").code == 0
    assert "early" in home.coach("today").out
    said = home.coach("done", f"{today:%y%m}-walk")
    assert (said.code, said.out) == (1, "")
    assert said.err.endswith("so it stays as it is. Update coach to change it.\n")
    assert as_kept(home.path, odd) == odd
    assert "1 record of shapes holds a value no coach writes" in home.coach("doctor").out


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2100-01-01", "1999-12-31"])
def test_a_day_beyond_the_years_is_refused_in_a_sentence(home: Home, day: str) -> None:
    home.coach("habits", "--add", "walk")
    for words in (["today"], ["plan", "--week"], ["plan"]):
        said = home.coach(*words, "--date", day)
        assert said.code == 2
        assert said.err.rstrip().endswith("is outside 2000 to 2099. Give a day in between."), said
