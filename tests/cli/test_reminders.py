"""due and remind --once: looking claims nothing, and what is told is told once, without a word of the person's."""

from __future__ import annotations

import subprocess
import threading
import time as time_module
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from coach.bootstrap import Coach, build
from coach.domain.errors import Locked
from coach.paths import Paths
from coach.services.moments import Moments
from coach.services.notify import Notices
from coach.storage.ledger import Ledger
from tests.cli.running import Home

KEYS = ("a@2026-11-23T07:30:00", "b@2026-11-23T07:30:00")
TITLE = "ring the green door"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the desktop was given; it takes everything."""
    given: list[str] = []

    def take(self: Notices, text: str) -> bool:
        given.append(text)
        return True

    monkeypatch.setattr(Notices, "send", take)
    return given


def at(home: Home, moment: datetime) -> Coach:
    return build(Paths(str(home.path)), lambda: moment)


def prompt_now(home: Home, *sentences: str) -> None:
    """Set an hour ago, for a minute ago."""
    now = datetime.now().astimezone()
    for sentence in sentences:
        at_minute = (now - timedelta(minutes=1)).time().replace(second=0)
        at(home, now - timedelta(hours=1)).sentences.add(at_minute, sentence)


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


def test_what_nothing_took_stays_due(home: Home, tmp_path: Path) -> None:
    prompt_now(home, TITLE)
    for news in (True, False):
        said = home.process("remind", "--once", "--json", env={"PATH": str(tmp_path)}, start_new_session=True)
        assert said.code == 1
        assert said.json["delivered"] == []
        assert ("nothing took it" in said.err) is news, "cron would send the same letter every minute"
        assert len(home.json("due")["due"]) == 1


def test_by_choice_nothing_is_told_and_nothing_claimed(home: Home, told: list[str]) -> None:
    prompt_now(home, TITLE)
    (home.path / "config.toml").write_text('notify = "none"\n')
    assert home.json("remind", "--once")["delivered"] == []
    assert told == []
    assert len(home.json("due")["due"]) == 1


def test_titles_are_told_by_choice_only_and_never_many(home: Home, told: list[str]) -> None:
    home.path.mkdir(parents=True, exist_ok=True)
    (home.path / "config.toml").write_text("notify_titles = true\n")
    prompt_now(home, TITLE)
    (due,) = home.json("due")["due"]
    assert home.json("remind", "--once")["delivered"] == [{"key": due["key"], "title": TITLE}]
    assert told.pop() == f"coach: {due['at'][11:16]} {TITLE}"
    prompt_now(home, "one", "two", "three", "four")
    assert len(home.json("remind", "--once")["delivered"]) == 4
    assert told == ["coach: 4 things"]


def test_an_open_screen_has_a_minute_for_it(home: Home, told: list[str]) -> None:
    """It is another process, and gave a sign of life just now; then it ends, or a minute goes by."""
    now = datetime.now().astimezone().replace(second=30, microsecond=0)
    at(home, now - timedelta(hours=1)).sentences.add(now.time().replace(second=0), TITLE)
    with subprocess.Popen(["sleep", "60"]) as screen:
        try:
            sign = home.path / "state" / "screen"
            sign.write_text(f"{screen.pid} {time_of_boot():.1f}\n")
            yielded = at(home, now).reminders.deliver()
            assert (yielded.told, yielded.accepted) == ((), True)
            assert yielded.again == now.replace(second=0) + timedelta(minutes=1)
            assert told == []
            assert len(at(home, yielded.again).prompts.due()) == 1, "nothing was claimed"
            assert len(at(home, yielded.again).reminders.deliver().told) == 1
            assert told == ["coach: 1 thing"]
            at(home, now - timedelta(hours=1)).sentences.add(now.time().replace(second=10), TITLE)
            assert not at(home, now).reminders.deliver().told
        finally:
            screen.kill()
    assert len(at(home, now).reminders.deliver().told) == 1, "the screen is gone"


def time_of_boot() -> float:
    return time_module.clock_gettime(time_module.CLOCK_BOOTTIME)


@pytest.mark.parametrize(
    "words",
    [
        *((), ("--once", "--daemon"), ("install",), ("install", "windows"), ("uninstall", "--yes")),
        *(("--once", "install", "cron"), ("--once", "--yes"), ("nonsense",), ("nonsense", "cron")),
    ],
)
def test_words_it_cannot_take(home: Home, words: tuple[str, ...]) -> None:
    said = home.coach("remind", *words)
    assert said.code == 2
    assert "coach remind" in said.err


def test_another_time_can_be_asked_about(home: Home) -> None:
    tomorrow = datetime.now().astimezone() + timedelta(days=1)
    at(home, datetime.now().astimezone()).sentences.add(time(12), TITLE)
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
    monkeypatch.setattr(Notices, "send", lambda self, text: pytest.fail("there is nothing to tell"))
    assert home.coach("remind", "--once").code == 0
    assert home.coach("due").err == "Nothing is due.\n"
    assert not (home.path / "state" / "delivered.log").exists()


def test_two_at_once_tell_it_once(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both saw it due; the second waits until the first knows whether the desktop took it."""
    prompt_now(home, TITLE)
    now = datetime.now(UTC)
    first, second = at(home, now), at(home, now)
    told: list[str] = []
    seen = threading.Event()

    def slowly(self: Notices, text: str) -> bool:
        seen.wait(0.3)
        told.append(text)
        return True

    monkeypatch.setattr(Notices, "send", slowly)

    def deliver(coach: Coach, counts: list[int]) -> None:
        counts.append(len(coach.reminders.deliver().told))

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
