"""What a month comes to, counted from records as they are stored."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from coach.codec import decode, encode
from coach.domain.facts import HERE, SHAPES, facts_of
from coach.domain.shapes import EXCUSING
from coach.domain.summary import Summary, Tally, summarise, words_of
from coach.domain.text import clean

MONTH = "2026-11"
DATED: dict[str, Any] = {"day": "2026-11-23", "at": "2026-11-23T22:15:00+00:00", "zone": "Europe/Dublin"}


def mark(subject: str, day: int, state: str, slot: str = "") -> dict[str, Any]:
    return {f"2611-m:{subject}:{day}:{slot}": {"subject": subject, "day": f"2026-11-{day:02}", "state": state}}


def test_marks_are_one_character_a_day() -> None:
    states = ("done", "part", "excused", "missed", "moved", "dropped", "open", "unknown", "from a newer coach")
    marks: dict[str, Any] = {}
    for day, state in enumerate(states, 1):
        marks |= mark("p-h", day, state)
    marks |= mark("2611-i", 30, "done") | {"odd": {"subject": 7}, "other": {"subject": "x", "day": "2026-10-31"}}
    found = summarise(MONTH, {"marks": marks}).marks
    assert found == {"2611-i": "." * 29 + "d.", "p-h": "dpemvx..." + "." * 22}


def test_several_slots_of_one_day() -> None:
    marks = (
        mark("a", 1, "done", "1") | mark("a", 1, "done", "2") | mark("a", 2, "done", "1") | mark("a", 2, "excused", "2")
    )
    marks |= mark("a", 3, "missed", "1") | mark("a", 3, "open", "2")
    assert summarise(MONTH, {"marks": marks}).marks["a"][:4] == "dp.."


def test_amounts_are_added_up_by_day_and_odd_ones_passed_over() -> None:
    said: tuple[Any, ...] = (2, 0, 2.5, None, "3", True, -1, float("nan"), 1e9)
    marks = {str(day): {"subject": "p-h", "day": f"2026-11-{day:02}", "amount": one} for day, one in enumerate(said, 1)}
    marks |= {f"s{slot}": {"subject": "p-s", "day": "2026-11-05", "slot": slot, "amount": 1.5} for slot in "ab"}
    marks |= {"none": {"subject": 7, "day": "2026-11-05", "amount": 1}, "away": marks["1"] | {"day": "2026-12-01"}}
    expected = {"p-h": {"2026-11-01": 2, "2026-11-02": 0, "2026-11-03": 2.5}, "p-s": {"2026-11-05": 3.0}}
    found = summarise(MONTH, {"marks": marks})
    assert found.amounts == expected == facts_of(MONTH, {"marks": marks}).amounts
    assert facts_of(MONTH, {"marks": marks}).marks == found.marks


def test_only_kinds_of_day_that_excuse_are_kept() -> None:
    kinds: tuple[Any, ...] = ("usual", "low", "sick", "away", None, "from a newer coach")
    shapes = {f"2611-s:{day}": {"day": f"2026-11-{day:02}", "kind": kind} for day, kind in enumerate(kinds, 1)}
    shapes |= {"odd": {"kind": "low"}, "seen": {"day": "2026-11-20", "seen": "2026-11-20T08:00:00+00:00"}}
    expected = {"2026-11-02": "l", "2026-11-03": "s", "2026-11-04": "a"}
    assert summarise(MONTH, {"shapes": shapes}).shapes == expected
    assert set(SHAPES) == EXCUSING


def test_days_on_which_somebody_was_there() -> None:
    said = {"1": "done", "2": "part", "3": "missed", "4": "excused", "5": "moved", "6": "open"}
    marks: dict[str, Any] = {}
    for day, state in said.items():
        marks |= mark("p-h", int(day), state)
    marks |= {"counted": {"subject": "p-h", "day": "2026-11-07", "amount": 0}, "odd": {"state": "done", "day": [8]}}
    marks |= {"elsewhere": {"state": "done", "day": "2026-12-09"}}
    tables = {
        "marks": marks,
        "shapes": {"a": {"day": "2026-11-10", "kind": "low"}, "b": {"day": "2026-11-11", "seen": "2026-11-11T08:00"}},
        "moods": {"a": {"day": "2026-11-12"}},
        "sessions": {"a": {"day": "2026-11-13"}},
        "cravings": {"a": {"day": "2026-11-14"}},
        "items": {"a": {"day": "2026-11-15"}},
    }
    here = facts_of(MONTH, tables).here
    assert [day for day, letter in enumerate(here, 1) if letter == HERE] == [1, 2, 3, 7, 11, 12, 13, 14]
    assert len(here) == 31 and summarise(MONTH, tables).here == here


def test_urges_moods_and_sessions() -> None:
    cravings = {str(n): DATED | {"intensity": n} for n in (3, 7)}
    late = DATED | {"intensity": 10, "at": "2026-11-24T01:30:00+00:00"}
    wrong = [{}, DATED, DATED | {"intensity": 11}, DATED | {"intensity": True}, DATED | {"intensity": 1, "at": "x"}]
    sessions = [("box-4", 60), ("box-4", 30), ("ext-4-6", 0), ("box-4", -1), (None, 5), ("x", "5")]
    found = summarise(
        MONTH,
        {
            "cravings": cravings | {"late": late} | {f"w{n}": one for n, one in enumerate(wrong)},
            "moods": {"a": DATED | {"value": 4}, "b": DATED | {"value": 6}, "c": DATED | {"value": "6"}},
            "sessions": {str(n): DATED | {"practice": p, "seconds": s} for n, (p, s) in enumerate(sessions)},
        },
    )
    assert found.cravings == {"0 1": Tally(1, 10), "0 22": Tally(2, 10)}
    assert found.moods == {"2026-11-23": Tally(2, 10)}
    assert found.sessions == {"box-4": Tally(2, 90), "ext-4-6": Tally(1, 0)}
    assert found.session_days == {"2026-11-23": 3}


def test_strays_are_items_on_no_day_of_their_month() -> None:
    items: dict[str, Any] = {
        "2611-here": {"title": "x", "day": "2026-11-30"},
        "2611-moved": {"title": "x", "day": "2026-12-01"},
        "2611-later": {"title": "x"},
        "2611-none": {"title": "x", "day": None},
        "2611-odd": {"title": "x", "day": "soon"},
    }
    found = summarise(MONTH, {"items": items}).strays
    assert found == {"2611-moved": date(2026, 12, 1), "2611-later": None, "2611-none": None}


def test_words_come_from_what_was_said_and_not_from_what_names_it() -> None:
    tables: dict[str, Any] = {
        "items": {"2611-a": {"title": "Walk to ÉCOLE, it's 5km", "day": "2026-11-01", "made": "Zed"}},
        "goals": {"p": {"steps": {"key": {"title": "Deep step"}}}},
        "cravings": {"2611-b": {"triggers": ["Bus stop"], "zone": "Europe/Dublin", "practice": "hidden"}},
        "journal": {"2611-c": {"text": "walk\u200bing the walk"}},
    }
    expected = ("bus", "deep", "step", "stop", "the", "walk", "walking", "école")
    assert summarise(MONTH, tables).words == expected


texts = st.text(st.sampled_from("abcàßİΣ 1-_\n\u0301\u200b散歩"), max_size=12)


@given(texts, st.data())
def test_may_hold_never_denies_what_is_there(text: str, data: st.DataObject) -> None:
    found = summarise(MONTH, {"journal": {"2611-a": {"text": text}}})
    shown = clean(text)
    start = data.draw(st.integers(0, len(shown)))
    wanted = shown[start : data.draw(st.integers(start, len(shown)))]
    assert found.may_hold([wanted]) or wanted.casefold() not in shown.casefold() or clean(wanted) != wanted


def test_may_hold_rules_out() -> None:
    found = summarise(MONTH, {"journal": {"2611-a": {"text": "Walking home"}}})
    assert found.may_hold(["alk", "HOME"])
    assert found.may_hold(["xy"])  # too short to know
    assert not found.may_hold(["walking", "bus"])
    assert words_of("a bc def") == ["def"]


def test_whatever_is_stored_can_be_counted_and_kept() -> None:
    odd: tuple[Any, ...] = (None, 7, [], {}, "x", [[{"y": "deep"}]], True, 1e300)
    names = ("day", "at", "subject", "state", "intensity", "value", "practice", "seconds", "title", "amount", "kind")
    tables = {
        table: {f"{n}": dict.fromkeys(names, value) for n, value in enumerate(odd)}
        for table in ("marks", "shapes", "cravings", "moods", "sessions", "items", "other")
    }
    found = summarise(MONTH, tables)
    assert decode(Summary, encode(found)) == found


def test_tags_are_counted_and_odd_ones_passed_over() -> None:
    said: tuple[Any, ...] = (["out", "home"], ["out", 3, None], "out", {"out": 1}, None, [])
    items = {f"2611-{number}": {"title": "x", "tags": tags} for number, tags in enumerate(said)}
    assert summarise(MONTH, {"items": items}).tags == {"home": 1, "out": 2}
