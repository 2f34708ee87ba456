"""Half-typed text comes back as it was typed, and is nobody else's to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.storage import disk
from coach.storage.drafts import LONGEST, Drafts


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(str(tmp_path / "drafts"))


def test_kept_got_and_forgotten(drafts: Drafts, tmp_path: Path) -> None:
    assert drafts.get("journal") == ""
    drafts.keep("journal", "half a sen\nTee ☕")
    assert Drafts(str(tmp_path / "drafts")).get("journal") == "half a sen\nTee ☕"
    assert (tmp_path / "drafts" / "journal.txt").stat().st_mode & 0o777 == 0o600
    drafts.keep("journal", "")
    assert drafts.get("journal") == ""
    drafts.forget("journal")
    assert list((tmp_path / "drafts").iterdir()) == []


def test_hostile_text_is_cleaned_on_the_way_back(drafts: Drafts) -> None:
    drafts.keep("add-item", "a\x1b]52;c;x\x07b\ud800\u202e")
    assert drafts.get("add-item") == "a]52;c;xb"


def test_a_very_long_or_damaged_file(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep("journal", "x")
    (tmp_path / "drafts" / "journal.txt").write_bytes(b"\xff" + b"y" * (LONGEST + 9))
    assert set(drafts.get("journal")) == {"y"}


@pytest.mark.parametrize("name", ["../x", "A", "", "a/b", "my secret plan!"])
def test_a_draft_is_named_by_its_form(drafts: Drafts, name: str) -> None:
    with pytest.raises(ValueError, match="named by its form"):
        drafts.keep(name, "text")


def test_the_old_draft_survives_a_full_disk(drafts: Drafts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts.keep("journal", "the old one")

    def full(fd: int, data: bytes) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(disk, "write_all", full)
    with pytest.raises(OSError, match="full"):
        drafts.keep("journal", "the new one")
    assert drafts.get("journal") == "the old one"
    assert [path.name for path in (tmp_path / "drafts").iterdir()] == ["journal.txt"]
