"""due and remind --once: looking claims nothing, and what is told is told once, without a word of the person's."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from coach.bootstrap import Coach, build
from coach.domain.errors import Locked
from coach.paths import Paths
from coach.services import notify
from coach.services.moments import Moments
from coach.services.reminders import Reminders
from coach.storage.ledger import Ledger
from tests.cli.running import Home

KEYS = ("a@2026-11-23T07:30:00", "b@2026-11-23T07:30:00")
TITLE = "ring the green door"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the desktop was given; it takes everything."""
    given: list[str] = []

    def take(text: str) -> bool:
        given.append(text)
        return True

    monkeypatch.setattr(notify, "send", take)
    return given


def at(home: Home, moment: datetime) -> Coach:
    return build(Paths(str(home.path)), lambda: moment)


def prompt_now(home: Home, *sentences: str) -> None:
    """Set an hour ago, for a minute ago."""
    now = datetime.now().astimezone()
    for sentence in sentences:
        at(home, now - timedelta(hours=1)).prompts.add((now - timedelta(minutes=1)).time().replace(second=0), sentence)


def test_looking_claims_nothing(home: Home, told: list[str]) -> None:
    prompt_now(home, TITLE)
    for _ in range(2):
        (due,) = home.json("due")["due"]
        assert set(due) == {"key", "title", "at"}
        assert due["title"] == TITLE
        assert TITLE in home.coach("due").out
    assert told == []


def test_what_is_due_is_told_once_and_neutrally(home: Home, told: list[str]) -> None:
    prompt_now(home, TITLE, "one", "two")
    delivered = home.json("remind", "--once")["delivered"]
    assert len(delivered) == 3
    assert set(delivered[0]) == {"key", "title"}
    assert told == ["coach: 3 things"]
    assert home.json("remind", "--once")["delivered"] == []
    assert home.json("due")["due"] == []
    assert len(told) == 1


def test_one_thing_is_one_thing(home: Home, told: list[str]) -> None:
    prompt_now(home, TITLE)
    assert home.coach("remind", "--once").code == 0
    assert told == ["coach: 1 thing"]


def test_what_nothing_took_stays_due(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notify, "send", lambda text: False)
    prompt_now(home, TITLE)
    said = home.coach("remind", "--once", "--json")
    assert said.code == 1
    assert said.json["delivered"] == []
    assert "notify-send" in said.err
    assert len(home.json("due")["due"]) == 1


def test_another_time_can_be_asked_about(home: Home) -> None:
    tomorrow = datetime.now().astimezone() + timedelta(days=1)
    at(home, datetime.now().astimezone()).prompts.add(time(12), TITLE)
    assert len(home.json("due", "--at", f"{tomorrow:%Y-%m-%d}T12:30")["due"]) == 1
    assert home.coach("due", "--at", "nonsense").code == 2


def test_a_time_still_ahead_is_asked_about_today(home: Home) -> None:
    """What happened has happened, so `done --at` and `log --at` look back instead."""
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    moments = at(home, noon).moments
    assert moments.read("16:38", ahead=True) == noon.replace(hour=16, minute=38)
    assert moments.read("16:38") == noon.replace(day=22, hour=16, minute=38)
    assert moments.read("07:30", ahead=True) == moments.read("07:30") == noon.replace(hour=7, minute=30)


def test_due_reads_its_time_as_one_that_may_be_ahead(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def read(moments: Moments, text: str, *, ahead: bool = False) -> datetime:
        asked.append(ahead)
        return datetime.now().astimezone()

    monkeypatch.setattr(Moments, "read", read)
    for words in (("due", "--at", "16:38"), ("log", "mood", "5", "--at", "16:38")):
        assert home.coach(*words).code == 0
    assert asked == [True, False]


def test_nothing_due_needs_no_desktop(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notify, "send", lambda text: pytest.fail("there is nothing to tell"))
    assert home.coach("remind", "--once").code == 0
    assert home.coach("due").err == "Nothing is due.\n"
    assert not (home.path / "state" / "delivered.log").exists()


def test_two_at_once_tell_it_once(home: Home) -> None:
    """Both saw it due; the second waits until the first knows whether the desktop took it."""
    prompt_now(home, TITLE)
    now = datetime.now(UTC)
    first, second = at(home, now), at(home, now)
    told: list[str] = []
    seen = threading.Event()

    def slowly(text: str) -> bool:
        seen.wait(0.3)
        told.append(text)
        return True

    def deliver(coach: Coach, counts: list[int]) -> None:
        counts.append(len(Reminders(coach.prompts, slowly).deliver()[0]))

    counts: list[int] = []
    threads = [threading.Thread(target=deliver, args=(coach, counts)) for coach in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 1]
    assert told == ["coach: 1 thing"]


@pytest.mark.parametrize(("took", "kept"), [(True, set(KEYS)), (False, set())])
def test_the_ledger_keeps_what_was_taken(tmp_path: Path, took: bool, kept: set[str]) -> None:
    ledger = Ledger(str(tmp_path / "delivered.log"))
    assert ledger.claim_if(KEYS, lambda keys: keys == set(KEYS) and took) == kept
    assert ledger.claimed(KEYS) == kept


def test_the_ledger_shows_only_what_nobody_claimed(tmp_path: Path) -> None:
    ledger, asked = Ledger(str(tmp_path / "delivered.log")), list[set[str]]()

    def show(keys: set[str]) -> bool:
        asked.append(keys)
        return True

    ledger.claim(KEYS[0])
    assert ledger.claim_if(KEYS, show) == {KEYS[1]}
    assert ledger.claim_if(KEYS, show) == set()
    assert asked == [{KEYS[1]}]


def test_the_lock_is_held_while_it_is_shown(tmp_path: Path) -> None:
    path = str(tmp_path / "delivered.log")

    def meanwhile(keys: set[str]) -> bool:
        with pytest.raises(Locked):
            Ledger(path, patience=0.05).claim(KEYS[0])
        return True

    show: Callable[[set[str]], bool] = meanwhile
    assert Ledger(path).claim_if(KEYS, show) == set(KEYS)
