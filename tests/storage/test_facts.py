"""What habits ask of a month: the same from its book and from its summary, which is built again when it is too old."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.domain.facts import Facts
from coach.storage import summary
from coach.storage.summary import Summaries
from tests.storage.homes import NOVEMBER, edit, open_store, put, visible
from tests.storage.test_summary import MONTHS, built, expected, summaries


def fill_with_marks(home: Path) -> None:
    store = open_store(home)
    for day in ("2026-10-31", "2026-11-01", "2026-11-23"):
        put(store, "marks", f"{day[2:4]}{day[5:7]}-m:p-h:{day}", subject="p-h", day=day, state="done", amount=2)
    put(store, "shapes", "2611-s:2026-11-02", day="2026-11-02", kind="sick")


def test_facts_are_those_of_the_summary_from_the_file_and_from_an_open_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_with_marks(tmp_path)
    found = built(monkeypatch)
    for _ in range(2):
        facts = summaries(tmp_path).facts([*MONTHS, "2026-12"])
        assert sorted(facts) == list(MONTHS), "a month that holds nothing is left out"
        for month in MONTHS:
            whole = expected(tmp_path, month)
            assert facts[month] == Facts(whole.marks, whole.amounts, whole.shapes, whole.here)
    assert found == list(MONTHS), "built once, and then read"
    assert summaries(tmp_path).facts([NOVEMBER])[NOVEMBER].amounts == {"p-h": {"2026-11-01": 2, "2026-11-23": 2}}
    store = open_store(tmp_path)
    here = Summaries(store, store.paths)
    visible(store)
    edit(store, "marks", "2611-m:p-h:2026-11-23", amount=5, state="part")
    assert here.facts([NOVEMBER])[NOVEMBER].amounts["p-h"]["2026-11-23"] == 5
    assert here.facts([NOVEMBER])[NOVEMBER].shapes == {"2026-11-02": "s"}
    assert len(found) == 2


def test_a_summary_of_an_older_coach_is_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has neither amounts nor kinds of days, and its key says so."""
    fill_with_marks(tmp_path)
    monkeypatch.setattr(summary, "FORMAT", 1)
    summaries(tmp_path).get(NOVEMBER)
    monkeypatch.undo()
    found = built(monkeypatch)
    assert summaries(tmp_path).facts([NOVEMBER])[NOVEMBER].amounts
    assert found == [NOVEMBER]
