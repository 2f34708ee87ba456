"""Every shipped string keeps to the language list, and the rooms that are off give nothing away."""

from __future__ import annotations

import re
import sys
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

import pytest

from coach.paths import Paths
from tests.bench.history import write_history
from tests.shipped import Shipped, looks_shown, shipped_strings
from tests.sources import ROOT
from tests.terminal import Terminal

AVOIDED = {
    r"addicts?|junkies?|abusers?|(?:drug|substance|alcohol) abuse|abus(?:e|ed|ing) (?:of )?drugs": "person, use",
    r"users?": "person",
    r"clean|dirty": "not using; negative or positive",
    r"relapse[sd]?|relapsing": "return to use, a lapse",
    r"substitution|replacement therapy|opioid substitutes?": "medication",
    r"fail|fails|failed|failing|failures?|fell off the wagon|slipped up": "what happened",
    r"sober|sobriety": "the person's own word",
    r"temptations?|weak|willpower|denial": "urge, hard moment, plan",
    r"non-?compliant|non-?compliance|drug-seeking": "missed; asked for",
    r"toxic|enabling": "people who make it harder",
    r"commit(?:s|ted|ting)? suicide": "die by suicide; thoughts of suicide",
    r"streaks?|broken|resets?|leaderboards?|badges?|level up|high scores?": "nothing counts down here",
    r"guilty|ashamed|lazy|pathetic|shame on": "no blame",
    r"DEADS|DBT|SMART Recovery|Stanley-Brown": "names that belong to others",
    r"\d+ ?(?:mg|mcg|µg|ml)|milligrams?|half your usual|test dose|(?:double|extra|catch-up) dose": "no amounts, ever",
    r"take your (?:dose|medicine) now": "the clinic decides",
    r"deep breaths?|breathe deeply|hold your breath as long": "gentle, medium-sized breaths",
    r"cures?|cured|heals?|treats|low risk|high risk|you are safe": "no claim to treat, no score that reassures",
    r"(?:21|66) days|90 meetings|ninety meetings": "no norms nobody can keep",
    r"no-(?:suicide|harm|use) (?:contract|promise)": "no contracts",
    r"confront (?:him|her|them|your partner)": "never where there may be violence",
}
"""What is never said, and what is said instead (research/clinical.md, 0.4 and 0.5)."""
ALLOWED = (
    r"relapse prevention",
    r"nothing resets?",
    r"systemd user|user timers?|--user",
    r"red streaks",
    r"do not confront them",
    r"Dept of Social Development substance abuse line",
    r"weak (?:pulse|breath\w*)|breath\w* (?:is )?weak",
)
"""Exact phrases in which an avoided word is the right one: a sign of an infection, a line's own name, a warning."""
PICTURES = "💉💊🍺🍷🍻🥂🍸🚬🩸"
ROOM_WORDS = re.compile(r"\b(?:cravings?|urges?|lapses?|lapsed|doses?|naloxone|opioids?)\b", re.IGNORECASE)
MAY_NAME_THE_ROOMS = {
    "coach/crisis.py": "Help now",
    "coach/content/help-now.toml": "Help now",
    "coach/content/crisis.txt": "Help now, as `coach crisis` prints it",
    "coach/content/helplines.toml": "Help now",
    "coach/ui/screens/help_now*.py": "Help now",
    "coach/ui/help_now*.py": "Help now",
    "coach/services/helpnow.py": "Help now",
    "coach/domain/helpnow.py": "Help now",
    "coach/domain/helplines.py": "Help now",
    "coach/ui/screens/first_run*.py": "the room chooser",
    "coach/ui/first_day.py": "the room chooser",
    "coach/ui/screens/settings*.py": "the room chooser",
    "coach/domain/rooms.py": "the room chooser",
    "coach/ui/urge_flow.py": "the urges room",
    "coach/ui/dialogs/urge*.py": "the urges room",
    "coach/ui/screens/urge*.py": "the urges room",
    "coach/services/cravings.py": "the urges room",
    "coach/domain/entries.py": "the urges room: what is wrong with an entry of its own",
    "coach/cli/log.py": "the urges room: asking for its command is asking for the room",
}
SHOWN_ONLY_WITH_THE_ROOM = {"coach/ui/commands.py": {"Urge", "Note an urge"}}
"""Strings elsewhere that are kept away while the room is off; the walk through all places below proves it."""


