"""What can go wrong around a command: one clear sentence, the exit code of the contract, and nothing half kept."""

from __future__ import annotations

import fcntl
import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from coach.bootstrap import build
from coach.cli import main
from coach.domain.errors import NotSaved
from coach.paths import Paths
from coach.storage import disk
from tests.cli.running import Home
from tests.sources import ROOT
from tests.terminal import scrubbed


def test_no_page_for_a_wrong_word(home: Home) -> None:
    for words in (("nothing",), ("today", "--nothing"), ("add",), ("today", "--date", "never"), ("export", "a", "b")):
        said = home.coach(*words)
        assert said.code == 2
        assert said.err.startswith("coach: ")
        assert said.err.count("\n") == 1
        assert "--help" in said.err


def test_a_verb_is_never_shortened(home: Home) -> None:
    assert home.coach("today", "--jso").code == 2


def test_a_held_lock_delays_and_refuses_nothing(home: Home) -> None:
    home.coach("log", "mood", "4")
    with (home.path / "state" / "lock").open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert home.json("log", "mood", "5")["saved"] is True
        assert len(home.json("list", "moods")["records"]) == 2
        assert home.json("doctor")["waiting"] == 1
    home.coach("log", "mood", "6")
    assert home.json("doctor")["waiting"] == 0
    assert [record["value"] for record in home.json("list", "moods")["records"]] == [4, 5, 6]


def test_a_folder_nobody_may_write_to(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, *given: object, **more: object) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(disk, "append", refuse)
    said = home.coach("log", "mood", "5", "--json")
    assert said.code == 1
    assert said.json["error"].startswith("Not saved: coach may not write to ")
    assert "--home" in said.err
    monkeypatch.undo()
    assert home.json("list", "moods")["records"] == []


def test_a_home_that_is_a_file(home: Home) -> None:
    home.path.write_text("mine")
    for words in (("log", "mood", "5"), ("today",), ("list", "moods"), ("export",), ("status",), ("today", "--json")):
        said = home.coach(*words)
        assert said.code == 1
        assert said.err == f"coach: {home.path} is not a folder. Name a folder with --home.\n"
        assert said.out == "" or "--json" in words
    assert home.coach("paths").code == home.coach("keys").code == home.coach("breathe", "--list").code == 0
    alone = home.process()
    assert (alone.code, alone.out) == (1, ""), "without a terminal, coach alone shows today or says why it cannot"
    assert "is not a folder" in alone.err
    assert home.path.read_text() == "mine"


@pytest.mark.parametrize("taken", ["data", "state", "."])
def test_a_place_that_is_a_file(home: Home, taken: str) -> None:
    """Also when only the change itself meets it, as on the full screen."""
    place = Path(os.path.normpath(home.path / taken))
    place.parent.mkdir(exist_ok=True)
    place.write_text("mine")
    assert home.coach("today").err == f"coach: {place} is not a folder. Name a folder with --home.\n"
    folder = home.path / ("data" if taken == "data" else "state")
    with pytest.raises(NotSaved, match=f"Not saved: {folder} is not a folder coach can write to. .* --home"):
        build(Paths(str(home.path))).moods.log(5)


def test_a_home_below_a_file(home: Home) -> None:
    home.path.write_text("mine")
    said = home.process("today", env={"COACH_HOME": str(home.path / "deep" / "er")})
    assert said.code == 1
    assert str(home.path) in said.err


def test_a_full_disk_says_so_and_keeps_nothing(home: Home) -> None:
    """No file may grow: every write ends as it does on a full disk."""

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))

    home.coach("log", "mood", "4")
    before = {path: path.read_bytes() for path in home.path.glob("data/books/*/*.log")}
    # Python would cut its own compiled modules short at the limit, and stumble over them ever after
    said = home.process("log", "mood", "5", preexec_fn=no_room, env={"PYTHONDONTWRITEBYTECODE": "1"})
    assert said.code == 1
    assert "the disk is full" in said.err
    assert {path: path.read_bytes() for path in home.path.glob("data/books/*/*.log")} == before
    assert home.coach("log", "mood", "6").code == 0


def test_output_that_nobody_can_take(home: Home) -> None:
    for number in range(3):
        home.coach("add", f"thing {number}")
    with Path("/dev/full").open("w") as full:
        said = home.process("today", stdout=full)
    assert said.code == 1
    assert "no space left" in said.err
    assert "Traceback" not in said.err
    assert "changed" not in said.err
    gone, ours = os.pipe()
    os.close(gone)
    with os.fdopen(ours, "w") as pipe:
        said = home.process("today", stdout=pipe)
    assert (said.code, said.err) == (0, "")


@pytest.mark.parametrize("env", [{}, {"PYTHONUNBUFFERED": "1"}], ids=["at the end", "at once"])
def test_a_change_is_not_called_lost_because_its_output_is(home: Home, env: dict[str, str]) -> None:
    with Path("/dev/full").open("w") as full:
        said = home.process("add", "walk", "--json", stdout=full, env=env)
        dry = home.process("add", "run", "--dry-run", stdout=full, env=env)
    assert said.code == dry.code == 1
    assert said.err == "coach: It is saved, but the output could not be written: no space left on device.\n"
    assert "saved" not in dry.err.casefold()
    assert [item["title"] for item in home.json("list", "items")["records"]] == ["walk"]


