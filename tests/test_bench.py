"""The bench's own arithmetic and words; what it measures is never asserted here."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from coach.domain.asks import Known
from tests.bench import prompt_trial
from tests.bench.__main__ import GROUPS, main
from tests.bench.chart_trial import by_hour, trial
from tests.bench.day_trial import ITEMS, TODAY, expand_a_week, fill_a_day, old_series
from tests.bench.measure import run_command
from tests.bench.setting import Setting, column, last_line, python
from tests.bench.stats import quantile, ratio, slope
from tests.bench.storage_rows import storage_rows
from tests.bench.storage_trial import read, write
from tests.bench.stores import BOOK, KINDS, CoachStore, fill
from tests.bench.table import Row, Series, limit_row, missing_row, ratio_row, render, render_growth, series

COSTS = ("cpu", "wall", "syncs", "kilobytes", "memory")


def test_quantiles_lie_between() -> None:
    assert quantile([4, 1, 3, 2], 0.5) == 2.5
    assert quantile([1, 2, 3, 4, 5], 0.25) == 2
    assert quantile([7], 0.95) == 7


def test_a_ratio_is_taken_within_rounds() -> None:
    quiet_then_loaded = [1.0, 1.0, 1.0, 9.0]
    assert ratio([2.0, 2.0, 2.0, 18.0], quiet_then_loaded) == 2.0
    assert ratio(quiet_then_loaded, quiet_then_loaded) == 1.0
    with pytest.raises(ValueError, match="zip"):
        ratio([1.0], [1.0, 2.0])


def test_a_slope() -> None:
    assert slope([(0, 1), (1, 3), (2, 5)]) == 2
    assert slope([(1, 1), (1, 2)]) == 0


def test_rows_say_whether_they_are_within() -> None:
    assert ratio_row("a", 1.25, [1.2], [1.0]).within
    assert ratio_row("a", 1.25, [1.3], [1.0]).within is False
    assert ratio_row("a", None, [1.3], [1.0]).within is None
    assert limit_row("b", 0.0, [0.0, 0.0, 9.0], "B/s").within
    assert limit_row("b", 4.5, [4.6], "KB").within is False
    assert missing_row("c", RuntimeError("not there")).within is False


def test_the_table_is_aligned_markdown() -> None:
    drawn = render([ratio_row("a", 1.25, [1.2], [1.0], [1.1]), limit_row("longer", 6144, [3000], "B/s")]).splitlines()
    assert len({len(line) for line in drawn}) == 1
    assert "1.20 x" in drawn[2]
    assert "<= 6,144 B/s" in drawn[3]


def test_costs_by_age_are_an_aligned_table() -> None:
    lines = [series("a", "coach", {"1 day": [[3.0, 1.0], [5.0, 5.0]], "10 years": [[4.0], [200.0]]}, "ms")]
    drawn = render_growth([*lines, Series("longer", "sqlite", {"1 day": "0", "10 years": ""})]).splitlines()
    assert len({len(line) for line in drawn}) == 1
    assert [cell.strip() for cell in drawn[2].split("|")[1:-1]] == ["a", "coach", "1.5 / 5.0 ms", "4.0 / 200 ms"]


def test_every_group_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    shown = capsys.readouterr().out
    assert all(group in shown for group in GROUPS)


def test_a_command_is_measured_and_one_that_does_not_end_well_is_told(tmp_path: Path) -> None:
    assert run_command(python("-c", "pass"), tmp_path)["cpu"] > 0
    with pytest.raises(RuntimeError, match="ended with 3"):
        run_command(python("-c", "raise SystemExit(3)"), tmp_path)


def test_a_setting_builds_each_home_once(tmp_path: Path) -> None:
    setting = Setting(tmp_path, 3, True, date(2026, 11, 23))
    assert setting.day_one == setting.day_one
    assert list((setting.day_one / "data" / "books").iterdir())
    assert column([{"a": 1.0}, {}], "a") == [1.0]
    assert last_line("") == "nothing was printed"


def test_the_days_that_are_measured_hold_what_they_say(tmp_path: Path) -> None:
    assert expand_a_week(old_series(100), TODAY) == 161
    assert expand_a_week(old_series(100)[:1], TODAY) == 7
    view = fill_a_day(tmp_path).items.view(TODAY)
    assert ITEMS - 100 < view.total < ITEMS


def test_the_prompts_that_are_planned_are_as_many_as_they_say(tmp_path: Path) -> None:
    for count in prompt_trial.COUNTS:
        found = prompt_trial.plan_a_day(prompt_trial.prompts_of(count), Known())
        assert count <= len(found.due) <= count * 1.1, "each of them came within the day gone by"
    coach = prompt_trial.fill(tmp_path, 20)
    assert coach.prompts.due() == ()
    assert coach.prompts.next_instant() is not None
    assert len(coach._ledger.known().claimed) > 20 * prompt_trial.KEPT_DAYS


def test_the_compared_stores_hold_the_same_life(tmp_path: Path) -> None:
    for kind in ("coach", "sqlite", "tinydb"):
        fill(kind, tmp_path / kind, 20)
    stores = [KINDS[kind](tmp_path / kind) for kind in ("coach", "sqlite", "tinydb")]
    today = {store.today() for store in stores}
    assert len(today) == 1
    assert min(today) > 20, "today's items and the goals"
    hours = [by_hour(store.cravings()) for store in stores]
    assert hours[0] == hours[1] == hours[2] != {}
    assert trial(str(tmp_path / "coach"))["counted"] == sum(hours[0].values())


@pytest.mark.parametrize("kind", ["coach", "sqlite", "tinydb"])
def test_what_is_timed_is_really_written(tmp_path: Path, kind: str) -> None:
    fill(kind, tmp_path / kind, 1)
    before = list(KINDS[kind](tmp_path / kind).cravings())
    store = KINDS[kind](tmp_path / kind)
    record = store.insert(3)
    store.update(record, 4)
    after = list(KINDS[kind](tmp_path / kind).cravings())
    assert [craving["intensity"] for craving in after if craving not in before] == [4]


def test_the_trials_say_what_they_should(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", os.fsync)  # the trial counts them: put back afterwards
    fill("coach", tmp_path / "coach", 1)
    costs = write("coach", tmp_path / "coach")
    assert costs["insert syncs"] == costs["update syncs"] == 1
    assert costs["insert cpu"] > 0
    assert CoachStore(tmp_path / "coach").today() > 20
    assert read("coach", tmp_path / "coach")["open cpu"] > 0
    assert list((tmp_path / "coach" / "data" / "books").glob(f"*/{BOOK}.log"))


def test_the_storage_rows_need_every_trial_they_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.bench.storage_rows.fill", lambda *_: None)
    names = [f"{what} {cost}" for what in ("insert", "update", "open", "all") for cost in COSTS]
    costs = dict.fromkeys([*names, "summed", "built", "rebuilt"], 1.0)
    monkeypatch.setattr("tests.bench.storage_rows.ask_child", lambda *_: costs)
    rows = storage_rows(Setting(tmp_path, 3, True, date(2026, 11, 23)))
    assert {row.within for row in rows if isinstance(row, Row)} == {True, False, None}
    assert {line.store for line in rows if isinstance(line, Series)} == {"coach", "sqlite", "tinydb"}