def offences(text: str) -> list[str]:
    """What of a text is on the list, after the phrases in which it is right."""
    rest = text
    for phrase in ALLOWED:
        rest = re.sub(phrase, "", rest, flags=re.IGNORECASE)
    found = [match[0] for words in AVOIDED if (match := re.search(rf"\b(?:{words})\b", rest, re.IGNORECASE))]
    return found + [sign for sign in PICTURES if sign in rest]


def gives_a_room_away(shipped: Shipped) -> bool:
    if any(fnmatch(shipped.file, pattern) for pattern in MAY_NAME_THE_ROOMS):
        return False
    return bool(ROOM_WORDS.search(shipped.text)) and shipped.text not in SHOWN_ONLY_WITH_THE_ROOM.get(shipped.file, ())


def test_every_shipped_string_is_read() -> None:
    """Without the table of numbers, which would be enough alone."""
    assert len([shipped for shipped in shipped_strings() if not shipped.file.endswith("helplines.toml")]) >= 300


def test_the_avoided_words_are_not_there() -> None:
    said = [f"{shipped}: {', '.join(found)}" for shipped in shipped_strings() if (found := offences(shipped.text))]
    assert not said, "\n".join(said)


def test_rooms_that_are_off_give_nothing_away() -> None:
    telling = [str(shipped) for shipped in shipped_strings() if gives_a_room_away(shipped)]
    assert not telling, "\n".join(telling)


def test_no_place_gives_a_room_away(tmp_path: Path) -> None:
    """Every place but Settings, the keys of each and the list of all commands, as they stand on a real screen."""
    write_history(Paths(str(tmp_path)), 1, today=date.today())
    with Terminal([sys.executable, "-m", "coach"], home=tmp_path, cwd=ROOT) as terminal:
        terminal.wait_for("Help now", timeout=30)
        seen = ""
        for place in ("1", "2", "3", "4"):
            for keys in ((place,), ("?",), ("esc", ":"), ("esc",)):
                terminal.press(*keys)
                terminal.rest(0.4)
                seen += terminal.screen() + "\n"
        terminal.press("q")
        terminal.wait_exit()
    assert {"Today", "Goals", "Practice", "Journal"} <= set(re.findall(r"\w+", seen))
    assert not ROOM_WORDS.search(seen), ROOM_WORDS.findall(seen)


@pytest.mark.parametrize(
    "text",
    [
        "You failed.",
        "an Addict",
        "Your streak is 3",
        "stay clean",
        "take 8 mg",
        "Take your dose now",
        "He relapsed",
        "💉",
    ],
)
def test_the_list_catches(text: str) -> None:
    assert offences(text)


@pytest.mark.parametrize("text", ["cleaned", "relapse prevention", "small steps, nothing resets", "available", "tweak"])
def test_the_list_lets_through(text: str) -> None:
    assert not offences(text)


def test_the_room_guard_catches_and_lets_through() -> None:
    assert gives_a_room_away(Shipped("Note an urge", "coach/ui/screens/today.py", "1"))
    assert not gives_a_room_away(Shipped("Note an urge", "coach/ui/urge_flow.py", "1"))
    assert not gives_a_room_away(Shipped("Urgent things, time elapsed", "coach/ui/screens/today.py", "1"))


def test_what_looks_shown() -> None:
    assert looks_shown("Walk")
    assert looks_shown("not known")
    assert not looks_shown("cravings")
    assert not looks_shown("--- ")