def test_closed_streams(home: Home) -> None:
    """As a careless script starts it: no input, no output, nothing to say it on."""
    for closed in ("<&-", ">&-", "<&- >&- 2>&-"):
        command = f"'{sys.executable}' -m coach log mood 5 {closed}"
        env = scrubbed(home.path)
        ended = subprocess.run(["bash", "-c", command], env=env, cwd=ROOT, stderr=subprocess.PIPE, check=False)
        assert ended.returncode == 0, ended.stderr
    assert len(home.json("list", "moods")["records"]) == 3


@pytest.mark.parametrize(
    "env",
    [{"LANG": "C", "LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "TZ": "No/Where"}],
    ids=["C", "ascii and a wrong TZ"],
)
def test_a_poor_environment(home: Home, env: dict[str, str]) -> None:
    home.coach("add", "-", piped="thé 2026-12-01")
    shown = home.process("today", "--date", "2026-12-01", env=env)
    assert shown.code == 0
    assert "th" in shown.out
    told = home.process("today", "--date", "2026-12-01", "--json", env=env)
    assert json.loads(told.out)["items"][0]["title"] == "thé"


@pytest.mark.parametrize("zone", ["No/Where", "\udcff/x", "/nowhere", ":", "x" * 300, "UTC0", "../../etc/passwd"])
def test_a_wrong_zone_stops_nothing(home: Home, monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    monkeypatch.setenv("TZ", zone)
    assert home.coach("log", "mood", "5").code == 0
    assert home.coach("log", "mood", "5", "--at", "07:30").code == 0
    assert home.coach("today").code == 0
    assert home.coach("due").code == 0
    (first, _) = home.json("list", "moods")["records"]
    assert first["zone"].isascii()
    assert len(first["zone"]) < 60
    assert ("No/Where" in home.coach("doctor").out) == (zone == "No/Where")


@pytest.mark.parametrize("zone", ["No/Where", "Dublin", "/nowhere", "\udcff/x", "../../etc/passwd"])
def test_what_is_assumed_of_a_wrong_zone_is_said_once(home: Home, monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    monkeypatch.setenv("TZ", zone)
    said = home.coach("today")
    assert said.code == 0
    assert said.err.startswith(f"coach: The time zone {zone!r} is not known here; coach assumes UTC")
    assert said.err.count("\n") == 1
    assert home.coach("doctor").err == ""


@pytest.mark.parametrize("zone", ["", "UTC", ":UTC", "UTC0", "IST-5:30", "<+05>-5", "/dev/null"])
def test_nothing_is_said_of_a_zone_the_computer_knows(home: Home, monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    monkeypatch.setenv("TZ", zone)
    assert home.coach("today").err == ""


def test_a_zone_that_nobody_set_costs_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.services.zone.assumed", lambda *given: pytest.fail("nobody asked"))
    assert home.coach("today").code == 0


def test_text_that_is_not_utf8_is_refused_and_not_kept_in_part(home: Home) -> None:
    for words in (("add", "caf\udce9"), ("log", "craving", "7", "--trigger", "\udcff"), ("find", "caf\udce9")):
        said = home.coach(*words)
        assert said.code == 2
        assert said.err.startswith("coach: That text is not UTF-8")
    assert not home.path.exists()
    folder = f"{home.path}-\udce9"
    assert main.run(["log", "mood", "5", "--home", folder]) == 0
    assert main.run(["today", f"--home={folder}"]) == 0
    assert os.path.isdir(folder)


def test_piped_text_that_is_not_utf8_is_refused_too(home: Home) -> None:
    said = home.coach("add", "-", piped=b"caf\xe9 bad")
    assert said.code == 2
    assert "not UTF-8" in said.err
    assert not home.path.exists()


@pytest.mark.parametrize(
    ("text", "named"),
    [("colour = 3\nclock = 12\n", "colour"), ('clock = "late"\n', "clock"), ("clock = \n", "line 1"), ("\xff", "utf")],
)
def test_a_line_of_config_that_cannot_be_used_is_told_once(home: Home, text: str, named: str) -> None:
    home.path.mkdir()
    (home.path / "config.toml").write_bytes(text.encode("latin-1"))
    said = home.coach("log", "mood", "5")
    assert said.code == 0
    assert said.out == "Saved.\n"
    assert said.err.count("config.toml") == 1
    assert named in said.err
    assert json.loads(home.coach("today", "--json").out)["items"] == []
    doctor = home.coach("doctor")
    assert (doctor.out + doctor.err).count("config.toml") == 1
    assert (home.path / "config.toml").read_bytes() == text.encode("latin-1")


def test_an_interrupted_command_is_130(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("coach.services.entries.Moods.log", interrupted)
    assert home.coach("log", "mood", "5").code == 130
