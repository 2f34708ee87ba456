"""Help now as text: whole, sourced, short, in the agreed words, and read back as it was written."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from typing import TypeVar

import pytest

from coach.codec import decode
from coach.domain.helplines import CHECK, Country, Helplines, Line, provenance, shown_lines, site
from coach.domain.helpnow import (
    ALL_EMERGENCY,
    BUSY,
    FIRST_LINE,
    MOBILES,
    Doors,
    Part,
    emergency_numbers,
    name_beside,
    parse,
    render,
    spaced,
)
from coach.resources import content_dir

T = TypeVar("T")
TITLES = {
    1: ("Someone will not wake up, or is not breathing well", "Someone will not wake / breathe"),
    2: ("I am thinking about not living", "I am thinking about not living"),
    3: ("An urge is here", "An urge is here"),
    4: ("I have used", "I have used"),
    5: ("Panic, or everything is too much", "Panic, too much"),
    6: ("I am not safe with someone", "I am not safe with someone"),
    7: ("Other warning signs", "Other warning signs"),
}
AVOIDED = re.compile(
    r"\b(addicts?|junkies?|users?|abusers?|clean|dirty|drug abuse|relapse\w*|substitution|replacement therapy|fail\w*|"
    r"fell off|slipped up|sober\w*|temptations?|weak|willpower|denial|non-compliant|drug-seeking|toxic|enabling|"
    r"commit\w* suicide|streak|broken|reset\w*|deep|deeply|hold your breath|contract|half your usual|test dose|"
    r"detox)\b",
    re.IGNORECASE,
)
AMOUNT = re.compile(r"\d+(?:[.,]\d+)?\s*(?:mg|mcg|µg|ml|grams?|g|tablets?|pills?|doses?|sprays?)\b", re.IGNORECASE)
PROMISE = re.compile(r"\b\d+\s*(?:-\s*\d+\s*)?(?:minutes|hours|days)\b")


@cache
def doors() -> Doors:
    return _content(Doors, "help-now.toml")


@cache
def countries() -> tuple[Country, ...]:
    return _content(Helplines, "helplines.toml").country


def _content(kind: type[T], name: str) -> T:
    return decode(kind, tomllib.loads((content_dir() / name).read_text("utf-8")), name)


def country(code: str) -> Country:
    return next(each for each in countries() if each.code == code)


def words(number: int) -> str:
    """Everything one door says, as one line."""
    section = parse(render(doors(), country("US"))).sections[number - 1]
    return " ".join(" ".join(section.lines).split())


def in_order(text: str, *phrases: str) -> bool:
    places = [text.find(phrase) for phrase in phrases]
    return -1 not in places and places == sorted(places)


def test_the_seven_doors_have_the_titles_of_the_wireframe() -> None:
    assert {door.number: (door.title, door.short) for door in doors().door} == TITLES
    assert all(len(door.short) <= 36 for door in doors().door)
    assert doors().review == "awaiting clinical review"


def test_every_part_names_a_known_source() -> None:
    assert all(part.source for door in doors().door for part in door.part)
    with pytest.raises(ValueError, match="source"):
        Part(source=())
    with pytest.raises(ValueError, match="unknown source 'nobody'"):
        replace(doors(), door=(replace(doors().door[0], part=(Part(source=("nobody",)),)),))


def test_lines_are_short_for_every_country() -> None:
    for each in (None, *countries()):
        for line in render(doors(), each).splitlines():
            assert line.startswith("== ") or len(line) <= 72, line


def test_the_words_are_the_agreed_ones() -> None:
    text = render(doors(), None)
    assert AVOIDED.findall(text) == []
    assert AMOUNT.findall(text) == []
    assert text.isascii()
    assert PROMISE.findall(words(3)) == []


def test_an_overdose_has_the_eight_steps_in_order() -> None:
    said = words(1)
    assert said.startswith("Call and give naloxone: both, at once.")
    assert in_order(
        said,
        *("1. Check", "2. Call 911", "3. Give naloxone", "4. Help them breathe", "5. No response in 2-3 minutes?"),
        *(
            "another naloxone dose",
            "6. Breathing but not awake?",
            "7. Stay",
            "wears off in 20-90 minutes",
            "8. Give the",
        ),
    )
    for phrase in (
        "leave them alone",
        "sleep it off",
        "bath",
        "vomit",
        "slap",
        "salt water",
        "police",
        "see 2 as well",
    ):
        assert phrase in said
    assert not re.search(r"\b9\. ", said)


def test_thoughts_of_suicide_begin_with_people_and_never_with_breathing() -> None:
    said = words(2)
    assert in_order(said, "Call 911", "988", "something here you could use?", "Who can be with you now?", "safety plan")
    assert "breath" not in said.lower()


def test_the_other_doors_hold_what_matters() -> None:
    assert in_order(words(3), "Step away", "Tell someone", "press 3, then b", "treatment team")
    assert in_order(
        words(4), "Breathing slowly?", "Do not be alone", "naloxone", "A former amount can kill", "prescriber"
    )
    assert "Nothing is lost" in words(4)
    assert in_order(
        words(5), "Chest pain, fainting or blue lips? Call 911", "5 things", "1 taste", "small, quiet breaths"
    )
    assert in_order(words(6), "Go where people are", "Call 911", "local service", "Do not confront them")
    assert in_order(
        words(7), "seizure", "Chest pain", "child", "withdrawal", "Fever", "Yellow eyes", "voices", "Violence"
    )


def test_what_was_rendered_is_read_back() -> None:
    for each in (None, *countries()):
        text = render(doors(), each)
        card = parse(text)
        assert text.startswith(FIRST_LINE + "\n")
        assert card.emergency == (each.emergency if each else ALL_EMERGENCY)
        assert (card.code, card.country) == ((each.code, each.name) if each else ("", ""))
        assert {s.number: (s.title, s.short) for s in card.sections} == TITLES
        assert card.front[-1] == BUSY
        assert MOBILES in card.front
        assert "{" not in text


@pytest.mark.parametrize("text", ["", "\n", "== ", "== 1 a", "country: ", "emergency: ", "\x00", "== 99 a | b\nline"])
def test_any_text_is_read(text: str) -> None:
    assert parse(text).sections == () or parse(text).sections[0].lines == ("line",)


def test_without_a_country_all_the_emergency_numbers_are_named() -> None:
    card = parse(render(doors(), None))
    assert card.front[:2] == ("Use your local emergency number.", MOBILES)
    assert "Choose your country" in render(doors(), None)


def test_an_unconfirmed_emergency_number_brings_the_others() -> None:
    assert parse(render(doors(), country("IE"))).front[0] == f"{CHECK} Others: {ALL_EMERGENCY}."
    assert parse(render(doors(), country("US"))).front[0] == CHECK


LINE = Line("A line", "1", "24/7", "V", "https://www.example.org/a", "2024", enabled=True)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (LINE, True),
        (replace(LINE, status="V2"), True),
        (replace(LINE, status="G"), False),
        (replace(LINE, status="U"), False),
        (replace(LINE, source=""), False),
        (replace(LINE, enabled=False), False),
        (replace(LINE, who_answers="police-linked"), False),
    ],
)
def test_only_lines_with_a_source_are_shown(line: Line, shown: bool) -> None:
    assert bool(shown_lines(replace(country("IE"), crisis=(line,))).crisis) is shown
    assert bool(shown_lines(replace(country("IE"), drug=(line,))).drug) is shown


def test_every_number_says_where_it_was_seen_and_to_check_it() -> None:
    for each in countries():
        text = render(doors(), each)
        shown = shown_lines(each)
        for line in (*shown.crisis, *shown.drug):
            after = text.partition(f"{line.number}  {name_beside(line)}".rstrip() + "\n")[2].split("\n")[:3]
            assert line.hours in after[0]
            assert any(CHECK in said for said in after)
            assert any(site(line.source) in said for said in after)
    assert "1933" not in render(doors(), country("IN"))
    assert "1-877-696-1996" not in render(doors(), country("US"))
    assert "No line with a source is known here for Finland." in render(doors(), country("FI"))


def test_a_number_in_a_name_is_not_said_twice() -> None:
    assert "   * 3114  national suicide prevention number\n" in render(doors(), country("FR"))
    assert "   * 024\n" in render(doors(), country("ES"))
    assert "   * 1737 (call or text)  Need to talk?\n" in render(doors(), country("NZ"))


def test_provenance_tells_the_date() -> None:
    assert provenance(LINE) == "From example.org, 2024."
    assert provenance(replace(LINE, page_date="undated", old_source=True)) == "From example.org, no date (an old page)."
    assert provenance(replace(LINE, last_checked="2026-12-01")) == "Checked 2026-12-01. From example.org."


def test_numbers_are_taken_apart_and_spaced() -> None:
    assert emergency_numbers("112 (mobile) or 10177") == (("112", "mobile"), ("10177", ""))
    assert emergency_numbers("999 (or 112)") == (("999", ""), ("112", ""))
    assert spaced("112 or 999", 40) == "1 1 2    or   9 9 9"
    assert spaced("112 or 999", 12) == "112 or 999"
    assert all(emergency_numbers(each.emergency) for each in countries())


def test_the_shipped_text_is_the_rendered_one() -> None:
    assert (content_dir() / "crisis.txt").read_text("utf-8") == render(doors(), None)
