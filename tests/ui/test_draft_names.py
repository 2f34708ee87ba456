"""Any id makes a name that a draft can be kept under, and no two make the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.storage.drafts import Drafts
from coach.storage.ids import new_id
from coach.ui.draft_names import LONGEST, draft_name

ODD = ("p-a:b", "p-a-b", "p-a/b", "p-A-b", "p-a\n", "note-ä", "../../x", "", "\ud800", "x" * 300, "x" * 300 + "y")


def test_an_id_of_our_own_is_its_name() -> None:
    assert draft_name("habit", record := new_id("2026-11")) == f"habit-{record}"
    assert draft_name(record) == record


def test_odd_ids_can_be_kept_and_are_told_apart(tmp_path: Path) -> None:
    drafts, names = Drafts(str(tmp_path / "drafts")), [draft_name("note", record, "2026-11-23") for record in ODD]
    for name, record in zip(names, ODD, strict=True):
        drafts.keep(name, f"words about {record!r}")
    assert [drafts.get(name) for name in names] == [f"words about {record!r}" for record in ODD]
    assert len(list((tmp_path / "drafts").iterdir())) == len(ODD)
    assert all(path.parent == tmp_path / "drafts" for path in tmp_path.rglob("*.txt"))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=3))
def test_whatever_the_id_the_store_takes_the_name(parts: list[str]) -> None:
    name = draft_name("habit", *parts)
    assert name.startswith("habit-") and len(name) <= LONGEST
    assert Drafts("nowhere").get(name) == ""
    with pytest.raises(ValueError, match="named by its form"):
        Drafts("nowhere").get(name + "/")
