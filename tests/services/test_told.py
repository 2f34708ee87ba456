"""What a notice only counted is said by the next screen, once, as long as nobody has answered it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.ui.prompting import _take_due
from tests.services.clock import Watch, coach_at


def told_of(tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> Coach:
    """Two sentences an hour after `watch`, told while no screen is open."""
    coach = coach_at(tmp_path, watch)
    at = (watch.now + timedelta(hours=1)).time().replace(second=0, microsecond=0)
    for sentence in ("Drink something", "Look outside"):
        coach.sentences.add(at, sentence)
    watch.now += timedelta(hours=1, minutes=5)

    def send(text: str) -> bool:
        words.append(text)
        return True

    monkeypatch.setattr(coach.notices, "send", send)
    coach.reminders.deliver()
    return coach_at(tmp_path, watch)


def test_what_was_only_counted_is_shown_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch, words = Watch(), list[str]()
    screen = told_of(tmp_path, watch, monkeypatch, words)
    assert words == ["coach: 2 things"]
    assert screen.prompts.due() == (), "both are claimed"
    assert {one.title for one in _take_due(screen)} == {"Drink something", "Look outside"}
    assert _take_due(screen) == () == _take_due(coach_at(tmp_path, watch))


def test_what_was_answered_or_named_or_is_long_past_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch, words = Watch(), list[str]()
    screen = told_of(tmp_path, watch, monkeypatch, words)
    first, _second = screen.prompts.again(screen.told.take())
    screen.told.add([first.key])
    screen.answers.done(first)
    assert _take_due(screen) == ()
    screen.told.add([first.key, "nobody@2026-11-23T08:00:00"])
    watch.now += timedelta(days=3)
    assert first.key not in {one.key for one in _take_due(screen)}


def test_titles_that_were_told_need_no_second_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch, words = Watch(), list[str]()
    coach_at(tmp_path, watch).settings.change(notify_titles=True)
    screen = told_of(tmp_path, watch, monkeypatch, words)
    assert "Drink something" in words[0]
    assert _take_due(screen) == ()
