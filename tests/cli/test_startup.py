"""Where a command keeps things, and what `coach` alone does with and without a terminal."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from coach import __main__
from coach.bootstrap import build
from coach.cli import main, verbs
from coach.cli.screen import can_draw
from coach.glance import show_status
from coach.paths import Paths
from tests.cli.running import Home
from tests.terminal import Terminal

COACH = [sys.executable, "-m", "coach"]


def test_without_a_terminal_coach_prints_today(home: Home) -> None:
    home.coach("add", "walk 2026-12-01")
    home.coach("add", "here now")
    said = home.process()
    assert said.code == 0
    assert "here now" in said.out
    assert "\x1b" not in said.out


def test_a_poor_terminal_gets_today_too(home: Home) -> None:
    home.coach("add", "here now")
    with Terminal(COACH, home=home.path, env={"TERM": "dumb"}) as terminal:
        assert terminal.wait_exit() == 0
        assert "here now" in terminal.screen()
        assert b"\x1b" not in terminal.raw


@pytest.mark.parametrize("closed", [(), (0,), (1,), (2,), (0, 1, 2)])
@pytest.mark.parametrize("term", [None, "", "dumb", "xterm"])
def test_a_screen_needs_a_terminal_on_every_side(
    monkeypatch: pytest.MonkeyPatch, closed: tuple[int, ...], term: str | None
) -> None:
    monkeypatch.setattr("os.isatty", lambda number: number not in closed)
    assert can_draw({} if term is None else {"TERM": term}) == (term == "xterm" and not closed)


def test_rubbish_is_looked_for_only_while_a_command_is_carried_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before, while modules load, and once more at the end it would cost a short one an eighth more."""
    seen: list[bool] = []

    def watched(call: Callable[..., Any]) -> Callable[..., Any]:
        def watch(*given: Any) -> Any:
            seen.append(gc.isenabled())
            return call(*given)

        return watch

    for name in ("parser", "_carry_out"):
        monkeypatch.setattr(main, name, watched(getattr(main, name)))
    monkeypatch.setattr(sys, "argv", ["coach", "paths", "--home", str(tmp_path)])
    try:
        assert (__main__.main(), seen) == (0, [False, True])
        assert gc.isenabled()
        assert gc.get_freeze_count() > 1000
        monkeypatch.setattr("coach.cli.screen.start", lambda: int(gc.isenabled()))
        monkeypatch.setattr(sys, "argv", ["coach"])
        assert __main__.main() == 1, "the screen runs for hours"
    finally:
        gc.unfreeze()


def test_home_may_stand_before_or_after_the_verb(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "other"))
    monkeypatch.chdir(tmp_path)
    place = "today"  # a folder called like a verb
    for words in (["--home", place, "log", "mood", "5"], ["log", "mood", "5", "--home", place]):
        assert main.run(words) == 0
    assert main.run(["log", "mood", "--home", place, "5"]) == 0
    assert main.run(["list", "moods", f"--home={place}"]) == 0
    assert capsys.readouterr().out.count("value=5") == 3
    assert not (tmp_path / "other").exists()
    assert main.run(["--home", "", "today"]) == 2
    assert main.run(["--home"]) == 2


def test_help_and_version_end_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["--help"]) == 0
    told = capsys.readouterr().out
    assert all(f"\n    {verb} " in told for verb in verbs.VERBS)
    assert main.run(["breathe", "--help"]) == 0
    assert main.run(["--version"]) == 0
    assert capsys.readouterr().out.endswith("coach 0.1.0\n")


def test_every_verb_is_where_the_table_says() -> None:
    """The quick way, one module for the verb, and the whole way must know the same verbs."""
    for verb in verbs.VERBS:
        with pytest.raises(SystemExit) as ended:
            verbs.parser([verb]).parse_args([verb, "--help"])
        assert ended.value.code == 0


def test_the_room_that_is_off_is_not_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    main.run(["--help"])
    told = capsys.readouterr().out.casefold()
    assert not {"urge", "craving", "lapse", "dose"} & set(told.replace(",", " ").split())


@pytest.mark.parametrize("words", [["--home", "DIR", "status", "--short"], ["status", "--home=DIR", "--short"]])
def test_the_short_status_is_the_line_that_was_left(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    home.coach("add", "walk")
    monkeypatch.setattr(sys, "argv", ["coach", *(word.replace("DIR", str(home.path)) for word in words)])
    monkeypatch.setattr("coach.cli.main.run", lambda arguments: pytest.fail("nothing else is needed"))
    assert __main__.main() == 0
    assert capsys.readouterr().out == "0/1\n"


@pytest.mark.parametrize(("day_start", "ends"), [("00:00", "24T00:00"), ("04:00", "24T04:00"), ("11:00", "24T11:00")])
def test_the_short_status_speaks_of_its_own_day_whenever_that_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], day_start: str, ends: str
) -> None:
    written = datetime(2026, 11, 23, 23, 49, tzinfo=ZoneInfo("Pacific/Apia"))
    (tmp_path / "config.toml").write_text(f'zone = "Pacific/Apia"\nday_start = "{day_start}"\n')
    build(Paths(str(tmp_path)), lambda: written).status.write()
    end = datetime.fromisoformat(f"2026-11-{ends}").replace(tzinfo=written.tzinfo)
    minute = timedelta(minutes=1)
    for moment, shown in ((written, "0/0"), (end - minute, "0/0"), (end, "-"), (written - timedelta(days=2), "-")):
        monkeypatch.setattr("coach.glance.time.time", moment.timestamp)
        assert show_status(["--home", str(tmp_path)]) == 0
        assert capsys.readouterr().out == f"{shown}\n"
    assert (tmp_path / "state" / "status").read_text() == "0/0\n", "a status bar that prints the file sees one line"
