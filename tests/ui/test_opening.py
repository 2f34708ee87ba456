"""What the start says about the data: put back, set aside, or open to others; and that it never stops the start."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coach.ui.opening import opening_words
from coach.ui.widgets.rows import Rows
from tests.storage.homes import log_of
from tests.ui.started import shown, started, until


def spoilt(home: Path) -> Path:
    """A log that lost its end, a second copy with a line too many, and a folder open to others."""
    coach = started(home).coach
    for value in (3, 4):
        coach.moods.log(value)
    assert opening_words(coach) == []
    (path,) = (home / "data" / "books").glob("*/2*.log")
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))
    with (home / "state" / "mirror" / path.name).open("ab") as second:
        second.write(b"garbage\n")
    (home / "data").chmod(0o777)
    return path


async def test_one_notice_says_what_was_put_back_and_what_is_left_to_do(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    path = spoilt(home)
    app = started(home)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: "cannot be read" in shown(app))
        told = re.sub(r"[|│\s]+", " ", shown(app))
        brief = r"1 entry noted around \d+ \w+ 20\d\d cannot be read; .*\. coach doctor says more\."
        assert re.search(brief, told), "it fits a small screen; the doctor goes on telling the rest"
        assert app.screen.query_one(Rows).has_focus
    kept = [line for line in path.read_bytes().splitlines() if b'"seen"' not in line]  # that the day was looked at
    assert len(kept) == 3 and log_of(home, path.stem) == path
    said = opening_words(started(home).coach)
    assert len(said) == 1 and said[0].startswith("Others on this computer can write to")


@pytest.mark.parametrize(
    ("told", "chosen", "unknown"),
    [("Dublin", "", "Dublin"), ("No/Where", "UTC", ""), ("", "No/Where", "No/Where"), ("IST-5:30", "", "")],
)
def test_the_zone_that_counts_is_the_one_spoken_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str, chosen: str, unknown: str
) -> None:
    monkeypatch.setenv("TZ", told)
    (tmp_path / "config.toml").write_text(f'zone = "{chosen}"\n')
    said = [sentence for sentence in opening_words(started(tmp_path).coach) if "time zone" in sentence]
    assert len(said) == bool(unknown)
    assert unknown in "".join(said)


def test_half_typed_text_is_spoken_of_once(tmp_path: Path) -> None:
    coach = started(tmp_path).coach
    coach.drafts.keep("add", "call mum fri 8")
    assert opening_words(coach) == ["Half-typed text is kept. On Today, a brings it back."]
    assert opening_words(coach) == [], "said every day, it would nag"
    coach.drafts.keep("prompt", "16:30 drink")
    assert opening_words(coach) == ["Half-typed text is kept. On Today and Reminders, a brings it back."]
    for name in ("add", "prompt"):
        coach.drafts.forget(name)
    assert opening_words(coach) == []
