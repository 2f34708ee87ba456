"""`coach crisis` prints whatever else is wrong, and needs nothing to do so."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from coach import crisis
from coach.paths import Paths
from coach.services.helpnow import HelpNow

SHOW = "import sys; from coach.crisis import show; sys.exit(show(sys.argv[1:]))"
ROOT = Path(crisis.__file__).parents[1]


def run(*argv: str, code: str = SHOW, home: Path | None = None, **environ: str) -> subprocess.CompletedProcess[bytes]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHON", "COACH"))}
    kept |= {"PYTHONPATH": str(ROOT), **environ}
    home_words = ["--home", str(home)] if home else []
    return subprocess.run(
        [sys.executable, "-c", code, *argv, *home_words], capture_output=True, env=kept, timeout=30, check=False
    )


def shell(line: str, home: Path) -> subprocess.CompletedProcess[bytes]:
    environ = os.environ | {"PYTHONPATH": str(ROOT), "COACH_HOME": str(home), "PY": sys.executable, "SHOW": SHOW}
    return subprocess.run(["bash", "-c", line], capture_output=True, env=environ, timeout=30, check=False)


def test_it_prints_for_people(tmp_path: Path) -> None:
    done = run(home=tmp_path)
    text = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert text.startswith("HELP NOW\n\nEMERGENCY: 112 / 911 / 999 / 000\n")
    assert text.endswith("\nEMERGENCY: 112 / 911 / 999 / 000\n")
    assert "\n1  SOMEONE WILL NOT WAKE UP, OR IS NOT BREATHING WELL\n" in text
    assert "\n7  OTHER WARNING SIGNS\n" in text
    assert not any(machine in text for machine in ("== ", "-- ", crisis.FIRST_LINE, "country: none", " | "))
    assert not list(tmp_path.iterdir())


def test_one_part_alone(tmp_path: Path) -> None:
    text = run("2", home=tmp_path).stdout.decode()
    assert text.startswith("EMERGENCY: ")
    assert "I AM THINKING ABOUT NOT LIVING" in text
    assert "SOMEONE WILL NOT WAKE UP" not in text
    assert run("99", home=tmp_path).stdout == run(home=tmp_path).stdout


def test_it_needs_os_and_sys_only(tmp_path: Path) -> None:
    code = (
        "import sys; before = set(sys.modules); from coach.crisis import show; show(sys.argv[1:]);"
        "print(*sorted(set(sys.modules) - before), file=sys.stderr)"
    )
    for home in (tmp_path, None):
        done = run(code=code, home=home, HOME=str(tmp_path))
        assert set(done.stderr.decode().split()) <= {"__future__", "coach", "coach.crisis", "coach.paths"}


def test_the_chosen_country_is_printed(tmp_path: Path) -> None:
    HelpNow(Paths(str(tmp_path))).choose("FI")
    text = run(home=tmp_path).stdout.decode()
    assert text.startswith("HELP NOW\n\nEMERGENCY: 112\nCountry: Finland\n")
    assert run(COACH_HOME=str(tmp_path)).stdout.decode() == text
    assert run(f"--home={tmp_path}").stdout.decode() == text


@pytest.mark.parametrize("environ", [{"LANG": "C", "PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}])
def test_any_locale_will_do(tmp_path: Path, environ: dict[str, str]) -> None:
    HelpNow(Paths(str(tmp_path))).choose("FI")
    done = run(home=tmp_path, TERM="dumb", **environ)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"0800 900 45" in done.stdout
    assert done.stdout.isascii() or environ.get("PYTHONIOENCODING") is None


def _folder(state: Path) -> None:
    (state / "crisis.txt").mkdir()


def _pipe(state: Path) -> None:
    os.mkfifo(state / "crisis.txt")


def _huge(state: Path) -> None:
    whole = (ROOT / "coach" / "content" / "crisis.txt").read_text()
    (state / "crisis.txt").write_text(whole + "x" * crisis.LARGEST)


def _not_text(state: Path) -> None:
    whole = (ROOT / "coach" / "content" / "crisis.txt").read_bytes()
    (state / "crisis.txt").write_bytes(whole + b"\xff\xfe")


def _torn(state: Path) -> None:
    (state / "crisis.txt").write_text("coach help-now 1\ncountry: IE Ireland\nemergency: 112\n== 1 a | b\nNonsense\n")


def _foreign(state: Path) -> None:
    (state / "crisis.txt").write_text("something else\n== 1 a | b\n")


def _empty(state: Path) -> None:
    (state / "crisis.txt").write_text("")


def _closed(state: Path) -> None:
    (state / "crisis.txt").write_text("coach help-now 1\n")
    state.chmod(0)


@pytest.mark.parametrize("damage", [_folder, _pipe, _huge, _not_text, _torn, _foreign, _empty, _closed])
def test_a_damaged_choice_is_passed_over(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    state = tmp_path / "state"
    state.mkdir()
    damage(state)
    try:
        assert crisis.text(str(state / "crisis.txt")) == (ROOT / "coach" / "content" / "crisis.txt").read_text()
    finally:
        state.chmod(0o700)


def test_control_characters_in_a_choice_never_reach_the_terminal(tmp_path: Path) -> None:
    paths = Paths(str(tmp_path))
    HelpNow(paths).choose("IE")
    file = Path(paths.crisis)
    file.write_text(file.read_text().replace("Samaritans", "\x1b]52;c;aGk=\x07\u202eSam\x9baritans"))
    text = crisis.text(paths.crisis)
    assert "Sam" in text
    assert not any(sign in text for sign in "\x1b\x07\u202e\x9b")


def test_even_without_the_shipped_text_there_is_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crisis, "__file__", str(tmp_path / "crisis.py"))
    assert crisis.text(str(tmp_path / "none")) == crisis.LAST_RESORT
    assert "naloxone" in crisis.LAST_RESORT


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('"$PY" -c "$SHOW" <&-', 0),
        ('"$PY" -c "$SHOW" >&-', 1),
        ('"$PY" -c "$SHOW" >/dev/full; exit $?', 1),
        ('"$PY" -c "$SHOW" | true; exit ${PIPESTATUS[0]}', 0),
        ('mkdir gone && cd gone && rmdir ../gone && "$PY" -c "$SHOW" --home relative', 0),
    ],
)
def test_closed_and_vanished_things_are_no_traceback(tmp_path: Path, line: str, code: int) -> None:
    done = shell(f"cd {tmp_path} && {line}", tmp_path)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


def test_a_held_lock_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    line = 'exec 9>"$COACH_HOME/state/lock"; flock 9; "$PY" -c "$SHOW"'
    assert b"EMERGENCY" in shell(line, tmp_path).stdout
